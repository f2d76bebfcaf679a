import NN

extension Network {
  /// How deep a parameter stands, from 0 (first layers) to ``layerCount`` − 1 (head): what
  /// layer-wise learning rates go by.
  ///
  /// Stages of convolutional networks and blocks of transformers are one layer each; a decoder is
  /// the layer before the head.
  public func layer(of name: String) -> Int {
    if ParameterStore.name(name, isUnder: configuration.architecture.headScope) {
      return layerCount - 1
    }
    if isSegmentation, ParameterStore.name(name, isUnder: "decoder") { return layerCount - 2 }
    let bare = name.replacingPrefix("encoder.", by: "")
    let layer = layers.firstIndex { parts in
      parts.contains { ParameterStore.name(bare, isUnder: $0) }
    }
    guard let layer else { preconditionFailure("\(name) is in no layer of the trunk") }
    return layer
  }

  /// The number of layers that ``layer(of:)`` tells apart.
  public var layerCount: Int { layers.count + (isSegmentation ? 2 : 1) }
}
