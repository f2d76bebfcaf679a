import Base
import Foundation

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
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities, .currentEmbeddings]
  /// What the rule reads in segmentation: image means of the probabilities.
  public let needsInSegmentation: Set<PoolStatistic> = [.probabilities, .descriptors]
  let name = "badge"

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.similarityFeatures else { return }
    if draft.pool.probabilities == nil, draft.pool.logits == nil {
      throw Diagnostic(
        "'badge' needs probabilities, for which a pixel aggregate cannot stand in",
        fix: "give each image's mean class probabilities as probabilities.npy")
    }
    let gradients = try GradientEmbeddings(draft, matrix)
    var nearest = gradients.squaredNorms
    guard let first = draft.unlabelled.map({ nearest[$0] }).max(), first > 1e-12 else {
      return draft.fillAtRandom(because: "drawn at random; the head is sure of every item")
    }
    var number = 0
    while !draft.isFull {
      let apart = draft.unlabelled.filter { nearest[$0] > 1e-12 }
      let open = apart.filter(draft.isOpen)
      guard let next = number == 0 ? largest(open, nearest) : drawn(open, nearest, draft, number)
      else {
        if draft.loosen(among: apart) { continue } else { break }
      }
      let distance = nearest[next].squareRoot()
      draft.take(
        next, distance,
        number == 0
          ? "largest gradient, \(distance.short)" : "gradient \(distance.short) from the nearest")
      gradients.lower(&nearest, toThoseFrom: next, isFirst: number == 0)
      number += 1
    }
    draft.fillAtRandom(because: "drawn at random; no gradient is apart from the chosen ones")
  }

  private func largest(_ open: [Int], _ values: [Double]) -> Int? {
    open.max { values[$0] != values[$1] ? values[$0] < values[$1] : $0 > $1 }
  }

  /// A place with a chance in proportion to its squared distance, as the largest of noisy logs, so
  /// that an item's noise does not depend on the other items.
  private func drawn(_ open: [Int], _ nearest: [Double], _ draft: Draft, _ number: Int) -> Int? {
    let key = draft.key.folding("badge").folding(number)
    let noisy = open.map { log(nearest[$0]) + key.folding(draft.item($0)).gumbel() }
    return noisy.indices.max { noisy[$0] < noisy[$1] }.map { open[$0] }
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
