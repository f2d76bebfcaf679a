/// What a segmenter is worth on a test set: Dice, IoU and HD95 per image and class, their means over
/// images and then over foreground classes, and the Dice of all pixels pooled.
///
/// Images are added one by one, so a test set never has to be in memory. Class 0 is the background,
/// which no mean holds; pixels whose truth is `ignored` belong to no class, whatever is predicted.
public struct SegmentationMetrics: Sendable, Equatable {
  /// The truth of a pixel that does not count.
  public static let ignored: UInt8 = 255

  /// The number of classes with the background.
  public let classes: Int
  /// Whether HD95 is measured (the larger part of the cost).
  public let measuresDistances: Bool
  /// One row per image, one score per foreground class: class c stands at c − 1.
  public private(set) var scores: [[SegmentationScore]] = []
  /// All counted pixels, truth against prediction, with the background.
  public private(set) var pixels: ConfusionMatrix

  /// A test set without an image.
  public init(classes: Int, distances: Bool = true) {
    precondition(classes > 1, "segmentation needs a background and a class")
    self.classes = classes
    measuresDistances = distances
    pixels = ConfusionMatrix(classes: classes)
  }

  /// Adds an image.
  ///
  /// - Parameters:
  ///   - truth: class indices, `[height, width]`, row by row; 255 does not count.
  ///   - prediction: class indices of the same shape.
  ///   - height: the number of rows.
  ///   - width: the number of columns.
  ///   - spacing: gives the unit of HD95.
  public mutating func add(
    truth: [UInt8], prediction: [UInt8], height: Int, width: Int,
    spacing: PixelSpacing = .pixels
  ) {
    precondition(truth.count == height * width && prediction.count == truth.count, "equal shapes")
    var image = ConfusionMatrix(classes: classes)
    for (row, column) in zip(truth, prediction) where row != Self.ignored {
      image.add(truth: Int(row), predicted: Int(column))
    }
    let distances = (1..<classes).map { label -> Double? in
      guard measuresDistances else { return nil }
      let called = zip(truth, prediction).map { $0 != Self.ignored && $1 == UInt8(label) }
      return boundaryDistance95(
        truth: truth.map { $0 == UInt8(label) }, prediction: called,
        height: height, width: width, spacing: spacing)
    }
    append(image, distances)
  }

  /// The mean Dice of a class over the images; `nil` without an image.
  public func dice(of label: Int) -> Double? { average(label) { $0.dice } }

  /// The mean IoU of a class over the images; `nil` without an image.
  public func iou(of label: Int) -> Double? { average(label) { $0.iou } }

  /// The mean HD95 of a class over the images where it exists.
  public func hd95(of label: Int) -> Double? { average(label) { $0.hd95 } }

  /// The mean Dice of a class over the images that show it.
  public func diceWherePresent(of label: Int) -> Double? {
    average(label) { $0.truth > 0 ? $0.dice : nil }
  }

  /// The Dice of a class over all pixels of all images; `nil` where it is neither present nor
  /// predicted.
  public func pooledDice(of label: Int) -> Double? { pixels.f1(of: label) }

  /// The share of images in which the class's masks are empty that way.
  public func share(of emptiness: SegmentationScore.Emptiness, class label: Int) -> Double? {
    average(label) { $0.emptiness == emptiness ? 1 : 0 }
  }

  /// The headline: the image-mean Dice, averaged over the foreground classes.
  public var meanDice: Double? { mean(foreground.compactMap(dice(of:))) }

  /// The image-mean IoU, averaged over the foreground classes.
  public var meanIoU: Double? { mean(foreground.compactMap(iou(of:))) }

  /// The image-mean HD95, averaged over the foreground classes that have one.
  public var meanHD95: Double? { mean(foreground.compactMap(hd95(of:))) }

  /// The pooled Dice, averaged over the foreground classes that have one.
  public var meanPooledDice: Double? { mean(foreground.compactMap(pooledDice(of:))) }

  /// The scores by the names of `results.csv`.
  ///
  /// - Parameter names: the classes' names with the background first.
  /// - Returns: pairs of name and value; undefined scores are left out.
  public func named(classes names: [String]) -> [(metric: String, value: Double)] {
    precondition(names.count == classes, "a name for every class, the background's first")
    var pairs: [(String, Double?)] = [(MetricName.dice, meanDice)]
    pairs += foreground.map { (MetricName.dice(of: names[$0]), dice(of: $0)) }
    pairs += [(MetricName.iou, meanIoU), (MetricName.hd95, meanHD95)]
    return pairs.compactMap { name, value in value.map { (name, $0) } }
  }

  private var foreground: Range<Int> { 1..<classes }

  private mutating func append(_ image: ConfusionMatrix, _ distances: [Double?]) {
    scores.append(
      foreground.map { label in
        SegmentationScore(
          overlap: image[label, label], truth: image.support(of: label),
          prediction: image.predictions(of: label), hd95: distances[label - 1])
      })
    for row in 0..<classes {
      for column in 0..<classes {
        pixels.add(truth: row, predicted: column, count: image[row, column])
      }
    }
  }

  private func average(_ label: Int, _ value: (SegmentationScore) -> Double?) -> Double? {
    precondition(foreground.contains(label), "class \(label) is no foreground class")
    return mean(scores.compactMap { value($0[label - 1]) })
  }
}
