import Base
import Models
import NN
import Torch
import Training

/// What a method is made of: the network, and what is known of the run.
struct PretrainContext {
  /// The settings of the stage.
  let configuration: PretrainConfiguration
  /// What is trained, with its start weights.
  let network: Network
  /// Whether those are first values as they are drawn.
  let isUntrained: Bool
  /// What a second network starts from; nil: from nothing.
  let companionStart: [(name: String, tensor: Tensor)]?
  /// Of the network's input.
  let normalization: Normalization
  /// Item → group.
  let groups: ItemTable
  /// Images that are learnt from.
  let images: Int
  /// Images of a step: the batch asked for, or fewer where the pool or its groups are few.
  let batch: Int
  /// What first values and checks draw from.
  let key: RandomKey
}

extension PretrainContext {
  /// How two views of an image are drawn.
  var views: Augmentation {
    configuration.augmentation.contrastive(size: configuration.model.imageSize)
  }

  /// Features that a head reads.
  var width: Int { network.width }

  /// Where training goes on.
  var device: Device { network.store.device }

  /// Whether a health check counts: after a share of the steps, and at least a hundred of them, since
  /// every untrained network looks ill.
  func judges(_ share: Double, from first: Double) -> Bool {
    share >= first && share * Double(configuration.steps) >= 100
  }

  /// The group of each image of a batch; one of its own where none is known.
  func groups(_ items: [Int]) -> [Int] { items.map { groups[$0] ?? -1 - $0 } }

  /// The update rule of joint-embedding methods for the network and the networks beside it.
  ///
  /// SGD with momentum 0.9 for convolutions, the recipe of lightly's benchmark on 9,500 images; AdamW
  /// for transformers. Either rate is that of a batch of 256 and goes with the batch.
  ///
  /// - Parameters:
  ///   - heads: the networks beside it; names of their parameters begin with theirs.
  ///   - slowing: divides the rate.
  ///   - leastBatch: the rate goes down no further below that many images.
  ///   - steady: the heads whose rate stays the same from the first step to the last.
  /// - Returns: the rule.
  func optimizer(
    _ heads: [(name: String, store: ParameterStore)], slowing: Double, leastBatch: Int = 1,
    steady: Set<String> = []
  ) -> any Optimizer {
    let moving = heads.filter { !steady.contains($0.name) }
    var groups = ParameterStore(joining: [("", network.store)] + moving).groups()
    for head in heads where steady.contains(head.name) {
      groups += ParameterStore(joining: [head]).groups().map { group in
        var group = group
        group.followsSchedule = false
        return group
      }
    }
    let scale = Double(max(batch, leastBatch)) / 256 / slowing
    if NetworkDemand.Kind(configuration.model.architecture) == .transformer {
      return AdamW(
        groups, learningRate: configuration.adamRate * scale,
        weightDecay: configuration.weightDecay)
    }
    return SGD(
      groups, learningRate: configuration.baseRate * scale, momentum: 0.9,
      weightDecay: configuration.weightDecay)
  }
}
