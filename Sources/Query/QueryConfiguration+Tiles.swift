import Foundation

/// What the rules of the catalogue do with tiles of images.
extension QueryConfiguration {
  /// How a rule chooses tiles.
  public enum TileChoice: Sendable, Equatable {
    /// Chance alone, or chance that knows the truth.
    case drawn(RandomTiles)
    /// By the score of each tile.
    case ranked
    /// The rule chooses images without asking a model, and chance a tile of each.
    case ofCoveredImages
  }

  /// How this rule chooses tiles; nil where it compares whole images by what the model says of them.
  public var tileChoice: TileChoice? {
    switch self {
    case .random: return .drawn(.uniform)
    case .randomForeground: return .drawn(.foreground66)
    case .randomForegroundThird: return .drawn(.foreground33)
    case .aift: return nil
    default: break
    }
    let strategy = make()
    guard strategy.tasks.contains(.segmentation) else { return nil }
    let needs = strategy.needsInSegmentation
    if needs.contains(.uncertainty) {
      let isByPixels = needs.isSubset(of: [.uncertainty, .probabilities])
      return isByPixels && score?.score.map != nil ? .ranked : nil
    }
    return needs.isSubset(of: [.embeddings, .descriptors]) ? .ofCoveredImages : nil
  }

  /// The rule in round `round` (from 0) of `rounds` that ask the model: ClaSP's β grows from its
  /// setting to a hundred times that, as in nnActive; other rules stay as they are.
  public func annealed(round: Int, of rounds: Int) -> QueryConfiguration {
    guard case .clasp(var settings) = self, rounds > 1 else { return self }
    settings.beta *= pow(100, Double(round) / Double(rounds - 1))
    return .clasp(settings)
  }
}
