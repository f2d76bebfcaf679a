import CImaging

/// JPEG 2000 within DICOM, through OpenJPEG.
enum JPEG2000 {
  /// The samples of a codestream in the type that the header announces.
  ///
  /// Where header and codestream disagree about the sign, the header holds: the codestream's bits
  /// are taken for a number of the other kind, as pydicom does.
  static func decode(
    _ data: UnsafeRawBufferPointer, _ info: ci_dicom_info, _ sample: ImageBuffer.Sample,
    into target: UnsafeMutableRawBufferPointer
  ) throws {
    var handle: OpaquePointer?
    var stream = ci_j2k_info()
    let bytes = data.assumingMemoryBound(to: UInt8.self)
    try checked(.dicom) { ci_j2k_open(bytes.baseAddress, bytes.count, &handle, &stream, $0) }
    defer { ci_j2k_close(handle) }
    guard stream.width == info.columns, stream.height == info.rows, stream.channels == info.samples,
      stream.precision <= info.bits_allocated
    else {
      throw ImageError(.corrupt("header and JPEG 2000 data contradict each other"), format: .dicom)
    }
    try checked(.dicom) { ci_j2k_decode(handle, $0) }
    let isContrary = stream.is_signed != info.is_signed && info.samples == 1
    let excess = isContrary ? 32 - stream.precision : 0
    for channel in 0..<stream.channels {
      let plane = UnsafeBufferPointer(
        start: ci_j2k_plane(handle, channel), count: Int(stream.width) * Int(stream.height))
      store(plane, Int(channel), of: Int(stream.channels), sample, excess, target)
    }
  }

  private static func store(
    _ plane: UnsafeBufferPointer<Int32>, _ channel: Int, of channels: Int,
    _ sample: ImageBuffer.Sample, _ excess: Int32, _ target: UnsafeMutableRawBufferPointer
  ) {
    func extended(_ value: Int32) -> Int32 { (value &<< excess) &>> excess }
    func cleared(_ value: Int32) -> Int32 {
      Int32(bitPattern: UInt32(bitPattern: value &<< excess) &>> UInt32(excess))
    }
    func fill<Value: FixedWidthInteger & BitwiseCopyable>(
      _: Value.Type, _ transform: (Int32) -> Int32
    ) {
      let out = target.bindMemory(to: Value.self)
      for index in plane.indices {
        out[index &* channels &+ channel] = Value(truncatingIfNeeded: transform(plane[index]))
      }
    }
    switch sample {
    case .int8: fill(Int8.self, extended)
    case .int16: fill(Int16.self, extended)
    case .int32: fill(Int32.self, extended)
    case .uint8: fill(UInt8.self, cleared)
    case .uint16: fill(UInt16.self, cleared)
    default: fill(UInt32.self, cleared)
    }
  }
}
