import Base

/// Batch selection by diverse gradient embeddings.
///
/// Ash, Zhang, Krishnamurthy, Langford, Agarwal. *Deep Batch Active Learning by Diverse, Uncertain
/// Gradient Lower Bounds.* ICLR 2020. <https://arxiv.org/abs/1906.03671>, Algorithm 1.
///
/// For an item with head input h ∈ ℝᴰ, probabilities p ∈ ℝᶜ and ŷ = argmax p, the last layer's
/// gradient under the guessed label is g = (p − e_ŷ) ⊗ h. The batch is chosen by k-means++ on g.
///
/// - Reads: `probabilities [N, C]` and `embeddings_current [N, H]`.
/// - Utility: the distance of g to the nearest chosen before; ‖g‖ for the first.
/// - Cost: O(budget·N·(C + H)) time, O(N·(C + H)) memory, in a mapped file from 256 MB; g is never
///   formed, since ⟨a⊗h, b⊗k⟩ = ⟨a, b⟩⟨h, k⟩.
/// - Randomness: one number per pick after the first and item, from the key and the item alone.
/// - Departures: the first pick is the largest ‖g‖, as in the authors' code (k-means++ draws it
///   uniformly); when every distance is zero the rest is drawn uniformly.
public struct BADGE: Rule {
  static let card = MethodCard(
    "large and diverse gradients of the last layer",
    cost: "O(b·N·(C + H))", regime: "medium to many labels",
    paper: "Ash 2020")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities, .currentEmbeddings]
  /// What the rule reads in segmentation: image means of the probabilities.
  public let needsInSegmentation: Set<PoolStatistic> = [.probabilities, .descriptors]
  let name = "badge"

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.similarityFeatures else { return }
    try draft.requireProbabilities(for: name)
    let gradients = try GradientEmbeddings(draft, matrix)
    var nearest = gradients.squaredNorms
    guard let first = draft.unlabelled.map({ nearest[$0] }).max(), first > 1e-12 else {
      return draft.fillAtRandom(because: "drawn at random; the head is sure of every item")
    }
    var draw = DistanceDraw(draft, from: 1, key: draft.key.folding("badge"))
    var isFirst = true
    while !draft.isFull {
      let apart = draft.unlabelled.filter { nearest[$0] > 1e-12 }
      let open = apart.filter(draft.isOpen)
      let next =
        isFirst
        ? largest(open, nearest).map { (place: $0, probability: nil as Double?) }
        : draw.next(open) { nearest[$0] }.map { ($0.place, $0.probability) }
      guard let (place, probability) = next else {
        if draft.loosen(among: apart) { continue } else { break }
      }
      let distance = nearest[place].squareRoot()
      draft.take(
        place, distance,
        isFirst
          ? "largest gradient, \(distance.short)" : "gradient \(distance.short) from the nearest",
        probability: probability)
      gradients.lower(&nearest, toThoseFrom: place, isFirst: isFirst)
      isFirst = false
    }
    draft.fillAtRandom(because: "drawn at random; no gradient is apart from the chosen ones")
  }

  private func largest(_ open: [Int], _ values: [Double]) -> Int? {
    open.max { values[$0] != values[$1] ? values[$0] < values[$1] : $0 > $1 }
  }
}

/// The gradients (p − e_ŷ) ⊗ h by their factors.
struct GradientEmbeddings {
  private let points: Points
  /// `[N, C]`: p − e_ŷ by place.
  private let errors: [Float]
  private let classes: Int
  /// ‖p − e_ŷ‖² by place.
  private let errorSquares: [Float]
  /// ‖g‖² by place; zero at labelled ones.
  let squaredNorms: [Double]

  init(_ draft: Draft, _ matrix: Matrix) throws {
    points = try Preparation.none.points(draft, matrix, places: Array(0..<draft.count))
    var (errors, errorSquares): ([Float], [Float]) = ([], [])
    var norms = [Double](repeating: 0, count: draft.count)
    for place in 0..<draft.count {
      var error = try draft.probabilities(at: place)
      if let guess = error.indices.max(by: { error[$0] < error[$1] }) { error[guess] -= 1 }
      let square = BLAS.dot(error, error, error.count)
      errorSquares.append(square)
      if !draft.isLabelled[place] { norms[place] = Double(square) * Double(points.squares[place]) }
      errors += error
    }
    (self.errors, self.errorSquares) = (errors, errorSquares)
    classes = errors.count / max(draft.count, 1)
    squaredNorms = norms
  }

  /// ‖g_i − g_j‖² = ‖a‖²‖h‖² + ‖b‖²‖k‖² − 2⟨a, b⟩⟨h, k⟩.
  func squaredDistance(_ first: Int, _ second: Int) -> Double {
    let angle = Double(BLAS.dot(points[first], points[second], points.width))
    let a = Double(errorSquares[first]) * Double(points.squares[first])
    let b = Double(errorSquares[second]) * Double(points.squares[second])
    return max(0, a + b - 2 * errorProduct(first, second) * angle)
  }

  private func errorProduct(_ first: Int, _ second: Int) -> Double {
    errors.withUnsafeBufferPointer { errors in
      guard let base = errors.baseAddress else { return 0 }
      return Double(BLAS.dot(base + first * classes, base + second * classes, classes))
    }
  }

  /// Lowers squared distances to those from a further place; replaces them where it is the first.
  func lower(_ nearest: inout [Double], toThoseFrom chosen: Int, isFirst: Bool) {
    let count = points.count
    let block = 1024
    nearest.withUnsafeMutableBufferPointer { nearest in
      BLAS.concurrently((count + block - 1) / block) { [nearest] number in
        for place in number * block..<min((number + 1) * block, count) {
          let distance = squaredDistance(place, chosen)
          nearest[place] = isFirst ? distance : min(nearest[place], distance)
        }
      }
      nearest[chosen] = 0
    }
  }
}
