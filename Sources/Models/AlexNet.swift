public import NN
public import Torch

/// Five convolutions and three linear layers.
///
/// Krizhevsky, Sutskever, Hinton. *ImageNet Classification with Deep Convolutional Neural Networks.*
/// NIPS 2012; in the single-column form of Krizhevsky, 2014. <https://arxiv.org/abs/1404.5997>
///
/// Names, order of the tensors and numbers are torchvision's. Features: the 4096 (times the width
/// factor) after the second linear layer; ``featureMap(_:_:)`` gives the 256 channels before the
/// first.
///
/// - Departures: the first convolution moves by 4 pixels with the imagenet stem, by 2 with the medium
///   one and by 1 with the small one, with the same weights; dropout stands before the output layer
///   too, as in every classifier here.
public struct AlexNet: Backbone {
  /// The number of features.
  public let width: Int
  private let convolutions: [Conv2d]
  private let linears: [Linear]
  private let dropouts: [Dropout]

  /// Positions of the convolutions and of the linear layers in torchvision's sequences.
  private static let places = (convolutions: [0, 3, 6, 8, 10], linears: [1, 4])
  /// Which convolutions a pooling follows.
  private static let pooled = [0, 1, 4]
  /// Rows and columns that the linear layers read.
  private static let grid = 6

  /// Makes `features` and the first two layers of `classifier` in `scope`.
  public init(
    channels: Int = 3, stem: Stem = .imagenet, widthFactor: Double = 1, dropout: Double = 0.5,
    in scope: Scope
  ) {
    func scaled(_ width: Int) -> Int { max(Int((Double(width) * widthFactor).rounded()), 1) }
    let widths = [channels] + [64, 192, 384, 256, 256].map(scaled)
    convolutions = Self.places.convolutions.enumerated().map { index, place in
      Conv2d(
        widths[index], widths[index + 1], kernel: [11, 5, 3, 3, 3][index],
        stride: index == 0 ? Self.stride(stem) : 1, padding: .zeros([2, 2, 1, 1, 1][index]),
        in: scope("features")(place))
    }
    let width = scaled(4096)
    let inputs = [widths[5] * Self.grid * Self.grid, width]
    linears = zip(inputs, Self.places.linears).map {
      Linear($0, width, in: scope("classifier")($1))
    }
    dropouts = Self.places.linears.map { Dropout(dropout, in: scope("classifier")($0 - 1)) }
    self.width = width
  }

  /// Pixels that the first convolution moves by.
  private static func stride(_ stem: Stem) -> Int {
    switch stem {
    case .imagenet: 4
    case .medium: 2
    case .small: 1
    }
  }

  /// The smallest side of an image of which a place is left after the last pooling.
  static func smallestImage(_ stem: Stem) -> Int { 7 + 14 * stride(stem) }

  /// Each convolution, then each linear layer.
  public var layers: [[String]] {
    Self.places.convolutions.map { ["features.\($0)"] }
      + Self.places.linears.map { ["classifier.\($0)"] }
  }

  /// The map after the last pooling, `[B, 256, h, w]`.
  public func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor {
    var y = x
    for (index, convolution) in convolutions.enumerated() {
      y = convolution(y).relu_()
      if Self.pooled.contains(index) { y = Resolution.maximum(y, kernel: 3, stride: 2) }
    }
    return y
  }

  /// What the second linear layer makes of 6 × 6 means of the map.
  public func embedding(_ x: Tensor, _ pass: Pass) -> Tensor {
    let means = adaptiveAvgPool2d(featureMap(x, pass), [Self.grid, Self.grid]).flatten(start: 1)
    return zip(dropouts, linears).reduce(means) { $1.1($1.0($0, pass)).relu_() }
  }
}
