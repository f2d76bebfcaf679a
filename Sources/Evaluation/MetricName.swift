/// The metric names of `results.csv`.
public enum MetricName {
  /// Mean recall over the classes in the test set: the headline of classification.
  public static let balancedAccuracy = "balanced_accuracy"
  /// Mean F1 over the classes present or predicted.
  public static let macroF1 = "macro_f1"
  /// Share of cases called right.
  public static let accuracy = "accuracy"
  /// Mean one-against-rest AUROC.
  public static let aurocMacro = "auroc_macro"
  /// Expected calibration error.
  public static let ece = "ece"
  /// Mean negative log-likelihood of the truth, in nats; of segmentation the mean over images of
  /// that over pixels.
  public static let nll = "nll"
  /// Mean over foreground classes of the image-mean Dice: the headline of segmentation.
  public static let dice = "dice"
  /// Mean over foreground classes of the image-mean IoU.
  public static let iou = "iou"
  /// Mean over foreground classes of the image-mean HD95.
  public static let hd95 = "hd95"

  /// Mean over the classes of the average precision: the headline of several classes an image.
  public static let meanAveragePrecision = "mean_average_precision"

  /// The average precision of one class.
  public static func averagePrecision(of label: String) -> String { "ap_" + label }

  /// The image-mean Dice of one class.
  public static func dice(of label: String) -> String { "dice_" + label }
}

/// What is learnt: a class per image, several of them, or a class per pixel.
public enum StudyMode: String, Codable, Sendable, CaseIterable {
  /// A class per image.
  case classification
  /// A class per pixel.
  case segmentation
  /// Any number of classes per image.
  case multiLabel = "multi-label"

  /// The metric by which this kind of task is judged.
  public var headline: String {
    switch self {
    case .classification: MetricName.balancedAccuracy
    case .segmentation: MetricName.dice
    case .multiLabel: MetricName.meanAveragePrecision
    }
  }
}
