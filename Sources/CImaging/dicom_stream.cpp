#include <dcmtk/dcmdata/dcistrma.h>

#include <algorithm>

#include "dicom.h"

namespace imaging {
namespace {

/// Bytes in memory as the first node of a stream.
class Producer final : public DcmProducer {
 public:
  Producer(const uint8_t *data, size_t size, size_t place)
      : data_(data), size_(size), place_(place) {}

  OFBool good() const override { return status_.good(); }
  OFCondition status() const override { return status_; }
  OFBool eos() override { return place_ == size_; }
  offile_off_t avail() override { return static_cast<offile_off_t>(size_ - place_); }

  offile_off_t read(void *out, offile_off_t count) override {
    const offile_off_t taken = std::min(count, avail());
    if (taken > 0) memcpy(out, data_ + place_, static_cast<size_t>(taken));
    return skip(taken);
  }

  offile_off_t skip(offile_off_t count) override {
    const offile_off_t taken = std::max<offile_off_t>(0, std::min(count, avail()));
    place_ += static_cast<size_t>(taken);
    return taken;
  }

  void putback(offile_off_t count) override {
    if (count < 0 || static_cast<size_t>(count) > place_) {
      status_ = EC_PutbackFailed;
    } else {
      place_ -= static_cast<size_t>(count);
    }
  }


 private:
  const uint8_t *data_;
  size_t size_, place_;
  OFCondition status_ = EC_Normal;
};

/// A stream over bytes in memory that can be taken up again at any place: this is what lets DCMTK
/// leave large values where they are.
class Stream final : public DcmInputStream {
 public:
  explicit Stream(const Producer &producer) : DcmInputStream(&producer_), producer_(producer) {}

  DcmInputStreamFactory *newFactory() const override;

 private:
  Producer producer_;
};

class Factory final : public DcmInputStreamFactory {
 public:
  explicit Factory(const Producer &producer) : producer_(producer) {}

  DcmInputStream *create() const override { return new Stream(producer_); }
  DcmInputStreamFactory *clone() const override { return new Factory(producer_); }
  DcmInputStreamFactoryType ident() const override { return DFT_DcmInputFileStreamFactory; }

 private:
  Producer producer_;
};

/// None where the bytes are inflated on the way: their places are not those of the file.
DcmInputStreamFactory *Stream::newFactory() const {
  return currentProducer() == &producer_ ? new Factory(producer_) : nullptr;
}

}  // namespace

OFCondition parse(DcmFileFormat &file, const uint8_t *data, size_t size, bool &at_end) {
  Stream stream(Producer(data, size, 0));
  file.transferInit();
  const OFCondition parsed = file.read(stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength);
  at_end = stream.eos() || stream.avail() == 0;
  return parsed;
}

}  // namespace imaging
