/// A picture, or the same picture once more with the outlines and tints of classes over it.
struct Overlay {
  let image: ReportImage
  /// Names the picture on the page, so that its bytes stand there once.
  let id: String
  /// Classes by pixel, at any resolution; `nil` for the picture itself.
  let map: LabelMap?
  let title: String

  /// Inline SVG in the picture's own pixels.
  func markup() -> String {
    Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "class": "overlay",
        "viewBox": "0 0 \(image.width) \(image.height)", "aria-label": title,
      ], map.map { [Element("use", ["href": "#" + id])] + outlines($0) } ?? [picture]
    ).markup
  }

  private var picture: Element {
    Element(
      "image",
      [
        "id": id, "href": image.source, "width": "\(image.width)", "height": "\(image.height)",
        "preserveAspectRatio": "none",
      ])
  }

  private func outlines(_ map: LabelMap) -> [Element] {
    let across = Double(image.width) / Double(map.width)
    let down = Double(image.height) / Double(map.height)
    return Set(map.values).subtracting([0, 255]).sorted().map { label in
      Element(
        "path",
        [
          "d": outline(of: label, in: map), "transform": "scale(\(across) \(down))",
          "class": "tint class\(Int(label) % ClassColour.count)", "fill-rule": "evenodd",
          "vector-effect": "non-scaling-stroke",
        ])
    }
  }
}
