import Evaluation
import Models
import Torch
import Training

/// Which unlabelled images a training looks at: those of which the network that it starts from is
/// sure.
struct PseudoLabelChooser {
  let configuration: SemiSupConfiguration
  let request: SemiSupRequest
  let images: ImageAccess
  /// Of the labels that are trained on.
  let prior: LabelledPrior

  /// What makes a prediction a label.
  func rule(_ calibration: Calibration) -> ConfidentRule {
    ConfidentRule(calibration.thresholds, areas: prior.areas, device: images.device)
  }

  /// The items, ascending: images of which ``PseudoLabel/select`` takes the class, or whose map
  /// ``ConfidentRule`` does not drop.
  func choose(_ network: Network, _ calibration: Calibration) throws -> [Int] {
    let items = request.unlabelled
    func shares(_ images: Tensor) -> Tensor {
      network.probabilities(images, temperature: calibration.temperature)
    }
    guard network.isSegmentation else {
      let rows = ClassProbabilities(
        try images.inference.rows(items, forward: shares).values, classes: request.classes)
      return PseudoLabel.select(
        rows, thresholds: calibration.thresholds, quota: configuration.quota, prior: prior.shares
      ).map { items[$0.row] }
    }
    let rule = rule(calibration)
    var chosen: [Int] = []
    try images.inference.forEach(items, forward: { rule.labels(shares($0)) }) { rows, labels in
      let kept = labels.ne(ConfidentRule.absentPixel).reshape([rows.count, -1])
      for (row, isKept) in zip(rows, kept.to(.float32).amax(dim: [1]).floats()) where isKept > 0 {
        chosen.append(items[row])
      }
    }
    return chosen
  }
}

/// The images of a pool as a network takes them.
struct ImageAccess {
  let pixels: any PixelSource
  let normalization: Normalization
  let device: Device

  var inference: PoolInference {
    PoolInference(pixels, normalization: normalization, device: device)
  }
}
