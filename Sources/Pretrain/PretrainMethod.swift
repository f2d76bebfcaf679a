import Base
import Models
import NN
import Torch
import Training

/// One way to learn from pixels alone: a loss, and how to tell that it goes wrong.
protocol PretrainMethod {
  /// Networks of the method beside the one it trains, saved with it.
  var heads: [(name: String, store: ParameterStore)] { get }
  /// What follows the networks, moved after every step and saved with them.
  var teacher: Teacher? { get }
  /// Tensors that the loss changes in place (queues, centres), saved with the networks.
  var extras: [(name: String, tensor: Tensor)] { get }
  /// Whether the decoder of a segmentation network is learnt too.
  var learnsDecoder: Bool { get }
  /// The course of the learning rate.
  var schedule: Schedule { get }
  /// Largest norm of all gradients together.
  var clipNorm: Double { get }
  /// How views are drawn, where the loss compares some.
  var views: Augmentation? { get }
  /// Further networks that the method trains and that are worth keeping.
  var companions: [Network] { get }
  /// The update rule of the network and the heads; `slowing` divides its rate.
  func optimizer(slowing: Double) -> any Optimizer
  /// What a step minimises.
  func loss(_ step: StepContext) -> StepLoss
  /// Measures images `[n, C, H, W]` in evaluation mode.
  func health(_ images: Tensor, share: Double) -> Health
  /// What it means when checks stay unhealthy, and what to do.
  var failure: (what: String, remedy: String) { get }
}

extension PretrainMethod {
  var teacher: Teacher? { nil }
  var extras: [(name: String, tensor: Tensor)] { [] }
  var learnsDecoder: Bool { false }
  var schedule: Schedule { .cosine(warmUp: 0.05, floor: 0) }
  var clipNorm: Double { 10 }
  var views: Augmentation? { nil }
  var companions: [Network] { [] }
}

/// What a health check found.
struct Health {
  /// Named numbers for the log.
  var metrics: [String: Double]
  /// Whether the network learns anything; unhealthy ones leave no checkpoint.
  var isHealthy = true
  /// Why the method is pointless on these images: the run ends at once.
  var stop: Diagnostic?
}
