import NN

extension Network {
  /// The classifiers: the one list of them.
  static func classifier(
    _ configuration: ModelConfiguration, _ scope: Scope
  ) -> (any Backbone, ClassifierHead) {
    let parts = Classifiers(configuration: configuration, scope: scope)
    return switch configuration.architecture {
    case .resnet18: parts.residual(.resnet18)
    case .resnet34: parts.residual(.resnet34)
    case .resnet50: parts.residual(.resnet50)
    case .alexnet: parts.alexNet()
    case .densenet121: parts.dense()
    case .vitTiny: parts.transformer(.tiny)
    case .vitSmall: parts.transformer(.small)
    case .vitBase: parts.transformer(.base)
    case .efficientNetLite0: parts.mobile(.timm)
    case .tfEfficientNetLite0: parts.mobile(.tensorFlow)
    case .unetPlain, .unetResNet18, .unetResNet34, .unetResNet50, .fcnSA, .swinUNet:
      preconditionFailure("\(configuration.architecture.rawValue) is no classifier")
    }
  }

  /// The networks with a class per pixel: the one list of them.
  static func segmenter(_ configuration: ModelConfiguration, _ scope: Scope) -> any Segmenter {
    func residual(_ depth: ResNet.Depth) -> any Segmenter {
      UNet(
        depth, classes: configuration.classes, channels: configuration.channels,
        stem: configuration.stem, widthFactor: configuration.widthFactor,
        dropout: configuration.dropout, in: scope)
    }
    return switch configuration.architecture {
    case .unetResNet18: residual(.resnet18)
    case .unetResNet34: residual(.resnet34)
    case .unetResNet50: residual(.resnet50)
    case .unetPlain:
      PlainUNet(
        classes: configuration.classes, channels: configuration.channels,
        widthFactor: configuration.widthFactor, dropout: configuration.dropout, in: scope)
    case .fcnSA:
      FCNSA(
        classes: configuration.classes, channels: configuration.channels,
        dropout: configuration.dropout, in: scope)
    case .swinUNet: swin(configuration, scope)
    case .resnet18, .resnet34, .resnet50, .alexnet, .densenet121, .vitTiny, .vitSmall, .vitBase,
      .efficientNetLite0, .tfEfficientNetLite0:
      preconditionFailure("\(configuration.architecture.rawValue) gives no class per pixel")
    }
  }

  private static func swin(_ configuration: ModelConfiguration, _ scope: Scope) -> SwinUNet {
    let grid = SwinGrid(
      imageSize: configuration.imageSize, patch: configuration.patch,
      window: configuration.window)
    guard let grid else { preconditionFailure("a faulty configuration passed its check") }
    return SwinUNet(
      classes: configuration.classes, channels: configuration.channels, grid: grid,
      patch: configuration.patch, widthFactor: configuration.widthFactor,
      dropout: configuration.dropout, dropPath: configuration.dropPath, in: scope)
  }
}

/// Trunks with their heads, as a configuration has them.
private struct Classifiers {
  let configuration: ModelConfiguration
  let scope: Scope

  func residual(_ depth: ResNet.Depth) -> (any Backbone, ClassifierHead) {
    headed(
      ResNet(
        depth, channels: configuration.channels, stem: configuration.stem,
        widthFactor: configuration.widthFactor, in: scope))
  }

  func alexNet() -> (any Backbone, ClassifierHead) {
    headed(
      AlexNet(
        channels: configuration.channels, stem: configuration.stem,
        widthFactor: configuration.widthFactor, dropout: configuration.dropout, in: scope))
  }

  func dense() -> (any Backbone, ClassifierHead) {
    headed(
      DenseNet(
        channels: configuration.channels, stem: configuration.stem,
        widthFactor: configuration.widthFactor, in: scope), biases: .zeros)
  }

  func transformer(_ size: VisionTransformer.Size) -> (any Backbone, ClassifierHead) {
    headed(
      VisionTransformer(
        size, channels: configuration.channels, imageSize: configuration.imageSize,
        patch: configuration.patch, dropPath: configuration.dropPath, in: scope),
      weights: .truncatedNormal(std: 0.02), biases: .zeros)
  }

  func mobile(_ origin: EfficientNetLite.Origin) -> (any Backbone, ClassifierHead) {
    headed(
      EfficientNetLite(origin, channels: configuration.channels, in: scope),
      weights: .uniformWithin(1 / Double(configuration.classes).squareRoot()), biases: .zeros)
  }

  /// The trunk and its output layer, under the name that the architecture gives it.
  private func headed(
    _ trunk: any Backbone, weights: Initializer = .kaimingUniform, biases: Initializer? = nil
  ) -> (any Backbone, ClassifierHead) {
    let head = ClassifierHead(
      trunk.width, classes: configuration.classes, dropout: configuration.dropout,
      weights: weights, biases: biases, in: scope(configuration.architecture.headScope))
    return (trunk, head)
  }
}
