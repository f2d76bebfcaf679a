import Base
import Foundation
package import Imaging

/// How stored pixels become an image again: columns of the database.
struct StoredShape: Sendable, Equatable {
  let height: Int
  let width: Int
  let channels: Int
  /// The name of the type of a sample.
  let sample: String
  /// The name of the photometric meaning.
  let photometric: String
  /// Rescale, windows, tables, palette and geometry as JSON.
  let meaning: String

  init(
    height: Int, width: Int, channels: Int, sample: String, photometric: String, meaning: String
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.sample = sample
    self.photometric = photometric
    self.meaning = meaning
  }

  /// The shape of an image of one frame.
  init(_ image: ImageBuffer) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let meaning = try encoder.encode(Meaning(image))
    self.init(
      height: image.height, width: image.width, channels: image.channels,
      sample: image.sample.rawValue, photometric: image.photometric.rawValue,
      meaning: String(decoding: meaning, as: UTF8.self))
  }

  /// How the samples lie in memory; nil where no image has this shape.
  var layout: PixelLayout? {
    guard let type = ImageBuffer.Sample(rawValue: sample), height > 0, width > 0,
      channels == 1 || channels == 3, max(height, width) <= 1 << 24
    else { return nil }
    let layout = PixelLayout(
      height: height, width: width, channels: channels, sampleBytes: type.byteCount)
    return layout.byteCount <= 1 << 40 ? layout : nil
  }

  /// Whether an image can have this shape and this meaning.
  var isSound: Bool {
    layout != nil && ImageBuffer.Photometric(rawValue: photometric) != nil
      && (try? known) != nil
  }

  /// Where the pixels lie.
  ///
  /// - Throws: `PoolError.damaged`.
  var geometry: Geometry? { get throws { try known.geometry } }

  private var known: Meaning {
    get throws {
      let known = try? JSONDecoder().decode(Meaning.self, from: Data(meaning.utf8))
      guard let known, known.isSound else {
        throw PoolError.damaged("what is known of an image", place: "pool.sqlite")
      }
      return known
    }
  }

  /// The image of this shape with these pixels.
  ///
  /// - Throws: `PoolError.damaged` where they do not fit.
  func image(_ pixels: [UInt8]) throws -> ImageBuffer {
    guard let type = ImageBuffer.Sample(rawValue: sample),
      let photometric = ImageBuffer.Photometric(rawValue: photometric),
      pixels.count == layout?.byteCount
    else { throw PoolError.damaged("pixels that are no image", place: "pixels.dat") }
    var image = ImageBuffer(
      height: height, width: width, channels: channels, sample: type, photometric: photometric,
      bytes: pixels)
    try known.apply(to: &image)
    return image
  }
}

/// What an `ImageBuffer` knows beside its samples.
private struct Meaning: Codable {
  var rescale: Rescale?
  var modalityLUT: LookupTable?
  var windows: [Window]?
  var voiLUT: LookupTable?
  var geometry: Geometry?
  var palette: Table?

  struct Table: Codable {
    var first: Int
    var red: [UInt16]
    var green: [UInt16]
    var blue: [UInt16]
  }

  init(_ image: ImageBuffer) {
    rescale = image.rescale
    modalityLUT = image.modalityLUT
    voiLUT = image.voiLUT
    windows = image.windows.isEmpty ? nil : image.windows
    geometry = image.geometry
    palette = image.palette.map {
      Table(first: $0.first, red: $0.red, green: $0.green, blue: $0.blue)
    }
  }

  /// Whether tables and matrices have the lengths that they must have.
  var isSound: Bool {
    let tables = palette.map { [$0.red.count, $0.green.count, $0.blue.count] } ?? [1]
    let levels = [modalityLUT, voiLUT].compactMap(\.self)
    return tables[0] > 0 && Set(tables).count == 1 && (geometry?.affine?.count ?? 12) == 12
      && levels.allSatisfy { !$0.entries.isEmpty && (1...16).contains($0.bits) }
  }

  func apply(to image: inout ImageBuffer) {
    image.rescale = rescale
    image.modalityLUT = modalityLUT
    image.voiLUT = voiLUT
    image.windows = windows ?? []
    image.geometry = geometry
    image.palette = palette.map {
      Palette(first: $0.first, red: $0.red, green: $0.green, blue: $0.blue)
    }
  }
}

extension ImageBuffer {
  /// The identity of the pixels and their meaning.
  package var identity: ContentHash {
    guard let hash = ContentHash(hex: contentHash()) else {
      preconditionFailure("a SHA-256 has 64 digits")
    }
    return hash
  }

  /// A mask of classes, `[height, width]`.
  package init(labels classes: [UInt8], height: Int, width: Int) {
    self.init(height: height, width: width, photometric: .labels, bytes: classes)
  }
}
