import Base
import Models
import NN
import Torch
import Training

/// The images of a step, and the views and passes that methods are made of.
///
/// Running statistics stay as they are in every pass: few labels estimate them badly.
struct SemiSupStep {
  /// What all steps of a training share.
  struct Frame {
    let augmentation: AugmentationPolicy
    let supervised: SupervisedLoss
    let size: Int
    let isSegmentation: Bool

    var weak: Augmentation { augmentation.weak(size: size) }

    var strong: Augmentation {
      augmentation.strong(size: size, segmentation: isSegmentation).withoutGeometry
    }
  }

  let context: StepContext
  let frame: Frame
  /// Labelled images, weakly augmented.
  let labelled: ImageBatch

  init(_ context: StepContext, _ frame: Frame) {
    self.context = context
    self.frame = frame
    labelled = context.batch.augmented(frame.weak)
  }

  /// What stands for no label.
  var absent: Int { frame.isSegmentation ? ConfidentRule.absentPixel : ConfidentRule.absentImage }

  /// A batch of unlabelled images as they are; maps lie under an empty one, which tells after a
  /// warp what lies outside the image.
  func unlabelled(_ stream: Int = 0) -> ImageBatch {
    let batch = context.batches[1 + stream]
    guard frame.isSegmentation else { return batch }
    let shape = batch.pixels.shape
    let empty = Tensor.zeros([shape[0], shape[2], shape[3]], dtype: .int64)
    return batch.with(pixels: batch.pixels, masks: empty.to(batch.pixels.device))
  }

  /// A weakly augmented batch of unlabelled images.
  func weak(_ stream: Int = 0, view: Int = 0) -> ImageBatch {
    unlabelled(stream).augmented(frame.weak, view: view)
  }

  /// The strong view of what has been weakly augmented: no further warp, so that its map fits.
  func strong(_ seen: ImageBatch, view: Int = 1) -> ImageBatch {
    seen.with(pixels: seen.pixels, masks: nil).augmented(frame.strong, view: view)
  }

  /// A pass that drops units, as `name` draws them.
  func pass(_ name: String = "pass") -> Pass { .stochastic(context.key.folding(name)) }

  /// Labelled images and others in one pass.
  ///
  /// - Returns: the supervised loss of the labelled ones, and the logits of the others.
  func learn(
    _ network: Network, beside others: Tensor, pass name: String = "pass"
  ) -> (known: Tensor, logits: Tensor) {
    let logits = network.logits(cat([labelled.images, others], dim: 0), pass(name))
    let count = labelled.items.count
    return (
      frame.supervised(logits.narrow(dim: 0, start: 0, length: count), labelled),
      logits.narrow(dim: 0, start: count, length: others.shape[0])
    )
  }

  /// The supervised loss alone.
  func known(_ network: Network) -> Tensor {
    frame.supervised(network.logits(labelled.images, pass()), labelled)
  }

  /// Images with noise clamp(N(0, deviation²), ±2 deviation) of the step's own.
  func noisy(_ images: Tensor, deviation: Double, _ name: String = "noise") -> Tensor {
    guard deviation > 0 else { return images }
    let generator = Generator(context.key.folding(name), device: images.device)
    let noise = Tensor.normal(
      images.shape, std: deviation, generator: generator, device: images.device)
    return images + noise.clamp(min: -2 * deviation, max: 2 * deviation)
  }

  /// The loss of labels that may be absent.
  func loss(_ logits: Tensor, _ labels: Tensor) -> Tensor {
    frame.isSegmentation
      ? Loss.segmentation(logits, labels, ignoring: absent)
      : Loss.crossEntropy(logits, labels, ignoring: absent)
  }

  /// Which pixels of predicted maps are inside their images, `[B, H, W]`; all images, `[B]`.
  func valid(_ batch: ImageBatch) -> Tensor {
    batch.masks?.ne(ConfidentRule.absentPixel)
      ?? Tensor.ones([batch.items.count], dtype: .bool).to(batch.pixels.device)
  }

  /// Predictions as the log counts them: every class, in maps away from contours and inside images.
  func predicted(_ probabilities: Tensor, _ batch: ImageBatch) -> Tensor {
    ConfidentRule { $0.argmax(dim: 1).lt(0) }.labels(probabilities, valid: batch.masks)
  }
}

/// What a step minimises: L_x + λ(t) L_u.
struct StepTerms {
  /// L_x, of labelled images.
  let known: Tensor
  /// L_u, of unlabelled images.
  let unknown: Tensor
  /// What unlabelled images were taken to show, `[B]` or `[B, H, W]`, absent where nothing was said:
  /// for the guardrail and the log.
  let labels: Tensor
  /// Further scalars for the log.
  var logs: [(String, Tensor)] = []
}
