import Evaluation
import Foundation

/// Named horizontal bars with their values written out.
struct BarChart {
  /// One bar.
  struct Bar {
    let name: String
    let value: Double?
    let text: String
    let style: String
  }

  let title: String
  let bars: [Bar]
  /// The value at which a bar fills its row.
  let whole: Double

  private let width = 860.0
  private let step = 28.0
  private let left = 190.0
  private let right = 720.0

  /// The drawing, or `nil` without a bar.
  func figure() -> Figure? {
    guard !bars.isEmpty, whole > 0 else { return nil }
    let height = step * Double(bars.count) + 8
    var figure = Figure(
      width: width, height: height, title: title,
      description: bars.map { "\($0.name): \($0.text)." }.joined(separator: " "))
    for (place, bar) in bars.enumerated() {
      let y = 4 + step * Double(place)
      let length = (right - left) * min(max((bar.value ?? 0) / whole, 0), 1)
      figure.content += [
        Draw.text(shortened(bar.name, 26), left - 12, y + 18, anchor: "end", "label"),
        Draw.rectangle(left, y + 5, right - left, step - 12, "track"),
        Draw.rectangle(left, y + 5, length, step - 12, bar.style),
        Draw.text(bar.text, right + 14, y + 18, "value"),
      ]
    }
    return figure
  }
}

extension BarChart {
  /// A score for each class, out of 1.
  static func classes(_ scores: [ClassScore], title: String, isSegmentation: Bool) -> BarChart {
    let bars = scores.enumerated().map { place, score in
      Bar(
        name: score.name, value: score.value,
        text: score.value.map { Wording.score($0) } ?? "no case",
        style: isSegmentation ? "class\((place + 1) % ClassColour.count) bar" : "arm0 bar")
    }
    return BarChart(title: title, bars: bars, whole: 1)
  }

  /// The computing time of each stage, out of the longest.
  static func times(_ timings: [StageTime]) -> BarChart {
    let total = timings.map(\.seconds).reduce(0, +)
    let bars = timings.map { timing in
      let share = total > 0 ? timing.seconds / total * 100 : 0
      return Bar(
        name: timing.stage, value: timing.seconds,
        text: Wording.time(timing.seconds) + " · "
          + (share < 0.5 ? "< 1 %" : String(format: "%.0f %%", share)),
        style: "arm0 bar")
    }
    return BarChart(
      title: "Computing time of each stage", bars: bars,
      whole: timings.map(\.seconds).max() ?? 0)
  }
}

/// The colours of classes over images, which are the same on a light and on a dark page.
enum ClassColour {
  /// The number of colours before they repeat; class 0 has none.
  static let count = 8
}
