import NN

extension Network {
  /// How deep a parameter stands, from 0 (first layers) to ``layerCount`` − 1 (head): what
  /// layer-wise learning rates go by.
  ///
  /// Stages of convolutional networks and blocks of transformers are one layer each; a decoder is
  /// the layer before the head.
  public func layer(of name: String) -> Int {
    let head = configuration.architecture.headScope
    if ParameterStore.name(name, isUnder: head) { return layerCount - 1 }
    if isSegmentation, ParameterStore.name(name, isUnder: "decoder") { return layerCount - 2 }
    let bare = name.replacingPrefix("encoder.", by: "")
    let parts = bare.split(separator: ".").map(String.init)
    switch parts[0] {
    case "blocks", "stages": return 1 + (Int(parts[1]) ?? 0)
    case "layer1", "layer2", "layer3", "layer4": return Int(parts[0].suffix(1)) ?? 0
    case "norm", "conv_head", "bn2": return layerCount - 2
    default: return Int(parts[0]) ?? 0
    }
  }

  /// The number of layers that ``layer(of:)`` tells apart.
  public var layerCount: Int {
    switch configuration.architecture {
    case .resnet18, .resnet34, .resnet50: 6
    case .vitTiny, .vitSmall: 15
    case .efficientNetLite0, .tfEfficientNetLite0: 10
    case .unetResNet18, .unetResNet34, .unetResNet50, .unetPlain: 7
    case .fcnSA: 8
    }
  }
}
