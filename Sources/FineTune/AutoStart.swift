import Base

/// Where a training starts.
package enum TrainingStart: String, Sendable {
  /// From M₀, the pretrained network under a new head.
  case pretrained
  /// From Mₜ₋₁, the network of the round before.
  case previous
  /// From Mₜ₋₁ drawn back towards M₀ (``ShrinkPerturb``).
  case shrunk

  /// Whether the rates and steps are those of a round that continues.
  var continues: Bool { self != .pretrained }
}

/// The strategy `auto`: continual fine-tuning costs half as much as starting anew, but what a
/// network has learnt from few labels hinders it later (Ash and Adams 2020), and the published
/// gains of continuing are of time, not of labels.
///
/// - Anew (M₀ on L ∪ Q): in the first two rounds, in a round that brings a class not seen before,
///   and where a round brings more labels than there were (|Q| > |L|).
/// - Else from Mₜ₋₁ drawn back and disturbed, on L ∪ Q.
/// - In every third round, and in the last, both are trained, and the one with the higher
///   out-of-fold score is kept; the one trained anew where they are equal, or where there is no
///   such score (segmentation).
///
/// Own rule; no published numbers.
package enum AutoStart {
  /// Where the trainings of a round start; the one that needs no comparison comes alone.
  ///
  /// - Parameters:
  ///   - round: from 0.
  ///   - isLast: whether no round follows.
  ///   - earlier: |L|.
  ///   - queried: |Q|.
  ///   - bringsNewClass: whether Q holds a class that L does not.
  /// - Returns: one start or two, in the order of training.
  package static func starts(
    round: Int, isLast: Bool, earlier: Int, queried: Int, bringsNewClass: Bool
  ) -> [TrainingStart] {
    if round < 2 || bringsNewClass || queried > earlier { return [.pretrained] }
    return isLast || (round + 1) % 3 == 0 ? [.shrunk, .pretrained] : [.shrunk]
  }
}
