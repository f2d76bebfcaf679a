public import Torch

/// What the outputs of a network are together.
public enum Outputs: String, Codable, CaseIterable, Sendable {
  /// One class an image or pixel: shares by softmax, which sum to 1.
  case exclusive
  /// Any number of classes an image: a probability for each by the logistic function.
  case independent

  /// The probabilities of logits with the classes in dimension 1.
  public func probabilities(_ logits: Tensor) -> Tensor {
    switch self {
    case .exclusive: logits.softmax(dim: 1)
    case .independent: logits.sigmoid()
    }
  }
}
