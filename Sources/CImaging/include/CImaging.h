// C ABI over libpng, libjpeg-turbo, zlib, OpenJPEG and DCMTK. Translation only: every call returns
// a status, writes its result through a pointer and never lets an exception or a jump out.
// Details are words of ours; they hold no value out of a file.
#ifndef CIMAGING_H
#define CIMAGING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ci_status {
  CI_OK = 0,
  CI_TRUNCATED,    // the file ends before its pixels do
  CI_CORRUPT,      // what is there contradicts the format
  CI_UNSUPPORTED,  // a valid file of a kind that is not read
  CI_MISSING,      // something that the pixels need is absent; the detail names it
  CI_TOO_LARGE,    // more samples than the limit
  CI_NO_MEMORY,
  CI_NO_PIXELS     // a valid file without an image
} ci_status;

typedef struct ci_message {
  char text[160];
} ci_message;

// Bytes that the callee allocated; to be given back with ci_bytes_free.
typedef struct ci_bytes {
  uint8_t *bytes;
  size_t count;
} ci_bytes;
void ci_bytes_free(ci_bytes *bytes);

// PNG ---------------------------------------------------------------------------------------------

typedef struct ci_png ci_png;
typedef struct ci_png_info {
  uint32_t width, height;
  int32_t channels;       // 1 or 3; alpha is dropped
  int32_t bits;           // 8 or 16
  int32_t stored_bits;    // of a sample in the file: 1, 2, 4, 8, 16
  int32_t has_palette;
} ci_png_info;

// Reads the header. With `indices`, palette entries and small greys stay as they are stored;
// else palettes become RGB and greys of 1, 2 and 4 bits are spread over 0...255.
int ci_png_open(const uint8_t *data, size_t size, int indices, ci_png **out, ci_png_info *info,
                ci_message *message);
// Decodes all rows, native-endian, without gaps: width * channels * bits / 8 bytes a row.
int ci_png_read(ci_png *png, uint8_t *pixels, ci_message *message);
void ci_png_close(ci_png *png);

typedef struct ci_png_source {
  const uint8_t *pixels;  // native-endian, without gaps
  uint32_t width, height;
  int32_t channels, bits;
  int32_t level;          // of deflate, 0...9
  const uint8_t *palette; // RGB triples, or null
  int32_t palette_count;
} ci_png_source;
int ci_png_write(const ci_png_source *source, ci_bytes *out, ci_message *message);

// JPEG --------------------------------------------------------------------------------------------

typedef struct ci_jpeg ci_jpeg;
typedef struct ci_jpeg_info {
  uint32_t width, height;
  int32_t channels;  // 1 grey, 3 RGB, 4 CMYK as stored
} ci_jpeg_info;

int ci_jpeg_open(const uint8_t *data, size_t size, ci_jpeg **out, ci_jpeg_info *info,
                 ci_message *message);
// Asks for an image 1/denominator as large (1, 2, 4 or 8) and says how large that is.
int ci_jpeg_scale(ci_jpeg *jpeg, int denominator, ci_jpeg_info *info, ci_message *message);
int ci_jpeg_read(ci_jpeg *jpeg, uint8_t *pixels, ci_message *message);
void ci_jpeg_close(ci_jpeg *jpeg);
int ci_jpeg_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality,
                  ci_bytes *out, ci_message *message);

// Deflate -----------------------------------------------------------------------------------------

// Inflates into a buffer of known size. `wrapping`: 0 raw deflate, 1 zlib, 2 gzip (several members
// follow one another). `written` may be less than `capacity`; more data than that is CI_TOO_LARGE.
int ci_inflate(const uint8_t *data, size_t size, int wrapping, uint8_t *out, size_t capacity,
               size_t *written, ci_message *message);
// Deflates with a zlib wrapping; `level` is 1 (fast) to 9.
int ci_deflate(const uint8_t *data, size_t size, int level, ci_bytes *out, ci_message *message);
uint32_t ci_crc32(const uint8_t *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif
