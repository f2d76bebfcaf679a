import Base
package import Models
import NN
import Torch
package import Training

/// A logistic head on the features of a frozen trunk: convex, exact, milliseconds.
///
/// It is all that is learnt where the trunk stays frozen, and what a training of the whole network
/// may begin with (LP-FT: a head at its optimum does not pull the features about). Kumar,
/// Raghunathan, Jones, Ma, Liang. *Fine-Tuning can Distort Pretrained Features and Underperform
/// Out-of-Distribution.* ICLR 2022. <https://arxiv.org/abs/2202.10054>
package struct FrozenHead {
  private let head: LogisticHead
  private let scaler: FeatureScaler

  /// Fits the head.
  ///
  /// - Parameters:
  ///   - scaled: `[labels, D]`, row by row, as `scaler` makes them.
  ///   - scaler: what brought the features to scale.
  ///   - labels: the class of each row.
  ///   - classes: C.
  ///   - configuration: penalty and class weights.
  package init(
    _ scaled: [Float], scaler: FeatureScaler, labels: [Int], classes: Int,
    configuration: FineTuneConfiguration
  ) {
    self.scaler = scaler
    head = LogisticHead.fit(
      scaled, width: scaler.mean.count, labels: labels, classes: classes,
      weights: configuration.headWeights(labels, classes: classes),
      settings: configuration.headSettings)
  }

  /// Puts the head into a network that reads unscaled features.
  ///
  /// The clipping of the scaled features at ±8 has no linear form and is left out.
  ///
  /// - Parameters:
  ///   - network: whose output layer becomes the head's.
  ///   - unseen: whether classes never seen are ruled out by their bias; else they keep what the
  ///     network had, as a training that goes on wants it.
  package func load(into network: Network, rulingOut unseen: Bool = true) {
    let scope = network.configuration.architecture.headScope
    guard let weight = network.store["\(scope).weight"], let bias = network.store["\(scope).bias"]
    else { preconditionFailure("the network has no head") }
    let folded = head.folding(scaler)
    withoutGradients {
      let rows = Tensor(folded.weight, [head.classes, head.width]).to(weight.device)
      let offsets = Tensor(folded.bias, [head.classes]).to(bias.device)
      let taken = Tensor(head.isSeen.map { $0 || unseen }, [head.classes], device: bias.device)
      weight.copy_(from: where_(taken.unsqueeze(1), rows, weight.detach()))
      bias.copy_(from: where_(taken, offsets, bias.detach()))
    }
  }
}

extension FineTuneConfiguration {
  var headSettings: LogisticHead.Settings {
    .init(lambda: lambda, balanced: classWeights == .automatic)
  }

  /// What each row weighs in a logistic head's loss, where the head does not balance classes itself.
  func headWeights(_ labels: [Int], classes: Int) -> [Double]? {
    var counts = [Double](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    return classWeights.weights(counts).map { weights in labels.map { weights[$0] } }
  }
}
