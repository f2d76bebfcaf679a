public import Base

/// Where a round's training starts and which labels it sees.
///
/// Zhou, Shin, Gurudu, Gotway, Liang. *Active, Continual Fine Tuning of Convolutional Neural
/// Networks for Reducing Annotation Efforts.* Medical Image Analysis 71:101997, 2021, Table 2.
/// L: labels of earlier rounds, Q: this round's, H: members of L that the model of the round
/// before gets wrong, M₀: the pretrained network, Mₜ₋₁: the network of the round before.
public enum FineTuneStrategy: String, Codable, Sendable, CaseIterable {
  /// From M₀ on L ∪ Q, whose items were drawn at random: the baseline.
  case rft
  /// From M₀ on L ∪ Q.
  case aft
  /// From Mₜ₋₁ on Q alone.
  case acftQ = "acft-q"
  /// From Mₜ₋₁ on L ∪ Q.
  case acftLQ = "acft-lq"
  /// From Mₜ₋₁ on H ∪ Q.
  case acftHQ = "acft-hq"
  /// From M₀ or from Mₜ₋₁ drawn back towards it, on L ∪ Q (``AutoStart``).
  case auto

  /// What is to be known of it before choosing it.
  public var card: MethodCard {
    let (one, zhou) = ("one training a round", "Zhou et al. 2021")
    let half = "half a training a round"
    return switch self {
    case .rft:
      MethodCard(
        "from the pretrained network on all labels, drawn at random: the baseline", cost: one,
        regime: "to compare with", paper: zhou)
    case .aft:
      MethodCard(
        "from the pretrained network on all labels", cost: one,
        regime: "always safe; where training is cheap", paper: zhou)
    case .acftQ:
      MethodCard(
        "from the network of the round before on the new labels alone: it forgets", cost: half,
        regime: "to compare with", paper: zhou)
    case .acftLQ:
      MethodCard(
        "from the network of the round before on all labels", cost: half,
        regime: "where training is dear", paper: zhou)
    case .acftHQ:
      MethodCard(
        "from the network of the round before on new labels and old mistakes",
        cost: half + ", and a pass over the labels", regime: "many labels, dear training",
        paper: zhou)
    case .auto:
      MethodCard(
        "anew while little is known, then from the round before, checked every third round",
        cost: "half a training a round, one and a half in every third",
        regime: "where training is dear and the last model counts", paper: "own; Ash and Adams 2020"
      )
    }
  }

  /// Whether a round may start from the network of the round before.
  public var continues: Bool { self != .rft && self != .aft }

  /// Where the trainings of a round start; of several the better one is kept.
  func starts(_ request: TrainingRequest) -> [TrainingStart] {
    guard request.previous != nil else { return [.pretrained] }
    switch self {
    case .rft, .aft: return [.pretrained]
    case .acftQ, .acftLQ, .acftHQ: return [.previous]
    case .auto:
      return AutoStart.starts(
        round: request.round, isLast: request.isLast, earlier: request.earlier.count,
        queried: request.queried.count, bringsNewClass: request.bringsNewClass)
    }
  }

  /// The items to train on.
  ///
  /// - Parameters:
  ///   - earlier: L, ascending.
  ///   - queried: Q, ascending.
  ///   - hard: H, a part of L; asked for only where the strategy needs it and there is a model of
  ///     the round before.
  ///   - key: draws the rehearsal when H is empty: a quarter of L, so that Q alone is not all that
  ///     the network remembers.
  /// - Returns: distinct items, ascending.
  public func items(
    earlier: [Int], queried: [Int], hard: () throws -> [Int], key: RandomKey
  ) rethrows -> [Int] {
    switch self {
    case .rft, .aft, .acftLQ, .auto: return Set(earlier + queried).sorted()
    case .acftQ: return Set(queried).sorted()
    case .acftHQ:
      guard !earlier.isEmpty else { return Set(queried).sorted() }
      var kept = try hard()
      if kept.isEmpty {
        let count = (earlier.count + 3) / 4
        kept = key.folding("rehearsal").sample(count, outOf: earlier.count).map { earlier[$0] }
      }
      return Set(kept + queried).sorted()
    }
  }
}
