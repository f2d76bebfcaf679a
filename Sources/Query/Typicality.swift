/// How close an item stands to its nearest neighbours.
enum Typicality {
  private static let most = 4096

  /// 1 / (mean distance to the k nearest other members + 10⁻⁵); 0 where k is 0.
  ///
  /// - Complexity: O(m·min(m, 4096)·width) for m members.
  static func values(_ members: [Int], _ points: Points, neighbours k: Int) throws -> [Double] {
    if k == 0 { return Array(repeating: 0, count: members.count) }
    // Members come in the order of places, so that a prefix is a uniform sample.
    let others = members.prefix(most)
    let rows = try Points(gathering: members, of: points)
    var columns = [Float](repeating: 0, count: others.count * points.width)
    points.gather(others, into: &columns, columns: others.count)
    let squares = others.map { points.squares[$0] }
    var values = [Double](repeating: 0, count: members.count)
    values.withUnsafeMutableBufferPointer { out in
      rows.sweep(rows: rows.count, columns: columns, squares.count) { [out] block, products in
        for row in block {
          let line = products + (row - block.lowerBound) * squares.count
          let distances = squares.indices.filter { $0 != row }.map {
            max(0, rows.squares[row] + squares[$0] - 2 * line[$0])
          }
          out[row] = 1 / (meanRoot(distances, smallest: k) + 1e-5)
        }
      }
    }
    return values
  }

  /// The mean of the roots of the k smallest numbers.
  private static func meanRoot(_ squares: [Float], smallest k: Int) -> Double {
    var nearest: [Float] = []
    for square in squares where nearest.count < k || square < nearest[nearest.count - 1] {
      if nearest.count == k { nearest.removeLast() }
      nearest.insert(square, at: nearest.firstIndex { $0 > square } ?? nearest.count)
    }
    let sum = nearest.reduce(0.0) { $0 + Double($1).squareRoot() }
    return sum / Double(max(nearest.count, 1))
  }
}
