public import Base
public import Models
import NN
import Torch
public import Training

extension FineTuner {
  /// A committee of logistic heads on the frozen trunk's features.
  ///
  /// - Parameters:
  ///   - committee: its size.
  ///   - request: what is labelled.
  ///   - features: the trunk's features.
  ///   - key: draws the bootstrap samples.
  /// - Returns: M heads, which read `features.scaled`.
  public func heads(
    _ committee: BootstrapCommittee, _ request: TrainingRequest, features: TrunkFeatures,
    key: RandomKey
  ) -> [LogisticHead] {
    let labels = request.classLabels
    return (0..<committee.members).map { member in
      let sample = BootstrapCommittee.sample(
        request.labelled, labels: labels, key: key.folding("member").folding(member))
      let classes = sample.map { labels[$0] ?? 0 }
      return LogisticHead.fit(
        features.scaled(sample), width: features.width, labels: classes,
        classes: request.classes.count,
        weights: configuration.headWeights(classes, classes: request.classes.count),
        settings: configuration.headSettings)
    }
  }

  /// The networks of a committee, each trained on its own bootstrap sample.
  ///
  /// - Parameters:
  ///   - committee: size and mode; `heads` keeps everything but the output layer of `network`.
  ///   - network: the network of the round.
  ///   - request: what is labelled.
  ///   - key: draws samples and first weights.
  /// - Returns: M networks.
  /// - Throws: what training throws.
  public func members(
    _ committee: BootstrapCommittee, of network: Network, _ request: TrainingRequest,
    key: RandomKey
  ) throws -> [Network] {
    try (0..<committee.members).map { number in
      let key = key.folding("member").folding(number)
      let sample = BootstrapCommittee.sample(
        request.labelled, labels: request.classLabels, key: key)
      let member = try Network(request.model, key: key.folding("init"), device: device)
      let label = "member \(number + 1) of \(committee.members)"
      if committee.trainsHeadsOnly(on: device) {
        let head = request.model.architecture.headScope
        try member.store.load(network.store.state(), ignoring: [head], keeping: [head])
        member.store.freeze(under: "")
        member.store.unfreeze(under: head)
      } else if let pretrained = request.pretrained {
        try member.loadTrunk(pretrained)
      }
      try descend(
        member, request, items: sample, label: label,
        continues: false, checkpoints: nil, metrics: nil, key: key)
      return member
    }
  }
}

extension BootstrapCommittee {
  /// Whether members share everything but the output layer.
  func trainsHeadsOnly(on device: Device) -> Bool {
    switch mode {
    case .auto: device == .cpu
    case .heads: true
    case .full: false
    }
  }
}
