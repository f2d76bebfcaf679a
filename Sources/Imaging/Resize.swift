extension ImageBuffer {
  /// The image in another size, every frame; plain, without regard to the aspect.
  ///
  /// Equal to `resize` of Pillow 13 with `BOX`, `BILINEAR` or `LANCZOS`: two passes, columns first
  /// unless many rows vanish; 8-bit samples are rounded between them, others only at the end. Class numbers and palette
  /// entries are never mixed: they are resized by majority. Distances between pixels follow.
  public func resized(
    height newHeight: Int, width newWidth: Int, _ filter: Resampling = .area
  ) -> ImageBuffer {
    precondition(newHeight > 0 && newWidth > 0, "an image of \(newHeight) × \(newWidth)")
    if newHeight == height && newWidth == width { return self }
    if photometric == .labels || photometric == .palette {
      return resizedByMajority(height: newHeight, width: newWidth)
    }
    let isExactInFloat = sample.byteCount <= 2 || sample == .float32
    var image = self
    (image.height, image.width) = (newHeight, newWidth)
    image.bytes =
      if sample == .uint8 {
        passed(bytes, newHeight, newWidth, filter, ByteKernel.self)
      } else if isExactInFloat {
        sample.bytes(
          nearest: passed(allFloats(), newHeight, newWidth, filter, FloatKernel<Float>.self))
      } else {
        sample.bytes(
          nearest: passed(doubles(), newHeight, newWidth, filter, FloatKernel<Double>.self))
      }
    return image.withGeometryResized(from: self)
  }

  func withGeometryResized(from old: ImageBuffer) -> ImageBuffer {
    var result = self
    let rows = Double(old.height) / Double(height)
    let columns = Double(old.width) / Double(width)
    result.changeGeometry { $0.resized(rows: rows, columns: columns) }
    return result
  }

  /// Both passes of all frames.
  private func passed<Kernel: ResamplingKernel>(
    _ samples: [Kernel.Value], _ newHeight: Int, _ newWidth: Int, _ filter: Resampling,
    _: Kernel.Type
  ) -> [Kernel.Value] {
    var values = samples
    func narrow(lines: Int) {
      if newWidth == width { return }
      let kernel = Kernel(ResamplingPlan(from: width, to: newWidth, filter))
      values = kernel.alongRows(values, rows: frames * lines, old: width, channels)
    }
    // Pillow's choice of the first pass; the rounding between the two depends on it.
    let beginsWithRows = newHeight < height && height - newHeight > 2 * (width - newWidth)
    if !beginsWithRows { narrow(lines: height) }
    if newHeight != height {
      let kernel = Kernel(ResamplingPlan(from: height, to: newHeight, filter))
      let row = (beginsWithRows ? width : newWidth) * channels
      values = kernel.acrossRows(values, frames: frames, old: height, row: row)
    }
    if beginsWithRows { narrow(lines: newHeight) }
    return values
  }
}

extension Geometry {
  /// The geometry of an image whose pixels are larger by these factors; its edges stay where they
  /// were.
  func resized(rows: Double, columns: Double) -> Geometry {
    var result = self
    result.spacing.row *= rows
    result.spacing.column *= columns
    guard var affine else { return result }
    for axis in 0..<3 {
      let (column, row) = (affine[axis * 4], affine[axis * 4 + 1])
      affine[axis * 4] = column * columns
      affine[axis * 4 + 1] = row * rows
      affine[axis * 4 + 3] += (column * (columns - 1) + row * (rows - 1)) / 2
    }
    result.affine = affine
    return result
  }
}
