import Base
import Foundation
import Imaging
import Torch
import Training

/// A picture of what a method compares: pairs of views, so that a person can see whether a finding
/// survives the augmentation.
enum ViewSheet {
  private static let pairs = 16
  private static let pairsInRow = 4
  /// White pixels between pairs.
  private static let gap = 4

  /// Writes pairs of the batch's first images, left and right as the loss is given them.
  ///
  /// - Throws: errors of encoding and writing.
  static func write(_ batch: ImageBatch, _ views: Augmentation, to url: URL) throws {
    let (a, b) = batch.twoViews(views)
    try AtomicFile.write(PNGWriter.encode(drawn(a.pixels, b.pixels)), to: url)
  }

  /// Up to 16 pairs in rows of four, three channels or the first one.
  ///
  /// - Parameters:
  ///   - left: `[B, C, H, W]`, from 0 to 1.
  ///   - right: as many of the same size.
  /// - Returns: the picture.
  static func drawn(_ left: Tensor, _ right: Tensor) -> ImageBuffer {
    let count = min(pairs, left.shape[0])
    let (height, width) = (left.shape[2], left.shape[3])
    let channels = left.shape[1] == 3 ? 3 : 1
    let (across, down) = (min(pairsInRow, count), (count + pairsInRow - 1) / pairsInRow)
    let sheet = Tensor.full(
      [down * (height + gap) - gap, across * (2 * width + gap) - gap, channels], 255, dtype: .uint8)
    for pair in 0..<count {
      for (side, view) in [left, right].enumerated() {
        let image = view.select(dim: 0, index: pair).narrow(dim: 0, start: 0, length: channels)
        let bytes = (image.clamp(min: 0, max: 1) * 255).round().to(.uint8).permute([1, 2, 0])
        let column = pair % pairsInRow * (2 * width + gap) + side * width
        sheet.narrow(dim: 0, start: pair / pairsInRow * (height + gap), length: height)
          .narrow(dim: 1, start: column, length: width).copy_(from: bytes)
      }
    }
    return ImageBuffer(
      height: sheet.shape[0], width: sheet.shape[1], channels: channels,
      photometric: channels == 3 ? .rgb : .grey, bytes: sheet.bytes())
  }
}
