#include <zlib.h>

#include "shared.h"

static const uInt step = 1u << 30;

static uInt portion(size_t left) { return left > step ? step : (uInt)left; }

// Whether another gzip member follows; anything else after the last one is ignored, as gzip does.
static int begins_member(const z_stream *stream, size_t left) {
  return left >= 2 && stream->next_in[0] == 0x1f && stream->next_in[1] == 0x8b;
}

static int run(z_stream *stream, size_t size, int wrapping, uint8_t *out, size_t capacity,
               size_t *written, ci_message *message) {
  size_t unread = size, room = capacity;
  uint8_t spare;
  for (;;) {
    const uInt input = portion(unread);
    const uInt output = room ? portion(room) : 1;
    stream->avail_in = input;
    stream->avail_out = output;
    stream->next_out = room ? out + (capacity - room) : &spare;
    const int code = inflate(stream, Z_NO_FLUSH);
    unread -= input - stream->avail_in;
    const uInt produced = output - stream->avail_out;
    if (room == 0 && produced > 0) return ci_fail(message, CI_TOO_LARGE, "it inflates to more");
    if (room) room -= produced;
    *written = capacity - room;
    if (code == Z_STREAM_END) {
      if (wrapping != 2 || !begins_member(stream, unread)) return CI_OK;
      if (inflateReset(stream) != Z_OK) return ci_fail(message, CI_CORRUPT, "gzip member");
    } else if (code == Z_BUF_ERROR || (code == Z_OK && unread == 0 && produced == 0)) {
      return ci_fail(message, CI_TRUNCATED, "the deflated data end early");
    } else if (code == Z_MEM_ERROR) {
      return ci_fail(message, CI_NO_MEMORY, "zlib");
    } else if (code != Z_OK) {
      return ci_fail(message, CI_CORRUPT, "the deflated data are damaged");
    }
  }
}

int ci_inflate(const uint8_t *data, size_t size, int wrapping, uint8_t *out, size_t capacity,
               size_t *written, ci_message *message) {
  const int window_bits[] = {-15, 15, 15 + 16};
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  stream.next_in = (Bytef *)data;
  *written = 0;
  if (inflateInit2(&stream, window_bits[wrapping]) != Z_OK) {
    return ci_fail(message, CI_NO_MEMORY, "zlib");
  }
  const int status = run(&stream, size, wrapping, out, capacity, written, message);
  inflateEnd(&stream);
  return status;
}

uint32_t ci_crc32(const uint8_t *data, size_t size) {
  uLong crc = crc32(0, NULL, 0);
  while (size > 0) {
    const uInt count = portion(size);
    crc = crc32(crc, data, count);
    data += count;
    size -= count;
  }
  return (uint32_t)crc;
}
