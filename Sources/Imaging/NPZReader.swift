import Archive
import Base
public import Foundation

/// The arrays of a NumPy `.npz` file, each decoded when asked for.
public struct NPZReader: Sendable {
  private let file: MappedFile
  /// The names of the arrays, sorted.
  public let names: [String]

  /// Opens a file and reads its directory.
  ///
  /// - Throws: `ImageError` where it is no zip file or its directory is damaged.
  public init(_ url: URL) throws {
    file = try MappedFile(url)
    do {
      guard ImageFormat(file.bytes) == .npz else { throw ImageError(.unknownFormat) }
      names = try Self.archive(file).members.map(\.name)
        .filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }.sorted()
    } catch var error as ImageError {
      error.place = url.path
      throw error
    }
  }

  /// One array, whole.
  ///
  /// - Throws: `ImageError` where there is none of that name, it is damaged, has more than `limit`
  ///   bytes, or elements of a type other than integers, reals and Booleans.
  public func array(_ name: String, limit: Int = 1 << 34) throws -> StoredArray {
    do {
      let archive = try Self.archive(file)
      guard let member = archive.members.first(where: { $0.name == name + ".npy" }) else {
        throw ImageError(.missing("the array '\(name)'"), format: .npz)
      }
      let contents = try archived(.npz) { () throws(ArchiveFault) in
        try archive.contents(of: member, limit: limit)
      }
      return try StoredArray(npy: contents)
    } catch var error as ImageError {
      error.place = file.url.path
      throw error
    }
  }

  private static func archive(_ file: MappedFile) throws(ImageError) -> ZipArchive {
    try archived(.npz) { () throws(ArchiveFault) in try ZipArchive(file.bytes) }
  }
}

/// An array out of a `.npz` file: C order, native-endian.
public struct StoredArray: Sendable {
  /// Lengths of the dimensions.
  public let shape: [Int]
  /// The type of an element; Booleans are `uint8`, 64-bit integers `int32` where all fit, else
  /// `float64`.
  public let sample: ImageBuffer.Sample
  /// The elements.
  public let bytes: [UInt8]

  /// All elements as whole numbers; fractions are cut off.
  public var ints: [Int] {
    asImage.doubles().map { Int(exactly: $0.rounded(.towardZero)) ?? 0 }
  }

  /// All elements as floating-point numbers.
  public var floats: [Float] { asImage.floats() }

  /// The elements as a single row.
  private var asImage: ImageBuffer {
    ImageBuffer(
      height: 1, width: shape.reduce(1, *), sample: sample, photometric: .grey, bytes: bytes)
  }

  /// An image out of `[N, height, width]` or `[N, height, width, 3]`.
  public func image(_ index: Int) throws -> ImageBuffer {
    let channels = shape.count == 4 ? shape[3] : 1
    guard shape.count == 3 || shape.count == 4, channels == 1 || channels == 3 else {
      throw ImageError(
        .unsupported("an array that is no [N, height, width] or [N, height, width, 3]"),
        format: .npz)
    }
    guard (0..<shape[0]).contains(index) else {
      throw ImageError(.noSuchFrame(index, count: shape[0]), format: .npz)
    }
    let size = shape[1] * shape[2] * channels * sample.byteCount
    return ImageBuffer(
      height: shape[1], width: shape[2], channels: channels, sample: sample,
      photometric: channels == 3 ? .rgb : .grey,
      bytes: Array(bytes[index * size..<(index + 1) * size]))
  }
}
