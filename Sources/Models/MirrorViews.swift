import NN
public import Torch

/// The mirrored views of an image over which a network's probabilities are averaged
/// (test-time augmentation).
///
/// p(x) = mean over the views v of v⁻¹(softmax(f(v(x)) / T)): maps of classes are mirrored back.
/// Krizhevsky, Sutskever, Hinton. *ImageNet Classification with Deep Convolutional Neural Networks.*
/// NeurIPS 2012, §4.1.
///
/// - Cost: as many passes as there are views.
public enum MirrorViews: String, Codable, Sendable, CaseIterable {
  /// The image as it is.
  case single
  /// And mirrored left to right.
  case horizontal
  /// And mirrored left to right, up to down, and both.
  case both

  /// The axes along which each view is mirrored, of `[B, C, H, W]`.
  var axes: [[Int]] {
    switch self {
    case .single: [[]]
    case .horizontal: [[], [3]]
    case .both: [[], [3], [2], [2, 3]]
    }
  }
}

extension Network {
  /// Class probabilities in evaluation mode, `[B, C]` or `[B, C, H, W]`.
  ///
  /// - Parameters:
  ///   - x: normalised images `[B, channels, H, W]`.
  ///   - temperature: divides the logits.
  ///   - views: what is averaged over.
  /// - Returns: shares of the classes, which sum to 1, or where the outputs are independent a
  ///   probability for each class.
  public func probabilities(
    _ x: Tensor, temperature: Double = 1, views: MirrorViews = .single
  ) -> Tensor {
    let each = views.axes.map { axes -> Tensor in
      guard !axes.isEmpty else { return shares(x, temperature) }
      let seen = shares(x.flip(axes), temperature)
      return isSegmentation ? seen.flip(axes) : seen
    }
    return each.count == 1 ? each[0] : stack(each, dim: 0).mean(dim: [0])
  }

  /// Class probabilities as a card says: at its temperature, over its views.
  public func probabilities(_ x: Tensor, as card: ModelCard) -> Tensor {
    probabilities(x, temperature: card.temperature, views: card.views ?? .single)
  }

  private func shares(_ x: Tensor, _ temperature: Double) -> Tensor {
    configuration.outputs.probabilities(logits(x, .evaluate) / temperature)
  }
}
