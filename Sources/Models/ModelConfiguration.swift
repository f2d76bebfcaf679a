public import Base

/// The architectures, by the names of YAML and the command line.
public enum Architecture: String, Codable, CaseIterable, Sendable {
  /// Residual networks (``ResNet``), torchvision's keys.
  case resnet18, resnet34, resnet50
  /// Five convolutions and three linear layers (``AlexNet``), torchvision's keys.
  case alexnet
  /// Densely connected layers (``DenseNet``), torchvision's keys.
  case densenet121
  /// Vision transformers (``VisionTransformer``), timm's keys.
  case vitTiny = "vit-tiny"
  case vitSmall = "vit-small"
  case vitBase = "vit-base"
  /// EfficientNet-Lite0 with symmetric padding, timm's keys.
  case efficientNetLite0 = "efficientnet-lite0"
  /// EfficientNet-Lite0 as TensorFlow trained it: padding SAME, epsilon 1e-3.
  case tfEfficientNetLite0 = "tf-efficientnet-lite0"
  /// A five-level encoder and decoder, trained from scratch (``PlainUNet``).
  case unetPlain = "unet-plain"
  /// A decoder on a residual network (``UNet``).
  case unetResNet18 = "unet-resnet18"
  case unetResNet34 = "unet-resnet34"
  case unetResNet50 = "unet-resnet50"
  /// A fully convolutional network whose deepest map describes the image (``FCNSA``).
  case fcnSA = "fcn-sa"
  /// A U-Net of shifted-window transformers (``SwinUNet``), timm's keys in the encoder.
  case swinUNet = "swin-unet"

  /// Whether it gives a class per pixel.
  public var isSegmentation: Bool {
    switch self {
    case .unetPlain, .unetResNet18, .unetResNet34, .unetResNet50, .fcnSA, .swinUNet: true
    default: false
    }
  }

  /// Whether it is a vision transformer with a class token and learnt positions.
  public var isVisionTransformer: Bool {
    switch self {
    case .vitTiny, .vitSmall, .vitBase: true
    default: false
    }
  }

  /// Whether it cuts images into patches that attend to one another.
  public var isTransformer: Bool { isVisionTransformer || self == .swinUNet }

  /// The side of a transformer's patches where none is given: the published one, and for a
  /// Swin-UNet on images below 128 pixels half of it.
  public func patch(imageSize: Int) -> Int {
    self == .swinUNet ? (imageSize < 128 ? 2 : 4) : 16
  }

  /// The classifier that shares its trunk with this architecture, if there is one.
  public var encoder: Architecture? {
    switch self {
    case .unetResNet18: .resnet18
    case .unetResNet34: .resnet34
    case .unetResNet50: .resnet50
    case .unetPlain, .fcnSA, .swinUNet: nil
    default: self
    }
  }

  /// Under which name the output layer stands; everything else is the trunk or the decoder.
  public var headScope: String {
    switch self {
    case .resnet18, .resnet34, .resnet50: "fc"
    case .densenet121, .efficientNetLite0, .tfEfficientNetLite0: "classifier"
    case .alexnet: "classifier.6"
    default: "head"
    }
  }

  /// Under which name the trunk stands; empty where it is everything but the head.
  public var trunkScope: String { isSegmentation ? "encoder" : "" }
}

/// The first layers of a residual or dense network; of an AlexNet how far its first filter moves.
public enum Stem: String, Codable, CaseIterable, Sendable {
  /// 7×7 with stride 2, then max pooling: for images of 64 pixels and more.
  case imagenet
  /// 3×3 with stride 1, no pooling: for images of about 32 pixels.
  case small
  /// 3×3 with stride 2, no pooling: for images of about 64 pixels.
  case medium
}

/// What a network is built from.
public struct ModelConfiguration: Codable, Sendable, Equatable {
  /// The kind of network.
  public var architecture: Architecture
  /// Outputs per image or pixel, 1 or more; for segmentation with the background.
  public var classes: Int
  /// Whether one of the classes is there, or any number of them.
  public var outputs: Outputs
  /// Channels of the images, 1 or more.
  public var channels: Int
  /// Side of the square images in pixels; binding for transformers, whose positions depend on it.
  public var imageSize: Int
  /// Side of a transformer's patches; divides the image's.
  public var patch: Int
  /// Side of a Swin-UNet's windows in patches; 0 for the largest of 8 … 4 that tiles its maps.
  public var window: Int
  /// The first layers of a residual or dense network, or of an AlexNet.
  public var stem: Stem
  /// Factor on the widths of convolutional networks and of the Swin-UNet, but for EfficientNet-Lite
  /// and fcn-sa: 0.5 has about a quarter of the weights.
  public var widthFactor: Double
  /// Share of units dropped: before the head of a classifier (in AlexNet also before its two hidden
  /// linear layers), in the blocks of the plain U-Net, before the output of the others.
  public var dropout: Double
  /// Share of residual branches dropped in the last block of a transformer; earlier blocks less.
  public var dropPath: Double

  /// A configuration; the defaults are those of the references.
  public init(
    architecture: Architecture, classes: Int = 2, outputs: Outputs = .exclusive,
    channels: Int = 3, imageSize: Int = 224, patch: Int? = nil, window: Int = 0,
    stem: Stem = .imagenet, widthFactor: Double = 1, dropout: Double = 0.1, dropPath: Double = 0
  ) {
    self.architecture = architecture
    self.classes = classes
    self.outputs = outputs
    self.channels = channels
    self.imageSize = imageSize
    self.patch = patch ?? architecture.patch(imageSize: imageSize)
    self.window = window
    self.stem = stem
    self.widthFactor = widthFactor
    self.dropout = dropout
    self.dropPath = dropPath
  }
}

extension ModelConfiguration: Defaulted {
  /// ResNet-18 for two classes of colour images.
  public init() { self.init(architecture: .resnet18) }
}

extension ModelConfiguration: Documented {
  /// What each key means.
  public static let documentation = [
    "architecture": "The kind of network.",
    "classes": "Outputs per image or pixel; for segmentation with the background.",
    "outputs": "exclusive: one class an image or pixel; independent: any number of classes an "
      + "image. Rounds take it from the pool, as they do the classes.",
    "channels": "Channels of the images.",
    "imageSize": "Side of the square images in pixels.",
    "patch": "Side of a transformer's patches in pixels; divides imageSize.",
    "window": "Side of a Swin-UNet's windows in patches; 0: the largest of 8 to 4 that fits.",
    "stem": "First layers of a residual or dense network: imagenet (7x7, stride 2, pooling), "
      + "medium (3x3, stride 2) or small (3x3, stride 1); AlexNet's first filter moves by 4, 2 or 1.",
    "widthFactor": "Factor on the widths of convolutional networks and of the Swin-UNet, but for "
      + "EfficientNet-Lite and fcn-sa.",
    "dropout": "Share of units dropped in training, and by Monte-Carlo passes.",
    "dropPath": "Share of residual branches dropped in a transformer's last block.",
  ]
}
