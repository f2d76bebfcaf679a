import Foundation
import NN
public import Torch

/// The loss of labelled images.
///
/// Classification: cross-entropy of logits + τ ln π, where π is the prior of the sampled batches
/// (logit adjustment, Menon et al., ICLR 2021), so that with τ = 1 the logits themselves are those
/// of balanced classes. Classes may have weights, by which the mean over a batch is then weighted.
/// Several classes an image: see ``MultiLabelLoss``. Segmentation: half cross-entropy, half soft Dice, 255 left out.
public struct SupervisedLoss {
  /// τ ln π, `[1, C]`; nil for segmentation.
  private let priors: Tensor?
  /// `[C]`; nil where all images weigh the same.
  private let weights: Tensor?
  /// Of images with several classes.
  private let multiLabel: MultiLabelLoss?

  /// - Parameters:
  ///   - targets: the labels of the training items.
  ///   - items: the training items.
  ///   - classes: C.
  ///   - balance: the sampler's exponent; its batches hold class c in proportion n_c^balance.
  ///   - adjustment: τ, 0 for plain cross-entropy.
  ///   - classWeights: what an image weighs by its class.
  ///   - device: where the loss is computed.
  public init(
    targets: Targets, items: [Int], classes: Int, balance: Double, adjustment: Double = 1,
    classWeights: ClassWeights = .none, device: Device = .cpu
  ) {
    if case .classSets(let sets, let classes) = targets {
      multiLabel = MultiLabelLoss(
        sets, items: items, classes: classes, classWeights, device: device)
    } else {
      multiLabel = nil
    }
    guard case .classes(let labels) = targets else {
      (priors, weights) = (nil, nil)
      return
    }
    var counts = [Double](repeating: 0, count: classes)
    for item in items { counts[labels[item] ?? 0] += 1 }
    let shares = counts.map { $0 == 0 ? 0 : pow($0, balance) }
    let total = shares.reduce(0, +)
    let logs = shares.map { Float(adjustment * log(max($0 / total, 1e-6))) }
    priors = Tensor(logs, [1, classes]).to(device)
    weights = classWeights.weights(shares.map { $0 / total * Double(items.count) }).map {
      Tensor($0.map { Float($0) }, [classes]).to(device)
    }
  }

  /// The loss of a batch, a scalar.
  ///
  /// `logits` are `[B, C]`, or `[B, C, H, W]` where the batch brings class maps.
  public func callAsFunction(_ logits: Tensor, _ batch: ImageBatch) -> Tensor {
    if let masks = batch.masks { return Loss.segmentation(logits, masks) }
    if let sets = batch.classSets, let multiLabel { return multiLabel(logits, sets) }
    guard let labels = batch.labels, let priors else {
      preconditionFailure("a batch of the labelled stream has no labels")
    }
    return Loss.crossEntropy(logits + priors, labels, weights: weights?.to(logits.dtype))
  }
}
