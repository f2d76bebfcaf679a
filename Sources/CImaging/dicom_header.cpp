#include <cmath>
#include <cstdlib>

#include "dicom.h"

namespace imaging {
namespace {

/// An element of the data set, else of what all frames share, else of one frame.
DcmElement *find(ci_dicom &dicom, const DcmTagKey &key, uint32_t frame = 0) {
  DcmElement *element = nullptr;
  if (dicom.dataset->findAndGetElement(key, element).good()) return element;
  DcmItem *own = frame < dicom.frame_groups.size() ? dicom.frame_groups[frame] : nullptr;
  for (DcmItem *groups : {dicom.shared_groups, own}) {
    if (groups && groups->findAndGetElement(key, element, OFTrue).good()) return element;
  }
  return nullptr;
}

/// An unsigned short that must be there.
int required(ci_dicom &dicom, const DcmTagKey &key, const char *name) {
  Uint16 value = 0;
  if (!dicom.dataset->tagExistsWithValue(key)) throw Failure{CI_MISSING, name};
  if (dicom.dataset->findAndGetUint16(key, value).bad()) throw Failure{CI_INVALID, name};
  return value;
}

int optional(ci_dicom &dicom, const DcmTagKey &key, int otherwise) {
  Uint16 value = 0;
  return dicom.dataset->findAndGetUint16(key, value).good() ? value : otherwise;
}

/// Text without the spaces and zeros around it.
OFString trimmed(const OFString &text) {
  const OFString padding(" \0", 2);
  const size_t first = text.find_first_not_of(padding);
  const size_t last = text.find_last_not_of(padding);
  return first == OFString_npos ? OFString() : text.substr(first, last - first + 1);
}

/// A value of a decimal or integer string, or of a binary number; anything else stops the file.
double number(DcmElement *element, unsigned long position, const char *name) {
  OFString text;
  if (element->getOFString(text, position, OFTrue).bad()) throw Failure{CI_INVALID, name};
  text = trimmed(text);
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != OFString_npos) {
    throw Failure{CI_INVALID, name};
  }
  char *end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end || !std::isfinite(value)) throw Failure{CI_INVALID, name};
  return value;
}

bool has_value(DcmElement *element) { return element && element->getLength() > 0; }

/// All `count` values of an element for a frame; false where it is absent or empty.
bool numbers(ci_dicom &dicom, uint32_t frame, const DcmTagKey &key, int count, double *out,
             const char *name) {
  DcmElement *element = find(dicom, key, frame);
  if (!has_value(element)) return false;
  if (element->getVM() < static_cast<unsigned long>(count)) throw Failure{CI_INVALID, name};
  for (int i = 0; i < count; i++) out[i] = number(element, i, name);
  return true;
}

ci_photometric photometric(ci_dicom &dicom) {
  static const struct {
    const char *name;
    ci_photometric value;
  } known[] = {
      {"MONOCHROME1", CI_MONOCHROME1}, {"MONOCHROME2", CI_MONOCHROME2},
      {"PALETTE COLOR", CI_PALETTE},   {"RGB", CI_RGB},
      {"YBR_FULL", CI_YBR_FULL},       {"YBR_FULL_422", CI_YBR_FULL_422},
      {"YBR_PARTIAL_420", CI_YBR_PARTIAL_420},
      {"YBR_ICT", CI_YBR_ICT},         {"YBR_RCT", CI_YBR_RCT},
  };
  OFString text;
  if (dicom.dataset->findAndGetOFString(DCM_PhotometricInterpretation, text).bad() ||
      text.empty()) {
    throw Failure{CI_MISSING, "Photometric Interpretation (0028,0004)"};
  }
  for (const auto &entry : known) {
    if (trimmed(text) == entry.name) return entry.value;
  }
  throw Failure{CI_UNSUPPORTED, "its Photometric Interpretation (0028,0004)"};
}

void read_shape(ci_dicom &dicom) {
  ci_dicom_info &info = dicom.info;
  info.rows = required(dicom, DCM_Rows, "Rows (0028,0010)");
  if (info.rows == 0) throw Failure{CI_INVALID, "Rows (0028,0010)"};
  info.columns = required(dicom, DCM_Columns, "Columns (0028,0011)");
  if (info.columns == 0) throw Failure{CI_INVALID, "Columns (0028,0011)"};
  info.samples = required(dicom, DCM_SamplesPerPixel, "Samples per Pixel (0028,0002)");
  info.frames = 1;
  DcmElement *frames = find(dicom, DCM_NumberOfFrames);
  if (has_value(frames)) {
    const double count = number(frames, 0, "Number of Frames (0028,0008)");
    if (count < 0 || count > 1 << 30 || count != std::floor(count)) {
      throw Failure{CI_INVALID, "Number of Frames (0028,0008)"};
    }
    info.frames = count == 0 ? 1 : static_cast<int32_t>(count);
  }
}

void read_samples(ci_dicom &dicom) {
  ci_dicom_info &info = dicom.info;
  info.bits_allocated = required(dicom, DCM_BitsAllocated, "Bits Allocated (0028,0100)");
  info.bits_stored = optional(dicom, DCM_BitsStored, info.bits_allocated);
  if (info.bits_stored < 1 || info.bits_stored > info.bits_allocated) {
    throw Failure{CI_INVALID, "Bits Stored (0028,0101)"};
  }
  if (!info.is_float) {
    info.is_signed =
        required(dicom, DCM_PixelRepresentation, "Pixel Representation (0028,0103)") == 1;
  }
  info.is_planar = optional(dicom, DCM_PlanarConfiguration, 0) == 1;
  info.photometric = photometric(dicom);
  const bool is_colour = info.photometric >= CI_RGB;
  if (info.samples != (is_colour ? 3 : 1)) {
    throw Failure{CI_INVALID, "Samples per Pixel (0028,0002)"};
  }
}

void list_groups(ci_dicom &dicom) {
  dicom.dataset->findAndGetSequenceItem(DCM_SharedFunctionalGroupsSequence, dicom.shared_groups, 0);
  DcmSequenceOfItems *groups = nullptr;
  dicom.dataset->findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, groups);
  if (groups) dicom.frame_groups = items_of<DcmItem>(*groups);
}

void read_kinds_of_values(ci_dicom &dicom) {
  ci_dicom_info &info = dicom.info;
  const size_t count = dicom.frame_groups.size();
  if (count > 0 && count < static_cast<size_t>(info.frames)) {
    throw Failure{CI_INVALID, "Per-Frame Functional Groups Sequence (5200,9230)"};
  }
  info.has_frame_groups = count > 0;
  info.has_modality_table = dicom.dataset->tagExistsWithValue(DCM_ModalityLUTSequence);
  info.has_voi_table = dicom.dataset->tagExistsWithValue(DCM_VOILUTSequence);
}

void read_rescale(ci_dicom &dicom, uint32_t frame, ci_dicom_values &values) {
  const bool has_slope = numbers(dicom, frame, DCM_RescaleSlope, 1, &values.slope,
                                 "Rescale Slope (0028,1053)");
  const bool has_intercept = numbers(dicom, frame, DCM_RescaleIntercept, 1, &values.intercept,
                                     "Rescale Intercept (0028,1052)");
  if (!has_slope) values.slope = 1;
  values.has_rescale = has_slope || has_intercept;
}

void read_windows(ci_dicom &dicom, uint32_t frame, ci_dicom_values &values) {
  DcmElement *centres = find(dicom, DCM_WindowCenter, frame);
  DcmElement *widths = find(dicom, DCM_WindowWidth, frame);
  if (!has_value(centres) || !has_value(widths)) return;
  if (centres->getVM() != widths->getVM()) throw Failure{CI_INVALID, "Window Width (0028,1051)"};
  for (unsigned long i = 0; i < centres->getVM() && values.window_count < ci_max_windows; i++) {
    const double width = number(widths, i, "Window Width (0028,1051)");
    const double centre = number(centres, i, "Window Center (0028,1050)");
    if (width <= 0) continue;
    values.widths[values.window_count] = width;
    values.centres[values.window_count++] = centre;
  }
  OFString shape;
  DcmElement *function = find(dicom, DCM_VOILUTFunction, frame);
  if (function) function->getOFString(shape, 0, OFTrue);
  shape = trimmed(shape);
  values.window_shape = shape == "LINEAR_EXACT" ? 1 : shape == "SIGMOID" ? 2 : 0;
}

/// From a frame to the next: the planes of a dose are offsets, other slices have a distance, or at
/// least a thickness.
void read_slice_distance(ci_dicom &dicom, uint32_t frame, ci_dicom_values &values) {
  static const char *name = "Grid Frame Offset Vector (3004,000C)";
  DcmElement *offsets = find(dicom, DCM_GridFrameOffsetVector, frame);
  double &distance = values.slice_distance;
  if (has_value(offsets) && offsets->getVM() > 1) {
    distance = std::fabs(number(offsets, 1, name) - number(offsets, 0, name));
  } else if (!numbers(dicom, frame, DCM_SpacingBetweenSlices, 1, &distance,
                      "Spacing Between Slices (0018,0088)")) {
    numbers(dicom, frame, DCM_SliceThickness, 1, &distance, "Slice Thickness (0018,0050)");
  }
  values.has_slice_distance = distance > 0;
}

void read_geometry(ci_dicom &dicom, uint32_t frame, ci_dicom_values &values) {
  values.has_spacing = numbers(dicom, frame, DCM_PixelSpacing, 2, values.spacing,
                               "Pixel Spacing (0028,0030)") ||
                       numbers(dicom, frame, DCM_ImagerPixelSpacing, 2, values.spacing,
                               "Imager Pixel Spacing (0018,1164)");
  if (values.has_spacing && !(values.spacing[0] > 0 && values.spacing[1] > 0)) {
    values.has_spacing = 0;
  }
  read_slice_distance(dicom, frame, values);
  values.has_position = numbers(dicom, frame, DCM_ImagePositionPatient, 3, values.position,
                                "Image Position (Patient) (0020,0032)") &&
                        numbers(dicom, frame, DCM_ImageOrientationPatient, 6, values.orientation,
                                "Image Orientation (Patient) (0020,0037)");
}

struct Table {
  DcmElement *descriptor, *data, *segments;
  const char *name;
};

DcmElement *element_of(DcmItem &item, const DcmTagKey &key) {
  DcmElement *element = nullptr;
  return item.findAndGetElement(key, element).good() && has_value(element) ? element : nullptr;
}

Table palette_of(DcmItem &item, int channel) {
  static const struct {
    DcmTagKey descriptor, data, segments;
    const char *name;
  } tables[] = {
      {DCM_RedPaletteColorLookupTableDescriptor, DCM_RedPaletteColorLookupTableData,
       DCM_SegmentedRedPaletteColorLookupTableData,
       "Red Palette Color Lookup Table (0028,1101) and (0028,1201)"},
      {DCM_GreenPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableData,
       DCM_SegmentedGreenPaletteColorLookupTableData,
       "Green Palette Color Lookup Table (0028,1102) and (0028,1202)"},
      {DCM_BluePaletteColorLookupTableDescriptor, DCM_BluePaletteColorLookupTableData,
       DCM_SegmentedBluePaletteColorLookupTableData,
       "Blue Palette Color Lookup Table (0028,1103) and (0028,1203)"},
  };
  const auto &keys = tables[channel];
  return {element_of(item, keys.descriptor), element_of(item, keys.data),
          element_of(item, keys.segments), keys.name};
}

/// The first table of a sequence: others are alternatives to it.
Table sequenced(ci_dicom &dicom, const DcmTagKey &sequence, const char *name) {
  DcmItem *item = nullptr;
  if (dicom.dataset->findAndGetSequenceItem(sequence, item, 0).bad() || !item) {
    throw Failure{CI_MISSING, name};
  }
  return {element_of(*item, DCM_LUTDescriptor), element_of(*item, DCM_LUTData), nullptr, name};
}

/// The descriptor's numbers are unsigned, but for the second, whose sign follows the pixels.
void read_descriptor(ci_dicom &dicom, const Table &source, ci_table &table) {
  const int entries = static_cast<int>(number(source.descriptor, 0, source.name)) & 0xffff;
  const int first = static_cast<int>(number(source.descriptor, 1, source.name));
  table.entries = entries == 0 ? 65536 : entries;
  table.first = dicom.info.is_signed && first > 0x7fff ? first - 0x10000 : first;
  table.bits = static_cast<int>(number(source.descriptor, 2, source.name));
  if (table.bits < 1 || table.bits > 16) throw Failure{CI_INVALID, source.name};
}

void copy_text(ci_dicom &dicom, const DcmTagKey &key, char (&out)[256]) {
  OFString text;
  if (dicom.dataset->findAndGetOFString(key, text).bad()) return;
  text = trimmed(text).substr(0, sizeof out - 1);
  memcpy(out, text.c_str(), text.size());
}

}  // namespace

void read_header(ci_dicom &dicom) {
  list_groups(dicom);
  read_shape(dicom);
  read_samples(dicom);
  read_kinds_of_values(dicom);
}

ci_dicom_place read_place(ci_dicom &dicom) {
  ci_dicom_place place{};
  copy_text(dicom, DCM_PatientID, place.patient);
  copy_text(dicom, DCM_SeriesInstanceUID, place.series);
  ci_dicom_values values{};
  read_geometry(dicom, 0, values);
  if (values.has_position) {
    const double *x = values.orientation, *y = values.orientation + 3, *p = values.position;
    place.place = p[0] * (x[1] * y[2] - x[2] * y[1]) + p[1] * (x[2] * y[0] - x[0] * y[2]) +
                  p[2] * (x[0] * y[1] - x[1] * y[0]);
    place.has_place = std::isfinite(place.place);
  } else {
    Sint32 number = 0;
    place.has_place = dicom.dataset->findAndGetSint32(DCM_InstanceNumber, number).good();
    place.place = number;
  }
  return place;
}

void read_values(ci_dicom &dicom, uint32_t frame, ci_dicom_values &values) {
  read_rescale(dicom, frame, values);
  read_windows(dicom, frame, values);
  read_geometry(dicom, frame, values);
}

std::vector<uint8_t> read_table(ci_dicom &dicom, ci_table_kind kind, ci_table &table) {
  const Table source =
      kind == CI_MODALITY
          ? sequenced(dicom, DCM_ModalityLUTSequence, "Modality LUT Sequence (0028,3000)")
      : kind == CI_VOI ? sequenced(dicom, DCM_VOILUTSequence, "VOI LUT Sequence (0028,3010)")
                       : palette_of(*dicom.dataset, kind - CI_RED);
  table.is_segmented = !source.data;
  DcmElement *values = source.data ? source.data : source.segments;
  if (!source.descriptor || !values) throw Failure{CI_MISSING, source.name};
  read_descriptor(dicom, source, table);
  std::vector<uint8_t> bytes(values->getLength());
  if (values->getPartialValue(bytes.data(), 0, bytes.size(), nullptr, EBO_LittleEndian).bad()) {
    throw Failure{CI_INVALID, source.name};
  }
  return bytes;
}

}  // namespace imaging
