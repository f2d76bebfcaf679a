/// An image whose header is read and whose frames are decoded when asked for.
///
/// The bytes that it was opened from must outlive it.
protocol FrameSource {
  /// Number of frames; at least 1.
  var frameCount: Int { get }
  /// Decodes these frames and no others; the range lies within `0..<frameCount`.
  func read(_ frames: Range<Int>) throws -> ImageBuffer
}

/// A file of a format that holds one picture.
struct StillImage: FrameSource {
  let decode: () throws -> ImageBuffer

  var frameCount: Int { 1 }

  func read(_ frames: Range<Int>) throws -> ImageBuffer { try decode() }
}

/// Opens the bytes of a file as what their content says they are.
///
/// - Throws: `ImageError` with the format, where known, and the place.
func openedFrames(
  _ bytes: UnsafeRawBufferPointer, place: String?, _ options: ReadOptions
) throws -> any FrameSource {
  let format = ImageFormat(bytes)
  return try placed(format, place) {
    switch format {
    case .png: StillImage { try PNGReader.read(bytes, options) }
    case .jpeg: StillImage { try JPEGReader.read(bytes, options) }
    case .dicom: try DICOMReader(bytes, options)
    case .nifti: try NIfTIReader(bytes, options)
    case .npz:
      throw ImageError(.unsupported("an archive of arrays; read it with NPZReader"))
    case nil: throw ImageError(.unknownFormat)
    }
  }
}

extension FrameSource {
  /// One frame, or all of them.
  func image(_ frame: Int?, asLabels: Bool) throws -> ImageBuffer {
    if let frame, !(0..<frameCount).contains(frame) {
      throw ImageError(.noSuchFrame(frame, count: frameCount))
    }
    var image = try read(frame.map { $0..<$0 + 1 } ?? 0..<frameCount)
    if asLabels { try image.becomeLabels() }
    return image
  }
}

/// Runs a body; an `ImageError` out of it gets format and place.
func placed<Value>(
  _ format: ImageFormat?, _ place: String?, _ body: () throws -> Value
) throws -> Value {
  do {
    return try body()
  } catch var error as ImageError {
    error.place = place
    error.format = error.format ?? format
    throw error
  }
}
