public import NN
public import Torch

/// A network that follows the one being trained, and how fast.
public struct Teacher {
  /// Its tensors, each of which stands under the same name in the student.
  public let store: ParameterStore
  let average: ExponentialMovingAverage
  let momentum: (Int) -> Double

  /// Makes `store` equal to the student's.
  ///
  /// - Parameters:
  ///   - store: a network of the same architecture; it is taken out of training.
  ///   - student: what it follows.
  ///   - buffers: what becomes of running statistics.
  ///   - momentum: its weight of the past at a step, such as
  ///     `ExponentialMovingAverage.warmedUp(step:limit:)`.
  public init(
    _ store: ParameterStore, of student: ParameterStore,
    buffers: ExponentialMovingAverage.Buffers = .own, momentum: @escaping (Int) -> Double
  ) {
    self.store = store
    average = ExponentialMovingAverage(of: student, in: store, buffers: buffers)
    self.momentum = momentum
  }
}

/// Everything that a step changes, and so everything that a checkpoint holds.
public struct TrainingState {
  /// The network being trained.
  public let store: ParameterStore
  /// Its update rule.
  public let optimizer: any Optimizer
  /// The network that follows it, if the method has one.
  public let teacher: Teacher?
  /// Further networks of the method, by name.
  public let others: [(name: String, store: ParameterStore)]
  /// Further tensors of the method (queues, centres, counters), by name; to be changed in place.
  public let extras: [(name: String, tensor: Tensor)]

  /// The state of a run; the optimizer may hold parameters of `store` and `others`.
  public init(
    store: ParameterStore, optimizer: any Optimizer, teacher: Teacher? = nil,
    others: [(name: String, store: ParameterStore)] = [],
    extras: [(name: String, tensor: Tensor)] = []
  ) {
    self.store = store
    self.optimizer = optimizer
    self.teacher = teacher
    self.others = others
    self.extras = extras
  }

  /// The parts by the name that stands before their tensors' in a checkpoint.
  private var parts: [(name: String, tensors: [(name: String, tensor: Tensor)])] {
    var parts = [("model", store.state()), ("optimizer", optimizer.state.named)]
    if let teacher { parts.append(("teacher", teacher.store.state())) }
    parts += others.map { ($0.name, $0.store.state()) }
    parts.append(("extra", extras))
    return parts
  }

  /// Every tensor, as `PART/NAME`.
  var tensors: [(name: String, tensor: Tensor)] {
    parts.flatMap { part in part.tensors.map { (part.name + "/" + $0.name, $0.tensor) } }
  }

  /// The parameters that get gradients.
  var trainable: [(name: String, tensor: Tensor)] {
    store.trainable + others.flatMap(\.store.trainable)
  }

  func zeroGradients() {
    store.zeroGradients()
    for other in others { other.store.zeroGradients() }
  }

  /// Whether all weights and running statistics are finite.
  var isFinite: Bool {
    withoutGradients {
      let weights = store.state() + others.flatMap { $0.store.state() }
      let sums = weights.map { $0.tensor.to(.float32).sum().to(.cpu) }
      return stack(sums, dim: 0).floats().allSatisfy(\.isFinite)
    }
  }
}
