import Imaging

/// What a decoder is asked for: the images of a file, or a run of those in an archive.
struct DecodeRequest: Sendable, Equatable {
  /// A run of images in one split of a MedMNIST archive.
  struct Block: Sendable, Equatable {
    let part: MedMNIST.Part
    let range: Range<Int>
    /// The number of its first image among all of the archive.
    let firstFrame: Int
  }

  /// The file, absolute.
  let path: String
  var block: Block?
  /// The mask file of the same frames.
  var mask: String?
  /// `maskValues[c]` in a mask file is class c; nil: a value is its class.
  var maskValues: [Int]?
  /// The value in a mask file that is ignored, beside 255.
  var ignoredValue: Int?
  /// Which frames, where there are several.
  var frames = FrameChoice.all

  /// The numbers that its frames may have.
  var numbers: Range<Int> {
    block.map { $0.firstFrame..<$0.firstFrame + $0.range.count } ?? 0..<Int(Int32.max)
  }
}

/// Which frames of a volume or of another file with several are imported.
public enum FrameChoice: Sendable, Equatable {
  /// All.
  case all
  /// The one in the middle, the later where there are two.
  case middle
  /// The first, and every n-th after it.
  case every(Int)

  /// The chosen frames among `count`.
  func numbers(of count: Int) -> StrideTo<Int> {
    switch self {
    case .all: stride(from: 0, to: count, by: 1)
    case .middle: stride(from: count / 2, to: count, by: max(1, count))
    case .every(let step): stride(from: 0, to: count, by: step)
    }
  }
}

/// What became of a request: how many bytes were read and where the file stands among others, or why
/// nothing came of it.
enum DecodeOutcome: Sendable {
  case done(bytes: Int, SeriesPlace?)
  case refused(Refusal)
}

/// Turns requests into frames, one request at a time.
protocol EntryDecoder: AnyObject {
  /// Hands out the frames of a request one after the other.
  ///
  /// Whatever is wrong with the file is an outcome, no error.
  ///
  /// - Throws: what `take` throws; `Stopped`; an error where no decoder can be had.
  func decode(
    _ request: DecodeRequest, _ take: (DecodedFrame) throws -> Void
  ) throws -> DecodeOutcome

  /// The labels of a MedMNIST archive.
  func labels(ofArchive path: String) throws -> Result<ArchiveLabels, Refusal>
}

/// The labels of a MedMNIST archive: a number for each image of each split.
struct ArchiveLabels: Equatable {
  /// The most columns that a number holds.
  static let most = 62

  /// Columns of labels: one for a class an image, several for a 0 or 1 for every class.
  let width: Int
  /// The class of each image; of several columns, bit c says whether the image has class c.
  let values: [MedMNIST.Part: [Int]]
}
