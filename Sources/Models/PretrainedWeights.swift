import NN
public import Torch

extension Network {
  /// Takes pretrained weights into the trunk; the head keeps the values it has.
  ///
  /// Accepted are the weights of the same architecture (its head is left behind), those of a
  /// segmentation network's bare encoder, of such a network's encoder or encoder and decoder, and
  /// a segmentation network's encoder for a classifier. Everything else that is in the file and not
  /// in the model, or the other way round, is an error that lists every name.
  ///
  /// Two shapes are adapted: a first convolution for other channels (three summed to one, one spread
  /// evenly over several: both exact for grey images), and a transformer's positions for another grid
  /// (bicubic interpolation, antialiased).
  ///
  /// - Parameters:
  ///   - tensors: torchvision's, timm's or our names, or a known ``WeightsDialect`` of them.
  ///   - ignoring: further names, or scopes of names, that are left behind; each must be there.
  /// - Throws: ``NN/WeightsMismatch`` with every name that does not fit.
  public func loadTrunk(
    _ tensors: [(name: String, tensor: Tensor)], ignoring: [String] = []
  ) throws {
    let dialect = WeightsDialect.detected(in: tensors.map(\.name))
    let renamed = tensors.map { (name: dialect.reference($0.name), tensor: $0.tensor) }
    let absent = ignoring.filter { scope in
      !renamed.contains { ParameterStore.name($0.name, isUnder: scope) }
    }
    let (given, kept) = trunk(
      of: renamed.filter { entry in
        !ignoring.contains { ParameterStore.name(entry.name, isUnder: $0) }
      })
    try store.load(adapted(given), ignoring: absent, keeping: kept)
  }

  /// The entries for this network's trunk under its own names, and the scopes that keep theirs.
  private func trunk(
    of tensors: [(name: String, tensor: Tensor)]
  ) -> (given: [(name: String, tensor: Tensor)], kept: [String]) {
    func under(_ scope: String) -> [(name: String, tensor: Tensor)] {
      tensors.filter { ParameterStore.name($0.name, isUnder: scope) }
    }
    func without(_ scopes: [String]) -> [(name: String, tensor: Tensor)] {
      tensors.filter { entry in
        !scopes.contains { ParameterStore.name(entry.name, isUnder: $0) }
      }
    }
    let architecture = configuration.architecture
    let fromSegmentation = !under("encoder").isEmpty
    switch (isSegmentation, fromSegmentation) {
    case (false, false):
      return (without([architecture.headScope]), [architecture.headScope])
    case (false, true):
      let bare = without(["decoder", "head"]).map {
        (name: $0.name.replacingPrefix("encoder.", by: ""), tensor: $0.tensor)
      }
      return (bare, [architecture.headScope])
    case (true, true):
      let whole = !under("decoder").isEmpty
      return (without(["head"]), whole ? ["head"] : ["decoder", "head"])
    case (true, false):
      let bare = without([architecture.encoder?.headScope ?? "head"]).map {
        (name: "encoder." + $0.name, tensor: $0.tensor)
      }
      return (bare, ["decoder", "head"])
    }
  }

  private func adapted(
    _ tensors: [(name: String, tensor: Tensor)]
  ) -> [(name: String, tensor: Tensor)] {
    tensors.map { name, tensor in
      guard let own = store[name], own.shape != tensor.shape else { return (name, tensor) }
      return (name, withoutGradients { Self.adapted(tensor, to: own.shape) })
    }
  }

  /// The tensor in another shape where that has a meaning, else as it is.
  static func adapted(_ tensor: Tensor, to shape: [Int]) -> Tensor {
    let own = tensor.shape
    if own.count == 4, shape.count == 4, own[0] == shape[0], own[2...] == shape[2...] {
      if shape[1] == 1 { return tensor.sum(dim: [1], keepdim: true) }
      if own[1] == 1 { return tensor.repeat([1, shape[1], 1, 1]) / Double(shape[1]) }
    }
    if own.count == 3, shape.count == 3, own[0] == 1, shape[0] == 1, own[2] == shape[2],
      let grid = side(shape[1] - 1), side(own[1] - 1) != nil
    {
      let token = tensor.narrow(dim: 1, start: 0, length: 1)
      let places = tensor.narrow(dim: 1, start: 1, length: own[1] - 1).to(.float32)
      return cat(
        [token, VisionTransformer.resampled(places, to: [grid, grid]).to(tensor.dtype)], dim: 1)
    }
    return tensor
  }

  private static func side(_ count: Int) -> Int? {
    guard count > 0 else { return nil }
    let side = Int(Double(count).squareRoot().rounded())
    return side * side == count ? side : nil
  }
}

extension String {
  func replacingPrefix(_ prefix: String, by other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
