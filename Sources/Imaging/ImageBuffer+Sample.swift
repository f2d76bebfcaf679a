extension ImageBuffer.Sample {
  /// Bytes of a sample.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .float64: 8
    }
  }

  /// Whether every value is a whole number.
  public var isInteger: Bool { self != .float32 && self != .float64 }

  /// NumPy's code, such as `u2`.
  public var code: String {
    switch self {
    case .uint8: "u1"
    case .int8: "i1"
    case .uint16: "u2"
    case .int16: "i2"
    case .uint32: "u4"
    case .int32: "i4"
    case .float32: "f4"
    case .float64: "f8"
    }
  }
}
