extension ImageBuffer {
  /// A part of every frame; the geometry follows.
  public func cropped(rows: Range<Int>, columns: Range<Int>) -> ImageBuffer {
    precondition(
      !rows.isEmpty && !columns.isEmpty && rows.lowerBound >= 0 && columns.lowerBound >= 0
        && rows.upperBound <= height && columns.upperBound <= width,
      "rows \(rows), columns \(columns) of \(height) × \(width)")
    var result = rearranged(height: rows.count, width: columns.count) {
      ($0 + rows.lowerBound, $1 + columns.lowerBound)
    }
    result.changeGeometry { $0.moved(rows: rows.lowerBound, columns: columns.lowerBound) }
    return result
  }

  /// The frames in a larger one, filled up with one value.
  ///
  /// - Parameters:
  ///   - newHeight: rows of the result.
  ///   - newWidth: columns of the result.
  ///   - top: rows above the image.
  ///   - left: columns to its left.
  ///   - value: what stands around it, rounded to the sample type.
  /// - Returns: the larger image; its geometry begins earlier.
  public func padded(
    height newHeight: Int, width newWidth: Int, top: Int, left: Int, with value: Double = 0
  ) -> ImageBuffer {
    precondition(
      top >= 0 && left >= 0 && top + height <= newHeight && left + width <= newWidth,
      "\(height) × \(width) does not fit at (\(top), \(left)) of \(newHeight) × \(newWidth)")
    let pixel = sample.bytes(nearest: [Double](repeating: value, count: channels))
    var result = self
    result.bytes = []
    result.bytes.reserveCapacity(frames * newHeight * newWidth * pixel.count)
    func fill(_ count: Int) { for _ in 0..<count { result.bytes += pixel } }
    for frame in 0..<frames {
      fill(top * newWidth)
      for row in 0..<height {
        let start = (frame * height + row) * width * pixel.count
        fill(left)
        result.bytes += bytes[start..<start + width * pixel.count]
        fill(newWidth - left - width)
      }
      fill((newHeight - top - height) * newWidth)
    }
    (result.height, result.width) = (newHeight, newWidth)
    result.changeGeometry { $0.moved(rows: -top, columns: -left) }
    return result
  }

  /// The whole image in a frame of the given size, keeping its aspect, centred.
  ///
  /// - Returns: the image, and where the picture lies in it.
  public func letterboxed(
    height newHeight: Int, width newWidth: Int, _ filter: Resampling = .area,
    with value: Double = 0
  ) -> (image: ImageBuffer, placement: Placement) {
    let scale = min(Double(newHeight) / Double(height), Double(newWidth) / Double(width))
    let inner = (
      height: min(newHeight, max(1, Int((Double(height) * scale).rounded()))),
      width: min(newWidth, max(1, Int((Double(width) * scale).rounded())))
    )
    let placement = Placement(
      top: (newHeight - inner.height) / 2, left: (newWidth - inner.width) / 2,
      height: inner.height, width: inner.width)
    let image = resized(height: inner.height, width: inner.width, filter).padded(
      height: newHeight, width: newWidth, top: placement.top, left: placement.left, with: value)
    return (image, placement)
  }
}

/// Where a picture lies in a letterboxed image; cropping to it undoes the box.
public struct Placement: Sendable, Equatable, Codable {
  /// Rows above the picture.
  public let top: Int
  /// Columns to its left.
  public let left: Int
  /// Its rows.
  public let height: Int
  /// Its columns.
  public let width: Int

  /// The rows that it fills.
  public var rows: Range<Int> { top..<top + height }
  /// The columns that it fills.
  public var columns: Range<Int> { left..<left + width }
}

extension Geometry {
  /// The geometry of the image that begins so many rows and columns later.
  func moved(rows: Int, columns: Int) -> Geometry {
    guard var affine else { return self }
    for axis in 0..<3 {
      affine[axis * 4 + 3] +=
        affine[axis * 4] * Double(columns) + affine[axis * 4 + 1] * Double(rows)
    }
    return Geometry(spacing: spacing, affine: affine)
  }
}
