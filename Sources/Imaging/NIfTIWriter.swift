import Archive
public import Foundation

/// Encodes masks as NIfTI-1 (`.nii.gz`), in the place of the images that they belong to.
public enum NIfTIWriter {
  /// The bytes of a file whose voxels `[i, j, k]` are the columns, rows and frames of `mask`.
  ///
  /// What reads it finds the size, the affine map and the orientation of the image: the map stands in
  /// `sform` (code 1, scanner). Without one, only the distances between voxels are told.
  ///
  /// - Parameters:
  ///   - mask: class numbers, `uint8`, one channel.
  ///   - geometry: the image's; nil where it has none.
  /// - Returns: the file.
  /// - Throws: `ImageError` where the mask has colours or a side beyond 32,767.
  public static func encode(mask: ImageBuffer, geometry: Geometry?) throws -> Data {
    guard mask.sample == .uint8, mask.channels == 1 else {
      throw ImageError(.unsupported("a mask that is not of class numbers"), format: .nifti)
    }
    let sides = [mask.width, mask.height, mask.frames]
    guard let sides16 = exactly(sides) else {
      throw ImageError(.unsupported("a side beyond 32,767"), format: .nifti)
    }
    let file = header(sides16, geometry) + mask.bytes
    return Data(
      try archived(.nifti) { () throws(ArchiveFault) in try Gzip.packed(file) })
  }

  private static func exactly(_ sides: [Int]) -> [Int16]? {
    let short = sides.compactMap { Int16(exactly: $0) }
    return short.count == sides.count ? short : nil
  }

  /// The 348 bytes of the header and the 4 that say that no extension follows.
  private static func header(_ sides: [Int16], _ geometry: Geometry?) -> [UInt8] {
    var fields = Fields()
    fields.put(Int32(348), at: 0)
    for (axis, length) in ([3] + sides + [1, 1, 1, 1]).enumerated() {
      fields.put(Int16(length), at: 40 + 2 * axis)
    }
    fields.put(Int16(2), at: 70)  // uint8
    fields.put(Int16(8), at: 72)  // bits of a voxel
    let spacing = geometry?.spacing
    let edges = [1, spacing?.column ?? 1, spacing?.row ?? 1, spacing?.slice ?? 1]
    for (axis, edge) in edges.enumerated() { fields.put(Float(edge), at: 76 + 4 * axis) }
    fields.put(Float(352), at: 108)  // where voxels begin
    fields.put(Float(1), at: 112)  // slope
    fields.bytes[123] = 2  // millimetres
    if let affine = geometry?.affine {
      fields.put(Int16(1), at: 254)
      for (place, value) in affine.enumerated() { fields.put(Float(value), at: 280 + 4 * place) }
    }
    fields.bytes.replaceSubrange(344..<348, with: Array("n+1\0".utf8))
    return fields.bytes
  }

  private struct Fields {
    var bytes = [UInt8](repeating: 0, count: 352)

    mutating func put(_ value: some FixedWidthInteger, at place: Int) {
      bytes.withUnsafeMutableBytes {
        $0.storeBytes(of: value.littleEndian, toByteOffset: place, as: type(of: value))
      }
    }

    mutating func put(_ value: Float, at place: Int) { put(value.bitPattern, at: place) }
  }
}
