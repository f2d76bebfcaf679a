import Base
import Foundation

/// Lloyd's k-means, seeded by k-means++.
///
/// Arthur, Vassilvitskii. *k-means++: The Advantages of Careful Seeding.* SODA 2007. Points may have
/// weights, which count in seeds, centres and inertia. Of `restarts` runs the one of least inertia
/// is kept. In larger pools these runs see max(20,480, 64·K) points, a uniform sample, and the kept
/// one goes on over all points. An empty cluster starts anew at the point farthest from its centre.
///
/// - Complexity: O(N·K·width) per iteration, at most 50 iterations over all points.
struct KMeans {
  /// `[K, width]`.
  private(set) var centres: [Float] = []
  /// The cluster of each point.
  private(set) var assignment: [Int] = []
  /// The squared distance of each point from its centre.
  private(set) var squaredDistances: [Float] = []

  let clusters: Int
  private let points: Points
  /// What each point weighs; nil for all alike.
  private let weights: [Float]?
  private static let iterations = 50

  /// Weights that all vanish count as none.
  init(
    _ points: Points, clusters: Int, restarts: Int = 3, weights: [Float]? = nil, key: RandomKey
  ) {
    self.points = points
    self.weights = weights.flatMap { $0.contains { $0 > 0 } ? $0 : nil }
    self.clusters = min(clusters, points.count)
    let fitted = min(points.count, max(20_480, 64 * clusters))
    var least = Double.infinity
    for restart in 0..<restarts {
      var run = self
      let seeds = points.seeds(
        run.clusters, among: fitted, weights: run.weights, key: key.folding(restart))
      run.centres = points.coordinates(of: seeds)
      run.descend(fitted, Self.iterations)
      let inertia = run.inertia
      if inertia < least { (least, centres) = (inertia, run.centres) }
    }
    if fitted < points.count {
      descend(points.count, Self.iterations)
    } else {
      assign(points.count)
    }
  }

  /// All points, from the centres given by their numbers, for so many iterations at most.
  init(_ points: Points, from seeds: [Int], iterations: Int) {
    (self.points, clusters, weights) = (points, seeds.count, nil)
    centres = points.coordinates(of: seeds)
    descend(points.count, iterations)
  }

  /// The points of each cluster.
  func members() -> [[Int]] {
    var members = [[Int]](repeating: [], count: clusters)
    for (point, cluster) in assignment.enumerated() { members[cluster].append(point) }
    return members
  }

  /// The points of the clusters that have any, large ones first.
  func bySize() -> [[Int]] {
    members().filter { !$0.isEmpty }.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  /// The weighted sum of the squared distances.
  var inertia: Double {
    squaredDistances.indices.reduce(0) { $0 + weight($1) * Double(squaredDistances[$1]) }
  }

  private func weight(_ point: Int) -> Double { weights.map { Double($0[point]) } ?? 1 }

  /// Lloyd's iterations over the first points, until none changes its cluster.
  private mutating func descend(_ count: Int, _ iterations: Int) {
    var before: [Int] = []
    for _ in 0..<iterations {
      let sums = assign(count)
      if assignment == before { return }
      before = assignment
      update(sums)
    }
    assign(count)
  }

  /// Gives each of the first points to its nearest centre; returns the clusters' sums.
  @discardableResult
  private mutating func assign(_ count: Int) -> ClusterSums {
    let nearest = NearestCentre(centres, clusters, width: points.width)
    assignment = Array(repeating: 0, count: count)
    squaredDistances = Array(repeating: 0, count: count)
    var sums = ClusterSums(clusters, width: points.width, points: count)
    assignment.withUnsafeMutableBufferPointer { assignment in
      squaredDistances.withUnsafeMutableBufferPointer { distances in
        sums.add { [points, weights, assignment, distances] part, range in
          points.sweep(range, columns: nearest.centres, clusters) { rows, products in
            for row in rows {
              let line = products + (row - rows.lowerBound) * nearest.count
              let (best, closeness) = nearest.find(line)
              assignment[row] = best
              distances[row] = max(0, points.squares[row] - 2 * closeness)
              part.add(points[row], to: best, weight: weights.map { Double($0[row]) } ?? 1)
            }
          }
        }
      }
    }
    return sums
  }

  /// Moves each centre to the mean of its points, an empty cluster's to the farthest point.
  private mutating func update(_ sums: ClusterSums) {
    let width = points.width
    let (values, totals) = sums.total()
    for cluster in 0..<clusters {
      if totals[cluster] > 0 {
        for column in cluster * width..<(cluster + 1) * width {
          centres[column] = Float(values[column] / totals[cluster])
        }
      } else if let farthest = squaredDistances.indices.max(by: {
        squaredDistances[$0] < squaredDistances[$1]
      }) {
        squaredDistances[farthest] = 0
        let row = UnsafeBufferPointer(start: points[farthest], count: width)
        centres.replaceSubrange(cluster * width..<(cluster + 1) * width, with: row)
      }
    }
  }
}

/// Finds the nearest of some centres from a point's products with them.
private struct NearestCentre {
  /// `[count, width]`.
  let centres: [Float]
  let count: Int
  /// Half the squared length of each, and infinities up to a multiple of eight.
  private let halves: [SIMD8<Float>]

  init(_ centres: [Float], _ count: Int, width: Int) {
    (self.centres, self.count) = (centres, count)
    var halves = [SIMD8<Float>](
      repeating: SIMD8(repeating: .infinity), count: (count + 7) / 8)
    centres.withUnsafeBufferPointer { centres in
      guard let start = centres.baseAddress else { return }
      for number in 0..<count {
        let centre = start + number * width
        halves[number / 8][number % 8] = BLAS.dot(centre, centre, width) / 2
      }
    }
    self.halves = halves
  }

  /// The first of the nearest, and its product less half its squared length: half of what is to be
  /// taken from the point's squared length.
  func find(_ line: UnsafePointer<Float>) -> (number: Int, closeness: Float) {
    var highest = SIMD8<Float>(repeating: -.infinity)
    var blocks = SIMD8<Int32>(repeating: 0)
    halves.withUnsafeBufferPointer { halves in
      for block in 0..<halves.count {
        let start = line + 8 * block
        var products = SIMD8<Float>(repeating: 0)
        if count - 8 * block >= 8 {
          products = UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Float>.self)
        } else {
          for lane in 0..<count - 8 * block { products[lane] = start[lane] }
        }
        let values = products - halves[block]
        let isHigher = values .> highest
        highest.replace(with: values, where: isHigher)
        blocks.replace(with: SIMD8(repeating: Int32(block)), where: isHigher)
      }
    }
    let closeness = highest.max()
    var number = Int.max
    for lane in 0..<8 where highest[lane] == closeness {
      number = min(number, 8 * Int(blocks[lane]) + lane)
    }
    return (number, closeness)
  }
}

/// The sums of the points of each cluster, added up in a fixed number of parts side by side, so that
/// they do not depend on the number of threads.
private struct ClusterSums {
  /// One part's sums `[K, width]` and numbers of points `[K]`, in one array.
  struct Part {
    fileprivate let values: UnsafeMutablePointer<Double>
    fileprivate let totals: UnsafeMutablePointer<Double>
    fileprivate let width: Int

    func add(_ point: UnsafePointer<Float>, to cluster: Int, weight: Double) {
      let sums = values + cluster * width
      for column in 0..<width { sums[column] += weight * Double(point[column]) }
      totals[cluster] += weight
    }
  }

  private let clusters: Int
  private let width: Int
  private let points: Int
  private let parts: Int
  private var values: [Double]

  private static let most = 16
  private static let least = 2048

  init(_ clusters: Int, width: Int, points: Int) {
    (self.clusters, self.width, self.points) = (clusters, width, points)
    parts = max(1, min(Self.most, points / Self.least))
    values = Array(repeating: 0, count: parts * clusters * (width + 1))
  }

  /// Runs `body` on each part and its range of points.
  mutating func add(_ body: (Part, Range<Int>) -> Void) {
    let (parts, clusters, width, points) = (parts, clusters, width, points)
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      BLAS.concurrently(parts) { [base] part in
        let start = base + part * clusters * (width + 1)
        body(
          Part(values: start, totals: start + clusters * width, width: width),
          points * part / parts..<points * (part + 1) / parts)
      }
    }
  }

  /// The sums and numbers over all parts.
  func total() -> (values: [Double], totals: [Double]) {
    let size = clusters * (width + 1)
    var sums = Array(values[..<size])
    for part in 1..<max(parts, 1) {
      for index in 0..<size { sums[index] += values[part * size + index] }
    }
    return (Array(sums[..<(clusters * width)]), Array(sums[(clusters * width)...]))
  }
}

extension Points {
  /// The coordinates of some points, `[indices, width]`.
  fileprivate func coordinates(of indices: [Int]) -> [Float] {
    indices.flatMap { UnsafeBufferPointer(start: self[$0], count: width) }
  }

  /// The seeds of k-means++: drawn with chances in proportion to the squared distance from the
  /// nearest before, the first uniformly; where points have weights, times these.
  ///
  /// - Complexity: O(count·among·width).
  func seeds(
    _ count: Int, among points: Int, weights: [Float]? = nil, key: RandomKey
  ) -> [Int] {
    var nearest = [Float](repeating: 1, count: points)
    var seeds: [Int] = []
    for number in 0..<count {
      let chances = weights.map { zip(nearest, $0).map { $0 * $1 } } ?? nearest
      let seed = Self.draw(chances, key.folding(number).uniform())
      seeds.append(seed)
      if number == 0 { nearest = Array(repeating: .infinity, count: points) }
      lower(&nearest, toNearestOf: [seed])
    }
    return seeds
  }

  /// The index at which the running sum of `chances` passes a share of the whole.
  private static func draw(_ chances: [Float], _ share: Double) -> Int {
    let block = 1024
    let sums = stride(from: 0, to: chances.count, by: block).map { start in
      chances[start..<min(start + block, chances.count)].reduce(0.0) { $0 + Double($1) }
    }
    let total = sums.reduce(0, +)
    if total <= 0 { return min(Int(share * Double(chances.count)), chances.count - 1) }
    var rest = share * total
    var (start, last) = (0, 0)
    while start < sums.count - 1, rest >= sums[start] {
      rest -= sums[start]
      start += 1
    }
    for index in start * block..<chances.count where chances[index] > 0 {
      last = index
      rest -= Double(chances[index])
      if rest < 0 { break }
    }
    return last
  }
}
