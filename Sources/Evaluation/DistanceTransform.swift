/// The Euclidean distance from every pixel to the nearest pixel of a set.
///
/// Felzenszwalb, Huttenlocher. *Distance Transforms of Sampled Functions.* Theory of Computing 2012:
/// the lower envelope of parabolas along rows, then along columns. Exact for any pixel spacing.
///
/// - Parameters:
///   - set: `[height, width]`, row by row.
///   - height: the number of rows.
///   - width: the number of columns.
///   - spacing: the distance between rows and between columns.
/// - Returns: squared distances, `[height, width]`; infinite everywhere if the set is empty.
/// - Complexity: O(height · width).
func squaredDistances(
  to set: [Bool], height: Int, width: Int, spacing: PixelSpacing
) -> [Double] {
  var field = set.map { $0 ? 0 : Double.infinity }
  var line = DistanceLine(capacity: max(height, width))
  for row in 0..<height {
    line.transform(&field, from: row * width, stride: 1, count: width, step: spacing.column)
  }
  for column in 0..<width {
    line.transform(&field, from: column, stride: width, count: height, step: spacing.row)
  }
  return field
}

/// The work space of one line.
private struct DistanceLine {
  private var values: [Double]
  private var apexes: [Int]
  private var borders: [Double]

  init(capacity: Int) {
    values = Array(repeating: 0, count: capacity)
    apexes = Array(repeating: 0, count: capacity)
    borders = Array(repeating: 0, count: capacity + 1)
  }

  /// Replaces a line f by min over q of (step · (p − q))² + f(q).
  mutating func transform(
    _ field: inout [Double], from start: Int, stride: Int, count: Int, step: Double
  ) {
    for place in 0..<count { values[place] = field[start + place * stride] }
    let parabolas = envelope(count, step * step)
    guard parabolas > 0 else { return }
    var current = 0
    for place in 0..<count {
      while current + 1 < parabolas, borders[current + 1] < Double(place) { current += 1 }
      let offset = Double(place - apexes[current]) * step
      field[start + place * stride] = offset * offset + values[apexes[current]]
    }
  }

  /// Finds the parabolas of the lower envelope and where each begins; returns their number.
  private mutating func envelope(_ count: Int, _ scale: Double) -> Int {
    var used = 0
    for place in 0..<count where values[place] < .infinity {
      while used > 0, crossing(apexes[used - 1], place, scale) <= borders[used - 1] { used -= 1 }
      borders[used] = used == 0 ? -.infinity : crossing(apexes[used - 1], place, scale)
      apexes[used] = place
      used += 1
    }
    return used
  }

  /// Where the parabola at `right` gets below the one at `left`.
  private func crossing(_ left: Int, _ right: Int, _ scale: Double) -> Double {
    let rise = values[right] - values[left]
    return (rise / scale + Double(right * right - left * left)) / Double(2 * (right - left))
  }
}
