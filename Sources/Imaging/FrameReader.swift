import Base
public import Foundation

/// An opened image file whose frames are decoded one at a time.
///
/// Opening reads the header only. The file is mapped, so that memory follows the frames that are
/// asked for, not the file; frames of compressed NIfTI come fastest in their order, since what lies
/// before a frame has to be unpacked.
public final class FrameReader {
  private let file: MappedFile
  private let source: any FrameSource
  private let options: ReadOptions

  /// Files from this size on let go of the pages of a frame that was read.
  private static let largeFile = 32 << 20

  /// Opens a file; `options.frame` is ignored.
  ///
  /// - Throws: `ImageError`, or Base's `Diagnostic` where the file cannot be opened.
  public init(_ url: URL, options: ReadOptions = ReadOptions()) throws {
    file = try MappedFile(url)
    self.options = options
    source = try openedFrames(file.bytes, place: url.path, options)
  }

  /// Number of frames; at least 1.
  public var frameCount: Int { source.frameCount }

  /// The size of the file in bytes.
  public var byteCount: Int { file.count }

  /// Where a DICOM file stands among others; nil for other formats.
  public var place: SeriesPlace? { (source as? DICOMReader).flatMap { try? $0.place() } }

  /// One frame, with all that is known of it.
  ///
  /// - Throws: `ImageError` where it is damaged or there is none of that number.
  public func frame(_ index: Int) throws -> ImageBuffer {
    defer { if file.count >= Self.largeFile { file.releasePages() } }
    return try placed(ImageFormat(file.bytes), file.url.path) {
      try source.image(index, asLabels: options.asLabels)
    }
  }
}
