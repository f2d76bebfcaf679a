import CImaging

/// JPEG 2000 within DICOM, through OpenJPEG.
enum JPEG2000 {
  /// The samples of a codestream in the type that the header announces.
  ///
  /// Where header and codestream disagree about the sign, the header holds: the codestream's bits
  /// are taken for a number of the other kind, as pydicom does.
  static func decode(
    _ data: UnsafeBufferPointer<UInt8>, for frames: DICOMFrames
  ) throws -> [UInt8] {
    var handle: OpaquePointer?
    var stream = ci_j2k_info()
    try checked(.dicom) { ci_j2k_open(data.baseAddress, data.count, &handle, &stream, $0) }
    defer { ci_j2k_close(handle) }
    let info = frames.info
    guard stream.width == info.columns, stream.height == info.rows, stream.channels == info.samples,
      stream.precision <= info.bits_allocated
    else {
      throw ImageError(.corrupt("header and JPEG 2000 data contradict each other"), format: .dicom)
    }
    let count = Int(stream.width) * Int(stream.height) * Int(stream.channels)
    let samples = try [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      try checked(.dicom) { ci_j2k_read(handle, buffer.baseAddress, $0) }
      initialized = count
    }
    let isContrary = stream.is_signed != info.is_signed && info.samples == 1
    return stored(samples, frames.sample, excess: isContrary ? 32 - Int(stream.precision) : 0)
  }

  private static func stored(
    _ samples: [Int32], _ sample: ImageBuffer.Sample, excess: Int
  ) -> [UInt8] {
    switch sample {
    case .int8: stored(samples, Int8.self) { ($0 << excess) >> excess }
    case .int16: stored(samples, Int16.self) { ($0 << excess) >> excess }
    case .int32: stored(samples, Int32.self) { ($0 << excess) >> excess }
    case .uint8: stored(samples, UInt8.self) { cleared($0, excess) }
    case .uint16: stored(samples, UInt16.self) { cleared($0, excess) }
    default: stored(samples, UInt32.self) { cleared($0, excess) }
    }
  }

  private static func cleared(_ value: Int32, _ excess: Int) -> Int32 {
    Int32(bitPattern: (UInt32(bitPattern: value) << excess) >> excess)
  }

  private static func stored<Value: SampleValue & FixedWidthInteger>(
    _ samples: [Int32], _: Value.Type, _ transform: (Int32) -> Int32
  ) -> [UInt8] {
    makeBytes(count: samples.count) { (out: UnsafeMutableBufferPointer<Value>) in
      for index in samples.indices {
        out[index] = Value(truncatingIfNeeded: transform(samples[index]))
      }
    }
  }
}
