#include "dicom.h"

#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <cstdlib>
#include <mutex>
#include <new>
#include <string>

using imaging::Failure;

namespace {

/// Runs a body; no exception leaves.
template <typename Body>
int guarded(ci_message *message, Body body) noexcept {
  try {
    body();
    return CI_OK;
  } catch (const Failure &failure) {
    return ci_fail(message, failure.status, failure.text);
  } catch (const std::bad_alloc &) {
    return ci_fail(message, CI_NO_MEMORY, "DCMTK");
  } catch (...) {
    return ci_fail(message, CI_CORRUPT, "DCMTK gave up");
  }
}

/// Registers the codecs once, and keeps DCMTK from printing: its messages quote header values.
void prepare() {
  static std::once_flag once;
  std::call_once(once, [] {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    dcmEnableUnknownVRConversion.set(OFTrue);
    // Files exist that announce explicit and write implicit representations.
    dcmAcceptUnexpectedImplicitEncoding.set(OFTrue);
    DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_never);
    DJLSDecoderRegistration::registerCodecs(EJLSUC_never);
  });
}

struct Syntax {
  const char *uid;
  ci_codec codec;
};

/// What is decoded by which means; DCMTK's own list decides about the rest.
const Syntax syntaxes[] = {
    {"1.2.840.10008.1.2.4.90", CI_JPEG2000},  {"1.2.840.10008.1.2.4.91", CI_JPEG2000},
    {"1.2.840.10008.1.2.4.201", CI_JPEG2000}, {"1.2.840.10008.1.2.4.202", CI_JPEG2000},
    {"1.2.840.10008.1.2.4.203", CI_JPEG2000}, {"1.2.840.10008.1.2.8.1", CI_DEFLATED},
    {"1.2.840.10008.1.2.4.50", CI_DCMTK},     {"1.2.840.10008.1.2.4.51", CI_DCMTK},
    {"1.2.840.10008.1.2.4.53", CI_DCMTK},     {"1.2.840.10008.1.2.4.55", CI_DCMTK},
    {"1.2.840.10008.1.2.4.57", CI_DCMTK},     {"1.2.840.10008.1.2.4.70", CI_DCMTK},
    {"1.2.840.10008.1.2.4.80", CI_DCMTK},     {"1.2.840.10008.1.2.4.81", CI_DCMTK},
    {"1.2.840.10008.1.2.5", CI_RLE},
};

/// The name of a syntax in the standard; a private UID is not repeated.
const char *name_of(const std::string &uid) {
  const char *name = dcmFindNameOfUID(uid.c_str());
  return name ? name : "of another standard or vendor";
}

std::string declared_syntax(ci_dicom &dicom) {
  OFString uid;
  DcmMetaInfo *meta = dicom.file.getMetaInfo();
  if (meta) meta->findAndGetOFString(DCM_TransferSyntaxUID, uid);
  return std::string(uid.c_str());
}

bool is_native(const std::string &uid) {
  static const char *natives[] = {"", UID_LittleEndianImplicitTransferSyntax,
                                  UID_LittleEndianExplicitTransferSyntax,
                                  UID_BigEndianExplicitTransferSyntax,
                                  UID_DeflatedExplicitVRLittleEndianTransferSyntax};
  for (const char *native : natives) {
    if (uid == native) return true;
  }
  return false;
}

ci_codec codec_of(const std::string &uid) {
  if (is_native(uid)) return CI_NATIVE;
  for (const Syntax &syntax : syntaxes) {
    if (uid == syntax.uid) return syntax.codec;
  }
  throw Failure{CI_SYNTAX, name_of(uid)};
}

/// The one pixel element that was read to its end.
void find_pixels(ci_dicom &dicom, OFCondition parsed, bool at_end) {
  const DcmTagKey keys[] = {DCM_PixelData, DCM_FloatPixelData, DCM_DoubleFloatPixelData};
  for (const DcmTagKey &key : keys) {
    if (dicom.dataset->findAndGetElement(key, dicom.pixels).bad()) continue;
    dicom.info.is_float = key != DCM_PixelData;
    break;
  }
  const bool is_whole = dicom.pixels && dicom.pixels->transferState() == ERW_ready;
  if (parsed.bad() && !is_whole) {
    throw at_end ? Failure{CI_TRUNCATED, "within its elements"}
                 : Failure{CI_CORRUPT, "an element"};
  }
  if (!dicom.pixels) throw Failure{CI_NO_PIXELS, ""};
}

void read(ci_dicom &dicom, const uint8_t *data, size_t size) {
  bool at_end = false;
  const OFCondition parsed = imaging::parse(dicom.file, data, size, at_end);
  dicom.dataset = dicom.file.getDataset();
  const std::string uid = declared_syntax(dicom);
  const ci_codec codec = codec_of(uid);
  find_pixels(dicom, parsed, at_end);
  dicom.file.transferEnd();
  dicom.info.codec = codec;
  dicom.info.is_big_endian = uid == UID_BigEndianExplicitTransferSyntax;
  dicom.info.byte_count = codec == CI_NATIVE ? dicom.pixels->getLength() : 0;
  imaging::read_header(dicom);
}

void hand_over(const std::vector<uint8_t> &bytes, ci_bytes *out) {
  out->count = bytes.size();
  out->bytes = static_cast<uint8_t *>(std::malloc(bytes.size() + 1));
  if (!out->bytes) throw std::bad_alloc();
  if (!bytes.empty()) memcpy(out->bytes, bytes.data(), bytes.size());
}

}  // namespace

int ci_dicom_open(const uint8_t *data, size_t size, ci_dicom **out, ci_dicom_info *info,
                  ci_message *message) {
  ci_dicom *dicom = nullptr;
  const int status = guarded(message, [&] {
    prepare();
    if (!dcmDataDict.isDictionaryLoaded()) {
      throw Failure{CI_UNSUPPORTED, "DCMTK's dictionary is not installed (libdcmtk17)"};
    }
    dicom = new ci_dicom;
    read(*dicom, data, size);
    *info = dicom->info;
  });
  if (status == CI_OK) {
    *out = dicom;
  } else {
    ci_dicom_close(dicom);
  }
  return status;
}

int ci_dicom_describe(ci_dicom *dicom, uint32_t frame, ci_dicom_values *out, ci_message *message) {
  return guarded(message, [&] {
    *out = ci_dicom_values{};
    imaging::read_values(*dicom, frame, *out);
  });
}

int ci_dicom_bytes(ci_dicom *dicom, uint64_t offset, uint8_t *out, uint32_t count,
                   ci_message *message) {
  return guarded(message, [&] {
    if (offset + count > dicom->info.byte_count) {
      throw Failure{CI_TRUNCATED, "Pixel Data (7FE0,0010) is shorter than its frames"};
    }
    if (dicom->pixels
            ->getPartialValue(out, static_cast<Uint32>(offset), count, nullptr, EBO_LittleEndian)
            .bad()) {
      throw Failure{CI_TRUNCATED, "within Pixel Data (7FE0,0010)"};
    }
  });
}

int ci_dicom_frame(ci_dicom *dicom, uint32_t frame, uint8_t *out, uint32_t count, int *is_rgb,
                   ci_message *message) {
  return guarded(message, [&] {
    imaging::read_codestream(*dicom, frame);
    bool has_rgb = false;
    imaging::decode(*dicom, out, count, has_rgb);
    *is_rgb = has_rgb;
  });
}

int ci_dicom_codestream(ci_dicom *dicom, uint32_t frame, const uint8_t **out, size_t *count,
                        ci_message *message) {
  return guarded(message, [&] {
    imaging::read_codestream(*dicom, frame);
    *out = dicom->codestream.data();
    *count = dicom->codestream.size();
  });
}

int ci_dicom_table(ci_dicom *dicom, ci_table_kind kind, ci_table *table, ci_bytes *out,
                   ci_message *message) {
  return guarded(message, [&] {
    *table = ci_table{};
    hand_over(imaging::read_table(*dicom, kind, *table), out);
  });
}

int ci_dicom_placed(ci_dicom *dicom, ci_dicom_place *place, ci_message *message) {
  return guarded(message, [&] { *place = imaging::read_place(*dicom); });
}

void ci_dicom_close(ci_dicom *dicom) { delete dicom; }
