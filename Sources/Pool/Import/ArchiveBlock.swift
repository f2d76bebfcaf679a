import Imaging

/// A run of images inside a MedMNIST archive: what is decoded at a time.
struct ArchiveBlock: Sendable {
  /// The most images of a block.
  static let length = 256

  let request: DecodeRequest.Block
  let split: Split?
  /// Columns of labels in the archive (``ArchiveLabels/width``).
  let width: Int
  /// The class of each image, or the bits of its classes.
  let labels: [Int]

  /// The classes of an image, as the plan writes them.
  func label(_ place: Int) -> String {
    guard width > 1 else { return String(labels[place]) }
    return ClassList.field(
      (0..<width).filter { labels[place] >> $0 & 1 == 1 }.map { String($0) })
  }

  /// The names of all classes that occur, or that there is a column for.
  var classNames: Set<String> {
    width > 1 ? Set((0..<width).map { String($0) }) : Set(Set(labels).map { String($0) })
  }

  /// The blocks of an archive: train, validation, test, each in order.
  static func blocks(_ labels: ArchiveLabels) -> [ArchiveBlock] {
    var blocks: [ArchiveBlock] = []
    var first = 0
    for part in MedMNIST.Part.allCases {
      let numbers = labels.values[part] ?? []
      for start in stride(from: 0, to: numbers.count, by: length) {
        let range = start..<min(start + length, numbers.count)
        blocks.append(
          ArchiveBlock(
            request: .init(part: part, range: range, firstFrame: first + start),
            split: Split(word: part.rawValue), width: labels.width, labels: Array(numbers[range])))
      }
      first += numbers.count
    }
    return blocks
  }
}

extension ImportPlan {
  /// Puts the blocks of archives in the place of the archives.
  mutating func openArchives(_ decoder: @autoclosure () -> any EntryDecoder) throws {
    func isArchive(_ entry: Entry) -> Bool { relative(entry).lowercased().hasSuffix(".npz") }
    if !entries.contains(where: isArchive) { return }
    let decoder = decoder()
    entries = try entries.flatMap { entry -> [Entry] in
      guard isArchive(entry) else { return [entry] }
      switch try decoder.labels(ofArchive: path(entry)) {
      case .success(let labels):
        let found: PoolMode = labels.width > 1 ? .multiLabel : .classification
        mode = mode ?? found
        if found == .multiLabel, mode != .multiLabel {
          refusals[entry.file] = Refusal(
            "its images have several labels each",
            fix: "import it into a pool of its own, with --mode multi-label")
          return [entry]
        }
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
    mode = mode ?? .classification
  }
}
