/// The axis along which a volume is cut into frames.
public enum VolumeAxis: String, Sendable, Codable, CaseIterable {
  /// As stored: a frame for each k.
  case frames
  /// A frame for each row j, whose rows are the frames k.
  case rows
  /// A frame for each column i, whose rows are the frames k and whose columns are the rows j.
  case columns
}

extension ImageBuffer {
  /// The volume cut along another axis; voxels keep their place in the patient.
  ///
  /// Frames that differ in more than their place are taken for their physical values, and have no
  /// common place.
  public func sliced(along axis: VolumeAxis) -> ImageBuffer {
    if axis != .frames && !frameValues.isEmpty {
      var stack = modality()
      (stack.frameValues, stack.geometry) = ([], nil)
      return stack.sliced(along: axis)
    }
    return switch axis {
    case .frames: self
    case .rows:
      reordered(shape: (height, frames, width), order: [0, 2, 1]) { frame, row, column in
        (row, frame, column)
      }
    case .columns:
      reordered(shape: (width, frames, height), order: [1, 2, 0]) { frame, row, column in
        (row, column, frame)
      }
    }
  }

  /// `order` names the old axes (0 column, 1 row, 2 frame) of the new column, row and frame.
  private func reordered(
    shape: (Int, Int, Int), order: [Int], _ source: (Int, Int, Int) -> (Int, Int, Int)
  ) -> ImageBuffer {
    let pixel = channels * sample.byteCount
    var result = self
    (result.frames, result.height, result.width) = shape
    result.bytes = [UInt8](unsafeUninitializedCapacity: bytes.count) { out, initialized in
      var target = 0
      for frame in 0..<shape.0 {
        for row in 0..<shape.1 {
          for column in 0..<shape.2 {
            let (z, y, x) = source(frame, row, column)
            let start = ((z * height + y) * width + x) * pixel
            for byte in 0..<pixel { out[target + byte] = bytes[start + byte] }
            target += pixel
          }
        }
      }
      initialized = bytes.count
    }
    result.geometry = geometry?.reordered(order)
    return result
  }
}

extension Geometry {
  /// Axes in another order; nil where the distance between frames is needed and unknown.
  func reordered(_ order: [Int]) -> Geometry? {
    let old = [spacing.column, spacing.row, spacing.slice]
    guard let column = old[order[0]], let row = old[order[1]] else { return nil }
    let places = (0..<3).flatMap { line in (order + [3]).map { line * 4 + $0 } }
    let affine = affine.map { matrix in places.map { matrix[$0] } }
    return Geometry(
      spacing: Spacing(row: row, column: column, slice: old[order[2]]), affine: affine)
  }
}
