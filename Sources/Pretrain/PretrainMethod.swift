import Base
import NN
import Torch
import Training

/// One way to learn from pixels alone: a loss, and how to tell that it goes wrong.
protocol PretrainMethod {
  /// Networks of the method beside the one it trains, saved with it.
  var heads: [(name: String, store: ParameterStore)] { get }
  /// The update rule of the network and the heads; `slowing` divides its rate.
  func optimizer(slowing: Double) -> any Optimizer
  /// What a step minimises.
  func loss(_ step: StepContext) -> StepLoss
  /// Measures images `[n, C, H, W]` in evaluation mode.
  func health(_ images: Tensor, share: Double) -> Health
  /// What it means when checks stay unhealthy, and what to do.
  var failure: (what: String, remedy: String) { get }
}

/// What a health check found.
struct Health {
  /// Named numbers for the log.
  var metrics: [String: Double]
  /// Whether the network learns anything; unhealthy ones leave no checkpoint.
  var isHealthy = true
}
