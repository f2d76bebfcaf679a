#include "dicom.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrledrg.h>
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
    DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_never);
    DJLSDecoderRegistration::registerCodecs(EJLSUC_never);
    DcmRLEDecoderRegistration::registerCodecs();
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
    {"1.2.840.10008.1.2.5", CI_DCMTK},
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

void parse(ci_dicom &dicom, const uint8_t *data, size_t size) {
  DcmInputBufferStream stream;
  stream.setBuffer(data, static_cast<offile_off_t>(size));
  stream.setEos();
  dicom.file.transferInit();
  const OFCondition parsed = dicom.file.read(stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength);
  const bool at_end = stream.eos() || stream.avail() == 0;
  dicom.dataset = dicom.file.getDataset();
  const std::string uid = declared_syntax(dicom);
  const ci_codec codec = codec_of(uid);
  find_pixels(dicom, parsed, at_end);
  dicom.file.transferEnd();
  dicom.info.codec = codec;
  dicom.info.is_big_endian = uid == UID_BigEndianExplicitTransferSyntax;
  dicom.info.is_jpeg_ls = uid == UID_JPEGLSLosslessTransferSyntax ||
                          uid == UID_JPEGLSLossyTransferSyntax;
  dicom.info.byte_count = codec == CI_NATIVE ? dicom.pixels->getLength() : 0;
}

DcmPixelSequence &sequence_of(ci_dicom &dicom) {
  auto *pixels = dynamic_cast<DcmPixelData *>(dicom.pixels);
  DcmPixelSequence *sequence = nullptr;
  E_TransferSyntax syntax = EXS_Unknown;
  const DcmRepresentationParameter *parameter = nullptr;
  if (pixels) pixels->getOriginalRepresentationKey(syntax, parameter);
  if (!pixels ||
      pixels->getEncapsulatedRepresentation(syntax, parameter, sequence).bad() || !sequence) {
    throw Failure{CI_CORRUPT, "compressed pixels without fragments"};
  }
  return *sequence;
}

std::vector<uint8_t> fragment(DcmPixelSequence &sequence, unsigned long index) {
  DcmPixelItem *item = nullptr;
  if (sequence.getItem(item, index).bad() || !item) {
    throw Failure{CI_TRUNCATED, "fewer fragments than frames"};
  }
  const Uint32 size = item->getLength();
  std::vector<uint8_t> bytes(size);
  if (size > 0 &&
      item->getPartialValue(bytes.data(), 0, size, nullptr, EBO_LittleEndian).bad()) {
    throw Failure{CI_CORRUPT, "a fragment"};
  }
  return bytes;
}

void hand_over(const std::vector<uint8_t> &bytes, ci_bytes *out) {
  out->count = bytes.size();
  out->bytes = static_cast<uint8_t *>(std::malloc(bytes.size() + 1));
  if (!out->bytes) throw std::bad_alloc();
  if (!bytes.empty()) memcpy(out->bytes, bytes.data(), bytes.size());
}

bool begins_codestream(const std::vector<uint8_t> &bytes) {
  const bool is_bare = bytes.size() > 4 && bytes[0] == 0xff && bytes[1] == 0x4f;
  const bool is_boxed = bytes.size() > 12 && memcmp(bytes.data() + 4, "jP  ", 4) == 0;
  return is_bare || is_boxed;
}

/// Where each frame begins: one fragment a frame, else the basic offset table, else the fragments
/// that begin a codestream.
void find_frames(ci_dicom &dicom) {
  DcmPixelSequence &sequence = sequence_of(dicom);
  const unsigned long count = sequence.card();
  const size_t frames = dicom.info.frames;
  std::vector<unsigned long> starts;
  if (frames == 1 && count > 1) {
    starts = {1};
  } else if (count == frames + 1) {
    for (unsigned long i = 1; i < count; i++) starts.push_back(i);
  } else {
    for (unsigned long i = 1; i < count; i++) {
      if (begins_codestream(fragment(sequence, i))) starts.push_back(i);
    }
  }
  if (starts.size() != frames) throw Failure{CI_CORRUPT, "fragments that belong to no frame"};
  starts.push_back(count);
  dicom.frame_starts = starts;
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
    parse(*dicom, data, size);
    imaging::read_header(*dicom);
    *info = dicom->info;
  });
  if (status == CI_OK) {
    *out = dicom;
  } else {
    ci_dicom_close(dicom);
  }
  return status;
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
      throw Failure{CI_CORRUPT, "Pixel Data (7FE0,0010)"};
    }
  });
}

int ci_dicom_frame(ci_dicom *dicom, uint32_t frame, uint8_t *out, uint32_t count, int *is_rgb,
                   ci_message *message) {
  return guarded(message, [&] {
    auto *pixels = dynamic_cast<DcmPixelData *>(dicom->pixels);
    if (!pixels) throw Failure{CI_CORRUPT, "Pixel Data (7FE0,0010)"};
    sequence_of(*dicom);
    Uint32 start = frame == dicom->next_frame ? dicom->next_fragment : 0;
    OFString model;
    const OFCondition decoded =
        pixels->getUncompressedFrame(dicom->dataset, frame, start, out, count, model);
    if (decoded.bad()) throw Failure{CI_CORRUPT, "its compressed pixels"};
    dicom->next_frame = frame + 1;
    dicom->next_fragment = start;
    *is_rgb = model == "RGB";
  });
}

int ci_dicom_codestream(ci_dicom *dicom, uint32_t frame, ci_bytes *out, ci_message *message) {
  return guarded(message, [&] {
    if (dicom->frame_starts.empty()) find_frames(*dicom);
    DcmPixelSequence &sequence = sequence_of(*dicom);
    std::vector<uint8_t> all;
    for (unsigned long i = dicom->frame_starts[frame]; i < dicom->frame_starts[frame + 1]; i++) {
      const std::vector<uint8_t> bytes = fragment(sequence, i);
      all.insert(all.end(), bytes.begin(), bytes.end());
    }
    hand_over(all, out);
  });
}

int ci_dicom_palette(ci_dicom *dicom, int channel, ci_bytes *out, int *is_segmented,
                     ci_message *message) {
  return guarded(message, [&] {
    bool has_segments = false;
    hand_over(imaging::read_palette(*dicom, channel, has_segments), out);
    *is_segmented = has_segments;
  });
}

void ci_dicom_close(ci_dicom *dicom) { delete dicom; }
