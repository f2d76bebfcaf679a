import Base
import Foundation
import NN
import Torch
import Training

/// A run on the tiny set: everything new but the folder, as in a new process.
struct Rig {
  let network = TinyNetwork()
  let teacher = TinyNetwork(key: RandomKey(seed: 2))
  let queue = Tensor.zeros([8])
  let state: TrainingState
  let loader: BatchLoader

  init(depth: Int = 2) {
    let network = network
    state = TrainingState(
      store: network.store,
      optimizer: SGD(network.store.groups(), learningRate: 0.05, weightDecay: 1e-3),
      teacher: Teacher(teacher.store, of: network.store) {
        ExponentialMovingAverage.warmedUp(step: $0, limit: 0.9)
      },
      extras: [("queue", queue)])
    loader = BatchLoader(TinySet.stream(), depth: depth)
  }

  func loop(
    steps: Int = 20, folder: URL?, metrics: MetricsLog? = nil, checkpointEvery: Int = 5,
    warn: @escaping (String) -> Void = { _ in }
  ) -> TrainingLoop {
    var plan = TrainingPlan(
      label: "test", steps: steps, schedule: .cosine, clipNorm: 1,
      checkpointEvery: checkpointEvery, readEvery: 5)
    plan.showsProgress = false
    return TrainingLoop(
      plan, state: state, loader: loader, folder: folder, metrics: metrics, key: RandomKey(seed: 9),
      warn: warn)
  }

  func loss(_ step: StepContext) -> StepLoss {
    var weak = Augmentation()
    weak.rotation = 10
    weak.intensity.brightness = 0.2
    let batch = step.batch.augmented(weak)
    let logits = network.logits(batch.images, step.pass)
    _ = withoutGradients {
      queue.copy_(from: logits.detach().select(dim: 1, index: 0) + queue * 0.5)
    }
    guard let labels = batch.labels else { fatalError("the stream has classes") }
    let loss = crossEntropy(logits, labels)
    return StepLoss(loss, [("half", loss * 0.5)])
  }

  /// Every number that training has changed.
  var bits: [Float] {
    (network.store.all + teacher.store.all).flatMap { $0.tensor.floats() }
      + state.optimizer.state.named.flatMap { $0.tensor.floats() } + queue.floats()
  }
}
