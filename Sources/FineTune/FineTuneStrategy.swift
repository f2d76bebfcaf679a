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
  /// From Mₜ₋₁ on L ∪ Q.
  case acftLQ = "acft-lq"
  /// From Mₜ₋₁ on H ∪ Q.
  case acftHQ = "acft-hq"

  /// What it is, in a few words.
  public var summary: String {
    switch self {
    case .rft: "from the pretrained network on all labels, drawn at random: the baseline"
    case .aft: "from the pretrained network on all labels"
    case .acftLQ: "from the network of the round before on all labels"
    case .acftHQ: "from the network of the round before on new labels and old mistakes"
    }
  }

  /// Whether a round starts from the network of the round before.
  public var continues: Bool { self == .acftLQ || self == .acftHQ }

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
    guard self == .acftHQ, !earlier.isEmpty else { return Set(earlier + queried).sorted() }
    var kept = try hard()
    if kept.isEmpty {
      let count = (earlier.count + 3) / 4
      kept = key.folding("rehearsal").sample(count, outOf: earlier.count).map { earlier[$0] }
    }
    return Set(kept + queried).sorted()
  }
}
