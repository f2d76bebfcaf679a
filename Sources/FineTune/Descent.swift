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

  /// Class-balanced batches where an image has one class, else every image in turn.
  func sampler(key: RandomKey) -> BatchSampler {
    let rule: BatchSampler.Rule =
      !request.hasOneClassPerImage
      ? .shuffled : .classBalanced(request.classLabels, exponent: configuration.balance)
    return BatchSampler(items, batch: configuration.batch, rule: rule, key: key)
  }

  /// AdamW; a pretrained trunk learns at its own rates, and is not drawn to 0 where it is drawn to
  /// its start.
  func optimizer(_ network: Network) -> AdamW {
    let factor = continues ? configuration.continuedRate : 1
    let pretrained = request.pretrained != nil
    let rates = LayerDecay(
      network, trunk: pretrained ? configuration.trunkRate / configuration.headRate : 1,
      decay: pretrained ? configuration.layerDecay : 1)
    var groups = network.store.groups { rates($0) }
    if configuration.startPull > 0 { groups = groups.flatMap { undecayed($0, network) } }
    return AdamW(
      groups, learningRate: configuration.headRate * factor,
      weightDecay: configuration.weightDecay)
  }

  /// The group's trunk without weight decay, and the rest of it.
  private func undecayed(_ group: ParameterGroup, _ network: Network) -> [ParameterGroup] {
    var (trunk, rest) = (group, group)
    trunk.parameters.removeAll { !network.isTrunk($0.name) }
    rest.parameters.removeAll { network.isTrunk($0.name) }
    trunk.weightDecayScale = 0
    return [trunk, rest].filter { !$0.parameters.isEmpty }
  }

  var loss: SupervisedLoss {
    SupervisedLoss(
      targets: request.targets, items: items, classes: request.classes.count,
      balance: configuration.balance, adjustment: configuration.logitAdjustment,
      classWeights: configuration.classWeights, device: device)
  }

  /// Pretrained normalisation keeps its running statistics while labels are few: a batch of a
  /// handful of images estimates them badly.
  private var keepsStatistics: Bool {
    request.pretrained != nil && items.count < configuration.frozenStatisticsBelow
  }

  func pass(_ step: StepContext) -> Pass {
    keepsStatistics ? .stochastic(step.key.folding("drop")) : step.pass
  }

  /// Takes out of training what is to stay as it is: `frozen`, and with the running statistics also
  /// scale and shift of their layers, where that is asked for.
  func freeze(_ network: Network, _ frozen: String?) {
    if let frozen { network.store.freeze(under: frozen) }
    guard keepsStatistics, configuration.frozenAffine else { return }
    for (name, _) in network.store.buffers {
      guard let layer = name.removingSuffix(".running_mean") else { continue }
      network.store.freeze(under: layer)
    }
  }
}

extension String {
  /// What stands before `suffix`; nil where the string does not end so.
  fileprivate func removingSuffix(_ suffix: String) -> String? {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
  }
}
