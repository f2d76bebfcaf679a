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
  CI_NO_PIXELS,    // a valid file without an image
  CI_INVALID,      // an element holds what it may not hold; the detail names it
  CI_SYNTAX        // a transfer syntax that is not read; the detail names it
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

// JPEG 2000 ---------------------------------------------------------------------------------------

typedef struct ci_j2k ci_j2k;
typedef struct ci_j2k_info {
  uint32_t width, height;
  int32_t channels, precision, is_signed;
} ci_j2k_info;

// Reads the header of a codestream, bare or in a JP2 file. `data` must outlive the handle.
int ci_j2k_open(const uint8_t *data, size_t size, ci_j2k **out, ci_j2k_info *info,
                ci_message *message);
// Decodes; then each channel is a plane of width * height samples, valid until the handle is closed.
int ci_j2k_decode(ci_j2k *j2k, ci_message *message);
const int32_t *ci_j2k_plane(const ci_j2k *j2k, int channel);
void ci_j2k_close(ci_j2k *j2k);

// DICOM -------------------------------------------------------------------------------------------

typedef enum ci_codec {
  CI_NATIVE,    // samples as they are: ci_dicom_bytes
  CI_DCMTK,     // DCMTK decodes: ci_dicom_frame
  CI_RLE,       // the frame's packed bytes: ci_dicom_codestream
  CI_JPEG2000,  // the frame's codestream, likewise
  CI_DEFLATED   // the frame's deflated bytes, likewise
} ci_codec;

typedef enum ci_photometric {
  CI_MONOCHROME1,
  CI_MONOCHROME2,
  CI_PALETTE,
  CI_RGB,
  CI_YBR_FULL,
  CI_YBR_FULL_422,
  CI_YBR_PARTIAL_420,
  CI_YBR_ICT,
  CI_YBR_RCT
} ci_photometric;

enum { ci_max_windows = 16 };

// What is kept of the header for all frames.
typedef struct ci_dicom_info {
  int32_t rows, columns, frames, samples;
  int32_t bits_allocated, bits_stored, is_signed, is_planar;
  int32_t is_float;            // Float or Double Float Pixel Data
  int32_t is_big_endian;       // of the file; what is handed out is little-endian by 16-bit words
  ci_photometric photometric;
  ci_codec codec;
  uint64_t byte_count;         // of native pixels
  int32_t has_frame_groups;    // frames may differ in their ci_dicom_values
  int32_t has_modality_table, has_voi_table;
} ci_dicom_info;

// What is kept of the header for one frame.
typedef struct ci_dicom_values {
  int32_t has_rescale;
  double slope, intercept;
  int32_t window_count;
  double centres[ci_max_windows], widths[ci_max_windows];
  int32_t window_shape;        // 0 linear, 1 exact, 2 sigmoid
  int32_t has_spacing, has_slice_distance, has_position;
  double spacing[2];           // between rows, between columns, in mm
  double slice_distance;
  double position[3], orientation[6];  // LPS, as in the standard
} ci_dicom_values;

typedef enum ci_table_kind { CI_RED, CI_GREEN, CI_BLUE, CI_MODALITY, CI_VOI } ci_table_kind;

typedef struct ci_table {
  int32_t entries, first, bits;
  int32_t is_segmented;  // the bytes are PS3.3 C.7.9.2's segments, not entries
} ci_table;

typedef struct ci_dicom ci_dicom;
// Parses a file, large values left where they are; everything but the fields above is dropped with
// the handle. `data` must outlive it.
int ci_dicom_open(const uint8_t *data, size_t size, ci_dicom **out, ci_dicom_info *info,
                  ci_message *message);
int ci_dicom_describe(ci_dicom *dicom, uint32_t frame, ci_dicom_values *out, ci_message *message);
int ci_dicom_bytes(ci_dicom *dicom, uint64_t offset, uint8_t *out, uint32_t count,
                   ci_message *message);
// One frame through DCMTK's codecs; `is_rgb` says whether colours were converted on the way.
int ci_dicom_frame(ci_dicom *dicom, uint32_t frame, uint8_t *out, uint32_t count, int *is_rgb,
                   ci_message *message);
// The compressed bytes of a frame, valid until the next call.
int ci_dicom_codestream(ci_dicom *dicom, uint32_t frame, const uint8_t **out, size_t *count,
                        ci_message *message);
// A lookup table as stored: little-endian.
int ci_dicom_table(ci_dicom *dicom, ci_table_kind kind, ci_table *table, ci_bytes *out,
                   ci_message *message);
// Where a file stands among others: identifiers, which are neither to be stored nor to be shown.
typedef struct ci_dicom_place {
  char patient[256], series[256];  // empty where the file has none
  int32_t has_place;
  double place;                    // in mm along the normal of the slices, else the instance number
} ci_dicom_place;
int ci_dicom_placed(ci_dicom *dicom, ci_dicom_place *place, ci_message *message);
void ci_dicom_close(ci_dicom *dicom);

#ifdef __cplusplus
}
#endif
#endif
