import Base
import Foundation
import Imaging
import Models
import Pool
import Training

/// An image at the network's size, and what it was.
struct Picture {
  /// Its item number, or its path inside the folder.
  let name: String
  /// Its number in its file.
  var frame = 0
  /// How many images its file holds.
  var frames = 1
  /// Rows of the original.
  let height: Int
  /// Columns of the original.
  let width: Int
  /// Where the file's pixels lie in the patient, counted from its first image.
  let geometry: Geometry?
  /// `[C, H, W]`, 8 bits, at the network's size.
  let samples: [UInt8]
}

/// Images to predict on, in the order of their names.
protocol PictureSource: AnyObject {
  /// What the columns of the table that tell the image are called: its name, and its frame where
  /// files may hold several.
  var columns: [String] { get }
  /// How many there are, readable or not.
  var count: Int { get }
  /// How many could not be read so far.
  var skipped: Int { get }
  /// The file that takes the mask of an image of this name, relative to the folder of masks and
  /// without a suffix.
  func maskName(_ name: String) -> String
  /// Reads some; what cannot be read is warned of and left out.
  func pictures(_ rows: Range<Int>) throws -> [Picture]
}

/// The items of a pool, a page at a time.
final class PoolPictures: PictureSource {
  let columns = ["item"]
  let skipped = 0
  private let pool: Pool
  private let items: [Int]
  private let pixels: PixelCache
  /// Only masks lie somewhere.
  private let wantsGeometry: Bool

  init(_ pool: Pool, part: Split?, model: ModelConfiguration) throws {
    self.pool = pool
    wantsGeometry = model.architecture.isSegmentation
    items = try pool.ids(in: part)
    guard !items.isEmpty else {
      throw Diagnostic(
        "this part of the pool holds no image", at: pool.url.lastPathComponent,
        fix: "choose another --split")
    }
    pixels = try pool.cache(size: model.imageSize, channels: model.channels)
  }

  var count: Int { items.count }

  func maskName(_ name: String) -> String { name }

  func pictures(_ rows: Range<Int>) throws -> [Picture] {
    let size = pixels.channels * pixels.height * pixels.width
    return try items[rows].map { number in
      let item = try pool.item(number)
      let samples = try [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
        try pixels.copy(item: number, into: UnsafeMutableBufferPointer(rebasing: bytes[0..<size]))
        count = size
      }
      return Picture(
        name: "\(number)", height: item.height, width: item.width,
        geometry: wantsGeometry ? try pool.geometry(of: number) : nil, samples: samples)
    }
  }
}

/// The image files in a folder and below it, and every image in them; hidden files are passed over.
final class FolderPictures: PictureSource {
  let columns = ["file", "frame"]
  private let names: [String]
  private let areBareNamesUnique: Bool
  /// The file and the number in it of every image; a file that cannot be opened counts as one.
  private let places: [(name: Int, frame: Int)]
  private(set) var skipped = 0
  private let url: URL
  private let model: ModelConfiguration
  /// The file that was read last.
  private var opened: (name: Int, reader: FrameReader, first: ImageBuffer)?

  init(_ url: URL, model: ModelConfiguration) throws {
    self.url = url
    self.model = model
    guard Folder.isFolder(url) else {
      throw Diagnostic("there is no folder of images here", at: url.path, fix: "check the path")
    }
    names = Self.files(in: url, under: "").sorted()
    areBareNamesUnique = Set(names.map(Self.bare)).count == names.count
    guard !names.isEmpty else {
      throw Diagnostic("the folder holds no file", at: url.path, fix: "check the path")
    }
    places = names.enumerated().flatMap { number, name in
      let frames = (try? FrameReader(url.appendingPathComponent(name)).frameCount) ?? 1
      return (0..<frames).map { (number, $0) }
    }
  }

  var count: Int { places.count }

  /// The name without its suffix; the whole name where two would meet.
  func maskName(_ name: String) -> String { areBareNamesUnique ? Self.bare(name) : name }

  private static func bare(_ name: String) -> String {
    let whole = name as NSString
    let isZipped = whole.pathExtension.lowercased() == "gz"
    return isZipped
      ? (whole.deletingPathExtension as NSString).deletingPathExtension
      : whole.deletingPathExtension
  }

  func pictures(_ rows: Range<Int>) throws -> [Picture] {
    try places[rows].compactMap { place in
      do {
        return try picture(place.name, place.frame)
      } catch let error as any Diagnosable {
        skipped += 1
        let remedy = error.remedy.map { " (\($0))" } ?? ""
        let frame = place.frame > 0 ? ", image \(place.frame)," : ""
        printWarning("\(names[place.name])\(frame) is left out: \(error.what)\(remedy)")
        return nil
      }
    }
  }

  private func picture(_ name: Int, _ frame: Int) throws -> Picture {
    if opened?.name != name {
      opened = nil
      let reader = try FrameReader(url.appendingPathComponent(names[name]))
      opened = (name, reader, try reader.frame(0))
    }
    guard let (_, reader, first) = opened else { preconditionFailure("the file is open") }
    let image = frame == 0 ? first : try reader.frame(frame)
    return Picture(
      name: names[name], frame: frame, frames: reader.frameCount, height: image.height,
      width: image.width, geometry: first.geometry, samples: samples(image.display8()))
  }

  /// As a pool's cache has it: stretched, grey repeated, colours on one channel their luminance
  /// (ITU-R BT.601).
  private func samples(_ image: ImageBuffer) -> [UInt8] {
    let side = model.imageSize
    let small = image.resized(height: side, width: side)
    let (pixels, channels) = (side * side, small.channels)
    if channels == 3, model.channels == 1 {
      return (0..<pixels).map { pixel in
        let light =
          19_595 * Int(small.bytes[3 * pixel]) + 38_470 * Int(small.bytes[3 * pixel + 1])
          + 7_471 * Int(small.bytes[3 * pixel + 2])
        return UInt8((light + 32_768) >> 16)
      }
    }
    return (0..<model.channels).flatMap { channel in
      (0..<pixels).map { small.bytes[$0 * channels + min(channel, channels - 1)] }
    }
  }

  private static func files(in folder: URL, under path: String) -> [String] {
    Folder.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let url = folder.appendingPathComponent(name)
      return Folder.isFolder(url) ? files(in: url, under: path + name + "/") : [path + name]
    }
  }
}
