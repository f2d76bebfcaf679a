import NN

extension Network {
  /// Whether a parameter belongs to the pretrained part: a segmentation network's encoder, all of a
  /// classifier but its head.
  public func isTrunk(_ name: String) -> Bool {
    let architecture = configuration.architecture
    return architecture.isSegmentation
      ? ParameterStore.name(name, isUnder: architecture.trunkScope)
      : !ParameterStore.name(name, isUnder: architecture.headScope)
  }
}
