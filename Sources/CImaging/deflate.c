#include <stdlib.h>
#include <zlib.h>

#include "shared.h"

int ci_deflate(const uint8_t *data, size_t size, int level, ci_bytes *out, ci_message *message) {
  uLongf room = compressBound((uLong)size);
  uint8_t *bytes = malloc(room);
  if (bytes == NULL) return ci_fail(message, CI_NO_MEMORY, "zlib");
  if (compress2(bytes, &room, data, (uLong)size, level) != Z_OK) {
    free(bytes);
    return ci_fail(message, CI_NO_MEMORY, "zlib");
  }
  out->bytes = bytes;
  out->count = room;
  return CI_OK;
}
