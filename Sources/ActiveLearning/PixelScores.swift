import Base
import NN
package import Query
package import Torch

/// How unsure a segmentation network is of an image: a score at every pixel, then one number.
package struct PixelScores {
  let score: Score
  let aggregate: PixelAggregate

  /// Scores of the kind `score`, brought to one number by `aggregate`.
  package init(score: Score, aggregate: PixelAggregate) {
    (self.score, self.aggregate) = (score, aggregate)
  }

  /// One number an image, `[B]`.
  ///
  /// - Returns: B numbers, by the score and the aggregate.
  /// - Parameter members: class probabilities `[B, C, H, W]` of each member or pass; one where the
  ///   score asks a single network.
  package func callAsFunction(_ members: [Tensor]) -> [Double] {
    let (maps, mean) = maps(members)
    let background = mean.select(dim: 1, index: 0)
    return (0..<maps.shape[0]).map { image in
      aggregate.value(
        maps.select(dim: 0, index: image).floats(),
        background: background.select(dim: 0, index: image).floats())
    }
  }

  /// The score at every pixel, `[B, H, W]`, and the mean of the members, `[B, C, H, W]`.
  func maps(_ members: [Tensor]) -> (scores: Tensor, mean: Tensor) {
    let all = stack(members, dim: 0)
    let mean = all.mean(dim: [0])
    return (map(all, mean: mean), mean)
  }

  /// u(x) `[B, H, W]` of probabilities `[S, B, C, H, W]`.
  private func map(_ all: Tensor, mean: Tensor) -> Tensor {
    switch score {
    case .entropy: return Loss.entropies(mean)
    case .leastConfidence: return 1 - mean.amax(dim: [1])
    case .margin:
      let top = mean.topk(2, dim: 1).values
      return 1 - top.select(dim: 1, index: 0) + top.select(dim: 1, index: 1)
    case .bald:
      let expected = stack(
        (0..<all.shape[0]).map { Loss.entropies(all.select(dim: 0, index: $0)) }, dim: 0)
      return (Loss.entropies(mean) - expected.mean(dim: [0])).clamp(min: 0)
    case .committee, .consistency:
      let centred = all - mean.unsqueeze(0)
      let variance = (centred * centred).mean(dim: [0])
      return variance.narrow(dim: 1, start: 1, length: variance.shape[1] - 1).mean(dim: [1])
    case .voteEntropy:
      let votes = all.argmax(dim: 2)
      let shares = stack(
        (0..<mean.shape[1]).map { votes.eq($0).to(.float32).mean(dim: [0]) }, dim: 1)
      return Loss.entropies(shares)
    }
  }
}
