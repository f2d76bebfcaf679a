/// The type of a tensor's elements.
public enum DType: Int32, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case uint8 = 0
  case int8 = 1
  case int16 = 2
  case int32 = 3
  case int64 = 4
  case float16 = 5
  case float32 = 6
  case float64 = 7
  case bool = 11
  case bfloat16 = 15

  /// The name, as PyTorch spells it.
  public var description: String {
    switch self {
    case .uint8: "uint8"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .float16: "float16"
    case .float32: "float32"
    case .float64: "float64"
    case .bool: "bool"
    case .bfloat16: "bfloat16"
    }
  }

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .int16, .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether gradients can flow through elements of this type.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  var code: Int32 { rawValue }
}

/// The order of a tensor's elements in memory.
public enum MemoryFormat: Int32, Sendable, Hashable {
  /// `[N, C, H, W]` with W fastest.
  case contiguous = 0
  /// As the tensor at hand.
  case preserve = 1
  /// `[N, C, H, W]` with C fastest.
  case channelsLast = 2

  var code: Int32 { rawValue }
}

extension DType? {
  var code: Int32 { self?.code ?? -1 }
}

extension MemoryFormat? {
  var code: Int32 { self?.code ?? -1 }
}
