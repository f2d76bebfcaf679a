public import NN
public import Torch

/// A fully convolutional network whose deepest map, averaged, describes the image.
///
/// After Yang, Zhang, Chen, Zhang, Chen. *Suggestive Annotation.* MICCAI 2017.
/// <https://arxiv.org/abs/1706.04737>: residual bottlenecks with batch normalisation, maps of every
/// scale enlarged and fused by 3×3 and 1×1, image descriptor = channel means of the last encoder map
/// (1,024 numbers).
///
/// The paper prints no table of layers; ours: encoder maps of 64, 128, 256, 512, 1024, 1024 channels
/// at strides 1 … 32, each brought to 32 channels and full resolution. 6,097,506 parameters with two
/// classes and three channels.
///
/// - Departures: widths; logits without a ReLU.
public struct FCNSA: Segmenter {
  /// The length of the image descriptor.
  public let width = 1024
  private let entry: [ConvBlock]
  private let stages: [[ResidualBlock]]
  private let branches: [[ConvBlock]]
  private let fuse: ConvBlock
  private let dropout: Dropout
  private let head: Conv2d

  /// Inner and outer channels of the stages at strides 2 … 32.
  private static let shapes = [(32, 128), (64, 256), (128, 512), (256, 1024), (256, 1024)]

  /// Makes `encoder`, `decoder` and `head` in `scope`.
  public init(
    classes: Int, channels: Int = 3, dropout: Double = 0.1, padding: PaddingMode = .zeros,
    in scope: Scope
  ) {
    let encoder = scope("encoder")
    let decoder = scope("decoder")
    entry = [
      ConvBlock(channels, 32, padding: padding, in: encoder("entry")(0)),
      ConvBlock(32, 64, padding: padding, in: encoder("entry")(1)),
    ]
    var inputs = 64
    stages = Self.shapes.enumerated().map { index, shape in
      (0..<2).map { position in
        let block = ResidualBlock(
          inputs, shape.0, expansion: 4, stride: 1, padding: padding,
          in: encoder("stages")(index)(position))
        inputs = shape.1
        return block
      }
    }
    branches = ([64] + Self.shapes.map(\.1)).enumerated().map { index, width in
      let branch = decoder("branches")(index)
      return [ConvBlock(width, 32, kernel: 1, in: branch(0))]
        + (0..<index).map { ConvBlock(32, 32, padding: padding, in: branch($0 + 1)) }
    }
    fuse = ConvBlock(192, 64, padding: padding, in: decoder("fuse"))
    self.dropout = Dropout(dropout, unit: .channel, in: scope("head"))
    head = Conv2d(64, classes, kernel: 1, in: scope("head"))
  }

  /// The entry and each stage.
  public var layers: [[String]] { [["entry"]] + stages.indices.map { ["stages.\($0)"] } }

  /// The maps at strides 1, 2, 4, 8, 16 and 32.
  public func encode(_ x: Tensor, _ pass: Pass) -> [Tensor] {
    var maps = [entry.reduce(x) { $1($0, pass) }]
    for stage in stages {
      maps.append(stage.reduce(Resolution.maximum(maps[maps.count - 1])) { $1($0, pass) })
    }
    return maps
  }

  /// Logits at stride 1.
  public func decode(_ maps: [Tensor], _ pass: Pass) -> Tensor {
    let enlarged = zip(branches, maps).map { branch, map in
      branch.dropFirst().reduce(branch[0](map, pass)) { $1(Resolution.doubled($0), pass) }
    }
    return head(dropout(fuse(cat(enlarged, dim: 1), pass), pass))
  }
}
