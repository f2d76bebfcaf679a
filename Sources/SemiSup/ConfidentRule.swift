public import Torch

/// Which predictions become labels: those that reach the threshold of their class.
///
/// What does not reach it is absent. It never becomes background: a rule that zeroes unsure
/// probabilities and takes the largest of what is left would call every unsure pixel class 0.
///
/// A map is dropped as a whole where less than half of it is left, or where the share of foreground
/// predicted in it lies outside the range of the labelled images: such a prediction is more likely
/// a failure of the teacher than an unusual image.
public struct ConfidentRule {
  /// What stands for no label in a class map.
  public static let absentPixel = 255
  /// What stands for no label of an image.
  public static let absentImage = -1
  /// A map of which less is left is dropped.
  public static let leastKept = 0.5
  private let isUnsure: (_ probabilities: Tensor) -> Tensor
  private let areas: ClosedRange<Double>?

  /// - Parameters:
  ///   - thresholds: one a class; nil: the class is never believed.
  ///   - areas: the shares of foreground that a map may show; nil: no map is dropped.
  ///   - device: where probabilities are.
  public init(
    _ thresholds: [Double?], areas: ClosedRange<Double>? = nil, device: Device = .cpu
  ) {
    let least = Tensor(thresholds.map { Float($0 ?? 2) }, [thresholds.count]).to(device)
    self.init(areas: areas) { probabilities in
      let (confidence, label) = probabilities.max(dim: 1)
      return confidence.lt(
        least.indexSelect(dim: 0, index: label.reshape([-1])).reshape(label.shape))
    }
  }

  /// - Parameters:
  ///   - areas: the shares of foreground that a map may show; nil: no map is dropped.
  ///   - isUnsure: which predictions are not believed, `[B]` or `[B, H, W]`, of probabilities.
  init(areas: ClosedRange<Double>? = nil, isUnsure: @escaping (Tensor) -> Tensor) {
    (self.areas, self.isUnsure) = (areas, isUnsure)
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
      let label = probabilities.max(dim: 1).indices
      var absent = isUnsure(probabilities)
      guard probabilities.rank == 4 else { return label.maskedFill(absent, Self.absentImage) }
      absent = absent.logicalOr(Self.contours(label))
      if let valid { absent = absent.logicalOr(valid.eq(Self.absentPixel)) }
      if let areas {
        absent = absent.logicalOr(Self.dropped(label, absent, valid, areas).reshape([-1, 1, 1]))
      }
      return label.maskedFill(absent, Self.absentPixel)
    }
  }

  /// Which of the maps are dropped as wholes, `[B]`.
  private static func dropped(
    _ label: Tensor, _ absent: Tensor, _ valid: Tensor?, _ areas: ClosedRange<Double>
  ) -> Tensor {
    func pixels(_ mask: Tensor) -> Tensor { mask.to(.float32).sum(dim: [1, 2]) }
    let inside = valid?.ne(absentPixel) ?? label.ge(0)
    let count = pixels(inside).clamp(min: 1)
    let kept = pixels(absent.logicalNot()) / count
    let area = pixels(label.ne(0).logicalAnd(inside)) / count
    return kept.lt(leastKept).logicalOr(area.lt(areas.lowerBound))
      .logicalOr(area.gt(areas.upperBound))
  }

  /// Where a pixel has another class among its eight neighbours, `[B, H, W]`.
  public static func contours(_ labels: Tensor) -> Tensor {
    let map = labels.to(.float32).unsqueeze(1)
    func largest(_ x: Tensor) -> Tensor { maxPool2d(x, [3, 3], stride: [1, 1], padding: [1, 1]) }
    return largest(map).ne(-largest(-map)).select(dim: 1, index: 0)
  }
}
