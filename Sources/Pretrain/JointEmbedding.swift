import NN
import Torch
import Training

/// A method that learns by comparing projections of views, and fails by making all of them alike.
protocol JointEmbedding: PretrainMethod {
  /// What it was made of.
  var context: PretrainContext { get }
  /// Projections `[n, D]` of images in evaluation mode.
  func project(_ images: Tensor) -> Tensor
  /// What helps this method where it collapses twice.
  var advice: String { get }
}

extension JointEmbedding {
  var views: Augmentation? { context.views }

  func optimizer(slowing: Double) -> any Optimizer {
    context.optimizer(heads, slowing: slowing)
  }

  func health(_ images: Tensor, share: Double) -> Health {
    var health = Health(CollapseStatistics(project(images)), share: share)
    health.isHealthy = health.isHealthy || !context.judges(share, from: 0.2)
    return health
  }

  /// A second collapse ends the run, which names another method and does not switch to it: what
  /// trained the weights must be what the run's configuration says.
  var failure: (what: String, remedy: String) {
    ("pretraining tells images no longer apart", advice)
  }

  var advice: String {
    "use method vicreg, whose loss keeps projections apart; or lower baseRate, raise batch, or "
      + "check the modality of the augmentation"
  }
}

extension Health {
  /// Collapse counts after a fifth of the steps: an untrained network looks collapsed too.
  init(_ statistics: CollapseStatistics, share: Double) {
    self.init(
      metrics: [
        "spread": statistics.spread, "effective_rank": statistics.effectiveRank,
        "mean_cosine": statistics.meanCosine,
      ],
      isHealthy: share < 0.2 || !statistics.hasCollapsed)
  }
}

extension StepContext {
  /// Two views of the batch as networks take them, `[B, C, H, W]` each.
  func inputs(_ views: Augmentation) -> (a: Tensor, b: Tensor) {
    let (a, b) = batch.twoViews(views)
    return (a.images, b.images)
  }
}
