import Base
package import Query
package import Torch

/// How unsure a segmentation network is of an image: a score at every pixel, then one number.
package struct PixelScores {
  let score: Score
  let aggregate: PixelAggregate

  /// An image's number, and the share of its pixels that are predicted to be foreground.
  package struct Image: Equatable {
    /// The aggregate of the score.
    package let value: Double
    /// The predicted share of foreground, 0…1.
    package let foreground: Double
  }

  /// Scores of the kind `score`, brought to one number by `aggregate`.
  package init(score: Score, aggregate: PixelAggregate) {
    (self.score, self.aggregate) = (score, aggregate)
  }

  /// One number an image, `[B]`, by the score and the aggregate; see `images`.
  package func callAsFunction(_ members: [Tensor]) -> [Double] { images(members).map(\.value) }

  /// What is made of each image.
  ///
  /// - Returns: as many as there are images.
  /// - Parameter members: class probabilities `[B, C, H, W]` of each member, pass or view; one where
  ///   the score asks a single network.
  package func images(_ members: [Tensor]) -> [Image] {
    let (scores, mean) = maps(members)
    let classes = mean.argmax(dim: 1)
    let background = mean.select(dim: 1, index: 0)
    return (0..<scores.shape[0]).map { image in
      let predicted = classes.select(dim: 0, index: image).ints().map { Int($0) }
      let value = aggregate.value(
        scores.select(dim: 0, index: image).floats(),
        background: background.select(dim: 0, index: image).floats(),
        classes: predicted, width: scores.shape[2])
      let foreground = Double(predicted.count { $0 > 0 }) / Double(max(predicted.count, 1))
      return Image(value: value, foreground: foreground)
    }
  }

  /// The score at every pixel, `[B, H, W]`, and the mean of the members, `[B, C, H, W]`.
  func maps(_ members: [Tensor]) -> (scores: Tensor, mean: Tensor) {
    guard let map = score.map else {
      preconditionFailure("'\(score.name)' is a score of whole images")
    }
    let all = stack(members, dim: 0)
    return (map(all), all.mean(dim: [0]))
  }
}
