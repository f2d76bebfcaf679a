import Models
package import Torch
import Training

/// Labels weak views by a network's own calibrated predictions, for methods whose strong views learn
/// them.
package struct ViewLabeller {
  let threshold: any Threshold
  let temperature: Double

  /// - Parameters:
  ///   - threshold: when a prediction is believed.
  ///   - temperature: divides the logits.
  package init(threshold: any Threshold, temperature: Double) {
    (self.threshold, self.temperature) = (threshold, temperature)
  }

  /// The labels of a batch, without gradients.
  func labels(_ network: Network, _ seen: ImageBatch) -> ViewLabels {
    withoutGradients {
      labels(
        network.probabilities(seen.images, temperature: temperature), items: seen.items,
        valid: seen.masks)
    }
  }

  /// The labels of probabilities `[B, C]` or `[B, C, H, W]`; in maps nothing is believed beside a
  /// contour or outside the image, where `valid` is 255.
  package func labels(_ probabilities: Tensor, items: [Int], valid: Tensor?) -> ViewLabels {
    withoutGradients {
      let shares = threshold.aligned(probabilities)
      let labels = shares.argmax(dim: 1)
      var weights = threshold.weights(shares, items: items)
      if labels.rank == 3 {
        var outside = ConfidentRule.contours(labels)
        if let valid { outside = outside.logicalOr(valid.eq(ConfidentRule.absentPixel)) }
        weights = weights.maskedFill(outside, 0)
      }
      return ViewLabels(labels: labels, weights: weights)
    }
  }
}

/// What weak views were taken to show.
package struct ViewLabels {
  /// A class everywhere, int64 `[B]` or `[B, H, W]`.
  package let labels: Tensor
  /// How far each is believed, from 0 to 1, in the same shape.
  package let weights: Tensor

  /// Labels, and how far each is believed.
  package init(labels: Tensor, weights: Tensor) { (self.labels, self.weights) = (labels, weights) }

  /// The labels as the guardrail counts them: absent below half a weight.
  package func counted(absent: Int) -> Tensor { labels.maskedFill(weights.lt(0.5), absent) }
}
