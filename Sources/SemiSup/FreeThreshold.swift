public import Base
import NN
package import Torch

/// A threshold by class, from how sure the network is of the unlabelled images.
///
/// Wang et al. *FreeMatch.* ICLR 2023. <https://arxiv.org/abs/2205.07246>
///
/// τ_g follows the mean confidence, p̃ the mean probabilities (both begin at 1 / C);
/// τ_c = τ_g p̃_c / max p̃. Fairness adds w Σ_c a_c log b_c, where a is p̃ / h̃ and b the mean of the
/// strong views' believed probabilities over their histogram, each made to sum to 1, and h̃ follows
/// the histogram of labels.
///
/// - Departures: the momentum fits the run's length. In maps the statistics are those of pixels
///   predicted as foreground, thresholds are cut, and fairness is off (``ThresholdChoice``).
public struct FreeThreshold: Threshold {
  static let card = MethodCard(
    "from how sure the network is, by class", cost: "none", regime: "very few labels",
    paper: "Wang et al. 2023")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// m of the statistics; nil: 1 − 1 / (0.05 S), at least 0.9.
    public var momentum: Double?
    /// w.
    public var fairness = 0.01

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "momentum": "Momentum of the statistics; null: fit for the run's length.",
      "fairness": "Weight of the fairness term, which keeps classes from dying out.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      ThresholdFrame.faults(momentum: momentum)
        + (fairness >= 0 ? [] : ["fairness must not be negative"])
    }
  }

  package let extras: [(name: String, tensor: Tensor)]
  private let settings: Settings
  private let frame: ThresholdFrame
  private let momentum: Double
  /// τ_g.
  private let global: Tensor
  /// p̃ and h̃.
  private let (shares, histogram): (Tensor, Tensor)

  package init(_ settings: Settings, _ frame: ThresholdFrame) {
    self.settings = settings
    self.frame = frame
    momentum = settings.momentum ?? frame.momentum
    let start = 1 / Double(frame.counted)
    global = Tensor.full([], 1 / Double(frame.classes)).to(frame.device)
    shares = Tensor.full([frame.counted], start).to(frame.device)
    histogram = Tensor.full([frame.counted], start).to(frame.device)
    extras = [("free.global", global), ("free.shares", shares), ("free.histogram", histogram)]
  }

  /// τ of every class, `[C]`.
  package var thresholds: Tensor { frame.thresholds(global * shares / shares.max()) }

  package func weights(_ probabilities: Tensor, items: [Int]) -> Tensor {
    let rows = frame.countedRows(probabilities)
    if rows.shape[0] > 0 {
      let counted = frame.countedShares(rows)
      global.follow(rows.amax(dim: [1]).mean(), momentum: momentum)
      shares.follow(counted.mean(dim: [0]), momentum: momentum)
      histogram.follow(Self.histogram(counted), momentum: momentum)
    }
    return frame.reached(probabilities, thresholds)
  }

  package func fairness(_ logits: Tensor, weights: Tensor) -> Tensor? {
    guard settings.fairness > 0, !frame.isSegmentation else { return nil }
    return Self.fairness(logits, weights: weights, shares: shares, histogram: histogram)
      * settings.fairness
  }

  /// Σ_c a_c log b_c of logits `[B, C]`, of which those of weight 0 do not count; 0 of none.
  package static func fairness(
    _ logits: Tensor, weights: Tensor, shares: Tensor, histogram: Tensor
  ) -> Tensor {
    let chosen = withoutGradients { weights.gt(0).nonzero().reshape([-1]) }
    guard chosen.shape[0] > 0 else { return (logits * 0).sum() }
    let believed = logits.indexSelect(dim: 0, index: chosen).softmax(dim: 1)
    let target = withoutGradients { normalized(shares, over: histogram) }
    let mean = withoutGradients { Self.histogram(believed) }
    return (target * (normalized(believed.mean(dim: [0]), over: mean) + 1e-12).log()).sum()
  }

  /// x_c / h_c, made to sum to 1; a class with h_c = 0 is left out.
  private static func normalized(_ x: Tensor, over histogram: Tensor) -> Tensor {
    let scale = where_(histogram.eq(0), histogram.zerosLike(), histogram.reciprocal())
    let ratio = x * scale
    return ratio / ratio.sum()
  }

  /// The share of rows that each class is the largest of.
  private static func histogram(_ rows: Tensor) -> Tensor {
    rows.argmax(dim: 1).oneHot(classes: rows.shape[1]).to(rows.dtype).mean(dim: [0])
  }
}

extension ThresholdFrame {
  static func faults(momentum: Double?) -> [String] {
    guard let momentum, !(0..<1).contains(momentum) else { return [] }
    return ["momentum must lie in 0 ..< 1"]
  }
}
