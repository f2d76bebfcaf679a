// A parsed DICOM file, shared by the files that read its header and its pixels.
#ifndef CIMAGING_DICOM_H
#define CIMAGING_DICOM_H

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <stdexcept>
#include <vector>

#include "shared.h"

struct ci_dicom final {
  DcmFileFormat file;
  DcmItem *dataset = nullptr;
  DcmElement *pixels = nullptr;
  ci_dicom_info info{};
  // The fragment where DCMTK goes on, if the next frame is the one after the last.
  Uint32 next_frame = 0, next_fragment = 0;
  // First fragment of each frame, and one past the last; made when first needed.
  std::vector<unsigned long> frame_starts;
};

namespace imaging {

/// What the C layer throws within itself.
struct Failure {
  ci_status status;
  const char *text;
};

/// Fills the description of an image out of the header.
void read_header(ci_dicom &dicom);

/// The bytes of a table of the palette, and whether they are segments.
std::vector<uint8_t> read_palette(ci_dicom &dicom, int channel, bool &is_segmented);

}  // namespace imaging

#endif
