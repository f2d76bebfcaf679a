public import Base
import Models
import NN
package import Torch
import Training

/// Dense contrast: besides whole views, each place of a view finds its like in the other.
///
/// Wang, Zhang, Shen, Kong, Li. *Dense Contrastive Learning for Self-Supervised Visual
/// Pre-Training.* CVPR 2021. <https://arxiv.org/abs/2011.09157>
///
/// - Reads: images `[B, C, H, W]`, at most one image of a group a batch where the pool allows it.
/// - Loss: (1 − w) · ``MoCo``'s + w · the same for each place i of the query's map with the key's
///   place c(i) = argmaxⱼ cos(trunkᵢ, trunkⱼ) as its positive and a queue of maps' means as
///   negatives. w is 0 for the first tenth of the run. Heads: linear, ReLU, linear, of the mean and
///   of each place.
/// - Cost: two passes forward and back and two forward an image, O(B (K S D + S² F)) for S places.
/// - Randomness: views, first values, parts of the key batch; all from the run's key.
/// - Departures: those of ``MoCo``. Places are those of the deepest map of at least 4 × 4, so that
///   small images have some; the paper's is the last map, 7 × 7. Two crops overlap by at least a
///   fifth.
public struct DenseContrast: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// w.
    public var weight = 0.5
    /// How views are compared.
    public var contrast = MoCo.Settings()

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "weight": "Weight w of places against whole views, from 0 to 1.",
      "contrast": "Of both parts; as of method moco.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      (0...1).contains(weight) ? [] : ["dense: weight must be from 0 to 1"]
    }
  }

  /// Reads the trunk's last map as a whole, and one of its maps place by place.
  private struct Neck {
    let whole: MLP
    let places: MLP
  }

  /// What an encoder says of images.
  private struct Reading {
    /// `[B, D]`.
    let whole: Tensor
    /// `[B, S, D]`.
    let places: Tensor
    /// The trunk's own features of the places, `[B, S, F]`.
    let trunk: Tensor
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  let teacher: Teacher?
  private let settings: Settings
  private let level: Int
  private let encoder: Encoder<Neck>
  private let target: Encoder<Neck>
  private let queues: (whole: KeyQueue, places: KeyQueue)

  init(_ settings: Settings, _ context: PretrainContext) throws {
    (self.settings, self.context) = (settings, context)
    let contrast = settings.contrast
    let grid = Self.grid(context)
    level = grid.level
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      func head(_ inputs: Int, _ name: String) -> MLP {
        MLP(
          [inputs, contrast.hidden, contrast.output], normalizes: false, ending: .affine,
          in: scope(name))
      }
      return Neck(whole: head(context.width, "whole"), places: head(grid.features, "places"))
    }
    heads = [("projector", encoder.store)]
    let following = try encoder.target(
      momentum: TargetMomentum.constant(contrast.momentum, steps: context.configuration.steps))
    (target, teacher) = (following.encoder, following.teacher)
    func queue(_ name: String) -> KeyQueue {
      KeyQueue(
        length: KeyQueue.length(contrast.queue, images: context.images, batch: context.batch),
        width: contrast.output, device: context.device, key: context.key.folding(name))
    }
    queues = (queue("queue"), queue("queue of places"))
  }

  var extras: [(name: String, tensor: Tensor)] {
    queues.whole.state.map { ("queue.\($0.name)", $0.tensor) }
      + queues.places.state.map { ("places.\($0.name)", $0.tensor) }
  }

  var views: Augmentation? { overlapping }

  private var overlapping: Augmentation {
    var views = context.views
    views.overlap = max(views.overlap, 0.2)
    return views
  }

  func loss(_ step: StepContext) -> StepLoss {
    let views = step.inputs(overlapping)
    let groups = context.groups(step.batch.items)
    let owners = Tensor(groups, [groups.count], device: context.device)
    let keys = [views.a, views.b].enumerated().map { side, images in
      let parts = withoutGradients {
        GhostBatches(settings.contrast.bnSplits)(
          images, key: step.key.folding("ghost").folding(side)
        ) { images in
          let reading = read(target, images, step.pass.folding("key"))
          return [reading.whole, reading.places, reading.trunk]
        }
      }
      return Reading(whole: parts[0], places: parts[1], trunk: parts[2])
    }
    let losses = [views.a, views.b].enumerated().map { side, images in
      compare(
        read(encoder, images, step.pass.folding(side)), keys[1 - side],
        owners: settings.contrast.masksOwn ? owners : nil,
        weight: step.share < 0.1 ? 0 : settings.weight)
    }
    queues.whole.push(keys[1].whole, owners: owners, step: step.step)
    queues.places.push(keys[1].places.mean(dim: [1]), owners: owners, step: step.step)
    return StepLoss((losses[0] + losses[1]) / 2)
  }

  func project(_ images: Tensor) -> Tensor { read(encoder, images, .evaluate).whole }

  private func compare(
    _ query: Reading, _ key: Reading, owners: Tensor?, weight: Double
  ) -> Tensor {
    let temperature = settings.contrast.temperature
    let whole = queues.whole.contrast(
      query.whole, key.whole, owners: owners, temperature: temperature)
    guard weight > 0 else { return whole }
    let found = Self.correspondence(query.trunk, key.trunk)
    let places = Self.contrast(
      query.places, key.places, at: found, queues.places, owners: owners, temperature: temperature)
    return whole * (1 - weight) + places * weight
  }

  /// The place of the key's map that is most like each of the query's, `[B, S]`.
  ///
  /// - Parameters:
  ///   - query: features of the query's places, `[B, S, F]`.
  ///   - key: of the key's.
  /// - Returns: places, int64.
  package static func correspondence(_ query: Tensor, _ key: Tensor) -> Tensor {
    withoutGradients {
      Loss.normalized(query).bmm(Loss.normalized(key).transpose(1, 2)).argmax(dim: 2)
    }
  }

  /// InfoNCE of every place with the place found for it.
  ///
  /// - Parameters:
  ///   - queries: `[B, S, D]`.
  ///   - keys: `[B, S, D]`; no gradient goes into them.
  ///   - found: the key's place of each query, `[B, S]`.
  ///   - queue: the negatives.
  ///   - owners: `[B]`, see ``KeyQueue``.
  ///   - temperature: τ.
  /// - Returns: a scalar.
  package static func contrast(
    _ queries: Tensor, _ keys: Tensor, at found: Tensor, _ queue: KeyQueue, owners: Tensor?,
    temperature: Double
  ) -> Tensor {
    let (places, width) = (queries.shape[1], queries.shape[2])
    let positives = keys.gather(dim: 1, index: found.unsqueeze(2).expand([-1, -1, width]))
    return queue.contrast(
      queries.reshape([-1, width]), positives.reshape([-1, width]),
      owners: owners?.repeatInterleave(places), temperature: temperature)
  }

  private func read(_ encoder: Encoder<Neck>, _ images: Tensor, _ pass: Pass) -> Reading {
    let maps = encoder.network.maps(images, pass)
    let trunk = maps[level].flatten(start: 2).transpose(1, 2)
    return Reading(
      whole: encoder.head.whole(Resolution.globalMean(maps[maps.count - 1]), pass),
      places: encoder.head.places(trunk, pass), trunk: trunk)
  }

  /// The deepest map of at least 4 × 4 places, else the finest one, and its features.
  private static func grid(_ context: PretrainContext) -> (level: Int, features: Int) {
    let model = context.configuration.model
    let image = Tensor.zeros(
      [1, model.channels, model.imageSize, model.imageSize], device: context.device)
    let maps = withoutGradients { context.network.maps(image, .evaluate) }
    let level = maps.lastIndex { $0.shape[2] >= 4 && $0.shape[3] >= 4 } ?? 0
    return (level, maps[level].shape[1])
  }
}

extension DenseContrast.Settings: PretrainSettings {
  static let name = "dense"
  static let card = MethodCard(
    "places of a view find their like in the other; for segmentation",
    cost: "4 passes an image, 2 of them forward only, O(B·K·S·D) for S places",
    regime: "encoders of U-Nets, 1,000 images and more; else decoder-restore",
    paper: "Wang, Zhang, Shen, Kong, Li 2021")
  static let networks = NetworkDemand.maps(
    because: "it compares places of convolutional maps", otherwise: "moco-v3, byol or vicreg")

  func method(_ context: PretrainContext) throws -> any PretrainMethod {
    try DenseContrast(self, context)
  }
}
