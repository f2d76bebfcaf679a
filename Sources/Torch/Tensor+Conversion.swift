extension Tensor {
  /// The same values on `device`; itself if it is there already.
  public func to(_ device: Device) -> Tensor {
    device == self.device ? self : rawTo(device, dtype)
  }

  /// The same values as `dtype`; itself if it is so already.
  public func to(_ dtype: DType) -> Tensor {
    dtype == self.dtype ? self : rawTo(dtype)
  }

  /// The same values with the last axis fastest in memory; itself if it is so already.
  public func contiguous() -> Tensor {
    isContiguous ? self : rawContiguous()
  }

  /// A `[N, C, H, W]` tensor with the channels fastest in memory; itself if it is so already.
  public func channelsLast() -> Tensor {
    isChannelsLast ? self : rawContiguous(memoryFormat: .channelsLast)
  }

  /// The same memory, without a place in the gradient graph.
  public func detach() -> Tensor { rawDetach() }

  /// A copy with its own memory.
  public func clone() -> Tensor { rawClone() }
}
