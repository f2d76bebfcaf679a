import Evaluation
import Foundation

/// The pooled savings of a study as Markdown.
struct PooledTable {
  private let curves: [StudyCurves]

  /// The table of some data sets, read by the laboratory's rule.
  init(_ curves: [StudyCurves]) { self.curves = curves }

  /// Savings at 95 % by data set and pooled, gains in area, and pooled savings at every target.
  var markdown: String {
    let pooled = StudySummary.targets.map { PooledSavings(curves, share: $0) }
    return [
      "Labels of random selection over the arm's, to 95 % of the full-label score (95 % interval);",
      "`*`: more than a fifth of the seeds missed the target. Area: gain over log2 labels, in points.",
      "", rows(main(pooled[1])), "", "Pooled savings by target:", "", rows(byTarget(pooled)), "",
      rows(references), "",
    ].joined(separator: "\n")
  }

  private func main(_ savings: PooledSavings) -> [[String]] {
    let head = ["strategy"] + savings.datasets + ["pooled", "area (by set)"]
    return [head]
      + savings.arms.map { arm in
        let cells = arm.datasets.map { ratio($0.ratio) + ($0.misses ? "\\*" : "") }
        let gains = arm.gains.map { $0.map(points) ?? "–" }.joined(separator: " ")
        let gain = arm.gain.map { points($0.mean) } ?? "–"
        return [arm.name] + cells + ["**\(ratio(arm.pooled))**", "\(gain) (\(gains))"]
      }
  }

  private func byTarget(_ targets: [PooledSavings]) -> [[String]] {
    let head = ["strategy"] + StudySummary.targets.map { "\(Int(($0 * 100).rounded())) %" }
    return [head]
      + targets[1].arms.map { arm in
        [arm.name]
          + targets.map { target in
            ratio(target.arms.first { $0.name == arm.name }?.pooled)
          }
      }
  }

  /// What the savings are measured against.
  private var references: [[String]] {
    [["data set", "full-label score", "random's labels to 95 % (geometric mean)"]]
      + curves.map { set in
        let labels = set.labels(of: ResultRow.randomArm, toReach: 0.95).values.map {
          log($0.labels)
        }
        let mean = Evaluation.mean(labels.sorted()).map { String(format: "%.0f", exp($0)) }
        return [
          set.dataset, set.fullMean.map { String(format: "%.3f", $0) } ?? "–", mean ?? "–",
        ]
      }
  }

  private func rows(_ table: [[String]]) -> String {
    let lines = table.map { "| " + $0.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: "---|", count: table[0].count)
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }

  private func ratio(_ ratio: PooledSavings.Ratio?) -> String {
    guard let ratio else { return "–" }
    let value = String(format: "%.2f", ratio.value)
    guard let interval = ratio.interval else { return value }
    return value + String(format: " (%.2f–%.2f)", interval.low, interval.high)
  }

  private func points(_ gain: Double) -> String { String(format: "%+.1f", 100 * gain) }
}
