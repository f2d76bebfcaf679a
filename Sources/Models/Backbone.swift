public import NN
public import Torch

/// A trunk: what turns images into features, without a head.
public protocol Backbone {
  /// The number D of features.
  var width: Int { get }
  /// Names of its parts, from the first layers to the last: what layer-wise learning rates go by.
  var layers: [[String]] { get }
  /// The last map, `[B, C, H, W] → [B, D, h, w]`.
  func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor
  /// One vector per image, `[B, C, H, W] → [B, D]`.
  func embedding(_ x: Tensor, _ pass: Pass) -> Tensor
}

extension Backbone {
  /// The mean over the positions of the last map.
  public func embedding(_ x: Tensor, _ pass: Pass) -> Tensor {
    Resolution.globalMean(featureMap(x, pass))
  }
}

/// An encoder and a decoder: a class per pixel.
public protocol Segmenter {
  /// Channels of the encoder's last map.
  var width: Int { get }
  /// Names of the encoder's parts, from the first layers to the last.
  var layers: [[String]] { get }
  /// What the sides of an image are padded to multiples of.
  var stride: Int { get }
  /// The maps of the encoder, from full resolution to the deepest.
  func encode(_ x: Tensor, _ pass: Pass) -> [Tensor]
  /// Logits `[B, classes, H, W]` of such maps.
  func decode(_ maps: [Tensor], _ pass: Pass) -> Tensor
}

extension Segmenter {
  /// 32: five halvings.
  public var stride: Int { 32 }

  /// The maps of an image of any size, padded by its edge values at the bottom and on the right.
  func encode(padding x: Tensor, _ pass: Pass) -> [Tensor] {
    encode(Resolution.padded(x, toMultipleOf: stride), pass)
  }
}

/// The output layer of a classifier: dropout and a linear map.
struct ClassifierHead {
  let dropout: Dropout
  let linear: Linear

  init(
    _ width: Int, classes: Int, dropout: Double, weights: Initializer = .kaimingUniform,
    biases: Initializer? = nil, in scope: Scope
  ) {
    self.dropout = Dropout(dropout, in: scope)
    linear = Linear(width, classes, weights: weights, biases: biases, in: scope)
  }

  func callAsFunction(_ embedding: Tensor, _ pass: Pass) -> Tensor {
    linear(dropout(embedding, pass))
  }
}

/// A convolution without bias, batch normalisation and ReLU.
struct ConvBlock {
  let convolution: Conv2d
  let normalization: BatchNorm2d

  /// Makes `conv` and `bn` in `scope`.
  init(
    _ inputs: Int, _ outputs: Int, kernel: Int = 3, padding: PaddingMode = .zeros, in scope: Scope
  ) {
    convolution = Conv2d(
      inputs, outputs, kernel: kernel, padding: padding.width(kernel / 2), bias: false,
      weights: .kaimingNormalFanOut, in: scope("conv"))
    normalization = BatchNorm2d(outputs, in: scope("bn"))
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    normalization(convolution(x), pass).relu_()
  }
}

/// What stands around the images of a whole network.
public enum PaddingMode: Sendable {
  /// Zeros.
  case zeros
  /// The image continued periodically: with it, a network commutes with circular shifts.
  case circular

  func width(_ width: Int) -> ConvolutionPadding {
    switch self {
    case .zeros: .zeros(width)
    case .circular: .circular(width)
    }
  }
}
