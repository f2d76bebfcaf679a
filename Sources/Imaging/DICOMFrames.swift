import Archive
import CImaging

/// Decodes the frames of one DICOM file.
struct DICOMFrames {
  let handle: OpaquePointer?
  let info: ci_dicom_info
  let sample: ImageBuffer.Sample

  /// Samples of a frame, and the bytes that they take.
  private var sampleCount: Int { pixelCount * channels }
  var byteCount: Int { sampleCount * sample.byteCount }
  private var pixelCount: Int { Int(info.rows) * Int(info.columns) }
  private var channels: Int { Int(info.samples) }

  /// Refuses native pixels that are fewer than the frames need, before anything is allocated.
  func checkSize() throws {
    guard info.codec == CI_NATIVE else { return }
    if storedBits(Int(info.frames)) > Int(info.byte_count) * 8 {
      throw ImageError(
        .truncated("Pixel Data (7FE0,0010) is shorter than its frames"), format: .dicom)
    }
  }

  /// Decodes one frame, `[rows, columns, samples]`, to `byteCount` bytes; colours become RGB.
  func decode(_ index: Int, into target: UnsafeMutableRawBufferPointer) throws {
    var isRGB = info.photometric != CI_YBR_FULL && info.photometric != CI_YBR_FULL_422
    switch info.codec {
    case CI_NATIVE: try native(index, target)
    case CI_DCMTK: isRGB = try throughDCMTK(index, target) || isRGB
    case CI_RLE: try runs(index, target)
    case CI_JPEG2000: try JPEG2000.decode(try codestream(index), info, sample, into: target)
    default: try deflated(index, target)
    }
    clearUnusedBits(target)
    if !isRGB, sample == .uint8 {
      YBR.toRGB(target.bindMemory(to: UInt8.self))
    }
  }

  // MARK: Native

  /// Whether chroma is stored for every second pixel only.
  private var isSubsampled: Bool {
    info.photometric == CI_YBR_FULL_422 && info.codec == CI_NATIVE
      && Int(info.byte_count) < sampleCount * Int(info.frames)
  }

  private func storedBits(_ frames: Int) -> Int {
    let bits = sampleCount * Int(info.bits_allocated) * frames
    return isSubsampled ? bits / 3 * 2 : bits
  }

  private func native(_ index: Int, _ target: UnsafeMutableRawBufferPointer) throws {
    let (start, end) = (storedBits(index), storedBits(index + 1))
    let isPlain = !isSubsampled && info.bits_allocated > 1 && !(info.is_planar != 0 && channels > 1)
    // Frames of single bits need not begin with a byte; 8-bit pixels in big-endian words not with
    // a word, so a word is read whole.
    if isPlain && start % 16 == 0 && end % 16 == 0 {
      try read(at: start / 8, into: target)
      exchangeWords(target)
      return
    }
    let first = start / 16 * 2
    let last = min((end + 15) / 16 * 2, Int(info.byte_count))
    var stored = [UInt8](repeating: 0, count: last - first)
    try stored.withUnsafeMutableBytes { try read(at: first, into: $0) }
    stored.withUnsafeBytes { unpack($0, bitOffset: start - first * 8, count: end - start, target) }
  }

  private func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
    guard target.count <= Int(UInt32.max) else {
      throw ImageError(.tooLarge(limit: Int(UInt32.max)), format: .dicom)
    }
    try checked(.dicom) {
      ci_dicom_bytes(
        handle, UInt64(offset), target.assumingMemoryBound(to: UInt8.self).baseAddress,
        UInt32(target.count), $0)
    }
  }

  /// The samples among bytes, channel last.
  private func unpack(
    _ stored: UnsafeRawBufferPointer, bitOffset: Int, count: Int,
    _ target: UnsafeMutableRawBufferPointer
  ) {
    if info.bits_allocated == 1 {
      for index in target.indices {
        let bit = bitOffset + index
        target[index] = stored[bit / 8] >> UInt8(bit % 8) & 1
      }
      return
    }
    let bytes = UnsafeRawBufferPointer(rebasing: stored[bitOffset / 8..<(bitOffset + count) / 8])
    if isSubsampled {
      YBR.spread(bytes, into: target)
    } else {
      target.copyMemory(from: bytes)
    }
    exchangeWords(target)
    interleave(target)
  }

  /// The 16-bit words of a big-endian 32-bit sample stand in the wrong order, since the element's
  /// own unit is the 16-bit word; that of Float Pixel Data is the sample.
  private func exchangeWords(_ bytes: UnsafeMutableRawBufferPointer) {
    guard info.is_big_endian != 0, sample.byteCount >= 4, info.is_float == 0 else { return }
    for start in stride(from: 0, to: bytes.count, by: 4) {
      bytes.swapAt(start, start + 2)
      bytes.swapAt(start + 1, start + 3)
    }
  }

  /// Planes one after another become pixels, where the header says that they are planes.
  private func interleave(_ target: UnsafeMutableRawBufferPointer) {
    guard info.is_planar != 0, channels > 1 else { return }
    let (planes, size) = ([UInt8](target), sample.byteCount)
    for channel in 0..<channels {
      for pixel in 0..<pixelCount {
        let source = (channel * pixelCount + pixel) * size
        let place = (pixel * channels + channel) * size
        for byte in 0..<size { target[place + byte] = planes[source + byte] }
      }
    }
  }

  // MARK: Compressed

  /// The compressed bytes of a frame, valid until the next are asked for.
  private func codestream(_ index: Int) throws -> UnsafeRawBufferPointer {
    var bytes: UnsafePointer<UInt8>?
    var count = 0
    try checked(.dicom) { ci_dicom_codestream(handle, UInt32(index), &bytes, &count, $0) }
    return UnsafeRawBufferPointer(start: bytes, count: count)
  }

  private func throughDCMTK(
    _ index: Int, _ target: UnsafeMutableRawBufferPointer
  ) throws -> Bool {
    var isRGB: Int32 = 0
    // DCMTK writes whole words.
    var bytes = [UInt8](repeating: 0, count: (target.count + 1) / 2 * 2)
    let count = UInt32(bytes.count)
    try checked(.dicom) { message in
      bytes.withUnsafeMutableBufferPointer {
        ci_dicom_frame(handle, UInt32(index), $0.baseAddress, count, &isRGB, message)
      }
    }
    bytes.withUnsafeBytes { target.copyMemory(from: .init(rebasing: $0[..<target.count])) }
    interleave(target)
    return isRGB != 0
  }

  private func runs(_ index: Int, _ target: UnsafeMutableRawBufferPointer) throws {
    let packed = try codestream(index)
    if info.bits_allocated > 1 {
      try RunLength.decode(packed, channels: channels, bytes: sample.byteCount, into: target)
      return
    }
    var bits = [UInt8](repeating: 0, count: (target.count + 7) / 8)
    try bits.withUnsafeMutableBytes {
      try RunLength.decode(packed, channels: 1, bytes: 1, into: $0)
    }
    bits.withUnsafeBytes { unpack($0, bitOffset: 0, count: target.count, target) }
  }

  private func deflated(_ index: Int, _ target: UnsafeMutableRawBufferPointer) throws {
    let packed = try codestream(index)
    let bits = sampleCount * Int(info.bits_allocated)
    let stored = try archived(.dicom) { () throws(ArchiveFault) in
      try Inflate.prefix(packed, .none, count: (bits + 7) / 8)
    }
    guard stored.count * 8 >= bits else {
      throw ImageError(.truncated("a deflated frame"), format: .dicom)
    }
    stored.withUnsafeBytes { unpack($0, bitOffset: 0, count: bits, target) }
  }

  // MARK: Bits

  /// Upper bits that are not stored become 0, or the sign.
  private func clearUnusedBits(_ bytes: UnsafeMutableRawBufferPointer) {
    let unused = Int(info.bits_allocated - info.bits_stored)
    guard unused > 0, info.is_float == 0, info.bits_allocated > 1 else { return }
    switch sample {
    case .uint8: shift(bytes, unused, UInt8.self)
    case .int8: shift(bytes, unused, Int8.self)
    case .uint16: shift(bytes, unused, UInt16.self)
    case .int16: shift(bytes, unused, Int16.self)
    case .uint32: shift(bytes, unused, UInt32.self)
    case .int32: shift(bytes, unused, Int32.self)
    case .float32, .float64: break
    }
  }

  private func shift<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeMutableRawBufferPointer, _ unused: Int, _: Value.Type
  ) {
    let values = bytes.bindMemory(to: Value.self)
    let bits = Value(truncatingIfNeeded: unused)
    for index in values.indices { values[index] = (values[index] &<< bits) &>> bits }
  }
}
