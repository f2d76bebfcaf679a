package import Base
import Foundation
package import Torch

/// Boxes of other images in an image, one or none a row.
///
/// Yun et al. *CutMix.* ICCV 2019. <https://arxiv.org/abs/1905.04899>; boxes as in UniMatch: with
/// probability ½ one of 2 to 40 % of the area, sides in a ratio of 0.3 to 1 / 0.3, wholly inside.
package struct CutMix {
  /// Where the box lies, `[B, H, W]`.
  package let box: Tensor
  private static let probability = 0.5
  private static let area = 0.02...0.4
  private static let ratio = 0.3...(1 / 0.3)

  /// A box for each key, in images of this size.
  package init(keys: [RandomKey], height: Int, width: Int, device: Device = .cpu) {
    var isInside = [Bool](repeating: false, count: keys.count * height * width)
    for (row, key) in keys.enumerated() {
      guard let box = Self.box(key, height: height, width: width) else { continue }
      for y in box.rows {
        let start = (row * height + y) * width
        for x in box.columns { isInside[start + x] = true }
      }
    }
    box = Tensor(isInside, [keys.count, height, width], device: device)
  }

  /// Drawn again until it fits; none after a hundred attempts.
  private static func box(
    _ key: RandomKey, height: Int, width: Int
  ) -> (rows: Range<Int>, columns: Range<Int>)? {
    var generator = key.generator()
    func within(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
    }
    guard generator.uniform() < probability else { return nil }
    for _ in 0..<100 {
      let (size, ratio) = (within(area) * Double(height * width), within(Self.ratio))
      let (rows, columns) = (Int((size * ratio).squareRoot()), Int((size / ratio).squareRoot()))
      guard (1...height).contains(rows), (1...width).contains(columns) else { continue }
      let (top, left) = (
        generator.below(height - rows + 1), generator.below(width - columns + 1)
      )
      return (top..<(top + rows), left..<(left + columns))
    }
    return nil
  }

  /// `other` inside the boxes, `one` elsewhere: images `[B, C, H, W]` or maps `[B, H, W]`.
  package func callAsFunction(_ one: Tensor, _ other: Tensor) -> Tensor {
    where_(one.rank == 4 ? box.unsqueeze(1) : box, other, one)
  }
}
