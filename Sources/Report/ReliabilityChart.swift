import Evaluation
import Foundation

/// Confidence against the share that was right; on the diagonal they agree.
struct ReliabilityChart {
  let bins: [ReliabilityBin]

  private let side = 400.0

  /// The drawing, or `nil` without a bin.
  func figure() -> Figure? {
    guard let most = bins.map(\.count).max() else { return nil }
    let x = Axis(0...1, from: 58, to: side - 20)
    let y = Axis(0...1, from: side - 54, to: 12)
    var figure = Figure(
      width: side, height: side, title: "Reliability diagram",
      description: "Share of right predictions in \(bins.count) bins of equal mass by confidence.")
    figure.content = grid(x, y)
    figure.content += bins.map { bin in
      Draw.line(
        x.place(bin.confidence), y.place(bin.confidence), x.place(bin.confidence),
        y.place(bin.accuracy), "gap")
    }
    figure.content += bins.map { bin in
      let radius = 3.5 + 4 * (Double(bin.count) / Double(most)).squareRoot()
      return Element(
        "circle",
        [
          "cx": coordinate(x.place(bin.confidence)), "cy": coordinate(y.place(bin.accuracy)),
          "r": coordinate(radius), "class": "arm0 marker",
        ], [Element("title", text: words(bin))])
    }
    return figure
  }

  private func grid(_ x: Axis, _ y: Axis) -> [Element] {
    let ticks = [0, 0.25, 0.5, 0.75, 1].flatMap { value in
      [
        Draw.line(x.start, y.place(value), x.end, y.place(value), "grid"),
        Draw.text(
          String(format: "%.2f", value), x.start - 8, y.place(value) + 4, anchor: "end", "tick"),
        Draw.text(
          String(format: "%.2f", value), x.place(value), y.start + 18, anchor: "middle", "tick"),
      ]
    }
    return ticks + [
      Draw.line(x.place(0), y.place(0), x.place(1), y.place(1), "reference"),
      Draw.text("confidence", (x.start + x.end) / 2, side - 8, anchor: "middle", "axis-name"),
      Element(
        "text",
        [
          "transform": "translate(14 \(coordinate((y.start + y.end) / 2))) rotate(-90)",
          "text-anchor": "middle", "class": "axis-name",
        ], text: "share that was right"),
    ]
  }

  private func words(_ bin: ReliabilityBin) -> String {
    "\(Wording.count(bin.count, "case")): confidence \(Wording.score(bin.confidence)), "
      + "right \(Wording.score(bin.accuracy))"
  }
}
