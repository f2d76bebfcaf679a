#include <cmath>
#include <cstdlib>

#include "dicom.h"

namespace imaging {
namespace {

/// An element of the data set, else of what all frames share, else of the first frame.
DcmElement *find(ci_dicom &dicom, const DcmTagKey &key) {
  DcmElement *element = nullptr;
  if (dicom.dataset->findAndGetElement(key, element).good()) return element;
  for (const DcmTagKey &group :
       {DCM_SharedFunctionalGroupsSequence, DCM_PerFrameFunctionalGroupsSequence}) {
    DcmItem *item = nullptr;
    if (dicom.dataset->findAndGetSequenceItem(group, item, 0).bad() || !item) continue;
    if (item->findAndGetElement(key, element, OFTrue).good()) return element;
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
  if (text.empty()) throw Failure{CI_INVALID, name};
  char *end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end || !std::isfinite(value)) throw Failure{CI_INVALID, name};
  return value;
}

bool has_value(DcmElement *element) { return element && element->getLength() > 0; }

/// All `count` values of an element; false where it is absent or empty.
bool numbers(ci_dicom &dicom, const DcmTagKey &key, int count, double *out, const char *name) {
  DcmElement *element = find(dicom, key);
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
  info.columns = required(dicom, DCM_Columns, "Columns (0028,0011)");
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

void read_values(ci_dicom &dicom) {
  ci_dicom_info &info = dicom.info;
  const bool has_slope =
      numbers(dicom, DCM_RescaleSlope, 1, &info.slope, "Rescale Slope (0028,1053)");
  const bool has_intercept =
      numbers(dicom, DCM_RescaleIntercept, 1, &info.intercept, "Rescale Intercept (0028,1052)");
  if (!has_slope) info.slope = 1;
  info.has_rescale = has_slope || has_intercept;

  DcmElement *centres = find(dicom, DCM_WindowCenter);
  DcmElement *widths = find(dicom, DCM_WindowWidth);
  if (!has_value(centres) || !has_value(widths)) return;
  if (centres->getVM() != widths->getVM()) throw Failure{CI_INVALID, "Window Width (0028,1051)"};
  for (unsigned long i = 0; i < centres->getVM() && info.window_count < ci_max_windows; i++) {
    const double width = number(widths, i, "Window Width (0028,1051)");
    const double centre = number(centres, i, "Window Center (0028,1050)");
    if (width <= 0) continue;
    info.widths[info.window_count] = width;
    info.centres[info.window_count++] = centre;
  }
  OFString shape;
  DcmElement *function = find(dicom, DCM_VOILUTFunction);
  if (function) function->getOFString(shape, 0, OFTrue);
  shape = trimmed(shape);
  info.window_shape = shape == "LINEAR_EXACT" ? 1 : shape == "SIGMOID" ? 2 : 0;
}

void read_geometry(ci_dicom &dicom) {
  ci_dicom_info &info = dicom.info;
  info.has_spacing =
      numbers(dicom, DCM_PixelSpacing, 2, info.spacing, "Pixel Spacing (0028,0030)") ||
      numbers(dicom, DCM_ImagerPixelSpacing, 2, info.spacing, "Imager Pixel Spacing (0018,1164)");
  if (info.has_spacing && !(info.spacing[0] > 0 && info.spacing[1] > 0)) info.has_spacing = 0;
  info.has_slice_distance =
      numbers(dicom, DCM_SpacingBetweenSlices, 1, &info.slice_distance,
              "Spacing Between Slices (0018,0088)") ||
      numbers(dicom, DCM_SliceThickness, 1, &info.slice_distance, "Slice Thickness (0018,0050)");
  if (info.slice_distance <= 0) info.has_slice_distance = 0;
  info.has_position = numbers(dicom, DCM_ImagePositionPatient, 3, info.position,
                              "Image Position (Patient) (0020,0032)") &&
                      numbers(dicom, DCM_ImageOrientationPatient, 6, info.orientation,
                              "Image Orientation (Patient) (0020,0037)");
}

/// The descriptor's numbers are unsigned but for the second, whose sign follows the pixels.
void read_palette_header(ci_dicom &dicom) {
  ci_dicom_info &info = dicom.info;
  if (info.photometric != CI_PALETTE) return;
  static const char *name = "Red Palette Color Lookup Table Descriptor (0028,1101)";
  DcmElement *element = find(dicom, DCM_RedPaletteColorLookupTableDescriptor);
  if (!element) throw Failure{CI_MISSING, name};
  const int entries = static_cast<int>(number(element, 0, name)) & 0xffff;
  const int first = static_cast<int>(number(element, 1, name)) & 0xffff;
  info.palette_entries = entries == 0 ? 65536 : entries;
  info.palette_first = info.is_signed && first > 0x7fff ? first - 0x10000 : first;
  info.palette_bits = static_cast<int>(number(element, 2, name));
}

}  // namespace

void read_header(ci_dicom &dicom) {
  read_shape(dicom);
  read_samples(dicom);
  read_values(dicom);
  read_geometry(dicom);
  read_palette_header(dicom);
}

std::vector<uint8_t> read_palette(ci_dicom &dicom, int channel, bool &is_segmented) {
  static const DcmTagKey tables[] = {DCM_RedPaletteColorLookupTableData,
                                     DCM_GreenPaletteColorLookupTableData,
                                     DCM_BluePaletteColorLookupTableData};
  static const DcmTagKey segments[] = {DCM_SegmentedRedPaletteColorLookupTableData,
                                       DCM_SegmentedGreenPaletteColorLookupTableData,
                                       DCM_SegmentedBluePaletteColorLookupTableData};
  static const char *name = "Palette Color Lookup Table Data (0028,1201) to (0028,1203)";
  DcmElement *element = find(dicom, tables[channel]);
  is_segmented = !has_value(element);
  if (is_segmented) element = find(dicom, segments[channel]);
  if (!has_value(element)) throw Failure{CI_MISSING, name};
  std::vector<uint8_t> bytes(element->getLength());
  if (element->getPartialValue(bytes.data(), 0, bytes.size(), nullptr, EBO_LittleEndian).bad()) {
    throw Failure{CI_INVALID, name};
  }
  return bytes;
}

}  // namespace imaging
