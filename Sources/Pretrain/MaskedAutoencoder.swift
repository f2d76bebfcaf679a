public import Base
import Models
import NN
import Torch
import Training

/// Masked autoencoding: a transformer sees a quarter of the patches, a small decoder paints the rest.
///
/// He, Chen, Xie, Li, Dollár, Girshick. *Masked Autoencoders Are Scalable Vision Learners.* CVPR 2022.
/// <https://arxiv.org/abs/2111.06377>
///
/// L = mean over masked patches of mean over pixels of (x̂ − (x − μ) / √(σ² + 10⁻⁶))², μ and σ² of
/// the patch itself.
///
/// - Reads: images `[B, C, H, W]`; a vision transformer. Only crops and flips vary them.
/// - Cost: the encoder on a quarter of the patches, and the decoder on all: about one pass an image.
/// - Randomness: the patches seen are drawn from each image's own key.
/// - Health: from half of the steps (and 100 of them) on the painted patches of a fixed set must be nearer to the true
///   ones than an even patch is.
/// - Settings of the paper: masked 0.75, decoder 512 wide, 8 deep, with 16 heads; rate 1.5e-4 a
///   batch of 256, decay 0.05, β = (0.9, 0.95). Ours are for pools of thousands of images.
/// - Departures: patches of one colour (black borders) do not count; a network without weights of
///   its own begins with fixed positions, but timm's first weights. Crops keep 0.4 of the area, not
///   0.2.
public struct MaskedAutoencoder: PretrainMethod {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// The share of patches that is hidden.
    public var masked = 0.75
    /// Whether patches are standardised, each by itself, before they are compared.
    public var normalizes = true
    /// Features of the decoder.
    public var width = 128
    /// Blocks of the decoder.
    public var depth = 4
    /// Attention heads of the decoder.
    public var heads = 4
    /// AdamW's rate.
    public var rate = 5e-4
    /// AdamW's weight decay.
    public var weightDecay = 0.05

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "masked": "The share of patches that is hidden; 0.6 where findings are smaller than a patch.",
      "normalizes": "Whether patches are standardised, each by itself, before they are compared.",
      "width": "Features of the decoder, a multiple of 4 and of heads.",
      "depth": "Blocks of the decoder.",
      "heads": "Attention heads of the decoder.",
      "rate": "AdamW's learning rate, for batches of up to 128.",
      "weightDecay": "AdamW's weight decay; biases and normalisation have none.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      var faults: [String] = []
      if !(masked > 0 && masked < 1) { faults.append("mae: masked must be above 0 and below 1") }
      if depth < 1 || heads < 1 { faults.append("mae: depth and heads must be at least 1") }
      if width < 4 || width % 4 != 0 || (heads > 0 && width % heads != 0) {
        faults.append("mae: width must be a multiple of 4 and of heads")
      }
      if rate <= 0 || weightDecay < 0 {
        faults.append("mae: rate must be above 0, weightDecay at least 0")
      }
      return faults
    }
  }

  let heads: [(name: String, store: ParameterStore)]
  private let settings: Settings
  private let context: PretrainContext
  private let network: Network
  private let encoder: VisionTransformer
  private let decoder: PatchDecoder
  private let crops: Augmentation

  /// - Precondition: the network is a vision transformer.
  init(_ settings: Settings, _ context: PretrainContext) {
    network = context.network
    guard let encoder = network.backbone as? VisionTransformer else {
      preconditionFailure("mae wants a vision transformer")
    }
    let model = network.configuration
    let side = model.imageSize / encoder.patch
    let store = ParameterStore(device: network.store.device)
    decoder = PatchDecoder(
      settings, inputs: encoder.width, grid: (side, side),
      outputs: encoder.patch * encoder.patch * model.channels,
      in: store.scope(key: context.key.folding("decoder")))
    heads = [("decoder", store)]
    crops = context.configuration.augmentation.cropped(size: model.imageSize)
    (self.settings, self.context, self.encoder) = (settings, context, encoder)
    fixPositions(side, isUntrained: context.isUntrained)
  }

  /// Positions are not learnt; those of an untrained network are sines and cosines.
  private func fixPositions(_ side: Int, isUntrained: Bool) {
    network.store.freeze(under: "pos_embed")
    guard isUntrained, let positions = network.store["pos_embed"] else { return }
    withoutGradients {
      _ = positions.copy_(
        from: GridPositions.table(rows: side, columns: side, width: encoder.width))
    }
  }

  func optimizer(slowing: Double) -> any Optimizer {
    AdamW(
      ParameterStore(joining: [("", network.store)] + heads).groups(),
      learningRate: settings.rate / slowing, betas: (0.9, 0.95), weightDecay: settings.weightDecay)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let batch = step.batch.augmented(crops)
    let (painted, weights) = painted(batch.images, batch.pixels, keys: batch.keys, step.pass)
    return StepLoss(error(painted, batch.images, weights))
  }

  func health(_ images: Tensor, share: Double) -> Health {
    let keys = (0..<images.shape[0]).map { context.key.folding("health").folding($0) }
    let (painted, weights) = painted(
      images, context.normalization.inverse(images), keys: keys, .evaluate)
    let even = error(painted.zerosLike(), images, weights).item()
    let explained = even > 0 ? 1 - error(painted, images, weights).item() / even : 0
    return Health(
      metrics: ["explained": explained],
      isHealthy: !context.judges(share, from: 0.5) || explained > 0)
  }

  var failure: (what: String, remedy: String) {
    (
      "pretraining paints hidden patches no better than evenly",
      "raise method.mae.rate or steps, lower method.mae.masked, or check that the images are not "
        + "of one colour"
    )
  }

  /// All patches as the decoder paints them, and which of them count: hidden ones that are not of
  /// one colour.
  private func painted(
    _ images: Tensor, _ pixels: Tensor, keys: [RandomKey], _ pass: Pass
  ) -> (patches: Tensor, weights: Tensor) {
    let placed = encoder.patches(images)
    let visible = visible(keys, of: placed.shape[1]).to(images.device)
    let places = visible.unsqueeze(-1).expand(visible.shape + [encoder.width])
    let tokens = encoder.encode(placed.gather(dim: 1, index: places), pass)
    let hidden = Tensor.ones(Array(placed.shape.prefix(2)), device: images.device)
      .scatter(dim: 1, index: visible, value: 0)
    return (
      decoder(tokens, visible: visible, pass),
      hidden * Patches.informative(pixels, side: encoder.patch)
    )
  }

  /// The places that each image shows, `[B, V]` ascending; at least one.
  private func visible(_ keys: [RandomKey], of count: Int) -> Tensor {
    let seen = max(1, Int(Double(count) * (1 - settings.masked)))
    return Tensor(
      keys.flatMap { $0.folding("mask").sample(seen, outOf: count).sorted() }, [keys.count, seen])
  }

  private func error(_ painted: Tensor, _ images: Tensor, _ weights: Tensor) -> Tensor {
    Patches.loss(
      painted, Patches.cut(images, side: encoder.patch), weights: weights,
      normalizing: settings.normalizes)
  }
}

extension MaskedAutoencoder.Settings: PretrainSettings {
  static let name = "mae"
  static let card = MethodCard(
    "paints the patches that a transformer has not seen; to be fine-tuned",
    cost: "1 pass an image", regime: "transformers; 5,000 images and more, or given weights",
    paper: "He, Chen, Xie, Li, Dollár, Girshick 2022")
  static let networks = NetworkDemand.transformer(
    because: "it leaves patches out, which a convolution cannot",
    otherwise: "simclr, byol or vicreg for a convolutional network, or decoder-restore for a "
      + "segmentation network")

  func method(_ context: PretrainContext) -> any PretrainMethod {
    MaskedAutoencoder(self, context)
  }
}

extension AugmentationPolicy {
  /// A view for restoration: a crop of at least 0.4 of the area, mirrored and turned by right angles
  /// where the modality has no way up; intensities stay as they are.
  func cropped(size: Int) -> Augmentation {
    var view = contrastive(size: size)
    view.crop = max(view.crop?.lowerBound ?? 0, 0.4)...1
    (view.overlap, view.rotation) = (0, 0)
    view.intensity = IntensityJitter()
    return view
  }
}
