import Evaluation
import Foundation

/// Learning curves over log2 labels: every seed thin, the mean of each arm thick.
struct CurveChart {
  let curves: StudyCurves
  let arms: [String]
  let styles: [String: ArmStyle]

  private let width = 860.0
  private let height = 430.0

  /// The drawing, or `nil` without a curve.
  func figure() -> Figure? {
    let points = arms.flatMap { curves.arms[$0, default: [:]].values }.flatMap(\.points)
    let budgets = points.map(\.labels)
    guard let least = budgets.min(), let most = budgets.max() else { return nil }
    let x = Axis(least...most, from: 62, to: width - 150, logarithmic: true)
    let y = Axis(scores(points), from: height - 56, to: 16)
    var figure = Figure(
      width: width, height: height,
      title: "Learning curves of \(curves.dataset)", description: words())
    figure.content =
      grid(x, y, budgets: Set(budgets).sorted()) + reference(x, y)
      + arms.flatMap { seeds($0, x, y) } + arms.flatMap { average($0, x, y) } + names(x, y)
    return figure
  }

  /// All scores and the reference, with a little room.
  private func scores(_ points: [LearningCurve.Point]) -> ClosedRange<Double> {
    let all = points.map(\.score) + (curves.fullMean.map { [$0] } ?? [])
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    let room = max((high - low) * 0.06, 0.005)
    return (low - room)...(high + room)
  }

  private func grid(_ x: Axis, _ y: Axis, budgets: [Double]) -> [Element] {
    let rows = y.ticks(6).flatMap { value in
      [
        Draw.line(x.start, y.place(value), x.end, y.place(value), "grid"),
        Draw.text(
          String(format: "%.2f", value), x.start - 8, y.place(value) + 4, anchor: "end", "tick"),
      ]
    }
    let columns = spaced(budgets, x).flatMap { value in
      [
        Draw.line(x.place(value), y.start, x.place(value), y.start + 5, "axis"),
        Draw.text("\(Int(value))", x.place(value), y.start + 20, anchor: "middle", "tick"),
      ]
    }
    let middle = (x.start + x.end) / 2
    return rows + columns + [
      Draw.line(x.start, y.start, x.end, y.start, "axis"),
      Draw.text(
        "labels (each doubling takes the same space)", middle, height - 10, anchor: "middle",
        "axis-name"),
      verticalName((y.start + y.end) / 2),
    ]
  }

  private func verticalName(_ middle: Double) -> Element {
    Element(
      "text",
      [
        "transform": "translate(16 \(coordinate(middle))) rotate(-90)", "text-anchor": "middle",
        "class": "axis-name",
      ], text: Wording.metric(curves.metric))
  }

  /// The budgets that can be written without touching one another.
  private func spaced(_ budgets: [Double], _ x: Axis) -> [Double] {
    var last = -Double.infinity
    return budgets.filter { budget in
      guard x.place(budget) - last > 38 else { return false }
      last = x.place(budget)
      return true
    }
  }

  /// The full-label score, and 95 % of it where the headline saving is read.
  private func reference(_ x: Axis, _ y: Axis) -> [Element] {
    guard let full = curves.fullMean else { return [] }
    let all = Draw.line(x.start, y.place(full), x.end, y.place(full), "reference")
    let target = 0.95 * full
    guard target > y.domain.lowerBound else { return [all] }
    return [all, Draw.line(x.start, y.place(target), x.end, y.place(target), "target")]
  }

  private func seeds(_ arm: String, _ x: Axis, _ y: Axis) -> [Element] {
    let style = styles[arm] ?? ArmStyle(index: nil)
    return curves.arms[arm, default: [:]].sorted { $0.key < $1.key }.map { _, curve in
      Draw.polyline(places(curve, x, y), "\(style.colour) seed", dashes: style.dashes)
    }
  }

  private func average(_ arm: String, _ x: Axis, _ y: Axis) -> [Element] {
    guard let curve = curves.meanCurve(of: arm) else { return [] }
    let style = styles[arm] ?? ArmStyle(index: nil)
    let line = Draw.polyline(places(curve, x, y), "\(style.colour) mean", dashes: style.dashes)
    let markers = curve.points.map { point in
      style.marker(
        x.place(point.labels), y.place(point.score),
        "\(arm), \(Int(point.labels)) labels: \(Wording.score(point.score))")
    }
    return [line] + markers
  }

  /// Names at the right ends, moved apart where they would overlap.
  private func names(_ x: Axis, _ y: Axis) -> [Element] {
    var ends = arms.compactMap { arm -> (name: String, at: Double, style: String)? in
      guard let last = curves.meanCurve(of: arm)?.points.last else { return nil }
      return (arm, y.place(last.score), (styles[arm]?.colour ?? "random") + " name")
    }
    if let full = curves.fullMean {
      ends.append(("all labels \(Wording.score(full))", y.place(full), "reference-name"))
      if 0.95 * full > y.domain.lowerBound {
        ends.append(("95 % of that", y.place(0.95 * full), "reference-name"))
      }
    }
    let places = apart(ends.map(\.at), by: 16, within: y.end...y.start)
    return zip(ends, places).map { end, place in
      Draw.text(end.name, x.end + 12, place + 4, end.style)
    }
  }

  private func places(_ curve: LearningCurve, _ x: Axis, _ y: Axis) -> [(x: Double, y: Double)] {
    curve.points.map { (x.place($0.labels), y.place($0.score)) }
  }

  private func words() -> String {
    arms.compactMap { arm in
      curves.meanCurve(of: arm)?.points.last.map {
        "\(arm) ends at \(Wording.score($0.score)) with \(Int($0.labels)) labels."
      }
    }.joined(separator: " ")
  }
}

/// Places moved as little as the order allows until they are `gap` apart.
///
/// - Parameters:
///   - places: in any order.
///   - gap: the least distance.
///   - range: where they may lie, as far as there is room.
/// - Returns: the new places, in the order given.
func apart(_ places: [Double], by gap: Double, within range: ClosedRange<Double>) -> [Double] {
  let order = places.indices.sorted { places[$0] < places[$1] }
  var result = places
  var floor = range.lowerBound
  for index in order {
    result[index] = max(places[index], floor)
    floor = result[index] + gap
  }
  var ceiling = range.upperBound
  for index in order.reversed() {
    result[index] = min(result[index], ceiling)
    ceiling = result[index] - gap
  }
  return result
}
