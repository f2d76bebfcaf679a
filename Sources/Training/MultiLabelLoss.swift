import Foundation
import Torch

/// The loss of images that have any number of classes: binary cross-entropy of every class.
///
///     − mean over images and classes of  w_c y log σ(z) + (1 − y) log(1 − σ(z))
///
/// with y whether the image has the class. By ``ClassWeights`` w_c is 1; balanced: n⁻_c / n⁺_c, the
/// images without the class over those with it; effective-number: the same of the effective
/// numbers, (1 − β^n⁻) / (1 − β^n⁺). A class that all or none of the labelled images have weighs 1.
struct MultiLabelLoss {
  /// w_c, `[C]`; nil where all are 1.
  private let positiveWeights: Tensor?

  init(
    _ sets: [Int: Set<Int>], items: [Int], classes: Int, _ weights: ClassWeights, device: Device
  ) {
    let ratios = (0..<classes).map { label -> Double? in
      let with = Double(items.count { sets[$0]?.contains(label) == true })
      return weights.weights([Double(items.count) - with, with]).map { $0[1] / $0[0] }
    }
    positiveWeights =
      ratios.contains(nil)
      ? nil : Tensor(ratios.map { Float($0 ?? 1) }, [classes]).to(device)
  }

  func callAsFunction(_ logits: Tensor, _ sets: Tensor) -> Tensor {
    binaryCrossEntropy(logits, sets, positiveWeight: positiveWeights)
  }
}
