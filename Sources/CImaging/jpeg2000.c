#include <openjpeg-2.5/openjpeg.h>
#include <stdlib.h>

#include "shared.h"

struct ci_j2k {
  opj_codec_t *codec;
  opj_stream_t *stream;
  opj_image_t *image;
  const uint8_t *data;
  size_t size, position;
  int truncated;
  OPJ_UINT32 width, height;  // as the header announces them
};

static OPJ_SIZE_T take(void *out, OPJ_SIZE_T count, void *user) {
  ci_j2k *self = user;
  const size_t left = self->size - self->position;
  if (left == 0) {
    self->truncated = 1;
    return (OPJ_SIZE_T)-1;
  }
  if (count > left) count = left;
  memcpy(out, self->data + self->position, count);
  self->position += count;
  return count;
}

static OPJ_OFF_T skip(OPJ_OFF_T count, void *user) {
  ci_j2k *self = user;
  const size_t left = self->size - self->position;
  if (count < 0) return -1;
  const size_t step = (size_t)count > left ? left : (size_t)count;
  self->position += step;
  return (OPJ_OFF_T)step;
}

static OPJ_BOOL seek(OPJ_OFF_T place, void *user) {
  ci_j2k *self = user;
  if (place < 0 || (size_t)place > self->size) return OPJ_FALSE;
  self->position = (size_t)place;
  return OPJ_TRUE;
}

static void be_silent(const char *text, void *user) {
  (void)text;
  (void)user;
}

static int failure(const ci_j2k *self, ci_message *message) {
  return self->truncated ? ci_fail(message, CI_TRUNCATED, "the JPEG 2000 data end early")
                         : ci_fail(message, CI_CORRUPT, "the JPEG 2000 data are damaged");
}

static int set_up(ci_j2k *self) {
  const int is_jp2 = self->size >= 12 && memcmp(self->data + 4, "jP  ", 4) == 0;
  self->codec = opj_create_decompress(is_jp2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  self->stream = opj_stream_create(1 << 16, OPJ_TRUE);
  if (!self->codec || !self->stream) return 0;
  opj_stream_set_user_data(self->stream, self, NULL);
  opj_stream_set_user_data_length(self->stream, self->size);
  opj_stream_set_read_function(self->stream, take);
  opj_stream_set_skip_function(self->stream, skip);
  opj_stream_set_seek_function(self->stream, seek);
  opj_set_error_handler(self->codec, be_silent, NULL);
  opj_set_warning_handler(self->codec, be_silent, NULL);
  opj_set_info_handler(self->codec, be_silent, NULL);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!opj_setup_decoder(self->codec, &parameters)) return 0;
  return opj_decoder_set_strict_mode(self->codec, OPJ_TRUE);
}

static int describe(const opj_image_t *image, ci_j2k_info *info, ci_message *message) {
  if (image->numcomps < 1 || image->numcomps > 4) {
    return ci_fail(message, CI_UNSUPPORTED, "JPEG 2000 with more than 4 components");
  }
  const opj_image_comp_t *first = image->comps;
  for (OPJ_UINT32 i = 0; i < image->numcomps; i++) {
    const opj_image_comp_t *other = image->comps + i;
    if (other->w != first->w || other->h != first->h || other->dx != 1 || other->dy != 1 ||
        other->prec != first->prec || other->sgnd != first->sgnd) {
      return ci_fail(message, CI_UNSUPPORTED, "JPEG 2000 whose components differ");
    }
  }
  info->width = first->w;
  info->height = first->h;
  info->channels = (int32_t)image->numcomps;
  info->precision = (int32_t)first->prec;
  info->is_signed = (int32_t)first->sgnd;
  return CI_OK;
}

int ci_j2k_open(const uint8_t *data, size_t size, ci_j2k **out, ci_j2k_info *info,
                ci_message *message) {
  ci_j2k *self = calloc(1, sizeof *self);
  if (!self) return ci_fail(message, CI_NO_MEMORY, "OpenJPEG");
  self->data = data;
  self->size = size;
  int status;
  if (!set_up(self)) {
    status = ci_fail(message, CI_NO_MEMORY, "OpenJPEG");
  } else if (!opj_read_header(self->stream, self->codec, &self->image)) {
    status = failure(self, message);
  } else {
    status = describe(self->image, info, message);
    self->width = info->width;
    self->height = info->height;
  }
  if (status == CI_OK) {
    *out = self;
  } else {
    ci_j2k_close(self);
  }
  return status;
}

int ci_j2k_decode(ci_j2k *self, ci_message *message) {
  if (!opj_decode(self->codec, self->stream, self->image)) return failure(self, message);
  for (OPJ_UINT32 channel = 0; channel < self->image->numcomps; channel++) {
    const opj_image_comp_t *plane = self->image->comps + channel;
    if (!plane->data || plane->w != self->width || plane->h != self->height) {
      return failure(self, message);
    }
  }
  return CI_OK;
}

const int32_t *ci_j2k_plane(const ci_j2k *self, int channel) {
  return self->image->comps[channel].data;
}

void ci_j2k_close(ci_j2k *self) {
  if (!self) return;
  if (self->image) opj_image_destroy(self->image);
  if (self->stream) opj_stream_destroy(self->stream);
  if (self->codec) opj_destroy_codec(self->codec);
  free(self);
}
