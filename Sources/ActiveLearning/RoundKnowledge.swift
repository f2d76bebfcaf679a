import Base
import FineTune
import Models
import Pool
import Query
import Torch
import Training

/// What is known before a round's query: the labels so far and the network they made.
struct RoundKnowledge {
  /// The labels so far.
  var labels: [Int: Label] = [:]
  /// Their training targets.
  var targets = Targets.none
  /// Labels of the rounds before the last, ascending; without images of which the last asked for
  /// more.
  var earlier: [Int] = []
  /// Labels of the last round, ascending.
  var queried: [Int] = []
  /// How many images or tiles are labelled.
  var count = 0
  /// The tiles that are labelled, where tiles are asked for.
  var tiles: [Tile] = []
  /// Those of the last round.
  var queriedTiles: [Tile] = []
  /// The network of the last round.
  var network: Network?
  /// How its logits are to be read.
  var card: ModelCard?
  /// The network of the round before that, where the rule compares the two.
  var previous: Network?
  /// The out-of-fold score of `network`.
  var trust: OutOfFoldScore?

  /// Item → class, or −1 where the label is a mask.
  var labelledClasses: [Int: Int] {
    labels.mapValues { label in
      if case .class(let value) = label { value } else { -1 }
    }
  }

  /// The network of the last round.
  ///
  /// - Throws: a diagnostic when there is none yet.
  func trained() throws -> Network {
    guard let network else {
      throw Diagnostic(
        "the rule asks the current model, and there is no label yet to train one on",
        fix: "choose the first batch by coverage: set firstQuery to max-herding or random")
    }
    return network
  }

  /// The network of the round before the last.
  ///
  /// - Throws: a diagnostic when there is none yet.
  func earlierNetwork() throws -> Network {
    guard let previous else {
      throw Diagnostic(
        "the rule compares two models, and there is one so far",
        fix: "choose the second batch by coverage: set firstQuery to max-herding or random")
    }
    return previous
  }

  /// Class probabilities of images by the last round's network, as its card says.
  ///
  /// - Throws: a diagnostic when there is none yet.
  func probabilities() throws -> (Tensor) -> Tensor {
    let (network, card) = (try trained(), card)
    return { images in
      card.map { network.probabilities(images, as: $0) } ?? network.probabilities(images)
    }
  }

  /// The training that these labels ask for; `previous` is the network of the round before.
  func request(_ data: RunData, previous: Network? = nil) -> TrainingRequest {
    var request = TrainingRequest(
      model: data.model, classes: data.classes, earlier: earlier, queried: queried,
      targets: targets, groups: data.groups, pretrained: data.pretrained, previous: previous)
    request.images = data.candidates
    return request
  }
}
