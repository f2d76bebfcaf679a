public import Base

/// Why an image cannot be read or written.
///
/// A reason never holds a value out of the file's header; the place is what the caller named, and
/// is left out of what is stored.
public struct ImageError: Diagnosable, Equatable {
  /// What is wrong; texts are the reader's own words.
  public enum Reason: Sendable, Equatable {
    /// The first bytes belong to no format that is read.
    case unknownFormat
    /// The file ends before its pixels do.
    case truncated(String)
    /// What is there contradicts the format.
    case corrupt(String)
    /// A valid file of a kind that is not read.
    case unsupported(String)
    /// A transfer syntax of DICOM that is not read, by its name in the standard.
    case unsupportedTransferSyntax(String)
    /// An element that the pixels need is absent, by its name in the standard.
    case missing(String)
    /// An element holds what it may not hold, by its name in the standard.
    case invalid(String)
    /// More samples than the limit.
    case tooLarge(limit: Int)
    /// Memory ran out.
    case outOfMemory
    /// A valid file without an image, such as a report or a directory.
    case noPixels
    /// The image has fewer frames.
    case noSuchFrame(Int, count: Int)
  }

  /// What is wrong.
  public var reason: Reason
  /// The format, where known.
  public var format: ImageFormat?
  /// The file, as the caller named it.
  public var place: String?

  /// An error about a file.
  public init(_ reason: Reason, format: ImageFormat? = nil, place: String? = nil) {
    self.reason = reason
    self.format = format
    self.place = place
  }

  /// What happened, without the place.
  public var what: String {
    let name = format.map(\.name) ?? "image"
    switch reason {
    case .unknownFormat: return "the file is no PNG, JPEG, DICOM, NIfTI or npz"
    case .truncated(let detail): return "the \(name) file is cut short: \(detail)"
    case .corrupt(let detail): return "the \(name) file is damaged: \(detail)"
    case .unsupported(let detail):
      return "the \(name) file is of a kind that is not read: \(detail)"
    case .unsupportedTransferSyntax(let syntax):
      return "the transfer syntax \(syntax) is not read"
    case .missing(let element): return "the \(name) file lacks \(element)"
    case .invalid(let element): return "\(element) holds what it may not hold"
    case .tooLarge(let limit): return "the image has more than \(limit) samples"
    case .outOfMemory: return "memory ran out while the \(name) file was decoded"
    case .noPixels: return "the \(name) file holds no image"
    case .noSuchFrame(let frame, let count): return "frame \(frame) of \(count) does not exist"
    }
  }

  /// What the reader can do about it.
  public var remedy: String? {
    switch reason {
    case .truncated: "copy the file again from where it came"
    case .corrupt, .invalid, .missing: "export the image again from where it came"
    case .unsupported, .unknownFormat: "convert it to PNG, DICOM or NIfTI"
    case .unsupportedTransferSyntax: "convert it, for instance with dcmdjpeg or gdcmconv --raw"
    case .tooLarge: "crop or tile the image"
    case .outOfMemory: "free memory, or decode fewer frames at a time"
    case .noSuchFrame: "frames count from 0"
    case .noPixels: "leave the file out, or name the one that holds the image"
    }
  }

  /// A short name of the reason that stays the same, to count by.
  public var code: String {
    switch reason {
    case .unknownFormat: "unknown-format"
    case .truncated: "truncated"
    case .corrupt: "corrupt"
    case .unsupported: "unsupported"
    case .unsupportedTransferSyntax: "unsupported-transfer-syntax"
    case .missing: "missing"
    case .invalid: "invalid"
    case .tooLarge: "too-large"
    case .outOfMemory: "out-of-memory"
    case .noPixels: "no-pixels"
    case .noSuchFrame: "no-such-frame"
    }
  }
}
