public import Models

/// The networks that a method can train, and why no others.
public struct NetworkDemand: Sendable {
  /// Kinds of network that methods tell apart.
  enum Kind: Sendable {
    case convolutional, transformer, segmentation

    /// The kind of an architecture; plain transformers are those with timm's `vit_` names.
    init(_ architecture: Architecture) {
      if architecture.isSegmentation {
        self = .segmentation
      } else {
        self = architecture.rawValue.hasPrefix("vit-") ? .transformer : .convolutional
      }
    }
  }

  /// The architecture to begin with.
  public let example: Architecture
  private let name: String
  private let kinds: Set<Kind>
  private let reason: String
  private let instead: String

  private init(
    _ name: String, _ kinds: Set<Kind>, _ example: Architecture, _ reason: String, _ instead: String
  ) {
    (self.name, self.kinds, self.example) = (name, kinds, example)
    (self.reason, self.instead) = (reason, instead)
  }

  /// Any classifier: the loss reads one vector an image.
  static let classifier = NetworkDemand(
    "a classification network", [.convolutional, .transformer], .resnet18,
    "its loss reads one vector an image, which says nothing to a decoder",
    "decoder-restore or dense for a segmentation network")

  /// A classifier of convolutions.
  static func convolutional(because reason: String, otherwise instead: String) -> Self {
    Self("a convolutional classification network", [.convolutional], .resnet18, reason, instead)
  }

  /// Convolutions with or without a decoder.
  static func maps(because reason: String, otherwise instead: String) -> Self {
    Self("a convolutional network", [.convolutional, .segmentation], .resnet18, reason, instead)
  }

  /// A vision transformer.
  static func transformer(because reason: String, otherwise instead: String) -> Self {
    Self("a vision transformer", [.transformer], .vitTiny, reason, instead)
  }

  /// An encoder with a decoder.
  static func segmentation(because reason: String, otherwise instead: String) -> Self {
    Self("a segmentation network", [.segmentation], .unetResNet18, reason, instead)
  }

  /// Why `method` cannot train that architecture and what can; nil where it can.
  func fault(of method: String, on architecture: Architecture) -> String? {
    guard !kinds.contains(Kind(architecture)) else { return nil }
    return "method \(method) wants \(name), such as \(example.rawValue), not "
      + "\(architecture.rawValue): \(reason); use \(instead)"
  }
}
