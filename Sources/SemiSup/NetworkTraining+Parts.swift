import Base
import Models
import NN
import Training

extension NetworkTraining {
  func optimizer(_ method: any SemiSupMethod) -> any Optimizer {
    func groups(_ network: Network, prefix: String = "") -> [ParameterGroup] {
      network.store.groups {
        network.isTrunk($0) ? configuration.trunkRate / configuration.rate : 1
      }.map { group in
        var group = group
        group.parameters = group.parameters.map { (prefix + $0.name, $0.tensor) }
        return group
      }
    }
    let learnt = groups(method.student) + (method.peer.map { groups($0, prefix: "peer.") } ?? [])
    return switch configuration.optimizer {
    case .adamw:
      AdamW(learnt, learningRate: configuration.rate, weightDecay: configuration.weightDecay)
    case .sgd:
      SGD(
        learnt, learningRate: configuration.rate, nesterov: true,
        weightDecay: configuration.weightDecay)
    }
  }

  func supervisedLoss(_ arm: TrainingArm) -> SupervisedLoss {
    SupervisedLoss(
      targets: request.targets, items: arm.items, classes: request.classes, balance: 0,
      device: images.device)
  }

  /// Every class equally often for classification, every image in turn for segmentation.
  func labelledStream(_ arm: TrainingArm) -> BatchStream {
    let rule: BatchSampler.Rule =
      request.start.isSegmentation
      ? .shuffled : .classBalanced(request.classLabels, exponent: 0)
    return BatchStream(
      BatchSampler(
        arm.items, batch: configuration.batch, rule: rule, key: arm.key.folding("labelled")),
      pixels: images.pixels, targets: request.targets, normalization: images.normalization)
  }

  func unlabelledStream(_ items: [Int], _ arm: TrainingArm, number: Int) -> BatchStream {
    let key = arm.key.folding("unlabelled")
    return BatchStream(
      BatchSampler(
        items, batch: configuration.unlabelledBatch, key: number == 0 ? key : key.folding(number)),
      pixels: images.pixels, normalization: images.normalization)
  }

  /// A fold's training has a checkpoint in its middle and one at its end, the last one more often.
  func loop(
    _ arm: TrainingArm, state: TrainingState, schedule: Schedule, streams: [BatchStream]
  ) -> TrainingLoop {
    TrainingLoop(
      TrainingPlan(
        label: arm.label, steps: arm.steps, schedule: schedule, clipNorm: 5,
        checkpointEvery: arm.isFold ? (arm.steps + 1) / 2 : min(max(arm.steps / 4, 1), 500)),
      state: state, loader: BatchLoader(streams, device: images.device),
      folder: records.checkpoints(arm.name), metrics: arm.metrics, key: arm.key.folding("loop"))
  }
}
