package import Base
package import Torch

/// A batch in parts that are normalised apart from one another.
///
/// Batch statistics tell the images of a batch about each other, which lets momentum contrast find
/// its positive without looking at the image. Over several devices MoCo shuffles the keys between
/// them; on one, keys go through the network in random parts.
package struct GhostBatches {
  private let parts: Int

  /// - Parameter parts: how many, at least 1; fewer where they would hold less than two images.
  package init(_ parts: Int) {
    self.parts = parts
  }

  /// Rows of each part: as equal as can be, at least two.
  package func sizes(_ count: Int) -> [Int] {
    let parts = max(min(parts, count / 2), 1)
    return (0..<parts).map { count / parts + ($0 < count % parts ? 1 : 0) }
  }

  /// What `body` makes of the parts, in the order of the rows given.
  ///
  /// - Parameters:
  ///   - rows: `[B, …]`.
  ///   - key: draws the parts.
  ///   - body: rows → results, each with as many rows.
  /// - Returns: the results for all rows.
  package func callAsFunction(
    _ rows: Tensor, key: RandomKey, _ body: (Tensor) -> [Tensor]
  ) -> [Tensor] {
    let count = rows.shape[0]
    let order = key.permutation(count)
    var back = [Int](repeating: 0, count: count)
    for (place, row) in order.enumerated() { back[row] = place }
    func index(_ places: [Int]) -> Tensor { Tensor(places, [count], device: rows.device) }
    let results = rows.indexSelect(dim: 0, index: index(order)).split(sizes: sizes(count)).map(body)
    return results[0].indices.map { part in
      cat(results.map { $0[part] }).indexSelect(dim: 0, index: index(back))
    }
  }
}
