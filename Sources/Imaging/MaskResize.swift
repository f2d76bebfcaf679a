extension ImageBuffer {
  /// Every new pixel takes the old one at its centre, as Pillow's `NEAREST`; any kind of sample.
  public func resizedToNearest(height newHeight: Int, width newWidth: Int) -> ImageBuffer {
    precondition(newHeight > 0 && newWidth > 0, "an image of \(newHeight) × \(newWidth)")
    func centres(_ old: Int, _ new: Int) -> [Int] {
      (0..<new).map { min(old - 1, Int((Double($0) + 0.5) * (Double(old) / Double(new)))) }
    }
    let (rows, columns) = (centres(height, newHeight), centres(width, newWidth))
    return rearranged(height: newHeight, width: newWidth) { (rows[$0], columns[$1]) }
      .withGeometryResized(from: self)
  }

  /// Every new pixel takes the value that fills most of its area; of equals, the smallest.
  ///
  /// For class numbers and palette entries: no value appears that was not there.
  public func resizedByMajority(height newHeight: Int, width newWidth: Int) -> ImageBuffer {
    precondition(channels == 1 && sample.isInteger, "a majority of colours or fractions")
    precondition(newHeight > 0 && newWidth > 0, "a mask of \(newHeight) × \(newWidth)")
    return majority(newHeight, newWidth).withGeometryResized(from: self)
  }

  private func majority(_ newHeight: Int, _ newWidth: Int) -> ImageBuffer {
    let rows = Coverage.plan(from: height, to: newHeight)
    let columns = Coverage.plan(from: width, to: newWidth)
    let stored = doubles()
    var winners: [Double] = []
    winners.reserveCapacity(frames * newHeight * newWidth)
    var tally = Tally()
    for frame in 0..<frames {
      for row in rows {
        for column in columns {
          tally.removeAll()
          for (y, high) in row.parts {
            let start = (frame * height + y) * width
            for (x, wide) in column.parts { tally.add(stored[start + x], high * wide) }
          }
          winners.append(tally.winner)
        }
      }
    }
    var result = self
    (result.height, result.width) = (newHeight, newWidth)
    result.bytes = sample.bytes(nearest: winners)
    return result
  }
}

/// The old pixels under a new one along one axis, with the length that each covers.
private struct Coverage {
  let parts: [(index: Int, length: Int)]

  /// In units in which both grids are whole: an old pixel is `new` long, a new one `old`.
  static func plan(from old: Int, to new: Int) -> [Coverage] {
    (0..<new).map { index in
      let (start, end) = (index * old, (index + 1) * old)
      return Coverage(
        parts: (start / new...(end - 1) / new).map { position in
          (position, min(end, (position + 1) * new) - max(start, position * new))
        })
    }
  }
}

/// Areas by value; few values meet under one pixel, so a list is enough.
private struct Tally {
  private var entries: [(value: Double, area: Int)] = []

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  mutating func add(_ value: Double, _ area: Int) {
    if let index = entries.firstIndex(where: { $0.value == value }) {
      entries[index].area += area
    } else {
      entries.append((value, area))
    }
  }

  var winner: Double {
    var best = entries[0]
    for entry in entries.dropFirst()
    where entry.area > best.area || (entry.area == best.area && entry.value < best.value) {
      best = entry
    }
    return best.value
  }
}
