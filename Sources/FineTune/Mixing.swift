public import Base
package import Torch
package import Training

/// Whether two images of a batch are made one, and how.
///
/// In YAML: `none`, `mixup`, `{mixup: {alpha: 0.4}}`, `cutmix`, `{cutmix: {alpha: 1}}`. Both draw
/// once a batch, from the step's key: a share λ of Beta(α, α), a partner for every image (a
/// permutation of the batch), and for cutmix a box.
public enum Mixing: Sendable, Equatable {
  /// Images stay as they are.
  case none
  /// See ``Mixup``.
  case mixup(Mixup)
  /// See ``CutMix``.
  case cutmix(CutMix)

  /// The batch with its images mixed.
  package func callAsFunction(_ batch: ImageBatch, key: RandomKey) -> MixedBatch {
    let key = key.folding("mix")
    switch self {
    case .none: return MixedBatch(batch: batch)
    case .mixup(let mixup): return mixup(batch, key: key)
    case .cutmix(let cutmix): return cutmix(batch, key: key)
    }
  }
}

extension Mixing: NamedChoice {
  /// The names.
  public static let choices: [Choice<Mixing>] = [
    Choice("none", .none, "images stay as they are"),
    Choice("mixup", Mixup(), Mixing.mixup, Mixup.card),
    Choice("cutmix", CutMix(), Mixing.cutmix, CutMix.card),
  ]

  /// The name and the settings.
  public var chosen: Chosen {
    switch self {
    case .none: Chosen("none")
    case .mixup(let settings): Chosen("mixup", settings)
    case .cutmix(let settings): Chosen("cutmix", settings)
    }
  }
}

/// A batch whose images may be made of two each.
package struct MixedBatch {
  /// The images, with the labels of the first of each pair.
  package let batch: ImageBatch
  /// The same with the labels of the second; nil where the labels need no mixing.
  package var partner: ImageBatch?
  /// λ, how much of an image is of the first.
  package var share = 1.0

  /// λ ℓ(first labels) + (1 − λ) ℓ(second labels).
  package func loss(_ loss: (ImageBatch) -> Tensor) -> Tensor {
    guard let partner else { return loss(batch) }
    return loss(batch) * share + loss(partner) * (1 - share)
  }
}

extension ImageBatch {
  /// The rows in another order.
  func permuted(_ order: [Int]) -> ImageBatch {
    let rows = Tensor(order, [order.count], device: pixels.device)
    return ImageBatch(
      items: order.map { items[$0] }, pixels: pixels.indexSelect(dim: 0, index: rows),
      labels: labels?.indexSelect(dim: 0, index: rows),
      classSets: classSets?.indexSelect(dim: 0, index: rows),
      masks: masks?.indexSelect(dim: 0, index: rows), normalization: normalization,
      keys: order.map { keys[$0] })
  }
}

/// What is wrong with the shape of Beta(α, α).
func mixingFaults(alpha: Double) -> [String] {
  (0.05...4).contains(alpha) ? [] : ["alpha must be from 0.05 to 4, not \(alpha)"]
}
