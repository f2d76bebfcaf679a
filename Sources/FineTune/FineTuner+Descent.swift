import Base
import Foundation
import Models
import NN
import Torch
import Training

extension FineTuner {
  /// Gradient descent through the one loop, on `items` (with repeats, for a bootstrap sample);
  /// afterwards the network has the weights that count.
  func descend(
    _ network: Network, _ request: TrainingRequest, items: [Int], label: String = "fine-tune",
    continues: Bool, frozen: String? = nil, checkpoints: URL?, metrics: MetricsLog?, key: RandomKey
  ) throws {
    let plan = Descent(
      configuration, request, items: items, label: label, continues: continues, device: device)
    plan.freeze(network, frozen)
    let loader = BatchLoader(
      BatchStream(
        plan.sampler(key: key.folding("order")), pixels: pixels, targets: request.targets,
        normalization: normalization), device: device)
    let average = try average(of: network)
    let loop = TrainingLoop(
      plan.trainingPlan,
      state: TrainingState(
        store: network.store, optimizer: plan.optimizer(network), teacher: average),
      loader: loader, folder: checkpoints, metrics: metrics, key: key.folding("loop"))
    let (loss, augmentation) = (plan.loss, configuration.augmentation.weak(size: pixels.width))
    let pull = try startPull(network, request, key: key)
    _ = try loop.run { step in
      let mixed = configuration.mixing(step.batch.augmented(augmentation), key: step.key)
      let logits = network.logits(mixed.batch.images, plan.pass(step))
      let error = mixed.loss { loss(logits, $0) }
      return StepLoss(pull.map { error + $0() } ?? error)
    }
    let head = request.model.architecture.headScope
    let learnsMore = network.store.trainable.contains {
      !ParameterStore.name($0.name, isUnder: head)
    }
    network.store.unfreeze(under: "")
    if let average { try network.store.load(average.store.state()) }
    if learnsMore { try measureStatistics(network, request, key: key) }
  }

  /// The running mean of the weights over the steps, which is kept in the end: fewer labels leave
  /// the last step more to chance.
  ///
  /// θ̄ ← m θ̄ + (1 − m) θ with m = min(1 − 1 / (step + 1), limit), running statistics alike.
  /// Polyak, Juditsky. *Acceleration of Stochastic Approximation by Averaging.* SIAM J. Control and
  /// Optimization 30, 1992; the exponential form as in Tarvainen, Valpola, NeurIPS 2017.
  private func average(of network: Network) throws -> Teacher? {
    let limit = configuration.averaging
    guard limit > 0 else { return nil }
    let copy = try Network(network.configuration, key: RandomKey(seed: 0), device: device)
    return Teacher(copy.store, of: network.store, buffers: .averaged) {
      ExponentialMovingAverage.warmedUp(step: $0, limit: limit)
    }
  }

  private func startPull(
    _ network: Network, _ request: TrainingRequest, key: RandomKey
  ) throws -> StartPull? {
    guard configuration.startPull > 0 else { return nil }
    let origin = try self.network(request, from: .pretrained, key: key)
    return StartPull(network, to: origin, strength: configuration.startPull)
  }

  /// Measures running statistics anew on images of the pool, evenly spaced, where that is asked for.
  private func measureStatistics(
    _ network: Network, _ request: TrainingRequest, key: RandomKey
  ) throws {
    let (all, count) = (request.images, min(configuration.preciseStatistics, request.images.count))
    guard count > 0 else { return }
    let items = (0..<count).map { all[$0 * all.count / count] }
    try preciseBatchNorm(
      network.store, items: items, pixels: pixels, normalization: normalization,
      batch: configuration.batch, device: device, key: key.folding("statistics")
    ) { network.logits($0, $1) }
  }
}
