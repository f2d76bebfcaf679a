public import Base
public import Torch

/// How tensors of rank 4 lie in memory; values and names are the same either way.
public enum TensorLayout: String, Sendable, CaseIterable {
  /// Channel by channel.
  case contiguous
  /// Place by place, all channels of a place together.
  case channelsLast = "channels-last"

  /// The tensor in this layout; itself if it is so already, or not of rank 4.
  public func arranged(_ tensor: Tensor) -> Tensor {
    self == .channelsLast && tensor.rank == 4 ? tensor.channelsLast() : tensor
  }
}

/// The tensors of a model, in the order of construction, each under one dotted name.
///
/// Layers are structs that hold tensors; the store holds the same handles by name. Optimiser
/// groups, freezing, averaging, checkpoints: all are walks over names, never over types. Names and
/// order are those of the reference implementation (torchvision, timm), so that its `state_dict`
/// fits as it is.
///
/// A store belongs to one task, as its tensors do.
public final class ParameterStore {
  /// What a tensor is to training.
  public enum Role: Sendable {
    /// Learnt by gradient.
    case parameter
    /// Kept beside the parameters: running statistics, counters.
    case buffer
  }

  struct Entry {
    let name: String
    let tensor: Tensor
    let role: Role
  }

  /// Where the tensors live.
  public let device: Device
  /// The type of floating-point tensors: `float32`, or `float64` in numerical tests.
  public let dtype: DType
  /// How the weights of convolutions lie in memory.
  public let layout: TensorLayout
  private var entries: [Entry] = []
  private var positions: [String: Int] = [:]

  /// An empty store.
  public init(
    device: Device = .cpu, dtype: DType = .float32, layout: TensorLayout = .contiguous
  ) {
    self.device = device
    self.dtype = dtype
    self.layout = layout
  }

  /// The tensors of several stores under one roof, not copies of them: a network and its heads, to
  /// be trained or averaged as one.
  ///
  /// - Parameter parts: at least one; its name stands before its tensors' and a dot, unless empty.
  public convenience init(joining parts: [(name: String, store: ParameterStore)]) {
    precondition(!parts.isEmpty, "nothing to join")
    let first = parts[0].store
    self.init(device: first.device, dtype: first.dtype, layout: first.layout)
    for (part, store) in parts {
      for entry in store.entries {
        add(
          entry.tensor, named: part.isEmpty ? entry.name : "\(part).\(entry.name)", as: entry.role)
      }
    }
  }

  /// The root of the names; initial values are drawn from `key`, folded with each tensor's name.
  public func scope(key: RandomKey) -> Scope { Scope(store: self, path: "", key: key) }

  /// The learnt tensors, in order.
  public var parameters: [(name: String, tensor: Tensor)] { named(.parameter) }

  /// The tensors beside the learnt ones, in order.
  public var buffers: [(name: String, tensor: Tensor)] { named(.buffer) }

  /// Every tensor, in the order of the reference's `state_dict`.
  public var all: [(name: String, tensor: Tensor)] { entries.map { ($0.name, $0.tensor) } }

  /// The parameters that are not frozen.
  public var trainable: [(name: String, tensor: Tensor)] {
    parameters.filter { $0.tensor.requiresGradient }
  }

  /// The number of learnt values.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }

  /// The tensor of that name, if there is one.
  public subscript(name: String) -> Tensor? { positions[name].map { entries[$0].tensor } }

  /// Detached handles of every tensor: what a checkpoint writes.
  public func state() -> [(name: String, tensor: Tensor)] {
    entries.map { ($0.name, $0.tensor.detach()) }
  }

  /// Copies of every tensor, which later steps do not change.
  public func snapshot() -> [(name: String, tensor: Tensor)] {
    withoutGradients { entries.map { ($0.name, $0.tensor.detach().clone()) } }
  }

  /// Forgets the gradients of every parameter.
  public func zeroGradients() {
    for entry in entries where entry.role == .parameter { entry.tensor.zeroGradient() }
  }

  func add(_ tensor: Tensor, named name: String, as role: Role) {
    precondition(positions[name] == nil, "two tensors are named '\(name)'")
    positions[name] = entries.count
    entries.append(Entry(name: name, tensor: tensor, role: role))
  }

  private func named(_ role: Role) -> [(name: String, tensor: Tensor)] {
    entries.filter { $0.role == role }.map { ($0.name, $0.tensor) }
  }
}

extension ParameterStore {
  /// Whether `name` is `scope` or lies under it; the empty scope holds everything.
  public static func name(_ name: String, isUnder scope: String) -> Bool {
    scope.isEmpty || name == scope || name.hasPrefix(scope + ".")
  }

  /// Takes the parameters under `scope` out of training.
  public func freeze(under scope: String) { setTraining(false, under: scope) }

  /// Puts the parameters under `scope` back into training.
  public func unfreeze(under scope: String) { setTraining(true, under: scope) }

  /// Whether the parameter of that name is out of training.
  public func isFrozen(_ name: String) -> Bool { !(self[name]?.requiresGradient ?? false) }

  private func setTraining(_ training: Bool, under scope: String) {
    for (name, tensor) in parameters where Self.name(name, isUnder: scope) {
      tensor.requiresGradient = training
      if !training { tensor.zeroGradient() }
    }
  }
}
