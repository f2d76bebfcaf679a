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

  @Argument(help: "A PNG, JPEG, DICOM, NIfTI or npz file, told by its content.")
  var file: String

  @Option(help: "The array to write.")
  var npy: String

  @Flag(help: "Which values: as stored, physical (rescaled), or 8-bit for display.")
  var values = Values.stored

  @Option(help: "Only this frame, counted from 0.")
  var frame: Int?

  @Option(help: "Make it ROWSxCOLUMNS large, such as 128x96.")
  var size: Size?

  @Option(
    help: "How it is made so large: \(Filter.allCases.map(\.rawValue).joined(separator: ", ")).")
  var filter: Filter = .area

  @Option(help: "The array of an npz file.")
  var array: String?

  enum Values: String, EnumerableFlag {
    case stored, modality, display
  }

  struct Size: ExpressibleByArgument {
    let rows: Int
    let columns: Int

    init?(argument: String) {
      let sides = argument.split(separator: "x").compactMap { Int($0) }
      guard sides.count == 2, sides.allSatisfy({ (1...65_535).contains($0) }) else { return nil }
      (rows, columns) = (sides[0], sides[1])
    }
  }

  enum Filter: String, ExpressibleByArgument, CaseIterable {
    case area, bilinear, lanczos, nearest, majority
  }

  func run() throws {
    let url = URL(fileURLWithPath: file)
    if let array {
      let stored = try NPZReader(url).array(array)
      try AtomicFile.write(stored.npy(), to: URL(fileURLWithPath: npy))
      print(try encoded(ArrayDescription(shape: stored.shape, type: stored.sample.rawValue)))
      return
    }
    var options = ReadOptions()
    options.frame = frame
    let image = try ImageReader.read(url, options: options)
    let shown =
      switch values {
      case .stored: image
      case .modality: image.modality(.float64)
      case .display: image.display8()
      }
    let result = resized(shown)
    try AtomicFile.write(result.npy(), to: URL(fileURLWithPath: npy))
    print(try encoded(Description(image, written: result)))
  }

  private func resized(_ image: ImageBuffer) -> ImageBuffer {
    guard let size else { return image }
    switch filter {
    case .nearest: return image.resizedToNearest(height: size.rows, width: size.columns)
    case .majority: return image.resizedByMajority(height: size.rows, width: size.columns)
    case .area, .bilinear, .lanczos:
      let kernel = Resampling(rawValue: filter.rawValue) ?? .area
      return image.resized(height: size.rows, width: size.columns, kernel)
    }
  }

  /// What is printed of an array.
  private struct ArrayDescription: Encodable {
    let shape: [Int]
    let type: String
  }

  /// What is printed of an image.
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
    let modalityLUT: Table?
    let windows: [Window]
    let voiLUT: Table?
    let geometry: Geometry?
    /// What differs from frame to frame, where anything does.
    let frameValues: [FrameValues]?
    let sha256: String

    /// A lookup table without its entries.
    struct Table: Encodable {
      let first: Int
      let entries: Int
      let bits: Int

      init(_ table: LookupTable) {
        (first, entries, bits) = (table.first, table.entries.count, table.bits)
      }
    }

    init(_ image: ImageBuffer, written: ImageBuffer) {
      shape = written.arrayShape
      type = written.sample.rawValue
      (frames, height, width) = (image.frames, image.height, image.width)
      channels = image.channels
      photometric = image.photometric
      stored = image.sample
      rescale = image.rescale
      modalityLUT = image.modalityLUT.map(Table.init)
      windows = image.windows
      voiLUT = image.voiLUT.map(Table.init)
      geometry = image.geometry
      frameValues = image.frameValues.isEmpty ? nil : image.frameValues
      sha256 = image.contentHash()
    }
  }
}
