package import Models
import NN

/// Learning rates that fall with the distance from the output: first layers see edges, which stay
/// what they are.
///
/// The deepest layer of the trunk has the trunk's rate η, the layer k below it η γᵏ; what is no
/// part of the trunk has the head's. Howard, Ruder. *Universal Language Model Fine-tuning for Text
/// Classification.* ACL 2018, §3.2; for transformers of images Bao et al., *BEiT*, ICLR 2022.
/// A layer is a stage of a convolutional network or a block of a transformer
/// (`Network.layer(of:)`).
package struct LayerDecay {
  private let network: Network
  private let trunk: Double
  private let decay: Double
  private let deepest: Int

  /// - Parameters:
  ///   - network: whose parameters are asked for.
  ///   - trunk: the trunk's rate over the head's.
  ///   - decay: γ, above 0 and at most 1.
  package init(_ network: Network, trunk: Double, decay: Double) {
    (self.network, self.trunk, self.decay) = (network, trunk, decay)
    deepest =
      network.store.parameters.map(\.name).filter(network.isTrunk).map(network.layer).max() ?? 0
  }

  /// The rate of a parameter over the head's.
  package func callAsFunction(_ name: String) -> Double {
    guard network.isTrunk(name) else { return 1 }
    return (0..<deepest - network.layer(of: name)).reduce(trunk) { rate, _ in rate * decay }
  }
}
