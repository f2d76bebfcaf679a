import Foundation
import Imaging

/// What the importing process asks of the helper.
enum WireRequest: Equatable {
  case decode(DecodeRequest)
  case labels(archive: String)

  var bytes: [UInt8] {
    var writer = WireWriter()
    switch self {
    case .decode(let request):
      writer.write(0)
      request.write(to: &writer)
    case .labels(let path):
      writer.write(1)
      writer.write(path)
    }
    return writer.bytes
  }

  init(_ bytes: [UInt8]) throws {
    var reader = WireReader(bytes)
    if try reader.int(in: 0...1) == 0 {
      self = .decode(try DecodeRequest(&reader))
    } else {
      self = .labels(archive: try reader.text(limit: 1 << 16))
    }
    try reader.end()
  }
}

/// What the helper answers.
///
/// A frame's samples and the PNG of its mask follow their message, so that they are never copied
/// into one.
enum WireReply: Equatable {
  /// The first word of a helper: the version of what it speaks.
  case hello(version: Int)
  case frame(FrameHeader)
  case done(bytes: Int, SeriesPlace?)
  case refused(Refusal)
  case labels(ArchiveLabels)

  static let version = 2
  /// The longest message, a header with a palette of 3 × 65,536 entries or labels of an archive.
  static let limit = 1 << 26

  var bytes: [UInt8] {
    var writer = WireWriter()
    switch self {
    case .hello(let version):
      writer.write(0)
      writer.write(version)
    case .frame(let header):
      writer.write(1)
      header.write(to: &writer)
    case .done(let bytes, let place):
      writer.write(2)
      writer.write(bytes)
      writer.write(place == nil ? 0 : 1)
      if let place { place.write(to: &writer) }
    case .refused(let refusal):
      writer.write(3)
      writer.write(refusal.reason)
      writer.write(refusal.remedy)
    case .labels(let labels):
      writer.write(4)
      writer.write(labels.width)
      for part in MedMNIST.Part.allCases { writer.write(labels.values[part] ?? []) }
    }
    return writer.bytes
  }

  init(_ bytes: [UInt8]) throws {
    var reader = WireReader(bytes)
    switch try reader.int(in: 0...4) {
    case 0: self = .hello(version: try reader.int(in: 0...Int(Int32.max)))
    case 1: self = .frame(try FrameHeader(&reader))
    case 2:
      let bytes = try reader.int(in: 0...Int.max)
      self = .done(bytes: bytes, try reader.int(in: 0...1) == 1 ? SeriesPlace(&reader) : nil)
    case 3:
      let reason = try reader.text()
      self = .refused(Refusal(reason, fix: try reader.optionalText()))
    default:
      let width = try reader.int(in: 1...ArchiveLabels.most)
      let range = width == 1 ? -1 << 31...1 << 31 : 0...(1 << width) - 1
      self = .labels(
        ArchiveLabels(
          width: width,
          values: try Dictionary(
            uniqueKeysWithValues: MedMNIST.Part.allCases.map {
              ($0, try reader.ints(in: range, limit: Self.limit / 8))
            })))
    }
    try reader.end()
  }
}

/// All of a decoded frame but the bytes of its samples and of its mask.
struct FrameHeader: Equatable {
  struct Mask: Equatable {
    let hash: ContentHash
    let byteCount: Int
    let top: Int
    let ignores: Bool
  }

  let frame: Int
  let hash: ContentHash
  let shape: StoredShape
  let byteCount: Int
  let mask: Mask?

  init(_ frame: DecodedFrame) {
    self.frame = frame.frame
    hash = frame.hash
    shape = frame.shape
    byteCount = frame.packed.count
    mask = frame.mask.map {
      Mask(hash: $0.hash, byteCount: $0.png.count, top: $0.top, ignores: $0.ignores)
    }
  }

  func write(to writer: inout WireWriter) {
    writer.write(frame)
    writer.write(hash.data)
    for value in [shape.height, shape.width, shape.channels] { writer.write(value) }
    for text in [shape.sample, shape.photometric, shape.meaning] { writer.write(text) }
    writer.write(byteCount)
    writer.write(mask == nil ? 0 : 1)
    guard let mask else { return }
    writer.write(mask.hash.data)
    for value in [mask.byteCount, mask.top, mask.ignores ? 1 : 0] { writer.write(value) }
  }

  /// - Throws: `Garbled` where no frame can have this header.
  init(_ reader: inout WireReader) throws {
    frame = try reader.int(in: 0...Int(Int32.max))
    hash = try Self.hash(&reader)
    let lengths = try (0..<3).map { _ in try reader.int(in: 1...1 << 24) }
    let words = [try reader.text(limit: 16), try reader.text(limit: 16)]
    shape = StoredShape(
      height: lengths[0], width: lengths[1], channels: lengths[2], sample: words[0],
      photometric: words[1], meaning: try reader.text(limit: WireReply.limit))
    // Deflate adds at most 5 bytes to 16 KiB, and 6 in all; zlib allows itself a little more.
    let most = (shape.layout?.byteCount ?? 0) / 8 * 9 + 4096
    byteCount = try reader.int(in: 0...most)
    guard shape.isSound else { throw WireReader.Garbled() }
    guard try reader.int(in: 0...1) == 1 else {
      mask = nil
      return
    }
    mask = Mask(
      hash: try Self.hash(&reader),
      byteCount: try reader.int(in: 0...2 * shape.height * (shape.width + 64) + 4096),
      top: try reader.int(in: 0...254), ignores: try reader.int(in: 0...1) == 1)
  }

  private static func hash(_ reader: inout WireReader) throws -> ContentHash {
    guard let hash = ContentHash(Data(try reader.bytes(limit: 32))) else {
      throw WireReader.Garbled()
    }
    return hash
  }
}

extension SeriesPlace {
  fileprivate func write(to writer: inout WireWriter) {
    writer.write(patient)
    writer.write(series)
    writer.write(place.map { "\($0)" })
  }

  fileprivate init(_ reader: inout WireReader) throws {
    let (patient, series) = (try reader.optionalText(), try reader.optionalText())
    let place = try reader.optionalText(limit: 32).flatMap { Double($0) }
    self.init(patient: patient, series: series, place: place?.isFinite == true ? place : nil)
  }
}

extension DecodeRequest {
  fileprivate func write(to writer: inout WireWriter) {
    writer.write(path)
    writer.write(mask)
    writer.write(maskValues ?? [])
    writer.write(ignoredValue ?? 255)
    switch frames {
    case .all: writer.write(1)
    case .middle: writer.write(0)
    case .every(let step): writer.write(step)
    }
    writer.write(block?.part.rawValue)
    guard let block else { return }
    for value in [block.range.lowerBound, block.range.count, block.firstFrame] {
      writer.write(value)
    }
  }

  fileprivate init(_ reader: inout WireReader) throws {
    path = try reader.text(limit: 1 << 16)
    mask = try reader.optionalText(limit: 1 << 16)
    let values = try reader.ints(in: 0...255, limit: 256)
    maskValues = values.isEmpty ? nil : values
    let ignored = try reader.int(in: 0...255)
    ignoredValue = ignored == 255 ? nil : ignored
    let step = try reader.int(in: 0...Int(Int32.max))
    frames = step == 0 ? .middle : step == 1 ? .all : .every(step)
    guard let word = try reader.optionalText() else { return }
    guard let part = MedMNIST.Part(rawValue: word) else { throw WireReader.Garbled() }
    let numbers = try (0..<3).map { _ in try reader.int(in: 0...Int(Int32.max)) }
    block = Block(
      part: part, range: numbers[0]..<numbers[0] + numbers[1], firstFrame: numbers[2])
  }
}
