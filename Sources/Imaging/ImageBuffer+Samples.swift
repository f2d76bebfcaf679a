import Base

/// What a generic algorithm needs of a sample.
protocol SampleValue: BitwiseCopyable, Comparable, Sendable {
  static var sample: ImageBuffer.Sample { get }
  var double: Double { get }
  var float: Float { get }
  /// The nearest value of this type; out-of-range and non-finite values go to the nearest end.
  init(nearest value: Double)
}

extension SampleValue where Self: FixedWidthInteger {
  var double: Double { Double(self) }
  var float: Float { Float(self) }
  init(nearest value: Double) {
    let rounded = value.rounded(.toNearestOrAwayFromZero)
    if !(rounded > Double(Self.min)) {
      self = .min
    } else {
      self = rounded >= Double(Self.max) ? .max : Self(rounded)
    }
  }
}

extension UInt8: SampleValue { static var sample: ImageBuffer.Sample { .uint8 } }
extension Int8: SampleValue { static var sample: ImageBuffer.Sample { .int8 } }
extension UInt16: SampleValue { static var sample: ImageBuffer.Sample { .uint16 } }
extension Int16: SampleValue { static var sample: ImageBuffer.Sample { .int16 } }
extension UInt32: SampleValue { static var sample: ImageBuffer.Sample { .uint32 } }
extension Int32: SampleValue { static var sample: ImageBuffer.Sample { .int32 } }
extension Float: SampleValue {
  static var sample: ImageBuffer.Sample { .float32 }
  var double: Double { Double(self) }
  var float: Float { self }
  init(nearest value: Double) { self = Float(value) }
}
extension Double: SampleValue {
  static var sample: ImageBuffer.Sample { .float64 }
  var double: Double { self }
  var float: Float { Float(self) }
  init(nearest value: Double) { self = value }
}

extension ImageBuffer {
  /// One frame as an image of its own; all that is known of the image goes along.
  public func frame(_ index: Int) -> ImageBuffer {
    precondition((0..<frames).contains(index), "frame \(index) of \(frames)")
    var result = self
    result.frames = 1
    let size = frameSampleCount * sample.byteCount
    result.bytes = Array(bytes[index * size..<(index + 1) * size])
    result.take(values(frame: index))
    result.frameValues = []
    return result
  }

  /// The stored samples of a frame as floating-point numbers, `[height, width, channels]`.
  public func floats(frame index: Int = 0) -> [Float] {
    precondition((0..<frames).contains(index), "frame \(index) of \(frames)")
    return someFloats(index * frameSampleCount..<(index + 1) * frameSampleCount)
  }

  /// All samples; 16 bits and less are exact.
  func allFloats() -> [Float] { someFloats(0..<sampleCount) }

  private func someFloats(_ range: Range<Int>) -> [Float] {
    switch sample {
    case .uint8: return values(UInt8.self, range, \.float)
    case .int8: return values(Int8.self, range, \.float)
    case .uint16: return values(UInt16.self, range, \.float)
    case .int16: return values(Int16.self, range, \.float)
    case .uint32: return values(UInt32.self, range, \.float)
    case .int32: return values(Int32.self, range, \.float)
    case .float32: return values(Float.self, range, \.float)
    case .float64: return values(Double.self, range, \.float)
    }
  }

  /// All samples; every type is exact.
  func doubles() -> [Double] {
    let range = 0..<sampleCount
    switch sample {
    case .uint8: return values(UInt8.self, range, \.double)
    case .int8: return values(Int8.self, range, \.double)
    case .uint16: return values(UInt16.self, range, \.double)
    case .int16: return values(Int16.self, range, \.double)
    case .uint32: return values(UInt32.self, range, \.double)
    case .int32: return values(Int32.self, range, \.double)
    case .float32: return values(Float.self, range, \.double)
    case .float64: return values(Double.self, range, \.double)
    }
  }

  private func values<Value: SampleValue, Result>(
    _: Value.Type, _ range: Range<Int>, _ transform: (Value) -> Result
  ) -> [Result] {
    bytes.withUnsafeBytes { raw in
      // An array's elements begin at a multiple of 16 bytes.
      raw.bindMemory(to: Value.self)[range].map(transform)
    }
  }

  /// SHA-256 of shape, sample type, meaning and pixels: the identity of the image, whatever file
  /// it came from.
  public func contentHash() -> String {
    var digest = Digest()
    let head = "\(shape) \(sample.rawValue) \(photometric.rawValue)"
    head.utf8.withContiguousStorageIfAvailable { digest.update(UnsafeRawBufferPointer($0)) }
      ?? digest.update(Array(head.utf8))
    if let palette {
      for table in [palette.red, palette.green, palette.blue] {
        table.withUnsafeBytes { digest.update($0) }
      }
    }
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.hex()
  }
}

extension ImageBuffer.Sample {
  /// The bytes of samples of this type, each the nearest to a number.
  func bytes<Real: SampleValue>(nearest values: [Real]) -> [UInt8] {
    switch self {
    case .uint8: stored(values, UInt8.self)
    case .int8: stored(values, Int8.self)
    case .uint16: stored(values, UInt16.self)
    case .int16: stored(values, Int16.self)
    case .uint32: stored(values, UInt32.self)
    case .int32: stored(values, Int32.self)
    case .float32: stored(values, Float.self)
    case .float64: stored(values, Double.self)
    }
  }

  private func stored<Real: SampleValue, Value: SampleValue>(
    _ values: [Real], _: Value.Type
  ) -> [UInt8] {
    makeBytes(count: values.count) { (out: UnsafeMutableBufferPointer<Value>) in
      for index in values.indices { out[index] = Value(nearest: values[index].double) }
    }
  }
}

/// An array of `count` values, handed out as the bytes that an `ImageBuffer` holds.
func makeBytes<Value: SampleValue>(
  count: Int, _ body: (UnsafeMutableBufferPointer<Value>) throws -> Void
) rethrows -> [UInt8] {
  let size = count * MemoryLayout<Value>.size
  return try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
    let raw = UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size])
    try body(raw.bindMemory(to: Value.self))
    initialized = size
  }
}

extension Geometry {
  /// The geometry of the volume that begins `frames` frames later.
  func shifted(frames: Int) -> Geometry {
    guard var affine, frames > 0 else { return self }
    for axis in 0..<3 { affine[axis * 4 + 3] += Double(frames) * affine[axis * 4 + 2] }
    return Geometry(spacing: spacing, affine: affine)
  }
}
