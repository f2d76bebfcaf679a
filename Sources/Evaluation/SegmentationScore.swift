/// How one class was segmented in one image.
///
/// An empty mask needs a convention. Both empty: Dice and IoU are 1 and there is no distance. Just
/// one empty: Dice and IoU are 0 and HD95 is the image's diagonal.
public struct SegmentationScore: Sendable, Equatable, Codable {
  /// Pixels of the class in truth and prediction.
  public let overlap: Int
  /// Pixels of the class in the truth.
  public let truth: Int
  /// Pixels of the class in the prediction.
  public let prediction: Int
  /// The 95th percentile of the boundary distance; `nil` if both masks are empty or if distances
  /// were not asked for.
  public let hd95: Double?

  /// 2 · overlap / (truth + prediction), 0 … 1.
  public var dice: Double {
    truth + prediction == 0 ? 1 : Double(2 * overlap) / Double(truth + prediction)
  }

  /// overlap / union, 0 … 1.
  public var iou: Double {
    let union = truth + prediction - overlap
    return union == 0 ? 1 : Double(overlap) / Double(union)
  }

  /// Which of the masks are empty.
  public var emptiness: Emptiness {
    switch (truth == 0, prediction == 0) {
    case (true, true): .both
    case (true, false): .truth
    case (false, true): .prediction
    case (false, false): .neither
    }
  }

  /// Which of the two masks of a class in an image are empty.
  public enum Emptiness: String, Sendable, Codable, CaseIterable {
    /// Both hold the class.
    case neither
    /// The class is absent and was predicted.
    case truth
    /// The class is present and was missed.
    case prediction
    /// The class is absent and was not predicted.
    case both
  }
}
