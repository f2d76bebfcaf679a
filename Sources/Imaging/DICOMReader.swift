import CImaging
import Foundation

/// DICOM through DCMTK, JPEG 2000 through OpenJPEG; single and multi-frame.
///
/// Samples are pydicom's `pixel_array`: in the type of Bits Allocated, upper bits that are not
/// stored cleared (or filled with the sign), 8-bit YBR as RGB, palettes not applied. Of the header
/// nothing is kept but what `ImageBuffer` holds.
final class DICOMReader: FrameSource {
  private let handle: OpaquePointer?
  private let info: ci_dicom_info
  private let limit: Int
  private let sample: ImageBuffer.Sample
  private var values: DICOMValues?

  /// Parses the header.
  init(_ bytes: UnsafeRawBufferPointer, _ options: ReadOptions) throws {
    let data = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    var handle: OpaquePointer?
    var info = ci_dicom_info()
    try checked(.dicom) { ci_dicom_open(data, bytes.count, &handle, &info, $0) }
    do {
      sample = try Self.sampleType(info)
    } catch {
      ci_dicom_close(handle)
      throw error
    }
    (self.handle, self.info, limit) = (handle, info, options.sampleLimit)
  }

  deinit { ci_dicom_close(handle) }

  var frameCount: Int { Int(info.frames) }

  /// Where the file stands among others.
  func place() throws -> SeriesPlace {
    defer { withExtendedLifetime(self) {} }
    var place = ci_dicom_place()
    try checked(.dicom) { ci_dicom_placed(handle, &place, $0) }
    func text(_ bytes: some Any) -> String? {
      let text = withUnsafeBytes(of: bytes) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      return text.isEmpty ? nil : text
    }
    return SeriesPlace(
      patient: text(place.patient), series: text(place.series),
      place: place.has_place != 0 ? place.place : nil)
  }

  func read(_ frames: Range<Int>) throws -> ImageBuffer {
    let shape = [frames.count, Int(info.rows), Int(info.columns), Int(info.samples)]
    let count = try sampleCount(shape, limit: limit, format: .dicom)
    let decoder = DICOMFrames(handle: handle, info: info, sample: sample)
    try decoder.checkSize()
    let values = try values ?? DICOMValues(handle, info)
    self.values = values
    let size = count * sample.byteCount
    let pixels = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      let all = UnsafeMutableRawBufferPointer(buffer)
      for (index, frame) in frames.enumerated() {
        let start = index * decoder.byteCount
        try decoder.decode(
          frame, into: .init(rebasing: all[start..<start + decoder.byteCount]))
      }
      initialized = size
    }
    var image = ImageBuffer(
      frames: shape[0], height: shape[1], width: shape[2], channels: shape[3], sample: sample,
      photometric: photometric, bytes: pixels)
    values.describe(&image, frames)
    return image
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

  private var photometric: ImageBuffer.Photometric {
    switch info.photometric {
    case CI_MONOCHROME1: .inverted
    case CI_MONOCHROME2: .grey
    case CI_PALETTE: .palette
    default: .rgb
    }
  }
}
