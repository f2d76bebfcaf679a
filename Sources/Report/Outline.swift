/// The outline of one class in a map as the data of an SVG path, in pixels.
///
/// Loops run along the borders between pixels; corners are cut from edge centre to edge centre, so
/// the line lies within half a pixel of the mask and does not look like stairs. Holes are loops of
/// their own, to be filled by the even-odd rule.
///
/// - Complexity: O(pixels).
func outline(of label: UInt8, in map: LabelMap) -> String {
  var tracer = OutlineTracer(map: map, label: label)
  return tracer.loops().map(pathData).joined()
}

private struct OutlineTracer {
  private struct Corner: Hashable {
    var x: Int
    var y: Int
  }

  private var next: [Corner: [Corner]] = [:]
  private var starts: [Corner] = []

  /// Collects the border edges, each with the class on its right.
  init(map: LabelMap, label: UInt8) {
    let values = Array(map.values)
    let isInside = { (x: Int, y: Int) in
      x >= 0 && y >= 0 && x < map.width && y < map.height && values[y * map.width + x] == label
    }
    for y in 0..<map.height {
      for x in 0..<map.width where isInside(x, y) {
        if !isInside(x, y - 1) { add(x, y, x + 1, y) }
        if !isInside(x + 1, y) { add(x + 1, y, x + 1, y + 1) }
        if !isInside(x, y + 1) { add(x + 1, y + 1, x, y + 1) }
        if !isInside(x - 1, y) { add(x, y + 1, x, y) }
      }
    }
  }

  /// Follows the edges until none is left; each loop is the list of its edges' centres.
  mutating func loops() -> [[(x: Double, y: Double)]] {
    var result: [[(x: Double, y: Double)]] = []
    for start in starts {
      var loop: [(x: Double, y: Double)] = []
      var corner = start
      while let following = next[corner]?.popLast() {
        loop.append((Double(corner.x + following.x) / 2, Double(corner.y + following.y) / 2))
        corner = following
      }
      if !loop.isEmpty { result.append(loop) }
    }
    return result
  }

  private mutating func add(_ x: Int, _ y: Int, _ toX: Int, _ toY: Int) {
    next[Corner(x: x, y: y), default: []].append(Corner(x: toX, y: toY))
    starts.append(Corner(x: x, y: y))
  }
}

/// A closed path through the points, without those on a straight line between their neighbours.
private func pathData(_ loop: [(x: Double, y: Double)]) -> String {
  let count = loop.count
  let kept = (0..<count).filter { index in
    let (before, here, after) = (
      loop[(index + count - 1) % count], loop[index], loop[(index + 1) % count]
    )
    return (here.x - before.x) * (after.y - here.y) != (here.y - before.y) * (after.x - here.x)
  }
  let points = kept.map { "\(coordinate(loop[$0].x)) \(coordinate(loop[$0].y))" }
  return points.isEmpty ? "" : "M" + points.joined(separator: "L") + "Z"
}
