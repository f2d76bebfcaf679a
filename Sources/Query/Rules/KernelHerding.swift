import Base
import Foundation

/// Items whose mean kernel follows the pool's: dense places first, then away from what is chosen.
///
/// Chen, Welling, Smola. *Super-Samples from Kernel Herding.* UAI 2010.
/// <https://arxiv.org/abs/1203.3472>. Chosen is argmax (1/N) Σₙ k(x, xₙ) − (1/(t+1)) Σ_s k(x, s) over
/// the t labelled and chosen items s, with k(x, y) = exp(−‖x − y‖² / 2σ²), σ = `bandwidth` · median
/// distance; no item twice.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the number that is maximised.
/// - Cost: O(min(N, 20,000)·min(N, 50,000)·256) once, O(min(N, 50,000)·256) per pick and labelled
///   item; in larger pools the means are taken over a uniform sample, of another the picks.
/// - Randomness: none but ties, and the samples in larger pools.
/// - Departures: labelled items count as chosen; an item that is one of the N counts in its own mean.
public struct KernelHerding: Rule {
  static let card = MethodCard(
    "the chosen items have the pool's mean in kernel space", cost: "O(N·min(N, 20,000)·D)",
    regime: "the first labels", paper: "Chen, Welling, Smola 2010")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  /// σ in units of the median distance between two items.
  public let bandwidth: Double
  let name = "kernel-herding"

  /// The rule with its kernel's width.
  public init(bandwidth: Double = 0.5) { self.bandwidth = bandwidth }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let window = Herding(bandwidth: bandwidth)
    let points = try window.points(draft, matrix)
    let coverage = window.coverage(points, nil)
    let candidates = points.places.indices.filter {
      $0 < window.sample.candidates && !draft.isSettled(points.places[$0])
    }
    let means = coverage.gains(of: candidates).map { $0 / Double(coverage.references) }
    var sums = [Double](repeating: 0, count: points.count)
    let settled = points.places.indices.filter { draft.isSettled(points.places[$0]) }
    points.add(coverage.kernel, with: settled, to: &sums)
    var number = settled.count
    while !draft.isFull {
      let open = candidates.indices.filter { draft.isOpen(points.places[candidates[$0]]) }
      let values = open.map { means[$0] - sums[candidates[$0]] / Double(number + 1) }
      guard let slot = values.indices.max(by: { values[$0] < values[$1] }) else {
        if draft.loosen(among: candidates.map { points.places[$0] }) { continue } else { break }
      }
      let point = candidates[open[slot]]
      draft.take(
        points.places[point], values[slot],
        "mean similarity \(means[open[slot]].short) to the pool, "
          + "\((sums[point] / Double(max(number, 1))).short) to the chosen")
      points.add(coverage.kernel, with: [point], to: &sums)
      number += 1
    }
    draft.fillAtRandom()
  }
}

extension Points {
  /// Adds to each point's number its kernel values with some points.
  ///
  /// - Complexity: O(n·m·width) for m points.
  func add(_ kernel: Kernel, with indices: [Int], to sums: inout [Double]) {
    let most = 256
    var columns = [Float](repeating: 0, count: most * width)
    sums.withUnsafeMutableBufferPointer { sums in
      for start in stride(from: 0, to: indices.count, by: most) {
        let block = indices[start..<min(start + most, indices.count)]
        gather(block, into: &columns, columns: block.count)
        let squares = block.map { self.squares[$0] }
        sweep(rows: count, columns: columns, block.count) { [sums] rows, products in
          for row in rows {
            let line = products + (row - rows.lowerBound) * squares.count
            for slot in squares.indices {
              let squared = max(0, self.squares[row] + squares[slot] - 2 * line[slot])
              sums[row] += kernel.value(squaredDistance: Double(squared))
            }
          }
        }
      }
    }
  }
}
