/// The numeric types of NIfTI and NumPy, and how they become samples.
enum StoredNumbers: Equatable {
  case sample(ImageBuffer.Sample)
  case int64
  case uint64

  var byteCount: Int {
    if case .sample(let sample) = self { sample.byteCount } else { 8 }
  }

  /// Native-endian samples; 64-bit integers become 32-bit ones where all fit, else 64-bit
  /// floating-point numbers (exact to 2⁵³).
  func samples(
    _ bytes: [UInt8], isSwapped: Bool
  ) -> (sample: ImageBuffer.Sample, bytes: [UInt8]) {
    let bytes = isSwapped ? swapped(bytes) : bytes
    switch self {
    case .sample(let sample): return (sample, bytes)
    case .int64: return narrowed(bytes, Int64.self)
    case .uint64: return narrowed(bytes, UInt64.self)
    }
  }

  private func swapped(_ bytes: [UInt8]) -> [UInt8] {
    switch byteCount {
    case 2: swapped(bytes, UInt16.self)
    case 4: swapped(bytes, UInt32.self)
    case 8: swapped(bytes, UInt64.self)
    default: bytes
    }
  }

  private func swapped<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _: Word.Type
  ) -> [UInt8] {
    var result = bytes
    result.withUnsafeMutableBytes { raw in
      for word in raw.bindMemory(to: Word.self).indices {
        let offset = word * MemoryLayout<Word>.size
        let value = raw.loadUnaligned(fromByteOffset: offset, as: Word.self)
        raw.storeBytes(of: value.byteSwapped, toByteOffset: offset, as: Word.self)
      }
    }
    return result
  }

  private func narrowed<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _: Word.Type
  ) -> (sample: ImageBuffer.Sample, bytes: [UInt8]) {
    bytes.withUnsafeBytes { raw in
      let words = raw.bindMemory(to: Word.self)
      func converted<Value: SampleValue>(_ convert: (Word) -> Value) -> [UInt8] {
        makeBytes(count: words.count) { (out: UnsafeMutableBufferPointer<Value>) in
          for index in words.indices { out[index] = convert(words[index]) }
        }
      }
      return words.allSatisfy { Int32(exactly: $0) != nil }
        ? (.int32, converted { Int32(truncatingIfNeeded: $0) })
        : (.float64, converted { Double($0) })
    }
  }
}
