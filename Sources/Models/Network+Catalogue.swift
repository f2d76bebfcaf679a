import NN

extension Network {
  /// The classifiers: the one list of them.
  static func classifier(
    _ configuration: ModelConfiguration, _ scope: Scope
  ) -> (any Backbone, ClassifierHead) {
    func residual(_ depth: ResNet.Depth) -> (any Backbone, ClassifierHead) {
      let trunk = ResNet(
        depth, channels: configuration.channels, stem: configuration.stem,
        widthFactor: configuration.widthFactor, in: scope)
      return (trunk, head(trunk))
    }
    func transformer(_ size: VisionTransformer.Size) -> (any Backbone, ClassifierHead) {
      let trunk = VisionTransformer(
        size, channels: configuration.channels, imageSize: configuration.imageSize,
        patch: configuration.patch, dropPath: configuration.dropPath, in: scope)
      return (trunk, head(trunk, weights: .truncatedNormal(std: 0.02), biases: .zeros))
    }
    func mobile(_ origin: EfficientNetLite.Origin) -> (any Backbone, ClassifierHead) {
      let trunk = EfficientNetLite(origin, channels: configuration.channels, in: scope)
      let bound = 1 / Double(configuration.classes).squareRoot()
      return (trunk, head(trunk, weights: .uniformWithin(bound), biases: .zeros))
    }
    func head(
      _ trunk: any Backbone, weights: Initializer = .kaimingUniform, biases: Initializer? = nil
    ) -> ClassifierHead {
      ClassifierHead(
        trunk.width, classes: configuration.classes, dropout: configuration.dropout,
        weights: weights, biases: biases, in: scope(configuration.architecture.headScope))
    }
    return switch configuration.architecture {
    case .resnet18: residual(.resnet18)
    case .resnet34: residual(.resnet34)
    case .resnet50: residual(.resnet50)
    case .vitTiny: transformer(.tiny)
    case .vitSmall: transformer(.small)
    case .efficientNetLite0: mobile(.timm)
    case .tfEfficientNetLite0: mobile(.tensorFlow)
    case .unetPlain, .unetResNet18, .unetResNet34, .unetResNet50, .fcnSA:
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
    case .resnet18, .resnet34, .resnet50, .vitTiny, .vitSmall, .efficientNetLite0,
      .tfEfficientNetLite0:
      preconditionFailure("\(configuration.architecture.rawValue) gives no class per pixel")
    }
  }
}
