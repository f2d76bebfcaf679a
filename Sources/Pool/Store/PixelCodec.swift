import Archive

/// How the samples of an image stand in `pixels.dat`; the number stands in the database.
enum PixelCodec: Int, Sendable {
  /// Deflated as they are: what pools of the first version hold.
  case deflated = 0
  /// Differences to the pixel on the left, split into planes of bytes, deflated.
  ///
  /// Neighbours differ little, so all planes but the lowest are nearly empty: a slice of 512 × 512
  /// at 16 bits takes less than half of deflate's time, and a quarter less space.
  case predicted = 1

  /// Packs the samples of a frame.
  static func packed(_ image: PixelLayout, _ samples: [UInt8]) throws -> [UInt8] {
    let planes = [UInt8](unsafeUninitializedCapacity: samples.count) { planes, count in
      samples.withUnsafeBytes { image.spread($0, into: planes) }
      count = samples.count
    }
    return try planes.withUnsafeBytes { try Deflate.packed($0, strategy: .runs) }
  }

  /// The samples of a frame; nil where the bytes are not those of such a frame.
  func samples(_ packed: [UInt8], _ image: PixelLayout) -> [UInt8]? {
    let planes = packed.withUnsafeBytes { try? Inflate.all($0, .zlib, count: image.byteCount) }
    guard let planes, self == .predicted else { return planes }
    return [UInt8](unsafeUninitializedCapacity: planes.count) { samples, count in
      planes.withUnsafeBytes { image.gather($0, into: UnsafeMutableRawBufferPointer(samples)) }
      count = planes.count
    }
  }
}

/// How samples lie in memory: rows of `channels` samples a pixel, without gaps.
struct PixelLayout {
  let height: Int
  let width: Int
  let channels: Int
  /// Bytes of a sample: 1, 2, 4 or 8.
  let sampleBytes: Int

  var byteCount: Int { height * width * channels * sampleBytes }
}

extension PixelLayout {
  /// Samples → planes of bytes, the lowest byte of every difference first.
  fileprivate func spread(
    _ samples: UnsafeRawBufferPointer, into planes: UnsafeMutableBufferPointer<UInt8>
  ) {
    switch sampleBytes {
    case 1: spread(samples, UInt8.self, into: planes)
    case 2: spread(samples, UInt16.self, into: planes)
    case 4: spread(samples, UInt32.self, into: planes)
    default: spread(samples, UInt64.self, into: planes)
    }
  }

  /// The inverse of `spread`.
  fileprivate func gather(
    _ planes: UnsafeRawBufferPointer, into samples: UnsafeMutableRawBufferPointer
  ) {
    switch sampleBytes {
    case 1: gather(planes, UInt8.self, into: samples)
    case 2: gather(planes, UInt16.self, into: samples)
    case 4: gather(planes, UInt32.self, into: samples)
    default: gather(planes, UInt64.self, into: samples)
    }
  }

  /// A pixel is foretold by the one on its left, the first of a row by the one above; differences
  /// wrap around and are folded (0, −1, 1, −2, …), so that small ones have small bytes.
  private func spread<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ samples: UnsafeRawBufferPointer, _: Word.Type,
    into planes: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard let source = samples.bindMemory(to: Word.self).baseAddress,
      let target = planes.baseAddress
    else { return }
    let (row, count) = (width * channels, height * width * channels)
    for start in stride(from: 0, to: count, by: row) {
      for place in start..<start + channels {
        let above = start > 0 ? source[place - row] : 0
        Self.store(source[place] &- above, at: place, of: count, target)
      }
      for place in start + channels..<start + row {
        Self.store(source[place] &- source[place - channels], at: place, of: count, target)
      }
    }
  }

  private func gather<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ planes: UnsafeRawBufferPointer, _: Word.Type, into samples: UnsafeMutableRawBufferPointer
  ) {
    guard let source = planes.bindMemory(to: UInt8.self).baseAddress,
      let target = samples.bindMemory(to: Word.self).baseAddress
    else { return }
    let (row, count) = (width * channels, height * width * channels)
    for start in stride(from: 0, to: count, by: row) {
      for place in start..<start + channels {
        let above = start > 0 ? target[place - row] : 0
        target[place] = above &+ Self.load(at: place, of: count, source)
      }
      for place in start + channels..<start + row {
        target[place] = target[place - channels] &+ Self.load(at: place, of: count, source)
      }
    }
  }

  @inline(__always)
  private static func store<Word: FixedWidthInteger & UnsignedInteger>(
    _ difference: Word, at place: Int, of count: Int, _ planes: UnsafeMutablePointer<UInt8>
  ) {
    let sign = Word(0) &- (difference >> (Word.bitWidth - 1))
    var folded = difference << 1 ^ sign
    for plane in 0..<Word.bitWidth / 8 {
      planes[plane * count + place] = UInt8(truncatingIfNeeded: folded)
      if Word.bitWidth > 8 { folded >>= 8 }
    }
  }

  @inline(__always)
  private static func load<Word: FixedWidthInteger & UnsignedInteger>(
    at place: Int, of count: Int, _ planes: UnsafePointer<UInt8>
  ) -> Word {
    var folded: Word = 0
    for plane in (0..<Word.bitWidth / 8).reversed() {
      folded = folded << 8 | Word(truncatingIfNeeded: planes[plane * count + place])
    }
    return folded >> 1 ^ (0 &- (folded & 1))
  }
}
