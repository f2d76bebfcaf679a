/// The nearest neighbours of points among a part of them.
enum Neighbours {
  /// The mean of a function of the squared distances to the k nearest of `others`, a point itself
  /// not counted; for each of `members`.
  ///
  /// - Complexity: O(m·n·width) time for m members and n others, O(m + n·width) memory.
  static func means(
    _ members: [Int], among others: [Int], _ points: Points, nearest k: Int,
    of value: @Sendable (Float) -> Double
  ) throws -> [Double] {
    let rows = try Points(gathering: members, of: points)
    var columns = [Float](repeating: 0, count: max(others.count, 1) * points.width)
    points.gather(others[...], into: &columns, columns: others.count)
    let squares = others.map { points.squares[$0] }
    var means = [Double](repeating: 0, count: members.count)
    means.withUnsafeMutableBufferPointer { out in
      rows.sweep(rows: rows.count, columns: columns, squares.count) { [out] block, products in
        for row in block {
          let line = products + (row - block.lowerBound) * squares.count
          var nearest = Nearest(k)
          for slot in squares.indices where others[slot] != members[row] {
            nearest.insert(max(0, rows.squares[row] + squares[slot] - 2 * line[slot]))
          }
          out[row] = nearest.mean(of: value)
        }
      }
    }
    return means
  }

  /// The k smallest of the numbers put in.
  private struct Nearest {
    private let most: Int
    private var values: [Float] = []

    init(_ most: Int) { self.most = most }

    mutating func insert(_ square: Float) {
      if values.count == most, square >= values[most - 1] { return }
      if values.count == most { values.removeLast() }
      values.insert(square, at: values.firstIndex { $0 > square } ?? values.count)
    }

    func mean(of value: (Float) -> Double) -> Double {
      values.reduce(0) { $0 + value($1) } / Double(max(values.count, 1))
    }
  }
}
