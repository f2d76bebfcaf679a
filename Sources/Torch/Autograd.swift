import CTorch

extension Tensor {
  /// Whether gradients are kept for this tensor.
  public var requiresGradient: Bool {
    get { ct_requires_gradient(handle) }
    set { check(ct_set_requires_gradient(handle, newValue), "requiresGradient", [self]) }
  }

  /// What `backward()` has summed up for this leaf; `nil` before.
  public var gradient: Tensor? {
    get {
      var out: OpaquePointer?
      check(ct_gradient(&out, handle), "gradient", [self])
      return out.map { Tensor(adopting: $0) }
    }
    set { check(ct_set_gradient(handle, newValue?.handle), "gradient", [self, newValue]) }
  }

  /// Forgets the gradient; the next `backward()` writes instead of adding.
  public func zeroGradient() { gradient = nil }

  /// Whether the tensor stands at the start of the gradient graph.
  public var isLeaf: Bool { ct_is_leaf(handle) }

  /// Adds the gradients of this tensor to all leaves it was computed from.
  ///
  /// - Parameters:
  ///   - seed: the gradient of this tensor itself; may be left out for one element.
  ///   - retainGraph: whether the graph may be walked again.
  public func backward(_ seed: Tensor? = nil, retainGraph: Bool = false) {
    check(ct_backward(handle, seed?.handle, retainGraph, false), "backward", [self, seed])
  }
}

/// The gradients of `output` by `inputs`, without touching the leaves' own.
///
/// - Parameters:
///   - output: what is derived.
///   - inputs: tensors that require gradients.
///   - seed: the gradient of `output` itself; may be left out for one element.
///   - createGraph: whether the results can be derived in turn.
/// - Returns: one per input; `nil` where `output` does not depend on it.
public func gradients(
  of output: Tensor, by inputs: [Tensor], seed: Tensor? = nil, createGraph: Bool = false
) -> [Tensor?] {
  var out = [OpaquePointer?](repeating: nil, count: inputs.count)
  let status = ct_gradients(
    &out, output.handle, seed?.handle, handles(inputs), inputs.count, createGraph, createGraph)
  check(status, "gradients", [output, seed] + inputs)
  return out.map { $0.map { Tensor(adopting: $0) } }
}

/// Runs `body` without recording what gradients would need.
///
/// Holds for the calling thread.
public func withoutGradients<R>(_ body: () throws -> R) rethrows -> R {
  Library.require()
  let before = ct_set_gradient_mode(false)
  defer { _ = ct_set_gradient_mode(before) }
  return try body()
}
