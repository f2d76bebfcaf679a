import Foundation
import NN
import Torch
import Training

/// The supervised loss of the task, on one augmented batch.
struct TaskLoss {
  /// ln of the classes' shares among the sampled batches, `[1, C]`; nil for segmentation.
  private let priors: Tensor?
  private let augmentation: Augmentation

  /// - Parameters:
  ///   - targets: the labels of the training items.
  ///   - items: the training items.
  ///   - classes: C.
  ///   - balance: the sampler's exponent; its batches hold class c in proportion n_c^balance.
  ///   - augmentation: what images go through.
  ///   - device: where the loss is computed.
  init(
    targets: Targets, items: [Int], classes: Int, balance: Double, augmentation: Augmentation,
    device: Device
  ) {
    self.augmentation = augmentation
    guard case .classes(let labels) = targets else {
      priors = nil
      return
    }
    var counts = [Double](repeating: 0, count: classes)
    for item in items { counts[labels[item] ?? 0] += 1 }
    let shares = counts.map { $0 == 0 ? 0 : pow($0, balance) }
    let total = shares.reduce(0, +)
    priors = Tensor(shares.map { Float(log(max($0 / total, 1e-6))) }, [1, classes]).to(device)
  }

  /// The loss of a step.
  ///
  /// Classification: cross-entropy of logits + ln π, where π is the prior of the sampled batches
  /// (logit adjustment, Menon et al., ICLR 2021, τ = 1), so that the logits themselves are those
  /// of balanced classes. Segmentation: half cross-entropy, half soft Dice, 255 left out.
  func callAsFunction(_ step: StepContext, _ logits: (Tensor, Pass) -> Tensor, pass: Pass) -> Tensor
  {
    let batch = step.batch.augmented(augmentation)
    let output = logits(batch.images, pass)
    if let masks = batch.masks { return Loss.segmentation(output, masks) }
    guard let labels = batch.labels, let priors else {
      preconditionFailure("a batch of the labelled stream has no labels")
    }
    return Loss.crossEntropy(output + priors, labels)
  }
}
