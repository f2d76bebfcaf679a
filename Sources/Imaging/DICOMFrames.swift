import Archive
import CImaging

/// Decodes the frames of one DICOM file.
struct DICOMFrames {
  let handle: OpaquePointer?
  let info: ci_dicom_info
  let sample: ImageBuffer.Sample

  /// Samples of a frame, and the bytes that they take.
  private var sampleCount: Int { Int(info.rows) * Int(info.columns) * Int(info.samples) }
  private var byteCount: Int { sampleCount * sample.byteCount }

  /// Refuses native pixels that are fewer than the frames need, before anything is allocated.
  func checkSize() throws {
    guard info.codec == CI_NATIVE else { return }
    if storedBits(Int(info.frames)) > Int(info.byte_count) * 8 {
      throw ImageError(
        .truncated("Pixel Data (7FE0,0010) is shorter than its frames"), format: .dicom)
    }
  }

  /// One frame, `[rows, columns, samples]`, and whether its colours are RGB.
  func frame(_ index: Int) throws -> (bytes: [UInt8], isRGB: Bool) {
    let decoded: (bytes: [UInt8], isRGB: Bool) =
      switch info.codec {
      case CI_NATIVE: try native(index)
      case CI_DCMTK: try throughDCMTK(index)
      case CI_JPEG2000: try jpeg2000(index)
      default: try deflated(index)
      }
    var bytes = decoded.bytes
    clearUnusedBits(&bytes)
    if !decoded.isRGB, sample == .uint8 { YBR.toRGB(&bytes) }
    return (bytes, true)
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

  private func native(_ index: Int) throws -> (bytes: [UInt8], isRGB: Bool) {
    let (start, end) = (storedBits(index), storedBits(index + 1))
    // Frames of single bits need not begin with a byte; 8-bit pixels in big-endian words not with
    // a word, so a word is read whole.
    let first = start / 16 * 2
    let last = min((end + 15) / 16 * 2, Int(info.byte_count))
    let stored = try read(first..<last)
    return unpacked(stored, bitOffset: start - first * 8, count: end - start)
  }

  private func read(_ range: Range<Int>) throws -> [UInt8] {
    guard range.count <= Int(UInt32.max) else {
      throw ImageError(.tooLarge(limit: Int(UInt32.max)), format: .dicom)
    }
    return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      try checked(.dicom) {
        ci_dicom_bytes(
          handle, UInt64(range.lowerBound), buffer.baseAddress, UInt32(range.count), $0)
      }
      initialized = range.count
    }
  }

  /// The samples among bytes, channel last.
  private func unpacked(
    _ stored: [UInt8], bitOffset: Int, count: Int
  ) -> (bytes: [UInt8], isRGB: Bool) {
    if info.bits_allocated == 1 {
      let bits = (0..<sampleCount).map { index in
        let bit = bitOffset + index
        return stored[bit / 8] >> UInt8(bit % 8) & 1
      }
      return (bits, true)
    }
    var bytes = Array(stored[bitOffset / 8..<(bitOffset + count) / 8])
    if info.is_big_endian != 0 && sample.byteCount >= 4 { exchangeWords(&bytes) }
    if isSubsampled { bytes = YBR.spread(bytes) }
    return (info.is_planar != 0 ? interleaved(bytes) : bytes, isStoredRGB)
  }

  private var isStoredRGB: Bool {
    info.photometric != CI_YBR_FULL && info.photometric != CI_YBR_FULL_422
  }

  /// The 16-bit words of a big-endian 32- or 64-bit sample stand in the wrong order, where the
  /// element's own unit is the 16-bit word.
  private func exchangeWords(_ bytes: inout [UInt8]) {
    if info.is_float != 0 { return }
    let size = sample.byteCount
    for start in stride(from: 0, to: bytes.count - size + 1, by: size) {
      bytes.swapAt(start, start + 2)
      bytes.swapAt(start + 1, start + 3)
    }
  }

  private func interleaved(_ planes: [UInt8]) -> [UInt8] {
    let (channels, size) = (Int(info.samples), sample.byteCount)
    if channels == 1 { return planes }
    let pixels = sampleCount / channels
    return [UInt8](unsafeUninitializedCapacity: planes.count) { out, initialized in
      for channel in 0..<channels {
        for pixel in 0..<pixels {
          let source = (channel * pixels + pixel) * size
          let target = (pixel * channels + channel) * size
          for byte in 0..<size { out[target + byte] = planes[source + byte] }
        }
      }
      initialized = planes.count
    }
  }

  // MARK: Compressed

  private func throughDCMTK(_ index: Int) throws -> (bytes: [UInt8], isRGB: Bool) {
    var isRGB: Int32 = 0
    let count = byteCount
    let evenCount = (count + 1) / 2 * 2  // DCMTK writes whole words.
    let bytes = try [UInt8](unsafeUninitializedCapacity: evenCount) { buffer, initialized in
      buffer.initialize(repeating: 0)
      try checked(.dicom) {
        ci_dicom_frame(
          handle, UInt32(index), buffer.baseAddress, UInt32(evenCount), &isRGB, $0)
      }
      initialized = count
    }
    return (info.is_planar != 0 ? interleaved(bytes) : bytes, isRGB != 0 || isStoredRGB)
  }

  private func codestream(_ index: Int) throws -> [UInt8] {
    var bytes = ci_bytes()
    try checked(.dicom) { ci_dicom_codestream(handle, UInt32(index), &bytes, $0) }
    defer { ci_bytes_free(&bytes) }
    return Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count))
  }

  private func deflated(_ index: Int) throws -> (bytes: [UInt8], isRGB: Bool) {
    let packed = try codestream(index)
    let bits = sampleCount * Int(info.bits_allocated)
    let stored = try packed.withUnsafeBytes { bytes in
      try archived(.dicom) { () throws(ArchiveFault) in
        try Inflate.prefix(bytes, .none, count: (bits + 7) / 8)
      }
    }
    guard stored.count * 8 >= bits else {
      throw ImageError(.truncated("a deflated frame"), format: .dicom)
    }
    return unpacked(stored, bitOffset: 0, count: bits)
  }

  private func jpeg2000(_ index: Int) throws -> (bytes: [UInt8], isRGB: Bool) {
    let data = try codestream(index)
    let bytes = try data.withUnsafeBufferPointer { try JPEG2000.decode($0, for: self) }
    return (bytes, isStoredRGB)
  }

  // MARK: Bits

  /// Upper bits that are not stored become 0, or the sign.
  private func clearUnusedBits(_ bytes: inout [UInt8]) {
    let unused = Int(info.bits_allocated - info.bits_stored)
    guard unused > 0, info.is_float == 0, info.bits_allocated > 1 else { return }
    switch sample {
    case .uint8: shift(&bytes, unused, UInt8.self)
    case .int8: shift(&bytes, unused, Int8.self)
    case .uint16: shift(&bytes, unused, UInt16.self)
    case .int16: shift(&bytes, unused, Int16.self)
    case .uint32: shift(&bytes, unused, UInt32.self)
    case .int32: shift(&bytes, unused, Int32.self)
    case .float32, .float64: break
    }
  }

  private func shift<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: inout [UInt8], _ unused: Int, _: Value.Type
  ) {
    bytes.withUnsafeMutableBytes { raw in
      let values = raw.bindMemory(to: Value.self)
      for index in values.indices { values[index] = (values[index] << unused) >> unused }
    }
  }
}
