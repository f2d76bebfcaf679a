import Base
import Evaluation
import Foundation
import Models
import NN
import Training

extension FineTuner {
  /// The temperature of networks that are trained whole, from logits of labels that they have not
  /// seen: one more training for every fold, always from the pretrained network (that of the round
  /// before has seen the earlier labels).
  ///
  /// - Returns: 1 while no two classes can be held out.
  func temperature(
    _ request: TrainingRequest, checkpoints: URL?, key: RandomKey
  ) throws -> Double {
    let (items, classes) = (request.labelled, request.classes.count)
    let key = key.folding("calibration")
    let inference = PoolInference(pixels, normalization: normalization, device: device)
    let heldOut = try OutOfFold(
      labels: request.labelledClasses, groups: request.labelledGroups, classes: classes,
      configuration: configuration, key: key
    ) { folds in
      var logits = [Float](repeating: 0, count: items.count * classes)
      for fold in 0..<folds.count {
        let network = try network(request, from: .pretrained, key: key.folding(fold))
        try descend(
          network, request, items: folds.training(fold).map { items[$0] },
          label: "fold \(fold + 1) of \(folds.count)", continues: false,
          checkpoints: checkpoints?.appendingPathComponent("fold-\(fold)"), metrics: nil,
          key: key.folding(fold))
        let rows = folds.testing(fold)
        let values = try inference.rows(rows.map { items[$0] }) { network.logits($0, .evaluate) }
          .values
        for (place, row) in rows.enumerated() {
          logits.replaceSubrange(
            row * classes..<(row + 1) * classes,
            with: values[place * classes..<(place + 1) * classes])
        }
      }
      return logits
    }
    return heldOut?.temperature ?? 1
  }
}
