import Base
public import Foundation

/// How an image is to be read.
public struct ReadOptions: Sendable {
  /// Class numbers are wanted: palette entries and small greys stay as they are stored.
  public var asLabels = false
  /// Only this frame, where the image has several; counted from 0.
  public var frame: Int?
  /// A JPEG may be decoded at 1/2, 1/4 or 1/8 of its size, as long as its shorter side stays at
  /// least this long.
  public var enough: Int?
  /// The largest number of samples (pixels × channels × frames) that is decoded.
  public var sampleLimit = 1 << 31

  /// The image as it is, all frames.
  public init() {}

  /// A mask: one channel of class numbers.
  public static var labels: ReadOptions {
    var options = ReadOptions()
    options.asLabels = true
    return options
  }
}

/// Reads images by their content, whatever their name.
///
/// Every failure is an `ImageError` or, where the file cannot be opened, Base's `Diagnostic`.
public enum ImageReader {
  /// Reads a file.
  public static func read(_ url: URL, options: ReadOptions = ReadOptions()) throws -> ImageBuffer {
    let file = try MappedFile(url)
    defer { withExtendedLifetime(file) {} }
    return try read(file.bytes, place: url.path, options: options)
  }

  /// Reads the bytes of a file; `place` names it in errors.
  public static func read(
    data: Data, place: String? = nil, options: ReadOptions = ReadOptions()
  ) throws -> ImageBuffer {
    try data.withUnsafeBytes { try read($0, place: place, options: options) }
  }

  /// Reads the bytes of a file; `place` names it in errors.
  public static func read(
    _ bytes: UnsafeRawBufferPointer, place: String? = nil, options: ReadOptions = ReadOptions()
  ) throws -> ImageBuffer {
    try placed(ImageFormat(bytes), place) {
      try openedFrames(bytes, place: place, options)
        .image(options.frame, asLabels: options.asLabels)
    }
  }
}

extension ImageBuffer {
  /// Takes the samples for class numbers; colours and fractions are refused.
  mutating func becomeLabels() throws {
    guard channels == 1, sample.isInteger else {
      throw ImageError(.unsupported("a mask with colours or fractions instead of class numbers"))
    }
    photometric = .labels
    palette = nil
  }
}
