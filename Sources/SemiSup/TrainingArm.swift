import Base

/// One training of a network: on what, for how long, under which name.
struct TrainingArm {
  var label: String
  /// Under which its checkpoints go.
  var name: String
  /// Labelled items to learn from.
  let items: [Int]
  /// Labelled items that the watch measures on.
  let watched: [Int]
  var steps: Int
  /// Steps of a second network's training on the labels alone.
  let supervisedSteps: Int
  /// Short, and one of many: it is worth few checkpoints.
  let isFold: Bool
  var metrics: MetricsLog?
  var key: RandomKey

  /// The same, a training of its own, in a later round.
  func round(_ round: Int) -> TrainingArm {
    guard round > 0 else { return self }
    var arm = self
    arm.label += ", round \(round + 1)"
    arm.name += "/round-\(round + 1)"
    arm.key = key.folding("round").folding(round)
    return arm
  }

  /// The training of a second network on the same labels.
  var peer: TrainingArm {
    var arm = self
    arm.label += ", second network"
    arm.name += "-peer"
    arm.steps = supervisedSteps
    arm.metrics = nil
    arm.key = key.folding("peer")
    return arm
  }
}
