public import Base
public import Torch

/// Images of one step with what is known about them.
public struct ImageBatch {
  /// The items, in the order of the rows.
  public let items: [Int]
  /// `[B, C, H, W]` float32, from 0 to 1.
  public let pixels: Tensor
  /// `[B]` int64 classes, −1 where none is known; nil in a stream without classes.
  public let labels: Tensor?
  /// `[B, C]` float32, 1 for every class that an image has; nil in a stream without sets of classes.
  public let classSets: Tensor?
  /// `[B, H, W]` int64 classes, 255 where unknown; nil in a stream without class maps.
  public let masks: Tensor?
  /// What a network's input is standardised by.
  public let normalization: Normalization
  /// One key a row, folded from epoch, item and occurrence.
  public let keys: [RandomKey]

  /// A batch of these rows.
  public init(
    items: [Int], pixels: Tensor, labels: Tensor? = nil, classSets: Tensor? = nil,
    masks: Tensor? = nil, normalization: Normalization, keys: [RandomKey]
  ) {
    self.items = items
    self.pixels = pixels
    self.labels = labels
    self.classSets = classSets
    self.masks = masks
    self.normalization = normalization
    self.keys = keys
  }

  /// The pixels standardised by channel: what a network takes.
  public var images: Tensor { normalization(pixels) }

  /// The batch with other pixels and masks.
  public func with(pixels: Tensor, masks: Tensor?) -> ImageBatch {
    ImageBatch(
      items: items, pixels: pixels, labels: labels, classSets: classSets, masks: masks,
      normalization: normalization, keys: keys)
  }

  /// The batch as `augmentation` shows it; class maps are warped along with their images.
  ///
  /// `view` tells apart several drawings of one batch; augment twice in a row with two views.
  public func augmented(_ augmentation: Augmentation, view: Int = 0) -> ImageBatch {
    let viewKeys = keys.map { $0.folding(view) }
    let warps = viewKeys.map { augmentation.warp(width: width, height: height, key: $0) }
    return drawn(augmentation, warps, viewKeys)
  }

  /// Two drawings of the batch, views 0 and 1.
  ///
  /// Where `augmentation.overlap` is positive the second crop is drawn again, up to ten times,
  /// until intersection over union with the first is at least that.
  public func twoViews(_ augmentation: Augmentation) -> (ImageBatch, ImageBatch) {
    let first = keys.map { augmentation.warp(width: width, height: height, key: $0.folding(0)) }
    let secondKeys = zip(keys, first).map { key, one in
      (0..<10).lazy.map { key.folding(1 + 2 * $0) }.first { candidate in
        augmentation.warp(width: width, height: height, key: candidate).overlap(one)
          >= augmentation.overlap
      } ?? key.folding(1)
    }
    let second = secondKeys.map { augmentation.warp(width: width, height: height, key: $0) }
    return (
      drawn(augmentation, first, keys.map { $0.folding(0) }),
      drawn(augmentation, second, secondKeys)
    )
  }

  private var height: Int { pixels.shape[2] }
  private var width: Int { pixels.shape[3] }

  private func drawn(
    _ augmentation: Augmentation, _ warps: [Warp], _ keys: [RandomKey]
  ) -> ImageBatch {
    let (pixels, masks) = augmentation.apply(
      pixels, masks: masks, warps: warps, keys: keys, fill: normalization.mean)
    return with(pixels: pixels, masks: masks)
  }
}
