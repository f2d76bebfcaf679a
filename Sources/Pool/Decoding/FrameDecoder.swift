import Base
import Foundation
import Imaging

/// Decodes in this process; what the helper does for every request.
final class FrameDecoder: EntryDecoder {
  private let sampleLimit: Int
  private var archive: (path: String, part: MedMNIST.Part, images: StoredArray)?

  /// `sampleLimit` bounds what is decoded at a time.
  init(sampleLimit: Int = ReadOptions().sampleLimit) { self.sampleLimit = sampleLimit }

  func decode(
    _ request: DecodeRequest, _ take: (DecodedFrame) throws -> Void
  ) throws -> DecodeOutcome {
    var frames: Frames?
    while true {
      let next: DecodedFrame?
      do {
        if frames == nil { frames = try open(request) }
        next = try frames?.next()
      } catch {
        return .refused(Refusal(error))
      }
      guard let next else { return .done(bytes: frames?.byteCount ?? 0, frames?.place) }
      try take(next)
    }
  }

  func labels(ofArchive path: String) throws -> Result<ArchiveLabels, Refusal> {
    Result {
      let archive = try MedMNIST(URL(fileURLWithPath: path))
      let labels = try MedMNIST.Part.allCases.map { (part: $0, rows: try archive.labels($0)) }
      let widths = Set(labels.flatMap { $0.rows.map(\.count) })
      let width = widths.first ?? 1
      guard widths.count < 2, (1...ArchiveLabels.most).contains(width) else {
        throw Refusal(
          "its images have labels in \(widths.sorted()) columns",
          fix: "give every split the same columns, \(ArchiveLabels.most) at most")
      }
      return ArchiveLabels(
        width: width,
        values: try Dictionary(
          uniqueKeysWithValues: labels.map { ($0.part, try $0.rows.map(Self.number)) }))
    }.mapError { Refusal($0) }
  }

  /// The class of a row of one column; the bits of a row of several.
  private static func number(_ row: [Int]) throws -> Int {
    if row.count == 1 { return row[0] }
    return try row.enumerated().reduce(0) { bits, column in
      guard column.element == 0 || column.element == 1 else {
        throw Refusal(
          "its labels are neither one number an image nor a 0 or 1 for every class",
          fix: "keep one column of labels, or a 0 or 1 for every class")
      }
      return bits | column.element << column.offset
    }
  }

  private func open(_ request: DecodeRequest) throws -> Frames {
    var options = ReadOptions()
    options.sampleLimit = sampleLimit
    if let block = request.block { return try open(block, of: request.path) }
    let file = try FrameReader(URL(fileURLWithPath: request.path), options: options)
    var masks: MaskFile?
    if let mask = request.mask {
      masks = try MaskFile(
        URL(fileURLWithPath: mask),
        MaskCodec(values: request.maskValues, ignored: request.ignoredValue), limit: sampleLimit)
    }
    var numbers = request.frames.numbers(of: file.frameCount).makeIterator()
    return Frames(byteCount: file.byteCount, place: file.place) {
      try numbers.next().map { number in
        let image = try file.frame(number)
        let mask = try masks?.mask(number, height: image.height, width: image.width)
        return try DecodedFrame(image, frame: number, mask: mask)
      }
    }
  }

  private func open(_ block: DecodeRequest.Block, of path: String) throws -> Frames {
    if archive?.path != path || archive?.part != block.part {
      archive = nil
      let images = try MedMNIST(URL(fileURLWithPath: path)).images(block.part)
      archive = (path, block.part, images)
    }
    guard let images = archive?.images else { throw Refusal("the archive cannot be read") }
    let size = images.bytes.count / max(1, images.shape.first ?? 1)
    var numbers = block.range.makeIterator()
    return Frames(byteCount: block.range.count * size, place: nil) {
      try numbers.next().map { number in
        try DecodedFrame(
          images.image(number), frame: block.firstFrame + number - block.range.lowerBound,
          mask: nil)
      }
    }
  }

  /// What is left to decode of a request.
  private struct Frames {
    let byteCount: Int
    let place: SeriesPlace?
    let next: () throws -> DecodedFrame?
  }
}
