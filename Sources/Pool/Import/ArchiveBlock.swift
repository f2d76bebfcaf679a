import Imaging

/// A run of images inside a MedMNIST archive: what is decoded at a time.
struct ArchiveBlock: Sendable {
  /// The most images of a block.
  static let length = 256

  let request: DecodeRequest.Block
  let split: Split?
  /// The class of each image.
  let labels: [Int]

  /// The blocks of an archive: train, validation, test, each in order.
  static func blocks(_ labels: ArchiveLabels) -> [ArchiveBlock] {
    var blocks: [ArchiveBlock] = []
    var first = 0
    for part in MedMNIST.Part.allCases {
      let labels = labels[part] ?? []
      for start in stride(from: 0, to: labels.count, by: length) {
        let range = start..<min(start + length, labels.count)
        blocks.append(
          ArchiveBlock(
            request: .init(part: part, range: range, firstFrame: first + start),
            split: Split(word: part.rawValue), labels: Array(labels[range])))
      }
      first += labels.count
    }
    return blocks
  }
}

extension ImportPlan {
  /// Puts the blocks of archives in the place of the archives.
  mutating func openArchives(_ decoder: @autoclosure () -> any EntryDecoder) throws {
    func isArchive(_ entry: Entry) -> Bool { relative(entry).lowercased().hasSuffix(".npz") }
    if !entries.contains(where: isArchive) { return }
    mode = mode ?? .classification
    let decoder = decoder()
    entries = try entries.flatMap { entry -> [Entry] in
      guard isArchive(entry) else { return [entry] }
      switch try decoder.labels(ofArchive: path(entry)) {
      case .success(let labels):
        return ArchiveBlock.blocks(labels).map { block in
          var part = entry
          part.split = block.split
          part.block = Int32(blocks.count)
          blocks.append(block)
          return part
        }
      case .failure(let refusal):
        refusals[entry.file] = refusal
        return [entry]
      }
    }
  }
}
