// A parsed DICOM file, shared by the files that read its header and its pixels.
#ifndef CIMAGING_DICOM_H
#define CIMAGING_DICOM_H

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include <stdexcept>
#include <vector>

#include "shared.h"

struct ci_dicom final {
  DcmFileFormat file;
  DcmItem *dataset = nullptr;
  DcmElement *pixels = nullptr;
  ci_dicom_info info{};
  // Functional groups that all frames share, and those of each frame.
  DcmItem *shared_groups = nullptr;
  std::vector<DcmItem *> frame_groups;
  // The offset table and the fragments behind it; listed when first needed.
  std::vector<DcmPixelItem *> fragments;
  // First fragment of each frame, and one past the last; made when first needed.
  std::vector<size_t> frame_starts;
  // The compressed bytes of the frame that was asked for last.
  std::vector<uint8_t> codestream;
};

namespace imaging {

/// What the C layer throws within itself.
struct Failure {
  ci_status status;
  const char *text;
};

/// The items of a sequence, in their order: DCMTK finds one by its number in linear time.
template <typename Item>
std::vector<Item *> items_of(DcmSequenceOfItems &sequence) {
  std::vector<Item *> items;
  DcmObject *object = nullptr;
  while ((object = sequence.nextInContainer(object))) {
    if (auto *item = dynamic_cast<Item *>(object)) items.push_back(item);
  }
  return items;
}

/// Parses bytes; values above some kilobytes stay where they are until asked for.
OFCondition parse(DcmFileFormat &file, const uint8_t *data, size_t size, bool &at_end);

/// Fills the description of an image out of the header.
void read_header(ci_dicom &dicom);

/// Fills the description of a frame.
void read_values(ci_dicom &dicom, uint32_t frame, ci_dicom_values &values);

/// A lookup table and its bytes.
std::vector<uint8_t> read_table(ci_dicom &dicom, ci_table_kind kind, ci_table &table);

/// Brings the compressed bytes of a frame into `dicom.codestream`.
void read_codestream(ci_dicom &dicom, uint32_t frame);

/// Decodes `dicom.codestream` through DCMTK's codecs.
void decode(ci_dicom &dicom, uint8_t *out, uint32_t count, bool &is_rgb);

/// Where the file stands among others.
ci_dicom_place read_place(ci_dicom &dicom);

}  // namespace imaging

#endif
