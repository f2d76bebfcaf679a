public import NN
public import Torch

/// A U-Net on a residual network, whose pretrained trunk drops in as the encoder.
///
/// Ronneberger, Fischer, Brox. *U-Net.* MICCAI 2015. <https://arxiv.org/abs/1505.04597>
///
/// The encoder is a ``ResNet`` under its own names. The decoder enlarges the deepest map step by step
/// (bilinear ×2), joins the encoder's map of that resolution, and convolves twice 3×3, with widths
/// 256, 128, 64, 32, 16; the finest map it joins is a 3×3 convolution of the image to 32 channels.
public struct UNet: Segmenter {
  /// Channels of the encoder's last map.
  public let width: Int
  /// The trunk.
  public let encoder: ResNet
  private let entry: ConvBlock
  private let decoder: [DoubleConv]
  private let dropout: Dropout
  private let head: Conv2d

  /// Makes `encoder`, `decoder` and `head` in `scope`.
  public init(
    _ depth: ResNet.Depth, classes: Int, channels: Int = 3, stem: Stem = .imagenet,
    widthFactor: Double = 1, dropout: Double = 0.1, in scope: Scope
  ) {
    func scaled(_ width: Int) -> Int { max(Int((Double(width) * widthFactor).rounded()), 1) }
    encoder = ResNet(
      depth, channels: channels, stem: stem, widthFactor: widthFactor, in: scope("encoder"))
    width = encoder.width
    entry = ConvBlock(channels, scaled(32), in: scope("decoder")("entry"))
    let skips = Array(encoder.widths.dropLast().reversed()) + [scaled(32)]
    var inputs = encoder.width
    decoder = zip(skips, [256, 128, 64, 32, 16]).enumerated().map { index, widths in
      let block = DoubleConv(
        inputs + widths.0, scaled(widths.1), in: scope("decoder")("blocks")(index))
      inputs = scaled(widths.1)
      return block
    }
    self.dropout = Dropout(dropout, unit: .channel, in: scope("head"))
    head = Conv2d(inputs, classes, kernel: 1, in: scope("head"))
  }

  /// Those of the trunk.
  public var layers: [[String]] { encoder.layers }

  /// The image's own map, the stem's, and those of the four stages.
  public func encode(_ x: Tensor, _ pass: Pass) -> [Tensor] {
    [entry(x, pass)] + encoder.maps(x, pass)
  }

  /// Logits at the resolution of the first map.
  public func decode(_ maps: [Tensor], _ pass: Pass) -> Tensor {
    var y = maps[maps.count - 1]
    for (block, skip) in zip(decoder, maps.dropLast().reversed()) {
      y = block(cat([Resolution.bilinear(y, to: Array(skip.shape.suffix(2))), skip], dim: 1), pass)
    }
    return head(dropout(y, pass))
  }
}
