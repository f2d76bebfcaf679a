import Foundation
import NN
public import Torch

/// The loss of labelled images.
///
/// Classification: cross-entropy of logits + ln π, where π is the prior of the sampled batches
/// (logit adjustment, Menon et al., ICLR 2021, τ = 1), so that the logits themselves are those of
/// balanced classes. Segmentation: half cross-entropy, half soft Dice, 255 left out.
public struct SupervisedLoss {
  /// ln π, `[1, C]`; nil for segmentation.
  private let priors: Tensor?

  /// - Parameters:
  ///   - targets: the labels of the training items.
  ///   - items: the training items.
  ///   - classes: C.
  ///   - balance: the sampler's exponent; its batches hold class c in proportion n_c^balance.
  ///   - device: where the loss is computed.
  public init(
    targets: Targets, items: [Int], classes: Int, balance: Double, device: Device = .cpu
  ) {
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

  /// The loss of a batch, a scalar.
  ///
  /// `logits` are `[B, C]`, or `[B, C, H, W]` where the batch brings class maps.
  public func callAsFunction(_ logits: Tensor, _ batch: ImageBatch) -> Tensor {
    if let masks = batch.masks { return Loss.segmentation(logits, masks) }
    guard let labels = batch.labels, let priors else {
      preconditionFailure("a batch of the labelled stream has no labels")
    }
    return Loss.crossEntropy(logits + priors, labels)
  }
}
