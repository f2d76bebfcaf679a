import Base
import Models
import NN
import Torch
import Training

/// How one gradient descent goes: batches, rates, passes, length.
struct Descent {
  private let configuration: FineTuneConfiguration
  private let request: TrainingRequest
  private let items: [Int]
  private let label: String
  private let continues: Bool
  private let device: Device
  private let steps: Int

  init(
    _ configuration: FineTuneConfiguration, _ request: TrainingRequest, items: [Int],
    label: String, continues: Bool, device: Device
  ) {
    self.configuration = configuration
    self.request = request
    self.items = items
    self.label = label
    self.continues = continues
    self.device = device
    steps = configuration.steps.count(
      labels: items.count, batch: configuration.batch, continues: continues)
  }

  var trainingPlan: TrainingPlan {
    TrainingPlan(label: label, steps: steps, schedule: .cosine, clipNorm: 5)
  }

  /// Class-balanced batches for classification, every image in turn for segmentation.
  func sampler(key: RandomKey) -> BatchSampler {
    let rule: BatchSampler.Rule =
      request.model.architecture.isSegmentation
      ? .shuffled : .classBalanced(request.classLabels, exponent: configuration.balance)
    return BatchSampler(items, batch: configuration.batch, rule: rule, key: key)
  }

  /// AdamW; a pretrained trunk learns at its own rate.
  func optimizer(_ network: Network) -> AdamW {
    let factor = continues ? configuration.continuedRate : 1
    let pretrained = request.pretrained != nil
    let trunk = pretrained ? configuration.trunkRate / configuration.headRate : 1
    return AdamW(
      network.store.groups { network.isTrunk($0) ? trunk : 1 },
      learningRate: configuration.headRate * factor, weightDecay: configuration.weightDecay)
  }

  var loss: SupervisedLoss {
    SupervisedLoss(
      targets: request.targets, items: items, classes: request.classes.count,
      balance: configuration.balance, device: device)
  }

  /// Pretrained normalisation keeps its running statistics while labels are few: a batch of a
  /// handful of images estimates them badly.
  func pass(_ step: StepContext) -> Pass {
    let keeps = request.pretrained != nil && items.count < configuration.frozenStatisticsBelow
    return keeps ? .stochastic(step.key.folding("drop")) : step.pass
  }
}
