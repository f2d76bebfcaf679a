public import Base
import Torch
import Training

/// Shows λ of one image over 1 − λ of another, and asks for both labels in these shares.
///
/// x̃ = λ x_i + (1 − λ) x_j, loss λ ℓ(y_i) + (1 − λ) ℓ(y_j) with λ from Beta(α, α). Zhang, Cisse,
/// Dauphin, Lopez-Paz. *mixup: Beyond Empirical Risk Minimization.* ICLR 2018.
/// <https://arxiv.org/abs/1710.09412>. For class maps the losses of both maps are mixed.
public struct Mixup: Codable, Sendable, Equatable, Validatable {
  /// α, the shape of the share's distribution: small values leave most images nearly alone.
  public var alpha = 0.2

  /// The default.
  public init() {}

  static let card = MethodCard(
    "images shown over one another, labels in the same shares", cost: "none",
    regime: "networks trained whole on few labels", paper: "Zhang et al. 2018")

  /// What is out of range.
  public func faults() -> [String] { mixingFaults(alpha: alpha) }

  func callAsFunction(_ batch: ImageBatch, key: RandomKey) -> MixedBatch {
    var generator = key.folding("share").generator()
    let share = generator.beta(alpha)
    let other = batch.permuted(key.folding("partner").permutation(batch.items.count))
    let pixels = batch.pixels * share + other.pixels * (1 - share)
    return MixedBatch(
      batch: batch.with(pixels: pixels, masks: batch.masks),
      partner: other.with(pixels: pixels, masks: other.masks), share: share)
  }
}
