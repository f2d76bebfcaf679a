// The image data of a PNG file, inflated by libdeflate.
#ifndef CIMAGING_PNG_DATA_H
#define CIMAGING_PNG_DATA_H

#include <stddef.h>
#include <stdint.h>

// libpng inflates by zlib, which takes longer than all else together. So the chunks IDAT are
// inflated here, and libpng gets them as one chunk of deflate's stored blocks, which zlib only copies.
typedef struct png_data {
  const uint8_t *file;
  size_t size;
  size_t start, end;  // of the chunks IDAT in the file
  size_t raw;         // bytes of all rows with their filters' numbers, as the header has it
  size_t payload;     // bytes of the chunk that libpng gets
  uint8_t *chunk;     // that chunk, once it is needed
  int failed;         // the data are damaged or other than the header has it
} png_data;

// Finds the image data; 0 where the file had better be read by libpng alone, which tells what is
// wrong with it.
int png_data_find(png_data *data, const uint8_t *file, size_t size);
// The size of the file as libpng sees it.
size_t png_data_size(const png_data *data);
// Copies a part of that file; 0 where the image data are damaged.
int png_data_take(png_data *data, size_t position, uint8_t *out, size_t count);
void png_data_free(png_data *data);

#endif
