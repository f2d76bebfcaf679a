public import Torch

/// Which predictions become labels: those that reach the threshold of their class.
///
/// What does not reach it is absent. It never becomes background: a rule that zeroes unsure
/// probabilities and takes the largest of what is left would call every unsure pixel class 0.
public struct ConfidentRule {
  /// What stands for no label in a class map.
  public static let absentPixel = 255
  /// What stands for no label of an image.
  public static let absentImage = -1
  private let thresholds: Tensor

  /// - Parameters:
  ///   - thresholds: one a class; nil: the class is never believed.
  ///   - device: where probabilities are.
  public init(_ thresholds: [Double?], device: Device = .cpu) {
    self.thresholds = Tensor(thresholds.map { Float($0 ?? 2) }, [thresholds.count]).to(device)
  }

  /// The labels of confident predictions.
  ///
  /// - Parameters:
  ///   - probabilities: `[B, C]` or `[B, C, H, W]`.
  ///   - valid: `[B, H, W]`, 255 where a pixel lies outside its image; nil: all are inside.
  /// - Returns: int64 `[B]` with −1, or `[B, H, W]` with 255, where there is no label; in maps
  ///   also a pixel wide on either side of every contour between predicted classes.
  public func labels(_ probabilities: Tensor, valid: Tensor? = nil) -> Tensor {
    withoutGradients {
      let (confidence, label) = probabilities.max(dim: 1)
      let needed = thresholds.indexSelect(dim: 0, index: label.reshape([-1])).reshape(label.shape)
      var absent = confidence.lt(needed)
      guard probabilities.rank == 4 else { return label.maskedFill(absent, Self.absentImage) }
      absent = absent.logicalOr(Self.contours(label))
      if let valid { absent = absent.logicalOr(valid.eq(Self.absentPixel)) }
      return label.maskedFill(absent, Self.absentPixel)
    }
  }

  /// Where a pixel has another class among its eight neighbours, `[B, H, W]`.
  public static func contours(_ labels: Tensor) -> Tensor {
    let map = labels.to(.float32).unsqueeze(1)
    func largest(_ x: Tensor) -> Tensor { maxPool2d(x, [3, 3], stride: [1, 1], padding: [1, 1]) }
    return largest(map).ne(-largest(-map)).select(dim: 1, index: 0)
  }
}
