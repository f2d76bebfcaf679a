package import Torch

/// How many connected components of each class a map may show.
///
/// Components are connected by the eight neighbours. A map with more keeps the largest, of equals
/// the one that begins first; the pixels of the others are absent.
package struct Components {
  /// One a class, the background's unlimited.
  package let most: [Int]
  private let width: Int

  /// As many as the labelled map with the most.
  package init(most masks: [[UInt8]], classes: Int, width: Int) {
    self.width = width
    var most = [Int](repeating: 0, count: classes)
    for mask in masks {
      var counts = [Int](repeating: 0, count: classes)
      for component in Self.components(mask.map { Int($0) }, width: width) {
        counts[component.label] += 1
      }
      most = zip(most, counts).map { max($0, $1) }
    }
    self.most = [.max] + most.dropFirst()
  }

  /// Maps `[B, H, W]` without the components that are too many.
  package func keep(_ maps: Tensor) -> Tensor {
    let shape = maps.shape
    var labels = maps.ints()
    let size = shape[1] * shape[2]
    for row in 0..<shape[0] {
      let range = row * size..<(row + 1) * size
      let components = Self.components(Array(labels[range]), width: width)
      for (label, members) in Dictionary(grouping: components, by: \.label)
      where members.count > most[label] {
        let order = members.sorted {
          $0.pixels.count == $1.pixels.count
            ? $0.pixels[0] < $1.pixels[0] : $0.pixels.count > $1.pixels.count
        }
        for pixel in order.dropFirst(most[label]).flatMap(\.pixels) {
          labels[range.lowerBound + pixel] = ConfidentRule.absentPixel
        }
      }
    }
    return Tensor(labels, shape, device: maps.device)
  }

  /// The components of every class but the background, in the order of their first pixels.
  static func components(_ map: [Int], width: Int) -> [(label: Int, pixels: [Int])] {
    var isSeen = map.map { $0 == 0 || $0 == ConfidentRule.absentPixel }
    var components: [(label: Int, pixels: [Int])] = []
    for start in map.indices where !isSeen[start] {
      isSeen[start] = true
      var pixels = [start]
      var next = 0
      while next < pixels.count {
        for neighbour in neighbours(of: pixels[next], in: map.count, width: width)
        where !isSeen[neighbour] && map[neighbour] == map[start] {
          isSeen[neighbour] = true
          pixels.append(neighbour)
        }
        next += 1
      }
      components.append((map[start], pixels))
    }
    return components
  }

  private static func neighbours(of pixel: Int, in count: Int, width: Int) -> [Int] {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
    let rows = max(row - 1, 0)...min(row + 1, count / width - 1)
    let columns = max(column - 1, 0)...min(column + 1, width - 1)
    return rows.flatMap { row in columns.map { row * width + $0 } }
  }
}
