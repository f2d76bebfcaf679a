import Archive

/// NIfTI-1, plain or gzip: every integer and real type, both byte orders, 1 to 7 dimensions.
///
/// A volume `[i, j, k]` becomes frames k of rows j of columns i, as the voxels lie in the file; further
/// dimensions are further frames. Voxels stay as stored; `scl_slope` and `scl_inter` become
/// `rescale`, and the affine map is kept, so nothing is turned or flipped.
final class NIfTIReader: FrameSource {
  private let bytes: UnsafeRawBufferPointer
  private let isZipped: Bool
  private let header: NIfTIHeader
  private let type: VoxelType
  private let limit: Int
  /// What unpacks a zipped file, at the frame behind the last that was read.
  private var inflater: Inflater?

  init(_ bytes: UnsafeRawBufferPointer, _ options: ReadOptions) throws {
    self.bytes = bytes
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
    self.isZipped = isZipped
    header = try head.withUnsafeBytes { try NIfTIHeader($0) }
    type = try VoxelType(header.dataType)
    limit = options.sampleLimit
    frameCount = try sampleCount(header.lengths.dropFirst(2) + [1], limit: limit, format: .nifti)
  }

  let frameCount: Int

  func read(_ frames: Range<Int>) throws -> ImageBuffer {
    let (width, height) = (header.lengths[0], header.lengths.count > 1 ? header.lengths[1] : 1)
    let shape = [frames.count, height, width, type.channels]
    _ = try sampleCount(shape, limit: limit, format: .nifti)
    let size = height * width * type.storedChannels * type.numbers.byteCount
    let voxels = try voxels(frames, size: size)
    let stored = type.storedChannels == 4 ? Self.withoutAlpha(voxels) : voxels
    let (sample, bytes) = type.numbers.samples(stored, isSwapped: header.isSwapped)
    var image = ImageBuffer(
      frames: shape[0], height: height, width: width, channels: type.channels, sample: sample,
      photometric: type.channels == 3 ? .rgb : .grey, bytes: bytes)
    image.take(values(frame: frames.lowerBound))
    if frames.count > 1 && frameCount > depth { image.frameValues = frames.map(values(frame:)) }
    return image
  }

  /// Slices of a volume; frames behind them are further volumes at the same place.
  private var depth: Int { header.lengths.count > 2 ? header.lengths[2] : 1 }

  private func values(frame: Int) -> FrameValues {
    FrameValues(
      rescale: type.channels == 3 ? nil : header.rescale, windows: [],
      geometry: header.geometry?.shifted(frames: frame % depth))
  }

  private func voxels(_ frames: Range<Int>, size: Int) throws -> [UInt8] {
    // Frames of a valid file end within 2⁶³ bytes; a header may promise anything.
    let (end, overflow) = frameCount.multipliedReportingOverflow(by: size)
    if overflow || end > Int.max / 2 { throw ImageError(.tooLarge(limit: limit), format: .nifti) }
    let start = header.offset + frames.lowerBound * size
    let count = frames.count * size
    if isZipped {
      // Deflate expands at most 1032 times: a size beyond that is a lie, found before it is paid.
      if count / 1032 > bytes.count + 64 {
        throw ImageError(.truncated("the deflated data cannot be so much"), format: .nifti)
      }
      return try archived(.nifti) { () throws(ArchiveFault) in
        try unpacked(from: start, count, isLast: frames.upperBound == frameCount)
      }
    }
    guard bytes.count >= start + count else {
      throw ImageError(.truncated("within its voxels"), format: .nifti)
    }
    return Array(bytes[start..<start + count])
  }

  private func unpacked(
    from start: Int, _ count: Int, isLast: Bool
  ) throws(ArchiveFault) -> [UInt8] {
    var current = inflater
    inflater = nil
    if current.map({ $0.position > start }) ?? true { current = try Inflater(bytes, .gzip) }
    guard let current else { throw .outOfMemory }
    try current.skip(start - current.position)
    let voxels = try current.next(count)
    if isLast { try current.finish() }
    inflater = current
    return voxels
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
