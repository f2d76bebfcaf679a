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
      return try Dictionary(
        uniqueKeysWithValues: MedMNIST.Part.allCases.map { part in
          let labels = try archive.labels(part)
          if labels.contains(where: { $0.count != 1 }) {
            throw Refusal("its images have several labels each", fix: "keep one column of labels")
          }
          return (part, labels.map { $0[0] })
        })
    }.mapError { Refusal($0) }
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
