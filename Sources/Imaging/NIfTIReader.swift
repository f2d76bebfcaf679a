import Archive
/// NIfTI-1, plain or gzip: every integer and real type, both byte orders, 1 to 7 dimensions.
///
/// A volume `[i, j, k]` becomes frames k of rows j of columns i, as the voxels lie in the file; further
/// dimensions are further frames. Voxels stay as stored; `scl_slope` and `scl_inter` become
/// `rescale`, and the affine map is kept, so nothing is turned or flipped.
enum NIfTIReader {
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ options: ReadOptions
  ) throws -> ImageBuffer {
    let isZipped = bytes.starts(with: [0x1F, 0x8B])
    let head =
      isZipped
      ? try archived(.nifti) { () throws(ArchiveFault) in
        try Inflate.prefix(bytes, .gzip, count: NIfTIHeader.byteCount)
      }
      : Array(bytes.prefix(NIfTIHeader.byteCount))
    guard head.withUnsafeBytes({ ImageFormat($0) }) == .nifti else {
      throw ImageError(isZipped ? .unknownFormat : .truncated("within its header"))
    }
    let header = try head.withUnsafeBytes { try NIfTIHeader($0) }
    let type = try VoxelType(header.dataType)
    let image = try image(header, type, options)
    let size = image.count * type.numbers.byteCount * type.storedChannels / type.channels
    let voxels = try voxels(bytes, isZipped, at: header.offset, count: size)
    return buffer(header, type, image.shape, voxels, options)
  }

  private static func image(
    _ header: NIfTIHeader, _ type: VoxelType, _ options: ReadOptions
  ) throws -> (shape: [Int], count: Int) {
    let count = try sampleCount(
      Array(header.lengths) + [type.channels], limit: options.sampleLimit, format: .nifti)
    let (width, height) = (header.lengths[0], header.lengths.count > 1 ? header.lengths[1] : 1)
    let pixels = [height, width, type.channels]
    let shape = [header.lengths.dropFirst(2).reduce(1, *)] + pixels
    if let frame = options.frame, !(0..<shape[0]).contains(frame) {
      throw ImageError(.noSuchFrame(frame, count: shape[0]))
    }
    return (shape, count)
  }

  private static func voxels(
    _ bytes: UnsafeRawBufferPointer, _ isZipped: Bool, at offset: Int, count: Int
  ) throws -> [UInt8] {
    if isZipped {
      var all = try archived(.nifti) { () throws(ArchiveFault) in
        try Inflate.all(bytes, .gzip, count: offset + count)
      }
      all.removeFirst(offset)
      return all
    }
    guard bytes.count >= offset + count else {
      throw ImageError(.truncated("within its voxels"), format: .nifti)
    }
    return Array(bytes[offset..<offset + count])
  }

  private static func buffer(
    _ header: NIfTIHeader, _ type: VoxelType, _ shape: [Int], _ voxels: [UInt8],
    _ options: ReadOptions
  ) -> ImageBuffer {
    let stored = type.storedChannels == 4 ? withoutAlpha(voxels) : voxels
    let (sample, bytes) = type.numbers.samples(stored, isSwapped: header.isSwapped)
    var image = ImageBuffer(
      frames: shape[0], height: shape[1], width: shape[2], channels: shape[3], sample: sample,
      photometric: type.channels == 3 ? .rgb : .grey, bytes: bytes)
    image.rescale = type.channels == 3 ? nil : header.rescale
    image.geometry = header.geometry
    return options.frame.map { image.frame($0) } ?? image
  }

  private static func withoutAlpha(_ voxels: [UInt8]) -> [UInt8] {
    voxels.enumerated().filter { $0.offset % 4 != 3 }.map(\.element)
  }

  /// What NIfTI's data type code means.
  private struct VoxelType {
    let numbers: StoredNumbers
    var channels = 1
    var storedChannels = 1

    init(_ code: Int) throws {
      switch code {
      case 2: numbers = .sample(.uint8)
      case 4: numbers = .sample(.int16)
      case 8: numbers = .sample(.int32)
      case 16: numbers = .sample(.float32)
      case 64: numbers = .sample(.float64)
      case 128, 2304:
        numbers = .sample(.uint8)
        (channels, storedChannels) = (3, code == 128 ? 3 : 4)
      case 256: numbers = .sample(.int8)
      case 512: numbers = .sample(.uint16)
      case 768: numbers = .sample(.uint32)
      case 1024: numbers = .int64
      case 1280: numbers = .uint64
      default:
        throw ImageError(.unsupported(Self.refusal(code)), format: .nifti)
      }
    }

    private static func refusal(_ code: Int) -> String {
      switch code {
      case 1: "voxels of one bit"
      case 32, 1792, 2048: "complex voxels"
      case 1536: "voxels of 128-bit floating point"
      default: "an unknown type of voxels"
      }
    }
  }
}
