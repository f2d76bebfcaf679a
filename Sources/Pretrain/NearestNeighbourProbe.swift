public import Evaluation
import Foundation
import NN
public import Torch

/// A weighted vote of the nearest labelled neighbours: what features are worth, without training.
///
/// Wu, Xiong, Yu, Lin. *Unsupervised Feature Learning via Non-parametric Instance Discrimination.*
/// CVPR 2018; in the form of DINO's evaluation (Caron et al., ICCV 2021): cosine similarity, the
/// vote of a neighbour weighs exp(similarity / T), T = 0.07.
public struct NearestNeighbourProbe {
  private let bank: Tensor
  private let labels: [Int]
  private let classes: Int
  private let neighbours: Int
  private let temperature: Double

  /// - Parameters:
  ///   - bank: features of the labelled images `[n, D]`; they are scaled to unit length.
  ///   - labels: their n classes.
  ///   - classes: C.
  ///   - neighbours: k; nil: min(20, max(1, ⌊n / 2C⌋)).
  ///   - temperature: T.
  public init(
    bank: Tensor, labels: [Int], classes: Int, neighbours: Int? = nil, temperature: Double = 0.07
  ) {
    precondition(bank.shape[0] == labels.count, "one label per row of the bank")
    self.bank = Loss.normalized(bank)
    self.labels = labels
    self.classes = classes
    self.neighbours = min(
      neighbours ?? min(20, max(1, labels.count / (2 * classes))), labels.count)
    self.temperature = temperature
  }

  /// Class shares of the vote for features `[m, D]`, each row summing to 1; of equally near
  /// neighbours the one that stands first in the bank counts.
  ///
  /// - Complexity: O(m · n · (D + log n)).
  public func probabilities(_ queries: Tensor) -> ClassProbabilities {
    let similarities = withoutGradients {
      Loss.normalized(queries).matmul(bank.t()).to(.cpu).to(.float64).doubles()
    }
    let rows = stride(from: 0, to: similarities.count, by: labels.count).flatMap { start in
      shares(Array(similarities[start..<start + labels.count]))
    }
    return ClassProbabilities(rows, classes: classes)
  }

  private func shares(_ similarities: [Double]) -> [Float] {
    let nearest = similarities.indices.sorted {
      similarities[$0] != similarities[$1] ? similarities[$0] > similarities[$1] : $0 < $1
    }
    .prefix(neighbours)
    var votes = [Double](repeating: 0, count: classes)
    for row in nearest { votes[labels[row]] += exp(similarities[row] / temperature) }
    let total = votes.reduce(0, +)
    return votes.map { Float($0 / total) }
  }
}
