import Base

/// Coverage by balls of a fixed radius.
///
/// Yehuda, Dekel, Hacohen, Weinshall. *Active Learning Through a Covering Lens.* NeurIPS 2022.
/// <https://arxiv.org/abs/2205.11320>, Algorithm 1.
///
/// Chosen is the item whose ball of radius δ holds the most items that no ball of a labelled or
/// chosen item holds. δ is the largest radius at which the balls are pure: the share of items whose
/// ball holds one cluster only, of as many clusters as classes, is at least 0.95.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the items newly covered.
/// - Cost: as `MaxHerding`.
/// - Randomness: the seeds of the clustering, ties, and the samples in larger pools.
/// - Departures: when everything is covered `MaxHerding` takes over, where the authors' code goes on
///   with the first item. The number of classes is that of the labels, at least ten without any.
///   `MaxHerding`, which has no radius to miss, was measured better.
public struct ProbCover: Rule {
  static let card = MethodCard(
    "coverage by balls of a fixed radius",
    cost: "O(N·min(N, 20,000)·D)", regime: "the first labels, where the radius fits",
    paper: "Yehuda 2022")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  /// δ; nil to find it from the purity of the balls.
  public let radius: Double?
  /// How much of a large pool is looked at.
  package var sample = CoverageSample()
  let name = "probcover"

  /// The rule with its radius; nil to find it.
  public init(radius: Double? = nil) { self.radius = radius }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let radius = try radius ?? Purity(draft, matrix).radius()
    try Herding(kernel: .ball(radius: radius), sample: sample).take(draft, matrix)
    if !draft.isFull {
      try Herding(sample: sample).take(draft, matrix) { _ in "; every item lies in a ball" }
    }
    draft.fillAtRandom()
  }
}

/// How pure balls are: whether the neighbours of an item are of its cluster.
///
/// Measured on the first 2,048 places, a uniform sample (see `Draft`).
struct Purity {
  private let points: Points
  /// For each point the squared distance of the nearest one of another cluster.
  private let nearestOther: [Float]
  private static let most = 2048

  init(_ draft: Draft, _ matrix: Matrix) throws {
    let places = Array(0..<min(draft.count, Self.most))
    points = try Preparation.standard.points(draft, matrix, places: places)
    let classes = Set(draft.pool.labelled.values.filter { $0 >= 0 }).count
    let key = draft.key.folding("purity")
    let clusters = KMeans(points, clusters: classes > 1 ? classes : 10, key: key).assignment
    nearestOther = Self.nearestOther(points, clusters)
  }

  private static func nearestOther(_ points: Points, _ clusters: [Int]) -> [Float] {
    var nearest = [Float](repeating: .infinity, count: points.count)
    nearest.withUnsafeMutableBufferPointer { nearest in
      points.sweep(rows: points.count, columns: points.base, points.count) {
        [nearest] rows, products in
        for row in rows {
          let line = products + (row - rows.lowerBound) * points.count
          for other in 0..<points.count where clusters[other] != clusters[row] {
            let distance = points.squares[row] + points.squares[other] - 2 * line[other]
            nearest[row] = min(nearest[row], max(0, distance))
          }
        }
      }
    }
    return nearest
  }

  /// The largest radius at which at least a share of the balls are pure.
  func radius(share: Double = 0.95) -> Double {
    let sorted = nearestOther.sorted()
    let impure = Int((1 - share) * Double(sorted.count))
    let limit = Double(sorted[min(impure, sorted.count - 1)]).squareRoot()
    // The ball of the next point is to stay pure, so its neighbour must lie outside.
    return limit.isFinite ? limit * (1 - 1e-3) : Bandwidth.medianDistance(points) / 2
  }
}
