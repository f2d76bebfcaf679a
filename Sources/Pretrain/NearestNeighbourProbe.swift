import Foundation

/// A weighted vote of the nearest labelled neighbours: what features are worth, without training.
///
/// Wu, Xiong, Yu, Lin. *Unsupervised Feature Learning via Non-parametric Instance Discrimination.*
/// CVPR 2018; in the form of DINO's evaluation (Caron et al., ICCV 2021): cosine similarity, the
/// vote of a neighbour weighs exp(similarity / T), T = 0.07.
public struct NearestNeighbourProbe {
  private let bank: [[Float]]
  private let labels: [Int]
  private let classes: Int
  private let neighbours: Int
  private let temperature: Float

  /// - Parameters:
  ///   - bank: features of the labelled images; they are scaled to unit length.
  ///   - labels: their classes.
  ///   - classes: C.
  ///   - neighbours: k; nil: min(20, max(1, ⌊labels / 2C⌋)).
  ///   - temperature: T.
  public init(
    bank: [[Float]], labels: [Int], classes: Int, neighbours: Int? = nil, temperature: Float = 0.07
  ) {
    self.bank = bank.map(Self.unit)
    self.labels = labels
    self.classes = classes
    self.neighbours = min(
      neighbours ?? min(20, max(1, labels.count / (2 * classes))), bank.count)
    self.temperature = temperature
  }

  /// Class shares of the vote, summing to 1.
  ///
  /// - Complexity: O(bank · D).
  public func probabilities(_ query: [Float]) -> [Double] {
    let query = Self.unit(query)
    let similarities = bank.map { row in zip(row, query).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
    let nearest = similarities.indices.sorted {
      similarities[$0] != similarities[$1] ? similarities[$0] > similarities[$1] : $0 < $1
    }
    .prefix(neighbours)
    var votes = [Double](repeating: 0, count: classes)
    for row in nearest { votes[labels[row]] += exp(Double(similarities[row] / temperature)) }
    let total = votes.reduce(0, +)
    return votes.map { $0 / total }
  }

  /// The class with the largest vote; the smaller number wins a tie.
  public func predict(_ query: [Float]) -> Int {
    let votes = probabilities(query)
    return votes.indices.max { (votes[$0], -$0) < (votes[$1], -$1) } ?? 0
  }

  private static func unit(_ row: [Float]) -> [Float] {
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length < 1e-12 ? row : row.map { $0 / length }
  }
}
