import Evaluation

/// How well a network does on labelled images that it was not trained on, 0 to 1.
package struct FoldScore: Codable, Sendable, Equatable {
  /// Balanced accuracy, or the mean foreground Dice.
  package var value: Double
  /// The recall or Dice of each class; nil where it has none, such as the background's.
  package var classes: [Double?]

  package init(value: Double, classes: [Double?]) {
    self.value = value
    self.classes = classes
  }

  /// What `self` adds to `other`, as a whole and class by class.
  func gain(over other: FoldScore) -> FoldScore {
    FoldScore(
      value: value - other.value,
      classes: zip(classes, other.classes).map { mine, theirs in
        mine.flatMap { mine in theirs.map { mine - $0 } }
      })
  }
}

/// What a network says of labelled images that it was not trained on.
package struct HeldOut: Codable, Sendable, Equatable {
  /// How well it does.
  package var score: FoldScore
  /// The images.
  package var images: Int
  /// The class of each image, or of pixels drawn from the images.
  package var truth: [Int]
  /// `[truth, C]`, row by row.
  package var logits: [Float]

  package init(score: FoldScore, images: Int, truth: [Int], logits: [Float]) {
    self.score = score
    self.images = images
    self.truth = truth
    self.logits = logits
  }

  /// The score of all folds together: balanced accuracy over all images, or the mean over images
  /// of the mean foreground Dice.
  package static func score(_ all: [HeldOut], classes: Int, segmentation: Bool) -> Double {
    guard segmentation else {
      let logits = ClassProbabilities(all.flatMap(\.logits), classes: classes)
      return ConfusionMatrix(
        truth: all.flatMap(\.truth), predicted: logits.predicted, classes: classes
      ).balancedAccuracy ?? 0
    }
    let images = all.reduce(0) { $0 + $1.images }
    return all.reduce(0) { $0 + $1.score.value * Double($1.images) } / Double(max(images, 1))
  }
}
