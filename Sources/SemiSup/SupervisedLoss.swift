import NN
import Torch
import Training

/// The loss of labelled images.
enum SupervisedLoss {
  /// Cross-entropy with classes; half cross-entropy and half soft Dice with class maps, 255 left
  /// out.
  static func value(_ logits: Tensor, _ batch: ImageBatch) -> Tensor {
    if let masks = batch.masks { return Loss.segmentation(logits, masks) }
    guard let labels = batch.labels else {
      preconditionFailure("a batch of the labelled stream has no labels")
    }
    return Loss.crossEntropy(logits, labels)
  }
}
