public import Base
import Torch
import Training

/// Pastes a box of one image into another, and asks for both labels in the shares of the area.
///
/// The box has the centre (x, y) uniform in the image and the sides W √(1 − λ) and H √(1 − λ) with λ
/// from Beta(α, α), cut off at the border; λ is then what of the area is left. Yun, Han, Oh, Chun,
/// Choe, Yoo. *CutMix: Regularization Strategy to Train Strong Classifiers with Localizable
/// Features.* ICCV 2019. <https://arxiv.org/abs/1905.04899>. Class maps are pasted along, so that
/// there their loss needs no mixing.
public struct CutMix: Codable, Sendable, Equatable, Validatable {
  /// α, the shape of the share's distribution; 1 is uniform.
  public var alpha = 1.0

  /// The default.
  public init() {}

  static let card = MethodCard(
    "a box of one image in another, labels in the shares of the area", cost: "none",
    regime: "networks trained whole; where a part of the image does not decide alone",
    paper: "Yun et al. 2019")

  /// What is out of range.
  public func faults() -> [String] { mixingFaults(alpha: alpha) }

  func callAsFunction(_ batch: ImageBatch, key: RandomKey) -> MixedBatch {
    let (height, width) = (batch.pixels.shape[2], batch.pixels.shape[3])
    let box = box(height: height, width: width, key: key)
    let places = (0..<height * width).map {
      box.rows.contains($0 / width) && box.columns.contains($0 % width)
    }
    let inside = Tensor(places, [1, 1, height, width], device: batch.pixels.device)
    let other = batch.permuted(key.folding("partner").permutation(batch.items.count))
    let pixels = where_(inside, other.pixels, batch.pixels)
    if let masks = batch.masks, let others = other.masks {
      let pasted = where_(inside.squeeze(dim: 1), others, masks)
      return MixedBatch(batch: batch.with(pixels: pixels, masks: pasted))
    }
    let share = 1 - Double(box.rows.count * box.columns.count) / Double(height * width)
    return MixedBatch(
      batch: batch.with(pixels: pixels, masks: nil),
      partner: other.with(pixels: pixels, masks: nil), share: share)
  }

  /// The box that is pasted.
  private func box(
    height: Int, width: Int, key: RandomKey
  ) -> (rows: Range<Int>, columns: Range<Int>) {
    var generator = key.folding("share").generator()
    let side = (1 - generator.beta(alpha)).squareRoot()
    func range(_ length: Int) -> Range<Int> {
      let (centre, half) = (generator.below(length), Int(side * Double(length)) / 2)
      return max(centre - half, 0)..<min(centre + half, length)
    }
    return (range(height), range(width))
  }
}
