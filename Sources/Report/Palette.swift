/// Which colour, line and marker belong to an arm, everywhere on the page.
///
/// The colours follow Okabe and Ito's set for colour-blind readers, darkened or lightened to stand
/// out on a light and on a dark page; they are named in the style sheet. Lines differ by their dashes
/// and markers too, so that no meaning hangs on colour alone.
struct ArmStyle: Equatable {
  let index: Int?

  /// The number of colours before they repeat.
  static let colours = 6

  /// The styles of arms in the order in which they are shown: random selection is grey.
  static func styles(for arms: [String], random: String) -> [String: ArmStyle] {
    var styles: [String: ArmStyle] = [:]
    for (place, arm) in arms.filter({ $0 != random }).enumerated() {
      styles[arm] = ArmStyle(index: place)
    }
    styles[random] = ArmStyle(index: nil)
    return styles
  }

  /// The class that gives the colour in the style sheet.
  var colour: String { index.map { "arm\($0 % Self.colours)" } ?? "random" }

  /// The dash pattern of lines.
  var dashes: String {
    guard let index else { return "6 4" }
    return ["none", "10 3", "2 3", "12 3 2 3", "none", "5 3"][index % Self.colours]
  }

  /// The marker at a point.
  func marker(_ x: Double, _ y: Double, _ title: String = "") -> Element {
    let size = 4.5
    let corners: [(Double, Double)]
    switch index.map({ $0 % 4 }) {
    case nil, 0:
      return Element(
        "circle",
        ["cx": coordinate(x), "cy": coordinate(y), "r": "\(size)", "class": "\(colour) marker"],
        Self.titled(title))
    case 1: corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    case 2: corners = [(0, -1.3), (1.2, 1), (-1.2, 1)]
    default: corners = [(0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)]
    }
    let points = corners.map {
      "\(coordinate(x + size * $0.0)),\(coordinate(y + size * $0.1))"
    }
    return Element(
      "polygon", ["points": points.joined(separator: " "), "class": "\(colour) marker"],
      Self.titled(title))
  }

  private static func titled(_ title: String) -> [Element] {
    title.isEmpty ? [] : [Element("title", text: title)]
  }
}
