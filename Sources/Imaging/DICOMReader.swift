import CImaging
import Foundation

/// DICOM through DCMTK, JPEG 2000 through OpenJPEG; single and multi-frame.
///
/// Samples are pydicom's `pixel_array`: in the type of Bits Allocated, upper bits that are not
/// stored cleared (or filled with the sign), 8-bit YBR as RGB, palettes not applied. Of the header
/// nothing is kept but what `ImageBuffer` holds.
enum DICOMReader {
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ options: ReadOptions
  ) throws -> ImageBuffer {
    let data = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    var handle: OpaquePointer?
    var info = ci_dicom_info()
    try checked(.dicom) { ci_dicom_open(data, bytes.count, &handle, &info, $0) }
    defer { ci_dicom_close(handle) }
    let frames = try frames(info, options)
    let shape = [frames.count, Int(info.rows), Int(info.columns), Int(info.samples)]
    let count = try sampleCount(shape, limit: options.sampleLimit, format: .dicom)
    let sample = try sampleType(info)
    let decoder = DICOMFrames(handle: handle, info: info, sample: sample)
    try decoder.checkSize()
    var isRGB = info.photometric == CI_RGB
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * sample.byteCount)
    for frame in frames {
      let decoded = try decoder.frame(frame)
      isRGB = isRGB || decoded.isRGB
      pixels += decoded.bytes
    }
    var image = ImageBuffer(
      frames: shape[0], height: shape[1], width: shape[2], channels: shape[3], sample: sample,
      photometric: photometric(info), bytes: pixels)
    if info.photometric == CI_PALETTE { image.palette = try palette(handle, info) }
    image.describe(info, firstFrame: frames.lowerBound)
    return image
  }

  private static func frames(
    _ info: ci_dicom_info, _ options: ReadOptions
  ) throws -> Range<Int> {
    guard let frame = options.frame else { return 0..<Int(info.frames) }
    guard (0..<Int(info.frames)).contains(frame) else {
      throw ImageError(.noSuchFrame(frame, count: Int(info.frames)), format: .dicom)
    }
    return frame..<frame + 1
  }

  private static func sampleType(_ info: ci_dicom_info) throws -> ImageBuffer.Sample {
    let isSigned = info.is_signed != 0
    switch (info.bits_allocated, info.is_float != 0) {
    case (32, true): return .float32
    case (64, true): return .float64
    case (1, false) where info.codec != CI_DCMTK: return .uint8
    case (8, false): return isSigned ? .int8 : .uint8
    case (16, false): return isSigned ? .int16 : .uint16
    case (32, false): return isSigned ? .int32 : .uint32
    default:
      throw ImageError(.unsupported("its Bits Allocated (0028,0100)"), format: .dicom)
    }
  }

  private static func photometric(_ info: ci_dicom_info) -> ImageBuffer.Photometric {
    switch info.photometric {
    case CI_MONOCHROME1: .inverted
    case CI_MONOCHROME2: .grey
    case CI_PALETTE: .palette
    default: .rgb
    }
  }

  private static func palette(
    _ handle: OpaquePointer?, _ info: ci_dicom_info
  ) throws -> Palette {
    let tables = try (0..<3).map { channel in
      var isSegmented: Int32 = 0
      let stored = try collected(.dicom) {
        ci_dicom_palette(handle, Int32(channel), $0, &isSegmented, $1)
      }
      let table = PaletteTable(
        stored: [UInt8](stored), count: Int(info.palette_entries), bits: Int(info.palette_bits))
      return try isSegmented != 0 ? table.expanded() : table.entries()
    }
    return Palette(
      first: Int(info.palette_first), red: tables[0], green: tables[1], blue: tables[2])
  }
}

extension ImageBuffer {
  /// Takes over rescale, windows and geometry.
  fileprivate mutating func describe(_ info: ci_dicom_info, firstFrame: Int) {
    if info.has_rescale != 0 && channels == 1 && photometric != .palette {
      rescale = Rescale(slope: info.slope, intercept: info.intercept)
    }
    let shape: Window.Shape = [.linear, .exact, .sigmoid][Int(info.window_shape)]
    let centres = withUnsafeBytes(of: info.centres) { Array($0.bindMemory(to: Double.self)) }
    let widths = withUnsafeBytes(of: info.widths) { Array($0.bindMemory(to: Double.self)) }
    windows = (0..<Int(info.window_count)).map {
      Window(centre: centres[$0], width: widths[$0], shape: shape)
    }
    geometry = Geometry(info)?.shifted(frames: firstFrame)
  }
}

extension Geometry {
  /// Spacing, and the affine map where position and orientation are known; DICOM's axes run to the
  /// left, back and head, ours to the right, front and head.
  fileprivate init?(_ info: ci_dicom_info) {
    guard info.has_spacing != 0 else { return nil }
    let slice = info.has_slice_distance != 0 ? info.slice_distance : nil
    let spacing = Spacing(row: info.spacing.0, column: info.spacing.1, slice: slice)
    guard info.has_position != 0 else {
      self.init(spacing: spacing)
      return
    }
    let along = info.orientation
    let (x, y) = ([along.0, along.1, along.2], [along.3, along.4, along.5])
    let normal = Self.crossed(x, y)
    let position = [info.position.0, info.position.1, info.position.2]
    let affine = (0..<3).flatMap { axis -> [Double] in
      let row = [
        x[axis] * spacing.column, y[axis] * spacing.row, normal[axis] * (slice ?? 1),
        position[axis],
      ]
      return axis < 2 ? row.map { 0 - $0 } : row
    }
    self.init(spacing: spacing, affine: affine)
  }

  private static func crossed(_ a: [Double], _ b: [Double]) -> [Double] {
    let x = a[1] * b[2] - a[2] * b[1]
    let y = a[2] * b[0] - a[0] * b[2]
    let z = a[0] * b[1] - a[1] * b[0]
    return [x, y, z]
  }
}
