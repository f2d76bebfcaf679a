public import NN
public import Torch

/// DenseNet-121: every layer reads what all layers of its block before it have made.
///
/// Huang, Liu, van der Maaten, Weinberger. *Densely Connected Convolutional Networks.* CVPR 2017.
/// <https://arxiv.org/abs/1608.06993>
///
/// Blocks of 6, 12, 24 and 16 layers, each of which adds 32 channels (times the width factor) by
/// normalisation, ReLU, 1×1 to four times as many, normalisation, ReLU, 3×3; between blocks a 1×1
/// convolution and mean pooling halve channels and sides. Names, order of the tensors and numbers
/// are torchvision's. Width 1024.
///
/// - Departures: with the medium and small stems a 3×3 convolution, without pooling, comes first.
public struct DenseNet: Backbone {
  /// The number of features.
  public let width: Int
  private let convolution: Conv2d
  private let normalization: BatchNorm2d
  private let pools: Bool
  private let blocks: [[DenseLayer]]
  private let transitions: [PreactivatedConv]
  private let last: BatchNorm2d

  /// Layers of the blocks.
  private static let depths = [6, 12, 24, 16]

  /// Makes `features` in `scope`.
  public init(
    channels: Int = 3, stem: Stem = .imagenet, widthFactor: Double = 1, in scope: Scope
  ) {
    let scope = scope("features")
    let growth = max(Int((32 * widthFactor).rounded()), 1)
    let imagenet = stem == .imagenet
    convolution = Conv2d(
      channels, 2 * growth, kernel: imagenet ? 7 : 3, stride: stem == .small ? 1 : 2,
      padding: .zeros(imagenet ? 3 : 1), bias: false,
      weights: .heNormal(fanIn: channels * (imagenet ? 49 : 9)), in: scope("conv0"))
    normalization = BatchNorm2d(2 * growth, in: scope("norm0"))
    pools = imagenet
    var (inputs, blocks, transitions) = (2 * growth, [[DenseLayer]](), [PreactivatedConv]())
    for (index, depth) in Self.depths.enumerated() {
      blocks.append(
        (0..<depth).map {
          DenseLayer(
            inputs + $0 * growth, growth: growth,
            in: scope("denseblock\(index + 1)")("denselayer\($0 + 1)"))
        })
      inputs += depth * growth
      guard index < Self.depths.count - 1 else { break }
      let transition = scope("transition\(index + 1)")
      transitions.append(
        PreactivatedConv(inputs, inputs / 2, kernel: 1, transition("norm"), transition("conv")))
      inputs /= 2
    }
    (self.blocks, self.transitions, width) = (blocks, transitions, inputs)
    last = BatchNorm2d(inputs, in: scope("norm5"))
  }

  /// The stem, then each block with what follows it.
  public var layers: [[String]] {
    [["features.conv0", "features.norm0"]]
      + Self.depths.indices.map { index in
        [
          "features.denseblock\(index + 1)",
          index < transitions.count ? "features.transition\(index + 1)" : "features.norm5",
        ]
      }
  }

  /// The map after the last normalisation and ReLU, stride 32 with the imagenet stem.
  public func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor {
    var y = normalization(convolution(x), pass).relu_()
    if pools { y = Resolution.maximum(y, kernel: 3, stride: 2, padding: 1) }
    for (index, block) in blocks.enumerated() {
      for layer in block { y = cat([y, layer(y, pass)], dim: 1) }
      if index < transitions.count { y = Resolution.mean(transitions[index](y, pass)) }
    }
    return last(y, pass).relu_()
  }
}

/// What a layer of a dense block adds.
private struct DenseLayer {
  let narrow: PreactivatedConv
  let filter: PreactivatedConv

  init(_ inputs: Int, growth: Int, in scope: Scope) {
    narrow = PreactivatedConv(inputs, 4 * growth, kernel: 1, scope("norm1"), scope("conv1"))
    filter = PreactivatedConv(4 * growth, growth, kernel: 3, scope("norm2"), scope("conv2"))
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { filter(narrow(x, pass), pass) }
}

/// Normalisation, ReLU, and a convolution without bias.
private struct PreactivatedConv {
  let normalization: BatchNorm2d
  let convolution: Conv2d

  init(_ inputs: Int, _ outputs: Int, kernel: Int, _ normalization: Scope, _ convolution: Scope) {
    self.normalization = BatchNorm2d(inputs, in: normalization)
    self.convolution = Conv2d(
      inputs, outputs, kernel: kernel, padding: .zeros(kernel / 2), bias: false,
      weights: .heNormal(fanIn: inputs * kernel * kernel), in: convolution)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    convolution(normalization(x, pass).relu_())
  }
}

extension Initializer {
  /// N(0, 2/fan in), He's rule.
  fileprivate static func heNormal(fanIn: Int) -> Initializer {
    .normal(std: (2 / Double(fanIn)).squareRoot())
  }
}
