/// A picture with the outlines and tints of classes over it.
struct Overlay {
  let image: ReportImage
  let map: LabelMap?
  let title: String

  /// Inline SVG; the picture keeps its own proportions, and so does the map over it.
  ///
  /// - Returns: markup.
  func markup() -> String {
    let (width, height) = (map?.width ?? image.width, map?.height ?? image.height)
    let picture = Element(
      "image",
      [
        "href": image.source, "x": "0", "y": "0", "width": "\(width)", "height": "\(height)",
        "preserveAspectRatio": "none",
      ])
    return Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "class": "overlay",
        "viewBox": "0 0 \(width) \(height)", "aria-label": title,
      ], [picture] + outlines()
    ).markup
  }

  private func outlines() -> [Element] {
    guard let map else { return [] }
    return Set(map.values).subtracting([0, 255]).sorted().map { label in
      Element(
        "path",
        [
          "d": outline(of: label, in: map),
          "class": "tint class\(Int(label) % ClassColour.count)", "fill-rule": "evenodd",
          "vector-effect": "non-scaling-stroke",
        ])
    }
  }
}
