#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

#include "png_data.h"
#include "shared.h"

struct ci_png {
  png_structp png;
  png_infop info;
  const uint8_t *file;
  size_t size, position;
  png_data data;
  int is_stored;  // whether libpng gets stored blocks
  int indices, truncated;
  size_t row_bytes;
  uint32_t height;
  int passes;
};

void ci_bytes_free(ci_bytes *bytes) {
  free(bytes->bytes);
  bytes->bytes = NULL;
  bytes->count = 0;
}

static void on_error(png_structp png, png_const_charp text) {
  (void)text;
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void take(png_structp png, png_bytep out, png_size_t count) {
  ci_png *self = png_get_io_ptr(png);
  const size_t size = self->is_stored ? png_data_size(&self->data) : self->size;
  if (count > size - self->position) {
    self->truncated = 1;
    png_error(png, "end");
  }
  if (!self->is_stored) {
    memcpy(out, self->file + self->position, count);
  } else if (!png_data_take(&self->data, self->position, out, count)) {
    png_error(png, "data");
  }
  self->position += count;
}

static int failure(const ci_png *self, ci_message *message) {
  return self->truncated ? ci_fail(message, CI_TRUNCATED, "the file ends within its chunks")
                         : ci_fail(message, CI_CORRUPT, "a chunk is damaged");
}

// What libpng is asked to do with samples that are not 8 or 16 bits of grey or RGB.
static void set_transforms(ci_png *self, int type, int bits, int indices) {
  png_structp png = self->png;
  if (indices && bits < 8) png_set_packing(png);
  if (!indices && type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (!indices && type == PNG_COLOR_TYPE_GRAY && bits < 8) png_set_expand_gray_1_2_4_to_8(png);
  if (bits == 16) png_set_swap(png);
  png_set_strip_alpha(png);
  self->passes = png_set_interlace_handling(png);
  png_read_update_info(png, self->info);
}

static int read_header(ci_png *self, int indices, ci_png_info *out, ci_message *message) {
  if (setjmp(png_jmpbuf(self->png))) return failure(self, message);
  png_set_read_fn(self->png, self, take);
  png_set_user_limits(self->png, 0x7fffffff, 0x7fffffff);
  png_set_chunk_malloc_max(self->png, 8 << 20);
  png_set_keep_unknown_chunks(self->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  if (self->is_stored) png_set_option(self->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
  png_read_info(self->png, self->info);
  const int type = png_get_color_type(self->png, self->info);
  const int bits = png_get_bit_depth(self->png, self->info);
  set_transforms(self, type, bits, indices);
  self->height = png_get_image_height(self->png, self->info);
  self->row_bytes = png_get_rowbytes(self->png, self->info);
  out->width = png_get_image_width(self->png, self->info);
  out->height = self->height;
  out->channels = png_get_channels(self->png, self->info);
  out->bits = png_get_bit_depth(self->png, self->info);
  out->stored_bits = bits;
  out->has_palette = type == PNG_COLOR_TYPE_PALETTE;
  return CI_OK;
}

// Begins to read the file, its data as they are or as stored blocks.
static int begin(ci_png *self, int is_stored, ci_png_info *info, ci_message *message) {
  if (self->png) png_destroy_read_struct(&self->png, &self->info, NULL);
  self->position = 0;
  self->truncated = 0;
  self->is_stored = is_stored;
  self->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  if (self->png) self->info = png_create_info_struct(self->png);
  return self->info ? read_header(self, self->indices, info, message)
                    : ci_fail(message, CI_NO_MEMORY, "libpng");
}

int ci_png_open(const uint8_t *data, size_t size, int indices, ci_png **out, ci_png_info *info,
                ci_message *message) {
  ci_png *self = calloc(1, sizeof *self);
  if (!self) return ci_fail(message, CI_NO_MEMORY, "libpng");
  self->file = data;
  self->size = size;
  self->indices = indices;
  const int status = begin(self, png_data_find(&self->data, data, size), info, message);
  if (status == CI_OK) {
    *out = self;
  } else {
    ci_png_close(self);
  }
  return status;
}

static int read_rows(ci_png *self, uint8_t *pixels, ci_message *message) {
  if (setjmp(png_jmpbuf(self->png))) return failure(self, message);
  // The checksums of the data are verified where they are inflated; the stored blocks have none.
  if (self->is_stored) png_set_crc_action(self->png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
  for (int pass = 0; pass < self->passes; pass++) {
    for (uint32_t row = 0; row < self->height; row++) {
      png_read_row(self->png, pixels + row * self->row_bytes, NULL);
    }
  }
  png_read_end(self->png, NULL);
  return CI_OK;
}

int ci_png_read(ci_png *self, uint8_t *pixels, ci_message *message) {
  int status = read_rows(self, pixels, message);
  if (status == CI_OK || !self->is_stored) return status;
  // What is wrong with the data, libpng tells by itself.
  ci_png_info info;
  status = begin(self, 0, &info, message);
  return status == CI_OK ? read_rows(self, pixels, message) : status;
}

void ci_png_close(ci_png *self) {
  if (!self) return;
  png_destroy_read_struct(&self->png, &self->info, NULL);
  png_data_free(&self->data);
  free(self);
}

// Writing -----------------------------------------------------------------------------------------

typedef struct writer {
  ci_bytes bytes;
  size_t capacity;
  int no_memory;
} writer;

static void put(png_structp png, png_bytep data, png_size_t count) {
  writer *self = png_get_io_ptr(png);
  if (self->bytes.count + count > self->capacity) {
    const size_t capacity = (self->bytes.count + count) * 2;
    uint8_t *grown = realloc(self->bytes.bytes, capacity);
    if (!grown) {
      self->no_memory = 1;
      png_error(png, "memory");
    }
    self->bytes.bytes = grown;
    self->capacity = capacity;
  }
  memcpy(self->bytes.bytes + self->bytes.count, data, count);
  self->bytes.count += count;
}

static void flush(png_structp png) { (void)png; }

static int write_rows(png_structp png, png_infop info, const ci_png_source *source) {
  if (setjmp(png_jmpbuf(png))) return CI_CORRUPT;
  const int type = source->palette         ? PNG_COLOR_TYPE_PALETTE
                   : source->channels == 3 ? PNG_COLOR_TYPE_RGB
                                           : PNG_COLOR_TYPE_GRAY;
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_compression_level(png, source->level);
  png_set_IHDR(png, info, source->width, source->height, source->bits, type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (source->palette) {
    png_set_PLTE(png, info, (png_const_colorp)source->palette, source->palette_count);
  }
  png_write_info(png, info);
  if (source->bits == 16) png_set_swap(png);
  const size_t row_bytes = (size_t)source->width * source->channels * (source->bits / 8);
  for (uint32_t row = 0; row < source->height; row++) {
    png_write_row(png, source->pixels + row * row_bytes);
  }
  png_write_end(png, NULL);
  return CI_OK;
}

int ci_png_write(const ci_png_source *source, ci_bytes *out, ci_message *message) {
  writer *self = calloc(1, sizeof *self);
  if (!self) return ci_fail(message, CI_NO_MEMORY, "libpng");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  int status = CI_NO_MEMORY;
  if (info) {
    png_set_write_fn(png, self, put, flush);
    status = write_rows(png, info, source);
  }
  if (status == CI_OK) {
    *out = self->bytes;
  } else {
    status = ci_fail(message, self->no_memory ? CI_NO_MEMORY : status, "libpng cannot write this");
    free(self->bytes.bytes);
  }
  if (png) png_destroy_write_struct(&png, &info);
  free(self);
  return status;
}
