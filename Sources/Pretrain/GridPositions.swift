import Foundation
package import Torch

/// Fixed positions of a grid of patches: sines and cosines of column and row.
///
/// Vaswani et al., NeurIPS 2017, in two dimensions as He et al., CVPR 2022, have them: a position x
/// gives sin(x ω) and cos(x ω) with ω = 10000^(−i / n), i = 0 … n − 1; n = D / 4. The first half of
/// the features tells the column, the second the row.
package enum GridPositions {
  /// The positions of a grid.
  ///
  /// - Parameters:
  ///   - rows: patches from top to bottom.
  ///   - columns: patches from left to right.
  ///   - width: D, a multiple of 4.
  /// - Returns: `[1, 1 + rows · columns, width]`, row by row, after zeros for the class token.
  package static func table(rows: Int, columns: Int, width: Int) -> Tensor {
    precondition(width.isMultiple(of: 4), "positions want a multiple of 4 features, not \(width)")
    let frequencies = (0..<width / 4).map { pow(10_000, -Double($0) / Double(width / 4)) }
    func waves(_ place: Int) -> [Float] {
      let angles = frequencies.map { Double(place) * $0 }
      return angles.map { Float(sin($0)) } + angles.map { Float(cos($0)) }
    }
    var values = [Float](repeating: 0, count: width)
    for row in 0..<rows {
      for column in 0..<columns { values += waves(column) + waves(row) }
    }
    return Tensor(values, [1, 1 + rows * columns, width])
  }
}
