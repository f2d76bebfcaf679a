public import NN
public import Torch

/// A U-Net trained from scratch: the literature's control.
///
/// Ronneberger, Fischer, Brox. *U-Net.* MICCAI 2015. <https://arxiv.org/abs/1505.04597>
///
/// Five levels of 32, 64, 128, 256, 512 channels (times the width factor); two 3×3 convolutions with
/// batch normalisation per level, max pooling down, bilinear enlargement up.
///
/// - Departures: batch normalisation; padded convolutions, so that the output has the size of the
///   input; dropout between the two convolutions of a level.
public struct PlainUNet: Segmenter {
  /// Channels of the deepest map.
  public let width: Int
  private let encoder: [DoubleConv]
  private let decoder: [DoubleConv]
  private let head: Conv2d

  /// Makes `encoder`, `decoder` and `head` in `scope`.
  public init(
    classes: Int, channels: Int = 3, widthFactor: Double = 1, dropout: Double = 0.1,
    in scope: Scope
  ) {
    let widths = (0..<5).map { max(Int((Double(32 << $0) * widthFactor).rounded()), 1) }
    width = widths[4]
    encoder = widths.indices.map { level in
      DoubleConv(
        level == 0 ? channels : widths[level - 1], widths[level], dropout: dropout,
        in: scope("encoder")(level))
    }
    decoder = (0..<4).map { step in
      let level = 3 - step
      return DoubleConv(
        widths[level + 1] + widths[level], widths[level], dropout: dropout,
        in: scope("decoder")(step))
    }
    head = Conv2d(widths[0], classes, kernel: 1, in: scope("head"))
  }

  /// Each level.
  public var layers: [[String]] { encoder.indices.map { [String($0)] } }

  /// The maps at strides 1, 2, 4, 8 and 16.
  public func encode(_ x: Tensor, _ pass: Pass) -> [Tensor] {
    var maps: [Tensor] = []
    for level in encoder { maps.append(level(maps.last.map { Resolution.maximum($0) } ?? x, pass)) }
    return maps
  }

  /// Logits at stride 1.
  public func decode(_ maps: [Tensor], _ pass: Pass) -> Tensor {
    var y = maps[maps.count - 1]
    for (level, skip) in zip(decoder, maps.dropLast().reversed()) {
      y = level(cat([skip, Resolution.bilinear(y, to: Array(skip.shape.suffix(2)))], dim: 1), pass)
    }
    return head(y)
  }
}

/// Two 3×3 convolutions with batch normalisation and ReLU, dropout between them.
struct DoubleConv {
  private let first: ConvBlock
  private let second: ConvBlock
  private let dropout: Dropout

  init(_ inputs: Int, _ outputs: Int, dropout: Double = 0, in scope: Scope) {
    first = ConvBlock(inputs, outputs, in: scope(0))
    second = ConvBlock(outputs, outputs, in: scope(1))
    self.dropout = Dropout(dropout, in: scope)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    second(dropout(first(x, pass), pass), pass)
  }
}
