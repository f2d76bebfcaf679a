extension ArrayFile {
  /// The type of an element, named by NumPy's code.
  public enum ElementType: String, Sendable, CaseIterable {
    case float16 = "f2"
    case float32 = "f4"
    case float64 = "f8"
    case int16 = "i2"
    case int32 = "i4"
    case int64 = "i8"
    case uint8 = "u1"
    case uint16 = "u2"
    case bool = "b1"

    /// NumPy's code without the byte order, such as `f4`.
    public var code: String { rawValue }

    /// Bytes of an element.
    public var byteCount: Int {
      switch self {
      case .uint8, .bool: 1
      case .float16, .int16, .uint16: 2
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }

    /// Whether every value is a whole number (Booleans are 0 and 1).
    public var isInteger: Bool {
      switch self {
      case .float16, .float32, .float64: false
      case .int16, .int32, .int64, .uint8, .uint16, .bool: true
      }
    }

    /// NumPy's code with the byte order, such as `<f4` or `|u1`.
    var descriptor: String { (byteCount == 1 ? "|" : "<") + rawValue }
  }
}

/// A Swift type that can be an element of an `ArrayFile`.
public protocol ArrayElement: BitwiseCopyable {
  /// The type in the file.
  static var elementType: ArrayFile.ElementType { get }
}

extension Float16: ArrayElement {
  /// `f2`.
  public static var elementType: ArrayFile.ElementType { .float16 }
}
extension Float: ArrayElement {
  /// `f4`.
  public static var elementType: ArrayFile.ElementType { .float32 }
}
extension Double: ArrayElement {
  /// `f8`.
  public static var elementType: ArrayFile.ElementType { .float64 }
}
extension Int16: ArrayElement {
  /// `i2`.
  public static var elementType: ArrayFile.ElementType { .int16 }
}
extension Int32: ArrayElement {
  /// `i4`.
  public static var elementType: ArrayFile.ElementType { .int32 }
}
extension Int: ArrayElement {
  /// `i8`.
  public static var elementType: ArrayFile.ElementType { .int64 }
}
extension UInt8: ArrayElement {
  /// `u1`.
  public static var elementType: ArrayFile.ElementType { .uint8 }
}
extension UInt16: ArrayElement {
  /// `u2`.
  public static var elementType: ArrayFile.ElementType { .uint16 }
}
extension Bool: ArrayElement {
  /// `b1`.
  public static var elementType: ArrayFile.ElementType { .bool }
}

/// Elements in a file's bytes, converted on reading.
struct ElementBytes {
  let type: ArrayFile.ElementType
  let bytes: UnsafeRawBufferPointer
  let owner: MappedFile

  var floats: [Float] {
    switch type {
    case .float16: map(Float16.self) { Float($0) }
    case .float32: map(Float.self) { $0 }
    case .float64: map(Double.self) { Float($0) }
    case .int16: map(Int16.self) { Float($0) }
    case .int32: map(Int32.self) { Float($0) }
    case .int64: map(Int64.self) { Float($0) }
    case .uint8, .bool: map(UInt8.self) { Float($0) }
    case .uint16: map(UInt16.self) { Float($0) }
    }
  }

  var ints: [Int] {
    switch type {
    case .float16: map(Float16.self) { Int($0) }
    case .float32: map(Float.self) { Int($0) }
    case .float64: map(Double.self) { Int($0) }
    case .int16: map(Int16.self) { Int($0) }
    case .int32: map(Int32.self) { Int($0) }
    case .int64: map(Int64.self) { Int($0) }
    case .uint8, .bool: map(UInt8.self) { Int($0) }
    case .uint16: map(UInt16.self) { Int($0) }
    }
  }

  private func map<Stored: BitwiseCopyable, Result>(
    _: Stored.Type, _ transform: (Stored) -> Result
  ) -> [Result] {
    let size = MemoryLayout<Stored>.size
    let count = bytes.count / size
    return [Result](unsafeUninitializedCapacity: count) { result, initialized in
      for index in 0..<count {
        let value = bytes.loadUnaligned(fromByteOffset: index * size, as: Stored.self)
        (result.baseAddress.unsafelyUnwrapped + index).initialize(to: transform(value))
      }
      initialized = count
      withExtendedLifetime(owner) {}
    }
  }
}
