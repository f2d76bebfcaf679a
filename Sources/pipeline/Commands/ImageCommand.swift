import ArgumentParser
import Base
import Foundation
import Imaging

/// `pipeline image`: decodes one file to an array, and says what is known of it.
struct ImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image",
    abstract: "Decode an image to a NumPy array and print what is known of it as JSON.",
    discussion: """
      Example: pipeline image scan.dcm --npy scan.npy --modality

      The array is [frames, rows, columns, samples], without frames and samples where there is \
      only one. No identifier, date or text of the file's header is printed or kept.
      """)

  @Argument(help: "A PNG, JPEG, DICOM or NIfTI file, told by its content.")
  var file: String

  @Option(help: "The array to write.")
  var npy: String

  @Flag(help: "Which values: as stored, physical (rescaled), or 8-bit for display.")
  var values = Values.stored

  @Option(help: "Only this frame, counted from 0.")
  var frame: Int?

  enum Values: String, EnumerableFlag {
    case stored, modality, display
  }

  func run() throws {
    var options = ReadOptions()
    options.frame = frame
    let image = try ImageReader.read(URL(fileURLWithPath: file), options: options)
    let result =
      switch values {
      case .stored: image
      case .modality: image.modality()
      case .display: image.display8()
      }
    try AtomicFile.write(result.npy(), to: URL(fileURLWithPath: npy))
    print(try Self.encoded(Description(image, written: result)))
  }

  private static func encoded(_ description: Description) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(description), as: UTF8.self)
  }

  /// What is printed.
  private struct Description: Encodable {
    let shape: [Int]
    let type: String
    let frames: Int
    let height: Int
    let width: Int
    let channels: Int
    let photometric: ImageBuffer.Photometric
    let stored: ImageBuffer.Sample
    let rescale: Rescale?
    let windows: [Window]
    let geometry: Geometry?
    let sha256: String

    init(_ image: ImageBuffer, written: ImageBuffer) {
      shape = written.arrayShape
      type = written.sample.rawValue
      (frames, height, width) = (image.frames, image.height, image.width)
      channels = image.channels
      photometric = image.photometric
      stored = image.sample
      rescale = image.rescale
      windows = image.windows
      geometry = image.geometry
      sha256 = image.contentHash()
    }
  }
}
