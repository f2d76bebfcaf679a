/// A drawing with a title and a description for those who do not see it.
struct Figure {
  let width: Double
  let height: Double
  let title: String
  let description: String
  var content: [Element] = []

  /// The drawing as inline SVG, as wide as its place allows.
  ///
  /// - Parameter id: unlike any other on the page.
  /// - Returns: markup.
  func markup(id: String) -> String {
    let words = [
      Element("title", ["id": id + "-title"], text: title),
      Element("desc", ["id": id + "-desc"], text: description),
    ]
    return Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "class": "figure",
        "viewBox": "0 0 \(coordinate(width)) \(coordinate(height))",
        "aria-labelledby": "\(id)-title \(id)-desc",
      ], words + content
    ).markup
  }
}

/// The pieces that charts are made of.
enum Draw {
  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String)
    -> Element
  {
    Element(
      "line",
      [
        "x1": coordinate(x1), "y1": coordinate(y1), "x2": coordinate(x2), "y2": coordinate(y2),
        "class": style,
      ])
  }

  static func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String
  ) -> Element {
    Element(
      "rect",
      [
        "x": coordinate(x), "y": coordinate(y), "width": coordinate(max(0, width)),
        "height": coordinate(max(0, height)), "rx": "2", "class": style,
      ])
  }

  /// A text whose baseline is at y; its anchor is start, middle or end.
  static func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String = "start", _ style: String = "label"
  ) -> Element {
    Element(
      "text",
      ["x": coordinate(x), "y": coordinate(y), "text-anchor": anchor, "class": style], text: text)
  }

  static func polyline(_ points: [(x: Double, y: Double)], _ style: String, dashes: String = "none")
    -> Element
  {
    let list = points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }
    return Element(
      "polyline",
      ["points": list.joined(separator: " "), "class": style, "stroke-dasharray": dashes])
  }
}
