import Base
public import Torch

/// A place in a ``ParameterStore``, where a layer makes its tensors: `scope("layer1")(0)("conv1")`.
///
/// Initial values come from the key folded with the tensor's full name, so that adding a head never
/// changes the first weights of the backbone.
public struct Scope {
  /// The store that receives the tensors.
  public let store: ParameterStore
  /// The dotted name of this place; empty at the root.
  public let path: String
  let key: RandomKey

  /// The place `name` below this one.
  public func callAsFunction(_ name: String) -> Scope {
    Scope(store: store, path: fullName(name), key: key)
  }

  /// The place of the `index`-th member of a sequence.
  public func callAsFunction(_ index: Int) -> Scope { self(String(index)) }

  /// Makes a learnt tensor.
  ///
  /// - Parameters:
  ///   - name: the last part of its name, unique here.
  ///   - shape: its shape.
  ///   - initializer: how its first values are drawn.
  /// - Returns: the tensor that the store holds.
  public func parameter(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Tensor {
    let tensor = make(name, shape, initializer)
    tensor.requiresGradient = true
    store.add(tensor, named: fullName(name), as: .parameter)
    return tensor
  }

  /// Makes a tensor that is kept and saved, but not learnt.
  public func buffer(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Tensor {
    let tensor = make(name, shape, initializer)
    store.add(tensor, named: fullName(name), as: .buffer)
    return tensor
  }

  /// Makes an integer counter, which starts at zero.
  public func counter(_ name: String) -> Tensor {
    let tensor = Tensor.zeros([], dtype: .int64, device: store.device)
    store.add(tensor, named: fullName(name), as: .buffer)
    return tensor
  }

  private func fullName(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

  /// Drawn on the CPU whatever the device, so that a seed means the same weights everywhere.
  private func make(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Tensor {
    withoutGradients {
      store.layout.arranged(
        initializer.values(shape, key: key.folding(fullName(name)))
          .to(store.dtype).to(store.device))
    }
  }
}
