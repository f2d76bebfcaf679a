import Evaluation
import Foundation

/// One row of a forest plot: a saving with its interval or bound.
struct ForestRow {
  let group: String
  let arm: String
  let estimate: SavingEstimate
  let style: ArmStyle
}

/// Savings side by side: a point for the ratio, a line for its interval, an arrow where the truth
/// may lie beyond.
struct ForestChart {
  let rows: [ForestRow]
  let share: String

  private let width = 860.0
  private let step = 30.0
  private let left = 270.0
  private let right = 640.0

  /// The drawing, or `nil` without a saving.
  func figure() -> Figure? {
    let known = rows.filter { $0.estimate.ratio != nil }
    guard !known.isEmpty else { return nil }
    let bottom = 14 + step * Double(known.count)
    let x = Axis(domain(known), from: left, to: right, logarithmic: true)
    var figure = Figure(
      width: width, height: bottom + 46,
      title: "Saving against random selection at \(share) of the full-label score",
      description: known.map { "\($0.group), \($0.arm): \(Wording.saving($0.estimate))." }
        .joined(separator: " "))
    figure.content = grid(x, bottom)
    for (place, row) in known.enumerated() {
      let y = 14 + step * (Double(place) + 0.5)
      let opens = place == 0 || known[place - 1].group != row.group
      figure.content += names(row, y, opens: opens) + marks(row, x, y)
    }
    return figure
  }

  /// All finite ends, around 1, on whole powers of two.
  private func domain(_ rows: [ForestRow]) -> ClosedRange<Double> {
    let ends = rows.flatMap { row in
      [row.estimate.ratio, row.estimate.interval?.low, row.estimate.interval?.high]
        .compactMap { $0 }
        .filter { $0 > 0 && $0.isFinite }
    }
    let low = min(0.5, ends.min() ?? 0.5)
    let high = max(2, ends.max() ?? 2)
    return max(exp2(floor(log2(low))), 1.0 / 64)...min(exp2(ceil(log2(high))), 64)
  }

  private func grid(_ x: Axis, _ bottom: Double) -> [Element] {
    let lines = x.ticks(7).flatMap { value in
      [
        Draw.line(x.place(value), 10, x.place(value), bottom, value == 1 ? "unity" : "grid"),
        Draw.text(tick(value), x.place(value), bottom + 17, anchor: "middle", "tick"),
      ]
    }
    return lines + [
      Draw.text("← more labels than random", x.place(1) - 8, bottom + 37, anchor: "end", "tick"),
      Draw.text("fewer labels than random →", x.place(1) + 8, bottom + 37, "tick"),
    ]
  }

  private func tick(_ value: Double) -> String {
    value >= 1 ? "\(Int(value))×" : "1⁄\(Int((1 / value).rounded()))×"
  }

  private func names(_ row: ForestRow, _ y: Double, opens: Bool) -> [Element] {
    let interval =
      row.estimate.usefulInterval == nil
      ? ", no interval" : " (\(Wording.interval(row.estimate)))"
    let value = Wording.saving(row.estimate) + interval
    let group = opens ? [Draw.text(shortened(row.group, 20), 4, y + 4, "group")] : []
    return group + [
      Draw.text(
        shortened(row.arm, 18), left - 14, y + 4, anchor: "end", "\(row.style.colour) name"),
      Draw.text(value, right + 16, y + 4, "label"),
    ]
  }

  private func marks(_ row: ForestRow, _ x: Axis, _ y: Double) -> [Element] {
    guard let ratio = row.estimate.ratio else { return [] }
    let inside = { (value: Double) in
      min(max(value, x.domain.lowerBound), x.domain.upperBound)
    }
    var marks: [Element] = []
    if let interval = row.estimate.usefulInterval {
      let (low, high) = (x.place(inside(interval.low)), x.place(inside(interval.high)))
      marks.append(Draw.line(low, y, high, y, "\(row.style.colour) whisker"))
      if interval.low < x.domain.lowerBound { marks.append(arrow(low, y, -1, row)) }
      if interval.high > x.domain.upperBound { marks.append(arrow(high, y, 1, row)) }
    }
    let place = x.place(inside(ratio))
    if let bound = row.estimate.bound {
      marks.append(
        arrow(place + (bound == .atLeast ? 14 : -14), y, bound == .atLeast ? 1 : -1, row))
    }
    return marks + [row.style.marker(place, y, Wording.saving(row.estimate))]
  }

  private func arrow(_ x: Double, _ y: Double, _ direction: Double, _ row: ForestRow) -> Element {
    Draw.polyline(
      [(x - 5 * direction, y - 5), (x, y), (x - 5 * direction, y + 5)],
      "\(row.style.colour) whisker")
  }
}

/// The text, cut with an ellipsis after so many characters.
func shortened(_ text: String, _ length: Int) -> String {
  text.count <= length ? text : text.prefix(length - 1) + "…"
}
