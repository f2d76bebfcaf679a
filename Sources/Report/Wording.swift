import Evaluation
import Foundation

/// How numbers are written on the page.
enum Wording {
  /// A score: "0.876".
  static func score(_ value: Double?) -> String {
    value.map { String(format: "%.3f", $0) } ?? "–"
  }

  /// A difference of scores with its sign: "+0.031".
  static func gain(_ value: Double?) -> String {
    guard let value else { return "–" }
    let size = String(format: "%.3f", abs(value))
    return size == "0.000" ? size : (value < 0 ? "−" : "+") + size
  }

  /// A factor: "2.08×"; large ones without decimals.
  static func factor(_ value: Double) -> String {
    if value == .infinity { return "∞" }
    return String(format: value >= 100 ? "%.0f×" : value >= 10 ? "%.1f×" : "%.2f×", value)
  }

  /// A saving with its bound: "≥ 4.00×".
  static func saving(_ estimate: SavingEstimate?) -> String {
    guard let estimate, let ratio = estimate.ratio else { return "–" }
    return (estimate.bound.map { $0.rawValue + " " } ?? "") + factor(ratio)
  }

  /// An interval of factors: "1.40 – 3.10×", or why there is none.
  static func interval(_ estimate: SavingEstimate?) -> String {
    guard let estimate, estimate.ratio != nil else { return "–" }
    guard let interval = estimate.usefulInterval else {
      return "none (\(count(estimate.pairs, "seed")))"
    }
    let low = factor(interval.low).replacing("×", with: "")
    return "\(low) – \(factor(interval.high))"
  }

  /// A number of labels, or its bound.
  static func labels(_ value: LabelsToTarget?) -> String {
    switch value {
    case .reached(let labels): String(format: "%.0f", labels)
    case .atMost(let labels): String(format: "≤ %.0f", labels)
    case .over(let labels): String(format: "> %.0f", labels)
    case nil: "–"
    }
  }

  /// A time: "850 ms", "12 s", "4 min 05 s", "2 h 10 min".
  static func time(_ seconds: Double) -> String {
    if seconds < 1 { return String(format: "%.0f ms", seconds * 1000) }
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
  }

  /// A count with its noun: "1 seed", "3 seeds".
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A metric's name as readers know it.
  static func metric(_ name: String) -> String {
    switch name {
    case MetricName.balancedAccuracy: "balanced accuracy"
    case MetricName.macroF1: "macro-F1"
    case MetricName.aurocMacro: "macro AUROC"
    case MetricName.ece: "calibration error"
    case MetricName.nll: "log loss"
    case MetricName.dice: "mean Dice"
    case MetricName.meanAveragePrecision: "mean average precision"
    case MetricName.iou: "mean IoU"
    case MetricName.hd95: "mean HD95"
    default: name.replacing("_", with: " ")
    }
  }
}

extension SavingEstimate {
  /// The interval, unless it is 0 … ∞ and says nothing.
  var usefulInterval: Interval? {
    interval.flatMap { $0.low > 0 || $0.high < .infinity ? $0 : nil }
  }
}
