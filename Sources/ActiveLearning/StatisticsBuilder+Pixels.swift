import Base
import Evaluation
import FineTune
import Foundation
import Models
import NN
import Pool
import Query
import Torch
import Training

/// Whether a query by pixel scores is a query by the size of the foreground.
struct SizeReport: Codable, Equatable {
  /// The rank correlation (Spearman) of the aggregate and the predicted foreground's area; nil where
  /// one of them does not vary.
  let correlation: Double?
  /// Above this the aggregate tells little but the size.
  static let most = 0.9
  /// What to do about it; nil where there is nothing to do.
  let advice: String?

  init(_ values: [Float], areas: [Float]) {
    correlation = spearmanCorrelation(values.map { Double($0) }, areas.map { Double($0) })
    advice =
      abs(correlation ?? 0) > Self.most
      ? "the score follows the size of the foreground: set aggregate to top" : nil
  }
}

/// What is computed of the pixels of images.
extension StatisticsBuilder {
  /// The image's uncertainty from its pixels, `[N, 1]`; beside it goes a report on sizes.
  func uncertainty(
    _ query: QueryConfiguration, _ round: RoundKnowledge, _ folder: URL
  ) throws -> Matrix {
    guard let score = query.score?.score else {
      preconditionFailure("a rule that asks for pixel scores names one")
    }
    let forwards = try pixelForwards(query, score, round)
    let scores = PixelScores(score: score, aggregate: query.aggregate)
    var (values, areas): ([Float], [Float]) = ([], [])
    try inference.forEach(data.candidates, forward: { $0 }) { _, images in
      let members = forwards.map { $0(images) }
      let maps = data.mode == .multiLabel ? members.map(ClassScores.map) : members
      for image in scores.images(maps) {
        values.append(Float(image.value))
        areas.append(Float(image.foreground))
      }
    }
    try writeJSON(
      SizeReport(values, areas: areas), to: folder.appendingPathComponent("uncertainty.json"))
    return Matrix(values, shape: [values.count, 1])
  }

  /// The predicted share of each class in an image, `[N, C]`.
  func predictedAreas(_ round: RoundKnowledge, _ file: URL) throws -> Matrix {
    try rows(file, round) { network, images in
      let classes = network.logits(images, .evaluate).argmax(dim: 1)
      return stack(
        (0..<data.classes.count).map { classes.eq($0).to(.float32).mean(dim: [1, 2]) }, dim: 1)
    }
  }

  /// The networks, passes or views whose class probabilities the score's map is made of.
  func pixelForwards(
    _ query: QueryConfiguration, _ score: Score, _ round: RoundKnowledge
  ) throws -> [(Tensor) -> Tensor] {
    let network = try round.trained()
    if score.needs.contains(.memberProbabilities) {
      return try tuner.members(
        committee(query.members), of: network, round.request(data), key: key.folding("committee")
      ).map { member in { member.probabilities($0) } }
    }
    if score.needs.contains(.passes) {
      let key = key.folding("passes")
      return (0..<query.passes).map { pass in
        { data.model.outputs.probabilities(network.logits($0, .stochastic(key.folding(pass)))) }
      }
    }
    if score.needs.contains(.views) {
      return RightAngles.views(query.views).map { view in
        { view.undone(network.probabilities(view($0))) }
      }
    }
    let earlier = score.needs.contains(.previousProbabilities) ? try [round.earlierNetwork()] : []
    return try [round.probabilities()] + earlier.map { network in { network.probabilities($0) } }
  }
}

/// One of the eight ways to lay a square image: mirrored or not, turned by right angles.
struct RightAngles {
  let turns: Int
  let isMirrored: Bool

  /// The first `count` of the eight: plain, mirrored, turned, ….
  static func views(_ count: Int) -> [RightAngles] {
    (0..<min(count, 8)).map { RightAngles(turns: $0 / 2, isMirrored: $0 % 2 == 1) }
  }

  /// The images `[B, C, S, S]` laid so.
  func callAsFunction(_ images: Tensor) -> Tensor {
    (isMirrored ? images.flip([3]) : images).rot90(turns, dims: [2, 3])
  }

  /// Maps `[B, C, S, S]` laid back.
  func undone(_ maps: Tensor) -> Tensor {
    let turned = maps.rot90(-turns, dims: [2, 3])
    return isMirrored ? turned.flip([3]) : turned
  }
}
