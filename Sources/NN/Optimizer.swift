public import Torch

/// Parameters that share a learning rate and a weight decay.
public struct ParameterGroup {
  /// The parameters, by name.
  public var parameters: [(name: String, tensor: Tensor)]
  /// Factor on the optimizer's learning rate.
  public var learningRateScale: Double
  /// Factor on the optimizer's weight decay; 0 for biases and normalisation.
  public var weightDecayScale: Double
  /// Whether the learning rate takes the course of the run's schedule; else it stays as it is.
  public var followsSchedule = true

  /// A group.
  public init(
    parameters: [(name: String, tensor: Tensor)], learningRateScale: Double = 1,
    weightDecayScale: Double = 1
  ) {
    self.parameters = parameters
    self.learningRateScale = learningRateScale
    self.weightDecayScale = weightDecayScale
  }

  /// The group's learning rate, out of the optimizer's and where the schedule stands.
  func rate(_ learningRate: Double, _ scheduled: Double) -> Double {
    learningRate * (followsSchedule ? scheduled : 1) * learningRateScale
  }
}

extension ParameterStore {
  /// The parameters in groups of equal treatment, in the order of their first members.
  ///
  /// - Parameters:
  ///   - scope: only what lies under it.
  ///   - decayVectors: whether biases and the scales of normalisation (tensors of rank 0 and 1)
  ///     decay as matrices do.
  ///   - learningRateScale: factor on the rate by name: heads, layer-wise decay.
  /// - Returns: every parameter in one group.
  public func groups(
    under scope: String = "", decayVectors: Bool = false,
    learningRateScale: (String) -> Double = { _ in 1 }
  ) -> [ParameterGroup] {
    var groups: [ParameterGroup] = []
    for (name, tensor) in parameters where Self.name(name, isUnder: scope) {
      let rate = learningRateScale(name)
      let decay: Double = tensor.rank > 1 || decayVectors ? 1 : 0
      if let index = groups.firstIndex(where: {
        $0.learningRateScale == rate && $0.weightDecayScale == decay
      }) {
        groups[index].parameters.append((name, tensor))
      } else {
        groups.append(
          ParameterGroup(
            parameters: [(name, tensor)], learningRateScale: rate, weightDecayScale: decay))
      }
    }
    return groups
  }
}

/// An update rule over named parameters.
///
/// A parameter without gradient (frozen, or not used in the step) is left as it is, and so is its
/// state.
public protocol Optimizer: AnyObject {
  /// Updates every parameter that has a gradient.
  ///
  /// - Parameter learningRateScale: factor on the learning rate: where the schedule stands.
  func step(learningRateScale: Double)
  /// What the rule remembers, by name: `RULE.KIND.PARAMETER`.
  var state: OptimizerState { get }
}

extension Optimizer {
  /// One step at the full learning rate.
  public func step() { step(learningRateScale: 1) }
}

/// What an optimizer remembers between steps: tensors by kind and parameter.
public final class OptimizerState {
  let rule: String
  let kinds: [String]
  private let names: [String]
  private var tensors: [String: [String: Tensor]] = [:]

  init(rule: String, kinds: [(name: String, scalar: Bool)], groups: [ParameterGroup]) {
    self.rule = rule
    self.kinds = kinds.map(\.name)
    names = groups.flatMap { $0.parameters.map(\.name) }
    precondition(Set(names).count == names.count, "a parameter stands in two groups")
    for (kind, scalar) in kinds {
      for (name, tensor) in groups.flatMap(\.parameters) {
        // In the parameter's own layout: the fused rules walk all of them in the order of memory.
        tensors[kind, default: [:]][name] =
          scalar ? Tensor.zeros([], device: tensor.device) : tensor.detach().zerosLike()
      }
    }
  }

  func callAsFunction(_ kind: String, _ name: String) -> Tensor {
    guard let tensor = tensors[kind]?[name] else {
      preconditionFailure("no state '\(kind)' of '\(name)'")
    }
    return tensor
  }

  /// Every tensor under its full name: what a checkpoint writes.
  public var named: [(name: String, tensor: Tensor)] {
    kinds.flatMap { kind in names.map { ("\(rule).\(kind).\($0)", self(kind, $0)) } }
  }

  /// Takes the values that `named` gave; names and shapes must agree exactly.
  ///
  /// - Throws: ``WeightsMismatch``.
  public func load(_ given: [(name: String, tensor: Tensor)]) throws {
    let store = ParameterStore()
    for (name, tensor) in named { store.add(tensor, named: name, as: .buffer) }
    try store.load(given)
  }
}
