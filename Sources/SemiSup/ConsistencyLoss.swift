import Base
import Models
import NN
import Torch
import Training

/// Weak view → pseudo-labels, strong view → loss: L_x + λ(t) L_u of one step.
///
/// L_x is the supervised loss of weakly augmented labelled images. L_u is that of strongly augmented
/// unlabelled images against the ``ConfidentRule`` on the teacher's prediction of their weak view;
/// the strong view is drawn on the weak one without another warp, so that its map fits. λ(t) is
/// `weight` times the Gaussian ramp over the first `ramp` of the steps, and 0 once the watch has
/// raised its alarm.
struct ConsistencyLoss {
  let configuration: SemiSupConfiguration
  let student: Network
  let supervised: SupervisedLoss
  let size: Int
  /// What speaks of unlabelled images; nil: there are none.
  let pseudo: Pseudo?

  /// How unlabelled images are labelled.
  struct Pseudo {
    let teacher: Network
    let rule: ConfidentRule
    let temperature: Double
    let watch: PseudoLabelWatch
  }

  /// The loss of a step whose second stream, if any, is unlabelled.
  ///
  /// Running statistics stay as they are: few labels estimate them badly.
  func callAsFunction(_ step: StepContext) -> StepLoss {
    let batch = step.batch.augmented(weak)
    let pass = Pass.stochastic(step.key.folding("pass"))
    guard let pseudo else {
      return StepLoss(supervised(student.logits(batch.images, pass), batch))
    }
    let seen = framed(step.batches[1]).augmented(weak)
    let labels = withoutGradients {
      pseudo.rule.labels(
        pseudo.teacher.probabilities(seen.images, temperature: pseudo.temperature),
        valid: seen.masks)
    }
    let varied = seen.with(pixels: seen.pixels, masks: nil).augmented(strong, view: 1)
    let logits = student.logits(cat([batch.images, varied.images], dim: 0), pass)
    let count = batch.items.count
    let known = supervised(logits.narrow(dim: 0, start: 0, length: count), batch)
    let others = logits.narrow(dim: 0, start: count, length: varied.items.count)
    let unknown =
      student.isSegmentation
      ? Loss.segmentation(others, labels, ignoring: absent)
      : Loss.crossEntropy(others, labels, ignoring: absent)
    let lambda = pseudo.watch.isTrusting * (configuration.weight * ramp(step))
    return StepLoss(
      known + unknown * lambda,
      [
        ("supervised", known), ("unsupervised", unknown),
        ("kept", pseudo.watch.count(labels, absent: absent)), ("lambda", lambda),
      ])
  }

  private var absent: Int {
    student.isSegmentation ? ConfidentRule.absentPixel : ConfidentRule.absentImage
  }

  private func ramp(_ step: StepContext) -> Double {
    Schedule.ramp(
      step: step.step, length: Int((configuration.ramp * Double(step.total)).rounded()))
  }

  private var weak: Augmentation { configuration.augmentation.weak(size: size) }

  private var strong: Augmentation {
    configuration.augmentation.strong(size: size, segmentation: student.isSegmentation)
      .withoutGeometry
  }

  /// Unlabelled images under an empty map, which tells after the warp what lies outside the image.
  private func framed(_ batch: ImageBatch) -> ImageBatch {
    guard student.isSegmentation else { return batch }
    let shape = batch.pixels.shape
    let frame = Tensor.zeros([shape[0], shape[2], shape[3]], dtype: .int64)
    return batch.with(pixels: batch.pixels, masks: frame.to(batch.pixels.device))
  }
}
