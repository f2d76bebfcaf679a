#include <stdio.h>
// jpeglib.h needs stdio.h before it.
#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>

#include "shared.h"

// No honest encoder writes as many scans; a file of a few kilobytes that does is meant to stall.
enum { max_scans = 200 };

typedef struct errors {
  struct jpeg_error_mgr base;
  jmp_buf jump;
  int truncated, damaged;
} errors;

struct ci_jpeg {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress;
  errors errors;
};

static void on_error(j_common_ptr info) { longjmp(((errors *)info->err)->jump, 1); }

static void on_message(j_common_ptr info, int level) {
  errors *self = (errors *)info->err;
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF: self->truncated = 1; break;
    case JWRN_HUFF_BAD_CODE:
    case JWRN_HIT_MARKER:
    case JWRN_MUST_RESYNC: self->damaged = 1; break;
    default: return;
  }
  longjmp(self->jump, 1);
}

static void on_progress(j_common_ptr info) {
  if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > max_scans) {
    ((errors *)info->err)->damaged = 1;
    longjmp(((errors *)info->err)->jump, 1);
  }
}

static void set_errors(errors *self) {
  jpeg_std_error(&self->base);
  self->base.error_exit = on_error;
  self->base.emit_message = on_message;
}

static int failure(const errors *self, ci_message *message) {
  if (self->truncated) return ci_fail(message, CI_TRUNCATED, "the compressed data end early");
  if (self->damaged) return ci_fail(message, CI_CORRUPT, "the compressed data are damaged");
  switch (self->base.msg_code) {
    case JERR_BAD_PRECISION:
      return ci_fail(message, CI_UNSUPPORTED, "JPEG with other than 8 bits a sample");
    case JERR_SOF_UNSUPPORTED:
      return ci_fail(message, CI_UNSUPPORTED, "this coding process of JPEG");
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL: return ci_fail(message, CI_UNSUPPORTED, "this kind of JPEG");
    case JERR_OUT_OF_MEMORY: return ci_fail(message, CI_NO_MEMORY, "libjpeg");
    default: return ci_fail(message, CI_CORRUPT, "a marker is damaged");
  }
}

// Grey stays grey, four components become CMYK, anything else RGB.
static J_COLOR_SPACE output_space(const struct jpeg_decompress_struct *jpeg) {
  switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE: return JCS_GRAYSCALE;
    case JCS_CMYK:
    case JCS_YCCK: return JCS_CMYK;
    default: return jpeg->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  }
}

int ci_jpeg_open(const uint8_t *data, size_t size, ci_jpeg **out, ci_jpeg_info *info,
                 ci_message *message) {
  ci_jpeg *self = calloc(1, sizeof *self);
  if (!self) return ci_fail(message, CI_NO_MEMORY, "libjpeg");
  set_errors(&self->errors);
  self->jpeg.err = &self->errors.base;
  if (setjmp(self->errors.jump)) {
    const int status = failure(&self->errors, message);
    ci_jpeg_close(self);
    return status;
  }
  jpeg_create_decompress(&self->jpeg);
  self->progress.progress_monitor = on_progress;
  self->jpeg.progress = &self->progress;
  jpeg_mem_src(&self->jpeg, data, size);
  jpeg_read_header(&self->jpeg, TRUE);
  self->jpeg.out_color_space = output_space(&self->jpeg);
  info->width = self->jpeg.image_width;
  info->height = self->jpeg.image_height;
  info->channels = self->jpeg.out_color_space == JCS_GRAYSCALE ? 1
                   : self->jpeg.out_color_space == JCS_CMYK    ? 4
                                                               : 3;
  *out = self;
  return CI_OK;
}

int ci_jpeg_scale(ci_jpeg *self, int denominator, ci_jpeg_info *info, ci_message *message) {
  if (setjmp(self->errors.jump)) return failure(&self->errors, message);
  self->jpeg.scale_num = 1;
  self->jpeg.scale_denom = denominator;
  jpeg_calc_output_dimensions(&self->jpeg);
  info->width = self->jpeg.output_width;
  info->height = self->jpeg.output_height;
  return CI_OK;
}

int ci_jpeg_read(ci_jpeg *self, uint8_t *pixels, ci_message *message) {
  if (setjmp(self->errors.jump)) return failure(&self->errors, message);
  jpeg_start_decompress(&self->jpeg);
  const size_t row_bytes = (size_t)self->jpeg.output_width * self->jpeg.output_components;
  while (self->jpeg.output_scanline < self->jpeg.output_height) {
    JSAMPROW row = pixels + self->jpeg.output_scanline * row_bytes;
    jpeg_read_scanlines(&self->jpeg, &row, 1);
  }
  return CI_OK;
}

void ci_jpeg_close(ci_jpeg *self) {
  if (!self) return;
  jpeg_destroy_decompress(&self->jpeg);
  free(self);
}

// Writing -----------------------------------------------------------------------------------------

typedef struct encoder {
  struct jpeg_compress_struct jpeg;
  errors errors;
  unsigned char *bytes;
  unsigned long count;
} encoder;

static void write_rows(encoder *self, const uint8_t *pixels, size_t row_bytes) {
  jpeg_start_compress(&self->jpeg, TRUE);
  while (self->jpeg.next_scanline < self->jpeg.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + self->jpeg.next_scanline * row_bytes);
    jpeg_write_scanlines(&self->jpeg, &row, 1);
  }
  jpeg_finish_compress(&self->jpeg);
}

int ci_jpeg_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality,
                  ci_bytes *out, ci_message *message) {
  encoder *self = calloc(1, sizeof *self);
  if (!self) return ci_fail(message, CI_NO_MEMORY, "libjpeg");
  set_errors(&self->errors);
  self->jpeg.err = &self->errors.base;
  if (setjmp(self->errors.jump)) {
    jpeg_destroy_compress(&self->jpeg);
    free(self->bytes);
    free(self);
    return ci_fail(message, CI_TOO_LARGE, "libjpeg cannot write an image of this size");
  }
  jpeg_create_compress(&self->jpeg);
  jpeg_mem_dest(&self->jpeg, &self->bytes, &self->count);
  self->jpeg.image_width = width;
  self->jpeg.image_height = height;
  self->jpeg.input_components = channels;
  self->jpeg.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&self->jpeg);
  jpeg_set_quality(&self->jpeg, quality, TRUE);
  write_rows(self, pixels, (size_t)width * channels);
  jpeg_destroy_compress(&self->jpeg);
  out->bytes = self->bytes;
  out->count = self->count;
  free(self);
  return CI_OK;
}
