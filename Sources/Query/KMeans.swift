import Base
import Foundation

/// Lloyd's k-means, seeded by k-means++.
///
/// Arthur, Vassilvitskii. *k-means++: The Advantages of Careful Seeding.* SODA 2007. Of `restarts`
/// runs the one of least inertia is kept. Centres are fitted on at most max(20,480, 64·K) points, a
/// uniform sample; all points are then assigned. An empty cluster starts anew at the point farthest
/// from its centre.
///
/// - Complexity: O(n·K·width) per iteration on n fitted points, at most 50 iterations.
struct KMeans {
  /// `[K, width]`.
  private(set) var centres: [Float] = []
  /// The cluster of each point.
  private(set) var assignment: [Int] = []
  /// The squared distance of each point from its centre.
  private(set) var squaredDistances: [Float] = []

  let clusters: Int
  private let points: Points
  private static let iterations = 50

  init(_ points: Points, clusters: Int, restarts: Int = 3, key: RandomKey) {
    self.points = points
    self.clusters = min(clusters, points.count)
    let fitted = min(points.count, max(20_480, 64 * clusters))
    var least = Double.infinity
    for restart in 0..<restarts {
      var run = self
      run.fit(fitted, key: key.folding(restart))
      let inertia = run.inertia(fitted)
      if inertia < least { (least, centres) = (inertia, run.centres) }
    }
    assign(points.count)
  }

  /// The points of each cluster.
  func members() -> [[Int]] {
    var members = [[Int]](repeating: [], count: clusters)
    for (point, cluster) in assignment.enumerated() { members[cluster].append(point) }
    return members
  }

  private func inertia(_ count: Int) -> Double {
    (0..<count).reduce(0) { $0 + Double(squaredDistances[$1]) }
  }

  private mutating func fit(_ count: Int, key: RandomKey) {
    seed(count, key)
    var before: [Int] = []
    for _ in 0..<Self.iterations {
      assign(count)
      if assignment == before { return }
      before = assignment
      update(count)
    }
    assign(count)
  }

  /// Draws centres with chances in proportion to the squared distance from the nearest before.
  private mutating func seed(_ count: Int, _ key: RandomKey) {
    var nearest = [Float](repeating: .infinity, count: count)
    centres = []
    for number in 0..<clusters {
      let chances = nearest.map { number == 0 ? 1 : Double($0) }
      let point = Self.draw(chances, key.folding(number).uniform())
      centres += UnsafeBufferPointer(start: points[point], count: points.width)
      points.lower(&nearest, toNearestOf: [point])
    }
  }

  /// Gives each of the first points to its nearest centre.
  private mutating func assign(_ count: Int) {
    let halves = (0..<clusters).map { number in
      centres.withUnsafeBufferPointer { centres -> Float in
        guard let centre = centres.baseAddress else { return 0 }
        let start = centre + number * points.width
        return BLAS.dot(start, start, points.width) / 2
      }
    }
    assignment = Array(repeating: 0, count: count)
    squaredDistances = Array(repeating: 0, count: count)
    assignment.withUnsafeMutableBufferPointer { assignment in
      squaredDistances.withUnsafeMutableBufferPointer { distances in
        points.sweep(rows: count, columns: centres, clusters) {
          [points, assignment, distances] rows, products in
          for row in rows {
            let line = products + (row - rows.lowerBound) * halves.count
            var best = 0
            for number in halves.indices
            where line[number] - halves[number] > line[best] - halves[best] {
              best = number
            }
            assignment[row] = best
            distances[row] = max(0, points.squares[row] - 2 * (line[best] - halves[best]))
          }
        }
      }
    }
  }

  /// Moves each centre to the mean of its points, an empty cluster's to the farthest point.
  private mutating func update(_ count: Int) {
    let width = points.width
    var sums = [Double](repeating: 0, count: clusters * width)
    var totals = [Double](repeating: 0, count: clusters)
    for point in 0..<count {
      let (cluster, row) = (assignment[point], points[point])
      totals[cluster] += 1
      for column in 0..<width { sums[cluster * width + column] += Double(row[column]) }
    }
    for cluster in 0..<clusters {
      if totals[cluster] > 0 {
        for column in cluster * width..<(cluster + 1) * width {
          centres[column] = Float(sums[column] / totals[cluster])
        }
      } else if let farthest = (0..<count).max(by: { squaredDistances[$0] < squaredDistances[$1] })
      {
        squaredDistances[farthest] = 0
        let row = UnsafeBufferPointer(start: points[farthest], count: width)
        centres.replaceSubrange(cluster * width..<(cluster + 1) * width, with: row)
      }
    }
  }

  /// The index at which the running sum of `chances` passes a share of the whole.
  static func draw(_ chances: [Double], _ share: Double) -> Int {
    let total = chances.reduce(0, +)
    var rest = share * total
    if total <= 0 { return min(Int(share * Double(chances.count)), chances.count - 1) }
    var last = 0
    for (index, chance) in chances.enumerated() where chance > 0 {
      last = index
      rest -= chance
      if rest < 0 { return index }
    }
    return last
  }
}
