/// The scale of a pool: the median distance between two of its points.
enum Bandwidth {
  private static let most = 1024

  /// The median over all pairs of the first 1,024 points, which are a uniform sample (see `Draft`);
  /// 1 where it vanishes.
  static func medianDistance(_ points: Points) -> Double {
    let count = min(points.count, most)
    var distances: [Float] = []
    distances.reserveCapacity(count * (count - 1) / 2)
    for first in 0..<count {
      for second in 0..<first { distances.append(points.squaredDistance(first, second)) }
    }
    distances.sort()
    guard !distances.isEmpty else { return 1 }
    let low = Double(distances[(distances.count - 1) / 2]).squareRoot()
    let high = Double(distances[distances.count / 2]).squareRoot()
    let median = (low + high) / 2
    return median > 0 ? median : 1
  }
}
