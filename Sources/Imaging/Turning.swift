extension ImageBuffer {
  /// The image as EXIF's orientation (1 to 8) means it to be seen: quarter turns and mirrorings.
  public func turned(_ orientation: Int) -> ImageBuffer {
    if orientation == 1 { return self }
    var image = self
    // 5...8 exchange rows and columns first; the rest are mirrorings.
    if orientation >= 5 { image = image.transposed() }
    switch orientation {
    case 2, 6: return image.mirrored(rows: false, columns: true)
    case 3, 7: return image.mirrored(rows: true, columns: true)
    case 4, 8: return image.mirrored(rows: true, columns: false)
    default: return image
    }
  }

  /// Rows and columns exchanged, in every frame.
  public func transposed() -> ImageBuffer {
    var result = rearranged(height: width, width: height) { ($1, $0) }
    result.changeGeometry { $0.exchangingRowsAndColumns() }
    return result
  }

  /// The order of rows, of columns, or of both reversed, in every frame.
  public func mirrored(rows: Bool, columns: Bool) -> ImageBuffer {
    let (lastRow, lastColumn) = (height - 1, width - 1)
    var result = rearranged(height: height, width: width) { row, column in
      (rows ? lastRow - row : row, columns ? lastColumn - column : column)
    }
    if rows { result.changeGeometry { $0.reversing(axis: 1, last: lastRow) } }
    if columns { result.changeGeometry { $0.reversing(axis: 0, last: lastColumn) } }
    return result
  }

  /// A frame of `height × width` whose pixels come from where `source(row, column)` says.
  func rearranged(
    height newHeight: Int, width newWidth: Int, _ source: (Int, Int) -> (Int, Int)
  ) -> ImageBuffer {
    let pixel = channels * sample.byteCount
    var result = self
    (result.height, result.width) = (newHeight, newWidth)
    let size = frames * newHeight * newWidth * pixel
    result.bytes = [UInt8](unsafeUninitializedCapacity: size) { out, initialized in
      bytes.withUnsafeBufferPointer { stored in
        var target = 0
        for frame in 0..<frames {
          for row in 0..<newHeight {
            for column in 0..<newWidth {
              let (fromRow, fromColumn) = source(row, column)
              let start = ((frame * height + fromRow) * width + fromColumn) * pixel
              for byte in 0..<pixel { out[target + byte] = stored[start + byte] }
              target += pixel
            }
          }
        }
      }
      initialized = size
    }
    return result
  }
}

extension Geometry {
  func exchangingRowsAndColumns() -> Geometry {
    var result = self
    (result.spacing.row, result.spacing.column) = (spacing.column, spacing.row)
    for axis in 0..<3 { result.affine?.swapAt(axis * 4, axis * 4 + 1) }
    return result
  }

  /// Counts axis 0 (columns), 1 (rows) or 2 (frames) from its other end.
  func reversing(axis: Int, last: Int) -> Geometry {
    guard var affine else { return self }
    for row in 0..<3 {
      affine[row * 4 + 3] += affine[row * 4 + axis] * Double(last)
      affine[row * 4 + axis].negate()
    }
    return Geometry(spacing: spacing, affine: affine)
  }
}
