/// The scale of a pool: the median distance between two of its points.
enum Bandwidth {
  private static let most = 1024

  /// The median over all pairs of the first 1,024 points, which are a uniform sample (see `Draft`);
  /// 1 where it vanishes.
  static func medianDistance(_ points: Points) -> Double {
    var distances = squaredDistances(points, among: min(points.count, most))
    guard !distances.isEmpty else { return 1 }
    let low = distances.smallest((distances.count - 1) / 2)
    let high = distances.smallest(distances.count / 2)
    let median = (Double(low).squareRoot() + Double(high).squareRoot()) / 2
    return median > 0 ? median : 1
  }

  /// The squared distance of every pair of the first `count` points.
  private static func squaredDistances(_ points: Points, among count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count * max(count - 1, 0) / 2) { buffer, written in
      written = buffer.count
      points.sweep(rows: count, columns: points.base, count) { [buffer] rows, products in
        for row in rows {
          let line = products + (row - rows.lowerBound) * count
          for other in 0..<row {
            buffer[row * (row - 1) / 2 + other] =
              max(0, points.squares[row] + points.squares[other] - 2 * line[other])
          }
        }
      }
    }
  }
}

extension [Float] {
  /// The number at `rank` (from 0) in ascending order; the array is partly sorted by the way.
  ///
  /// Hoare. *Algorithm 65: Find.* Communications of the ACM, 1961.
  ///
  /// - Complexity: O(n) on average.
  mutating func smallest(_ rank: Int) -> Float {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          (left, right) = (left + 1, right - 1)
        }
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { break }
    }
    return self[rank]
  }
}
