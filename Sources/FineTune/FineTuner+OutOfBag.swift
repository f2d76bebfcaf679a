public import Base
import Foundation
import Models
import Training

extension FineTuner {
  /// What heads that had not learnt from an item would have lost on it: the mean cross-entropy of
  /// the committee's heads whose bootstrap sample leaves the item out.
  ///
  /// About (1 − 1/n)ⁿ ≈ 37 % of the members leave an item out.
  ///
  /// - Parameters:
  ///   - committee: its size.
  ///   - request: what is labelled.
  ///   - features: the trunk's features.
  ///   - key: that of `heads`, which draws the same samples.
  /// - Returns: item → loss, 0 or more; without the items that every member has learnt from.
  public func outOfBagLosses(
    _ committee: BootstrapCommittee, _ request: TrainingRequest, features: TrunkFeatures,
    key: RandomKey
  ) -> [Int: Double] {
    let labels = request.classLabels
    var sums: [Int: (loss: Double, count: Double)] = [:]
    let heads = heads(committee, request, features: features, key: key)
    for (member, head) in heads.enumerated() {
      let seen = Set(
        BootstrapCommittee.sample(
          request.labelled, labels: labels, key: key.folding("member").folding(member)))
      for item in request.labelled where !seen.contains(item) {
        guard let label = labels[item] else { continue }
        let p = head.probabilities(features.scaled([item]))[label]
        let old = sums[item] ?? (0, 0)
        sums[item] = (old.loss - log(max(Double(p), 1e-7)), old.count + 1)
      }
    }
    return sums.mapValues { $0.loss / $0.count }
  }
}
