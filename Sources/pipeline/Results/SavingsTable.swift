import Evaluation
import Foundation

/// The savings of a study as a table on the terminal.
enum SavingsTable {
  /// One block a data set, one line an arm.
  static func text(_ summary: StudySummary) -> String {
    summary.datasets.sorted { $0.key < $1.key }.map { name, dataset in
      let full = dataset.full.mean.map { String(format: "%.3f", $0) } ?? "unknown"
      let title =
        "\(name): \(dataset.metric), \(full) with all labels (\(dataset.full.seeds) seeds)"
      let header = row(["arm", "area", "labels to 95 %", "saving at 90 %", "at 95 %", "at 98 %"])
      let lines = dataset.arms.sorted { $0.key < $1.key }.map { line($0.key, $0.value) }
      return ([title, header] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  private static func line(_ name: String, _ arm: ArmSummary) -> String {
    let labels = arm.labelsTo["0.95"]
    let median = labels?.median.map { String(format: "%.0f", $0) } ?? "not reached"
    let savings = ["0.90", "0.95", "0.98"].map { cell(arm.savingVsRandom[$0]) }
    return row([name, arm.aubc.map { String(format: "%.3f", $0) } ?? "", median] + savings)
  }

  private static func cell(_ saving: SavingSummary?) -> String {
    guard let saving, let ratio = saving.ratio else { return "–" }
    let sign = saving.bound.map { $0 == .atLeast ? "≥ " : "≤ " } ?? ""
    let factor = sign + String(format: "%.2f×", ratio)
    guard let low = saving.low, let high = saving.high else { return factor }
    return factor + String(format: " (%.2f to %.2f)", low, high)
  }

  private static func row(_ cells: [String]) -> String {
    zip(cells, [12, 8, 16, 24, 24, 24]).map { cell, width in
      cell.padding(toLength: max(width, cell.count), withPad: " ", startingAt: 0)
    }.joined(separator: " ")
  }
}
