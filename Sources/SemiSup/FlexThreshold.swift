public import Base
package import Torch

/// A threshold by class, lower for classes that are learnt slowly.
///
/// Zhang et al. *FlexMatch.* NeurIPS 2021. <https://arxiv.org/abs/2110.08263>
///
/// σ_c counts the images whose newest confident label is c; β_c = σ_c / max(max σ, images that never
/// had one); τ_c = τ β_c / (2 − β_c).
///
/// - Reads: weak views' probabilities; a table of `[U, C]` beside the unlabelled images.
/// - Departures: in maps an image counts for each foreground class with its share of the confident
///   pixels, and thresholds are cut (``ThresholdChoice``).
public struct FlexThreshold: Threshold {
  static let card = MethodCard(
    "lower for classes that are learnt slowly", cost: "a table [U, C]",
    regime: "balanced classes of unequal difficulty", paper: "Zhang et al. 2021")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// τ, the threshold of the class that is learnt best.
    public var confidence = 0.95

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "confidence": "The threshold of the class that is learnt best, and what counts as confident."
    ]

    /// What is out of range.
    public func faults() -> [String] {
      (0...1).contains(confidence) ? [] : ["confidence must lie in 0 ... 1"]
    }
  }

  package let extras: [(name: String, tensor: Tensor)]
  private let confidence: Double
  private let frame: ThresholdFrame
  /// Item → row of the table.
  private let rows: [Int: Int]
  /// The newest confident labels, `[U, counted]`: one-hot, or shares of an image's pixels.
  private let table: Tensor

  package init(_ settings: Settings, _ frame: ThresholdFrame, items: [Int]) {
    confidence = settings.confidence
    self.frame = frame
    rows = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
    table = Tensor.zeros([items.count, frame.counted]).to(frame.device)
    extras = [("flex", table)]
  }

  /// τ of every class, `[C]`.
  package var thresholds: Tensor {
    let learnt = table.sum(dim: [0])
    let never = table.sum(dim: [1]).eq(0).to(.float32).sum()
    let beta = learnt / learnt.max().maximum(never).clamp(min: 1e-12)
    return frame.thresholds(Self.curve(beta, confidence))
  }

  /// τ β / (2 − β).
  package static func curve(_ beta: Tensor, _ confidence: Double) -> Tensor {
    beta / (2 - beta) * confidence
  }

  package func weights(_ probabilities: Tensor, items: [Int]) -> Tensor {
    let weights = frame.reached(probabilities, thresholds)
    remember(probabilities, items: items)
    return weights
  }

  private func remember(_ probabilities: Tensor, items: [Int]) {
    let (sure, label) = probabilities.max(dim: 1)
    let first = frame.isSegmentation ? 1 : 0
    let confident = sure.ge(confidence)
    let shares = stack(
      (first..<frame.classes).map { number in
        let hits = label.eq(number).logicalAnd(confident).to(.float32)
        return hits.rank == 1 ? hits : hits.reshape([items.count, -1]).sum(dim: [1])
      }, dim: 1)
    let total = shares.sum(dim: [1], keepdim: true)
    let place = Tensor(items.map { rows[$0] ?? 0 }, [items.count]).to(table.device)
    let old = table.indexSelect(dim: 0, index: place)
    let new = where_(total.gt(0), shares / total.clamp(min: 1), old)
    table.indexCopy_(dim: 0, index: place, source: new)
  }
}
