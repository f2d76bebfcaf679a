public import NN
public import Torch

/// Residual networks of 18, 34 and 50 layers.
///
/// He, Zhang, Ren, Sun. *Deep Residual Learning for Image Recognition.* CVPR 2016.
/// <https://arxiv.org/abs/1512.03385>
///
/// Names, order of the tensors and numbers are torchvision's; a bottleneck carries its stride in the
/// 3×3 convolution. Width: 512, or 2048 with bottlenecks, times the width factor.
public struct ResNet: Backbone {
  /// The published depths.
  public enum Depth: Int, Sendable, CaseIterable {
    /// Layers with weights.
    case resnet18 = 18
    case resnet34 = 34
    case resnet50 = 50

    /// Blocks of each stage.
    var blocks: [Int] { self == .resnet18 ? [2, 2, 2, 2] : [3, 4, 6, 3] }
    /// Outputs of a block over its inner width.
    var expansion: Int { self == .resnet50 ? 4 : 1 }
  }

  /// The number of features.
  public let width: Int
  /// Channels of the maps that ``maps(_:_:)`` gives.
  let widths: [Int]
  private let convolution: Conv2d
  private let normalization: BatchNorm2d
  private let pools: Bool
  private let stages: [[ResidualBlock]]

  /// Makes `conv1`, `bn1` and `layer1` … `layer4` in `scope`.
  public init(
    _ depth: Depth, channels: Int = 3, stem: Stem = .imagenet, widthFactor: Double = 1,
    in scope: Scope
  ) {
    let base = max(Int((64 * widthFactor).rounded()), 1)
    let imagenet = stem == .imagenet
    convolution = Conv2d(
      channels, base, kernel: imagenet ? 7 : 3, stride: stem == .small ? 1 : 2,
      padding: .zeros(imagenet ? 3 : 1), bias: false, weights: .kaimingNormalFanOut,
      in: scope("conv1"))
    normalization = BatchNorm2d(base, in: scope("bn1"))
    pools = imagenet
    var inputs = base
    var stages: [[ResidualBlock]] = []
    for (index, count) in depth.blocks.enumerated() {
      let stage = scope("layer\(index + 1)")
      stages.append(
        (0..<count).map { position in
          let stride = index > 0 && position == 0 ? 2 : 1
          let block = ResidualBlock(
            inputs, base << index, expansion: depth.expansion, stride: stride, in: stage(position))
          inputs = (base << index) * depth.expansion
          return block
        })
    }
    self.stages = stages
    width = inputs
    widths = [base] + (0..<4).map { (base << $0) * depth.expansion }
  }

  /// The stem and each stage.
  public var layers: [[String]] {
    [["conv1", "bn1"]] + stages.indices.map { ["layer\($0 + 1)"] }
  }

  /// The maps after the stem and after each stage.
  public func maps(_ x: Tensor, _ pass: Pass) -> [Tensor] {
    var maps = [normalization(convolution(x), pass).relu_()]
    var x = pools ? Resolution.maximum(maps[0], kernel: 3, stride: 2, padding: 1) : maps[0]
    for stage in stages {
      for block in stage { x = block(x, pass) }
      maps.append(x)
    }
    return maps
  }

  /// The map of the last stage, stride 32 with the imagenet stem.
  public func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor {
    maps(x, pass)[stages.count]
  }
}

/// A basic block of two 3×3 convolutions, or a bottleneck of 1×1, 3×3 and 1×1, around an identity.
struct ResidualBlock {
  private let layers: [(Conv2d, BatchNorm2d)]
  private let shortcut: (Conv2d, BatchNorm2d)?

  init(
    _ inputs: Int, _ inner: Int, expansion: Int, stride: Int, padding: PaddingMode = .zeros,
    in scope: Scope
  ) {
    let outputs = inner * expansion
    let shapes: [(inputs: Int, outputs: Int, kernel: Int, stride: Int)] =
      expansion == 1
      ? [(inputs, inner, 3, stride), (inner, outputs, 3, 1)]
      : [(inputs, inner, 1, 1), (inner, inner, 3, stride), (inner, outputs, 1, 1)]
    layers = shapes.enumerated().map { index, shape in
      Self.layer(
        shape.inputs, shape.outputs, kernel: shape.kernel, stride: shape.stride, padding,
        scope("conv\(index + 1)"), scope("bn\(index + 1)"))
    }
    let changes = stride != 1 || inputs != outputs
    shortcut =
      changes
      ? Self.layer(
        inputs, outputs, kernel: 1, stride: stride, padding, scope("downsample")(0),
        scope("downsample")(1)) : nil
  }

  private static func layer(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int, _ padding: PaddingMode,
    _ convolution: Scope, _ normalization: Scope
  ) -> (Conv2d, BatchNorm2d) {
    (
      Conv2d(
        inputs, outputs, kernel: kernel, stride: stride, padding: padding.width(kernel / 2),
        bias: false, weights: .kaimingNormalFanOut, in: convolution),
      BatchNorm2d(outputs, in: normalization)
    )
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    var y = x
    for (index, (convolution, normalization)) in layers.enumerated() {
      y = normalization(convolution(y), pass)
      if index < layers.count - 1 { y = y.relu_() }
    }
    let identity = shortcut.map { $0.1($0.0(x), pass) } ?? x
    return y.add_(identity).relu_()
  }
}
