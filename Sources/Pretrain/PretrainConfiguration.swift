public import Base
public import Models
public import Training

/// What a pretraining learns from: the one catalogue of methods.
public enum PretrainMethodConfiguration: NamedChoice, Equatable {
  /// Two views of an image against all other images.
  case simCLR(SimCLR.Settings)
  /// A view against a queue of earlier images.
  case moCo(MoCo.Settings)
  /// A view against the batch, for transformers.
  case moCoV3(MoCoV3.Settings)
  /// A view predicts a slower copy's.
  case byol(BYOL.Settings)
  /// A view predicts the other.
  case simSiam(SimSiam.Settings)
  /// Features of two views correlate one to one.
  case barlow(BarlowTwins.Settings)
  /// Views agree, features vary.
  case vicReg(VICReg.Settings)
  /// Places of a view against places of the other.
  case dense(DenseContrast.Settings)
  /// The patches of an image that are hidden, out of the others.
  case mae(MaskedAutoencoder.Settings)
  /// What the network's own average tells of another crop.
  case dino(DINO.Settings)
  /// What a network of another kind tells of the same image.
  case cass(CASS.Settings)
  /// By how many quarter turns an image was rotated.
  case rotation(Rotation.Settings)
  /// The image out of its corruption.
  case decoderRestore(DecoderRestore.Settings)

  /// Every method with its default settings.
  public static let choices: [Choice<PretrainMethodConfiguration>] = [
    Choice(simCLR), Choice(moCo), Choice(moCoV3), Choice(byol), Choice(simSiam), Choice(barlow),
    Choice(vicReg), Choice(dense), Choice(mae), Choice(dino), Choice(cass), Choice(rotation),
    Choice(decoderRestore),
  ]

  /// The settings of the method: the one list of what each case holds.
  var settings: any PretrainSettings {
    switch self {
    case .simCLR(let settings): settings
    case .moCo(let settings): settings
    case .moCoV3(let settings): settings
    case .byol(let settings): settings
    case .simSiam(let settings): settings
    case .barlow(let settings): settings
    case .vicReg(let settings): settings
    case .dense(let settings): settings
    case .mae(let settings): settings
    case .dino(let settings): settings
    case .cass(let settings): settings
    case .rotation(let settings): settings
    case .decoderRestore(let settings): settings
    }
  }

  /// The name and settings of this value.
  public var chosen: Chosen { Chosen(type(of: settings).name, settings) }

  /// The weights that a second network starts from, for methods that train two: a file or a run.
  public var companionWeights: String? { settings.companionWeights }

  /// The networks that the method can train.
  public var networks: NetworkDemand { type(of: settings).networks }
}

/// Settings of pretraining.
public struct PretrainConfiguration: Codable, Sendable, Equatable, Validatable, Documented {
  /// The network whose trunk is learnt (for decoder-restore: trunk and decoder).
  public var model = ModelConfiguration(architecture: .resnet18, imageSize: 64)
  /// What it learns from.
  public var method = PretrainMethodConfiguration.simCLR(SimCLR.Settings())
  /// Optimiser steps.
  public var steps = 1500
  /// Images a step.
  public var batch = 64
  /// SGD's rate at a batch of 256; the rate is this times batch / 256.
  public var baseRate = 0.06
  /// AdamW's rate: of decoder-restore, and at a batch of 256 of transformers that compare views.
  public var adamRate = 1e-3
  /// Weight decay; biases and normalisation have none.
  public var weightDecay = 5e-4
  /// What views go through.
  public var augmentation = AugmentationPolicy()
  /// Steps from one health check (collapse, quality of restoration) to the next.
  public var checkEvery = 100
  /// Images of a health check.
  public var checkImages = 512
  /// Labels that may measure the features; none is learnt from.
  public var probe = ProbeLabels.given

  /// The defaults.
  public init() {}

  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    if steps < 1 { faults.append("steps must be at least 1") }
    if batch < 2 { faults.append("batch must be at least 2") }
    if baseRate <= 0 || adamRate <= 0 { faults.append("baseRate and adamRate must be above 0") }
    if weightDecay < 0 { faults.append("weightDecay must not be negative") }
    if checkEvery < 1 || checkImages < 2 {
      faults.append("checkEvery must be at least 1 and checkImages at least 2")
    }
    let method = method.settings
    let kind = type(of: method)
    if let fault = kind.networks.fault(of: kind.name, on: model.architecture) {
      faults.append(fault)
    }
    return faults + method.faults(in: self)
  }

  /// What each setting means.
  public static let documentation = [
    "model": "The network whose trunk is learnt. Classes do not matter here.",
    "method": "What it learns from.",
    "steps": "Optimiser steps. Steps count, not epochs: small pools need as many as large ones.",
    "batch": "Images a step; never more than the pool holds.",
    "baseRate": "SGD's learning rate at a batch of 256: convolutional networks that compare views.",
    "adamRate":
      "AdamW's learning rate: of decoder-restore, and at a batch of 256 of transformers that "
      + "compare views.",
    "weightDecay": "Of weights; biases and normalisation have none.",
    "augmentation": "What views go through; choose the modality of the images.",
    "checkEvery": "Steps from one health check to the next.",
    "checkImages": "Images of a health check.",
    "probe":
      "Labels that may measure the features (none is learnt from): none, given, or truth for the "
      + "hidden ones of a simulation too.",
  ]
}
