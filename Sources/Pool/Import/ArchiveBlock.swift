import Base
import Foundation
import Imaging
import Synchronization

/// A run of images inside an archive: what is decoded at a time.
struct ArchiveBlock: Sendable {
  /// The most images of a block.
  static let length = 256

  /// The number of its first image among all of the archive.
  let firstFrame: Int
  /// How many images it has.
  let count: Int
  /// The class of each image; empty where they have none.
  let labels: [Int]
  /// Reads them as the frames of one image.
  let read: @Sendable () throws -> ImageBuffer

  /// The blocks of a MedMNIST archive with their splits: train, validation, test, each in order.
  ///
  /// An archive that cannot be read is one block that says why.
  static func blocks(_ url: URL) -> [(split: Split?, block: ArchiveBlock)] {
    do {
      return try blocks(MedMNIST(url))
    } catch {
      return [(nil, ArchiveBlock(firstFrame: 0, count: 1, labels: []) { throw error })]
    }
  }

  private static func blocks(
    _ archive: MedMNIST
  ) throws -> [(split: Split?, block: ArchiveBlock)] {
    var blocks: [(split: Split?, block: ArchiveBlock)] = []
    var first = 0
    for part in MedMNIST.Part.allCases {
      let labels = try archive.labels(part)
      if labels.contains(where: { $0.count != 1 }) {
        throw Diagnostic("its images have several labels each", fix: "keep one column of labels")
      }
      let images = ArchivePart(archive, part, blocks: (labels.count + length - 1) / length)
      for start in stride(from: 0, to: labels.count, by: length) {
        let range = start..<min(start + length, labels.count)
        let block = ArchiveBlock(
          firstFrame: first + start, count: range.count, labels: range.map { labels[$0][0] }
        ) { try images.frames(range) }
        blocks.append((Split(word: part.rawValue), block))
      }
      first += labels.count
    }
    return blocks
  }
}

/// The images of one split of an archive: held from the first block that asks to the last.
private final class ArchivePart: Sendable {
  private let archive: MedMNIST
  private let part: MedMNIST.Part
  private let state: Mutex<(array: StoredArray?, blocksLeft: Int)>

  init(_ archive: MedMNIST, _ part: MedMNIST.Part, blocks: Int) {
    self.archive = archive
    self.part = part
    state = Mutex((nil, blocks))
  }

  func frames(_ range: Range<Int>) throws -> ImageBuffer {
    let array = try state.withLock { state in
      let array = try state.array ?? archive.images(part)
      state.blocksLeft -= 1
      state.array = state.blocksLeft > 0 ? array : nil
      return array
    }
    let images = try range.map(array.image)
    var all = images[0]
    all.bytes = images.flatMap(\.bytes)
    all.frames = images.count
    return all
  }
}

extension ImportPlan {
  /// Puts the blocks of archives in the place of the archives.
  mutating func openArchives() {
    func isArchive(_ entry: Entry) -> Bool { entry.relative.lowercased().hasSuffix(".npz") }
    if !entries.contains(where: isArchive) { return }
    mode = mode ?? .classification
    entries = entries.flatMap { entry in
      guard isArchive(entry) else { return [entry] }
      return ArchiveBlock.blocks(listing.url(entry.relative)).map { split, block in
        var part = entry
        part.split = split
        part.block = block
        return part
      }
    }
  }
}
