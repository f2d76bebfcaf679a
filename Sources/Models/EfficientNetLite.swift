public import NN
public import Torch

/// EfficientNet-Lite0: inverted bottlenecks without squeeze-and-excitation, ReLU6 throughout.
///
/// Tan, Le. *EfficientNet.* ICML 2019. <https://arxiv.org/abs/1905.11946>; the Lite variant is
/// TensorFlow's, for devices without fast sigmoids. Names and numbers are timm's
/// (`efficientnet_lite0`, `tf_efficientnet_lite0`). Width 1280.
public struct EfficientNetLite: Backbone {
  /// Where the weights come from.
  public enum Origin: Sendable {
    /// Symmetric padding, epsilon 1e-5.
    case timm
    /// Padding SAME, epsilon 1e-3.
    case tensorFlow

    var epsilon: Double { self == .tensorFlow ? 1e-3 : 1e-5 }
    func padding(_ kernel: Int) -> ConvolutionPadding {
      self == .tensorFlow ? .same : .zeros(kernel / 2)
    }
  }

  /// A stage: blocks, kernel, stride of the first, expansion, outputs.
  private static let stages = [
    (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192), (1, 3, 1, 6, 320),
  ]

  /// The number of features.
  public let width = 1280
  private let stem: MobileLayer
  private let blocks: [InvertedBottleneck]
  private let top: MobileLayer

  /// Makes `conv_stem`, `bn1`, `blocks`, `conv_head` and `bn2` in `scope`.
  public init(_ origin: Origin, channels: Int = 3, in scope: Scope) {
    stem = MobileLayer(
      channels, 32, kernel: 3, stride: 2, origin: origin, scope("conv_stem"), scope("bn1"))
    var inputs = 32
    var blocks: [InvertedBottleneck] = []
    for (index, (count, kernel, stride, expansion, outputs)) in Self.stages.enumerated() {
      for position in 0..<count {
        blocks.append(
          InvertedBottleneck(
            inputs, outputs, kernel: kernel, stride: position == 0 ? stride : 1,
            expansion: expansion, origin: origin, in: scope("blocks")(index)(position)))
        inputs = outputs
      }
    }
    self.blocks = blocks
    top = MobileLayer(
      inputs, 1280, kernel: 1, origin: origin, scope("conv_head"), scope("bn2"))
  }

  /// The stem, each stage, the last convolution.
  public var layers: [[String]] {
    [["conv_stem", "bn1"]] + Self.stages.indices.map { ["blocks.\($0)"] } + [["conv_head", "bn2"]]
  }

  /// The map after the last convolution, stride 32.
  public func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor {
    top.activated(blocks.reduce(stem.activated(x, pass)) { $1($0, pass) }, pass)
  }
}

/// A convolution without bias and its normalisation.
private struct MobileLayer {
  let convolution: Conv2d
  let normalization: BatchNorm2d

  init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
    origin: EfficientNetLite.Origin, _ convolution: Scope, _ normalization: Scope
  ) {
    let fanOut = kernel * kernel * outputs / groups
    self.convolution = Conv2d(
      inputs, outputs, kernel: kernel, stride: stride, padding: origin.padding(kernel),
      groups: groups, bias: false, weights: .normal(std: (2 / Double(fanOut)).squareRoot()),
      in: convolution)
    self.normalization = BatchNorm2d(outputs, epsilon: origin.epsilon, in: normalization)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { normalization(convolution(x), pass) }

  func activated(_ x: Tensor, _ pass: Pass) -> Tensor { self(x, pass).hardtanh_(min: 0, max: 6) }
}

/// Widen by 1×1 (unless the expansion is 1), filter each channel by itself, narrow by 1×1.
private struct InvertedBottleneck {
  let widen: MobileLayer?
  let filter: MobileLayer
  let narrow: MobileLayer
  let residual: Bool

  init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, expansion: Int,
    origin: EfficientNetLite.Origin, in scope: Scope
  ) {
    let inner = inputs * expansion
    let first = expansion == 1 ? 0 : 1
    widen =
      expansion == 1
      ? nil
      : MobileLayer(inputs, inner, kernel: 1, origin: origin, scope("conv_pw"), scope("bn1"))
    filter = MobileLayer(
      inner, inner, kernel: kernel, stride: stride, groups: inner, origin: origin,
      scope("conv_dw"), scope("bn\(first + 1)"))
    narrow = MobileLayer(
      inner, outputs, kernel: 1, origin: origin, scope(expansion == 1 ? "conv_pw" : "conv_pwl"),
      scope("bn\(first + 2)"))
    residual = stride == 1 && inputs == outputs
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let y = narrow(filter.activated(widen?.activated(x, pass) ?? x, pass), pass)
    return residual ? y + x : y
  }
}
