#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <algorithm>
#include <memory>

#include "dicom.h"

namespace imaging {
namespace {

using Fragments = std::vector<DcmPixelItem *>;

struct Encapsulated {
  E_TransferSyntax syntax = EXS_Unknown;
  DcmPixelSequence *fragments = nullptr;
};

Encapsulated encapsulated(ci_dicom &dicom) {
  auto *pixels = dynamic_cast<DcmPixelData *>(dicom.pixels);
  const DcmRepresentationParameter *parameter = nullptr;
  Encapsulated found;
  if (pixels) pixels->getOriginalRepresentationKey(found.syntax, parameter);
  if (!pixels ||
      pixels->getEncapsulatedRepresentation(found.syntax, parameter, found.fragments).bad() ||
      !found.fragments) {
    throw Failure{CI_CORRUPT, "compressed pixels without fragments"};
  }
  return found;
}

/// Adds the first bytes of a fragment, all of them where `limit` does not hold it back.
void append(DcmPixelItem &item, Uint32 limit, std::vector<uint8_t> &bytes) {
  const Uint32 count = std::min(item.getLength(), limit);
  if (count == 0) return;
  const size_t before = bytes.size();
  bytes.resize(before + count);
  if (item.getPartialValue(bytes.data() + before, 0, count, nullptr, EBO_LittleEndian).bad()) {
    throw Failure{CI_TRUNCATED, "within a fragment"};
  }
}

/// Whether a fragment is the first of an image of JPEG, JPEG-LS or JPEG 2000.
bool begins_codestream(DcmPixelItem &item) {
  std::vector<uint8_t> bytes;
  append(item, 12, bytes);
  const bool is_bare = bytes.size() > 4 && bytes[0] == 0xff && (bytes[1] == 0x4f || bytes[1] == 0xd8);
  const bool is_boxed = bytes.size() >= 12 && memcmp(bytes.data() + 4, "jP  ", 4) == 0;
  return is_bare || is_boxed;
}

/// The fragments at which the basic offset table lets frames begin; none where it does not fit.
std::vector<size_t> listed_starts(const Fragments &fragments, size_t frames) {
  std::vector<uint8_t> table;
  append(*fragments[0], 0xffffffff, table);
  if (table.size() != frames * 4) return {};
  std::vector<size_t> starts;
  uint64_t place = 0;
  for (size_t i = 1; i < fragments.size() && starts.size() < frames; i++) {
    const uint8_t *entry = table.data() + starts.size() * 4;
    const uint64_t wanted = entry[0] | entry[1] << 8 | entry[2] << 16 | uint64_t{entry[3]} << 24;
    if (place == wanted) starts.push_back(i);
    place += 8 + fragments[i]->getLength();
  }
  return starts;
}

std::vector<size_t> recognised_starts(const Fragments &fragments) {
  std::vector<size_t> starts;
  for (size_t i = 1; i < fragments.size(); i++) {
    if (begins_codestream(*fragments[i])) starts.push_back(i);
  }
  return starts;
}

/// Where each frame begins: one fragment a frame, else the basic offset table, else the fragments
/// that begin an image.
void find_frames(ci_dicom &dicom) {
  const Fragments &fragments = dicom.fragments = items_of<DcmPixelItem>(*encapsulated(dicom).fragments);
  const size_t count = fragments.size(), frames = dicom.info.frames;
  if (count <= 1) throw Failure{CI_TRUNCATED, "fewer fragments than frames"};
  std::vector<size_t> starts;
  if (frames == 1) {
    starts = {1};
  } else if (count == frames + 1) {
    for (size_t i = 1; i < count; i++) starts.push_back(i);
  } else {
    starts = listed_starts(fragments, frames);
    if (starts.size() != frames) starts = recognised_starts(fragments);
  }
  if (starts.size() != frames) throw Failure{CI_CORRUPT, "fragments that belong to no frame"};
  starts.push_back(count);
  dicom.frame_starts = starts;
}

/// The parts of a JPEG-LS codestream that its thresholds depend on.
struct Scan {
  int bits = 0, near = 0;
  size_t header_end = 0;
  bool has_parameters = false;
};

Scan first_scan(const std::vector<uint8_t> &stream) {
  Scan scan;
  size_t place = 2;
  while (place + 9 < stream.size() && stream[place] == 0xff) {
    const uint8_t marker = stream[place + 1];
    const size_t end = place + 2 + (stream[place + 2] << 8 | stream[place + 3]);
    if (marker == 0xf8) scan.has_parameters = true;
    if (marker == 0xf7) {
      scan.bits = stream[place + 4];
      scan.header_end = end;
    }
    if (marker == 0xda) {
      const size_t near = place + 5 + 2 * stream[place + 4];
      scan.near = near < stream.size() ? stream[near] : 0;
      break;
    }
    place = end;
  }
  return scan;
}

/// JPEG-LS below 8 bits: CharLS within DCMTK computes the default thresholds (ISO 14495-1, C.2.4.1.1)
/// of 8 bits and more only, so the right ones are written into the codestream.
void write_thresholds(std::vector<uint8_t> &stream) {
  const Scan scan = first_scan(stream);
  if (scan.has_parameters || scan.bits < 2 || scan.bits > 7 || scan.header_end > stream.size()) {
    return;
  }
  const int largest = (1 << scan.bits) - 1, factor = 256 / (largest + 1);
  const auto clamped = [&](int value, int least) {
    return value > largest || value < least ? least : value;
  };
  const int first = clamped(std::max(2, 3 / factor + 3 * scan.near), scan.near + 1);
  const int second = clamped(std::max(3, 7 / factor + 5 * scan.near), first);
  const int third = clamped(std::max(4, 21 / factor + 7 * scan.near), second);
  std::vector<uint8_t> segment = {0xff, 0xf8, 0, 13, 1};
  for (const int parameter : {largest, first, second, third, 64}) {
    segment.push_back(static_cast<uint8_t>(parameter >> 8));
    segment.push_back(static_cast<uint8_t>(parameter));
  }
  stream.insert(stream.begin() + static_cast<long>(scan.header_end), segment.begin(), segment.end());
}

}  // namespace

void read_codestream(ci_dicom &dicom, uint32_t frame) {
  if (dicom.frame_starts.empty()) find_frames(dicom);
  dicom.codestream.clear();
  for (size_t i = dicom.frame_starts[frame]; i < dicom.frame_starts[frame + 1]; i++) {
    append(*dicom.fragments[i], 0xffffffff, dicom.codestream);
  }
}

void decode(ci_dicom &dicom, uint8_t *out, uint32_t count, bool &is_rgb) {
  const E_TransferSyntax syntax = encapsulated(dicom).syntax;
  if (syntax == EXS_JPEGLSLossless || syntax == EXS_JPEGLSLossy) write_thresholds(dicom.codestream);
  // The frame by itself, as DCMTK's codecs want it: an empty offset table and one fragment.
  auto sequence = std::make_unique<DcmPixelSequence>(DCM_PixelSequenceTag);
  sequence->insert(new DcmPixelItem(DCM_PixelItemTag));
  DcmOffsetList places;
  const Uint32 size = static_cast<Uint32>(dicom.codestream.size());
  if (sequence->storeCompressedFrame(places, dicom.codestream.data(), size, 0).bad()) {
    throw Failure{CI_CORRUPT, "a fragment"};
  }
  DcmPixelData pixels(DCM_PixelData);
  pixels.putOriginalRepresentation(syntax, nullptr, sequence.release());
  Uint32 start = 1;
  OFString model;
  if (pixels.getUncompressedFrame(dicom.dataset, 0, start, out, count, model).bad()) {
    throw Failure{CI_CORRUPT, "its compressed pixels"};
  }
  is_rgb = model == "RGB";
}

}  // namespace imaging
