#include "png_data.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { signature = 8, frame = 12, block = 65535, block_head = 5, zlib_head = 2, zlib_tail = 4 };

static uint32_t word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void put_word(uint8_t *bytes, uint32_t value) {
  for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> (24 - 8 * i));
}

// Bytes of the rows of a picture, each behind its filter's number; 0 where there are none.
static uint64_t rows_of(uint64_t width, uint64_t height, uint64_t bits) {
  return width == 0 ? 0 : height * (1 + (width * bits + 7) / 8);
}

// Bytes of all rows that the header announces; 0 where it makes no sense.
static uint64_t raw_size(const uint8_t *header) {
  static const int channels[] = {1, 0, 3, 1, 2, 0, 4};
  const uint64_t width = word(header), height = word(header + 4);
  if (header[9] > 6 || channels[header[9]] == 0 || width >> 31 || height >> 31) return 0;
  const uint64_t bits = (uint64_t)header[8] * channels[header[9]];
  if (bits > 64 || width > UINT64_MAX / 64 / (height + 1)) return 0;
  if (header[12] == 0) return rows_of(width, height, bits);
  static const uint8_t x[] = {0, 4, 0, 2, 0, 1, 0}, dx[] = {8, 8, 4, 4, 2, 2, 1};
  static const uint8_t y[] = {0, 0, 4, 0, 2, 0, 1}, dy[] = {8, 8, 8, 4, 4, 2, 2};
  uint64_t sum = 0;
  for (int pass = 0; pass < 7; pass++) {
    sum += rows_of((width + dx[pass] - 1 - x[pass]) / dx[pass],
                   (height + dy[pass] - 1 - y[pass]) / dy[pass], bits);
  }
  return sum;
}

int png_data_find(png_data *data, const uint8_t *file, size_t size) {
  memset(data, 0, sizeof *data);
  if (size < signature + frame + 13 || memcmp(file + 12, "IHDR", 4) != 0) return 0;
  const uint64_t raw = raw_size(file + 16);
  const uint64_t payload =
      zlib_head + raw + block_head * ((raw + block - 1) / block) + zlib_tail;
  if (raw == 0 || payload > 0x7fffffff) return 0;
  size_t place = signature;
  while (place + frame <= size) {
    const size_t next = place + frame + word(file + place);
    if (next > size) return 0;
    const int is_data = memcmp(file + place + 4, "IDAT", 4) == 0;
    if (is_data && data->start == 0) data->start = place;
    if (!is_data && data->start != 0) break;
    place = next;
  }
  if (data->start == 0) return 0;
  data->file = file;
  data->size = size;
  data->end = place;
  data->raw = (size_t)raw;
  data->payload = (size_t)payload;
  return 1;
}

size_t png_data_size(const png_data *data) {
  return data->start + frame + data->payload + (data->size - data->end);
}

// The deflated data of all chunks behind one another; 0 where a checksum is wrong.
static int gather(const png_data *data, uint8_t *out, size_t *count) {
  *count = 0;
  for (size_t place = data->start; place < data->end;) {
    const uint32_t length = word(data->file + place);
    const uint8_t *bytes = data->file + place + 8;
    if (libdeflate_crc32(0, bytes - 4, length + 4) != word(bytes + length)) return 0;
    memcpy(out + *count, bytes, length);
    *count += length;
    place += frame + length;
  }
  return 1;
}

// Spreads rows, which stand at the end of the payload, into stored blocks from its beginning on.
static void store_blocks(const png_data *data, uint8_t *out, const uint8_t *rows) {
  *out++ = 0x78;
  *out++ = 0x01;
  for (size_t left = data->raw; left > 0;) {
    const size_t count = left < block ? left : block;
    left -= count;
    *out++ = left == 0;
    *out++ = (uint8_t)count;
    *out++ = (uint8_t)(count >> 8);
    *out++ = (uint8_t)~count;
    *out++ = (uint8_t)(~count >> 8);
    memmove(out, rows, count);
    out += count;
    rows += count;
  }
  memset(out, 0, zlib_tail);  // libpng is told to let the checksum be: libdeflate verified it
}

static int inflate_rows(const png_data *data, uint8_t *rows) {
  uint8_t *packed = malloc(data->end - data->start);
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  size_t count = 0, written = 0;
  const int is_fine =
      packed && inflater && gather(data, packed, &count) &&
      libdeflate_zlib_decompress(inflater, packed, count, rows, data->raw, &written) ==
          LIBDEFLATE_SUCCESS &&
      written == data->raw;
  libdeflate_free_decompressor(inflater);
  free(packed);
  return is_fine;
}

static int make_chunk(png_data *data) {
  const size_t length = frame + data->payload;
  data->chunk = malloc(length);
  if (!data->chunk) return 0;
  put_word(data->chunk, (uint32_t)data->payload);
  memcpy(data->chunk + 4, "IDAT", 4);
  memset(data->chunk + length - 4, 0, 4);
  // Rows begin where the last block will leave them, so that each moves towards the front.
  uint8_t *rows = data->chunk + length - 4 - zlib_tail - data->raw;
  if (!inflate_rows(data, rows)) return 0;
  store_blocks(data, data->chunk + 8, rows);
  return 1;
}

// Copies the part of `bytes`, which begin at `start`, that lies in the wanted range.
static void copy_part(const uint8_t *bytes, size_t start, size_t count, size_t position,
                      uint8_t *out, size_t wanted) {
  const size_t from = position > start ? position : start;
  const size_t end = start + count, to = position + wanted < end ? position + wanted : end;
  if (from < to) memcpy(out + (from - position), bytes + (from - start), to - from);
}

int png_data_take(png_data *data, size_t position, uint8_t *out, size_t count) {
  const size_t rows = data->start + 8, after = data->start + frame + data->payload;
  uint8_t head[8] = {0, 0, 0, 0, 'I', 'D', 'A', 'T'};
  put_word(head, (uint32_t)data->payload);
  copy_part(data->file, 0, data->start, position, out, count);
  copy_part(head, data->start, sizeof head, position, out, count);
  if (position + count > rows && position < after) {
    if (!data->chunk && !data->failed) data->failed = !make_chunk(data);
    if (data->failed) return 0;
    copy_part(data->chunk, data->start, frame + data->payload, position, out, count);
  }
  copy_part(data->file + data->end, after, data->size - data->end, position, out, count);
  return 1;
}

void png_data_free(png_data *data) { free(data->chunk); }
