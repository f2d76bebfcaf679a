import CTorch

/// A libtorch tensor.
///
/// Operators trap on operands that do not fit (a programming error), printing the operator, the
/// shapes and libtorch's message; only reading and writing files throws. Not `Sendable`: bytes
/// cross tasks, tensors do not.
public final class Tensor {
  package let handle: OpaquePointer?

  /// Takes over one count of `handle`.
  init(adopting handle: OpaquePointer?) {
    self.handle = handle
  }

  deinit { ct_release(handle) }

  /// Number of axes.
  public var rank: Int { ct_rank(handle) }

  /// Number of elements.
  public var count: Int { ct_count(handle) }

  /// Length of every axis.
  public var shape: [Int] {
    let rank = rank
    return Array(unsafeUninitializedCapacity: rank) { buffer, count in
      ct_sizes(handle, buffer.baseAddress)
      count = rank
    }
  }

  /// Elements from one position to the next along every axis.
  public var strides: [Int] {
    let rank = rank
    return Array(unsafeUninitializedCapacity: rank) { buffer, count in
      ct_strides(handle, buffer.baseAddress)
      count = rank
    }
  }

  /// The type of the elements.
  public var dtype: DType {
    let code = ct_dtype(handle)
    guard let dtype = DType(rawValue: code) else { fatalError("element type \(code) is not used") }
    return dtype
  }

  /// Where the tensor lies.
  public var device: Device { Device(code: ct_device(handle)) }

  /// Whether the elements lie in the order of the axes, without gaps.
  public var isContiguous: Bool { ct_is_contiguous(handle, MemoryFormat.contiguous.code) }

  /// Whether a `[N, C, H, W]` tensor lies with the channels fastest.
  public var isChannelsLast: Bool { ct_is_contiguous(handle, MemoryFormat.channelsLast.code) }

  /// Shape, type and place, for messages.
  var summary: String { "\(shape) \(dtype)" + (device.isCPU ? "" : " \(device)") }
}
