import Base
import Foundation

/// What an import is going to do: which files, with which masks, labels, groups and splits.
///
/// Pure in the source folder and the labels file; the same plan comes out after an interruption. An
/// entry takes some 30 bytes beside the letters of its path, so that a million are no matter.
struct ImportPlan: Sendable {
  /// A file, or a run of images inside an archive; the rest of it stands in the plan's lists.
  struct Entry: Sendable {
    /// Its place in the listing.
    let file: Int32
    var mask: Int32?
    var label: Int32?
    var group: Int32?
    var block: Int32?
    var split: Split?
  }

  let listing: SourceListing
  var entries: [Entry]
  /// What the labels are, as far as the source shows.
  var mode: PoolMode?
  /// The classes, where the source names them.
  var classes: [String]?
  /// What the values of masks mean, where the source or the command says it.
  var maskValues: [Int]?
  /// The value of pixels that count for nothing, where the source names one.
  var ignoredValue: Int?
  /// Things worth telling, without names of files.
  var notes: [String] = []
  /// The names of the classes that files have, as they were met.
  private(set) var labels: [String] = []
  private var numbers: [String: Int32] = [:]
  /// Mask files, absolute.
  private(set) var masks = TextList()
  /// Names of groups.
  private var groups = TextList()
  /// Runs of images of archives.
  var blocks: [ArchiveBlock] = []
  /// Why files cannot be used, where the plan shows it already.
  var refusals: [Int32: Refusal] = [:]

  /// Looks at the source.
  ///
  /// - Throws: `PoolError.faults` with everything that is wrong in the labels file.
  init(_ source: URL, options: ImportOptions) throws {
    listing = try SourceListing(source)
    entries = listing.files.indices.map { Entry(file: Int32($0)) }
    mode = options.mode
    maskValues = options.maskValues
    if let masks = options.masks, mode == .multiLabel {
      throw PoolError.faults(
        ["masks are of segmentation, but the images are to have several classes each"],
        place: masks.path)
    }
    if let labels = options.labels {
      let several = mode == .multiLabel
      try join(LabelTable(labels, columns: options.columns, several: several), options)
    } else if try !readNNUNet(options) {
      if options.masks != nil { mode = mode ?? .segmentation }
      try readFolders(options)
    }
    if let masks = options.masks { try pair(with: masks, isStrict: true) }
    try openArchives(options.decoding.decoder())
    if entries.isEmpty { throw PoolError.nothingToImport(place: source.path) }
    numbers = [:]
  }
}

// MARK: - What an entry is

extension ImportPlan {
  /// The path relative to the source.
  func relative(_ entry: Entry) -> String { listing.files[Int(entry.file)] }

  /// The path.
  func path(_ entry: Entry) -> String { listing.path(relative(entry)) }

  func group(_ entry: Entry) -> String? { entry.group.map { groups[Int($0)] } }

  func block(_ entry: Entry) -> ArchiveBlock? { entry.block.map { blocks[Int($0)] } }

  /// The numbers that frames of an entry may have.
  func frames(_ entry: Entry) -> Range<Int> {
    DecodeRequest(path: "", block: block(entry)?.request).numbers
  }

  /// The class of a frame, or its classes in one field (``ClassList``), where it has a label.
  func label(_ entry: Entry, frame: Int) -> String? {
    guard let block = block(entry) else { return entry.label.map { labels[Int($0)] } }
    return block.label(frame - block.request.firstFrame)
  }

  /// The names of the classes: those that the table names, else those that occur, in natural order.
  var classNames: [String] {
    if mode == .multiLabel, let classes { return classes }
    let used = Set(entries.compactMap(\.label)).map { labels[Int($0)] }
    let names = mode == .multiLabel ? used.flatMap(ClassList.names) : used
    return sortedNaturally(blocks.reduce(into: Set(names)) { $0.formUnion($1.classNames) })
  }

  /// What a decoder is asked for.
  func request(_ entry: Entry, _ options: ImportOptions) -> DecodeRequest {
    DecodeRequest(
      path: path(entry), block: block(entry)?.request, mask: entry.mask.map { masks[Int($0)] },
      maskValues: maskValues, ignoredValue: ignoredValue, frames: options.frames)
  }

  /// What must not be in a text that is going to be stored: the path and the parts of it.
  func names(_ entry: Entry) -> [String] {
    let url = URL(fileURLWithPath: path(entry))
    let mask = entry.mask.map { URL(fileURLWithPath: masks[Int($0)]) }
    return [url.path, relative(entry), url.lastPathComponent]
      + [url.deletingPathExtension().lastPathComponent]
      + (mask.map { [$0.path, $0.lastPathComponent] } ?? [])
  }
}

// MARK: - Filling

extension ImportPlan {
  mutating func set(label: String?, of place: Int) {
    entries[place].label = label.map { label in
      if let number = numbers[label] { return number }
      let number = Int32(labels.count)
      numbers[label] = number
      labels.append(label)
      return number
    }
  }

  mutating func set(group: String?, of place: Int) {
    entries[place].group = group.map { Int32(groups.appendOnce($0)) }
  }

  mutating func set(mask: String, of place: Int) {
    masks.append(mask)
    entries[place].mask = Int32(masks.count - 1)
  }
}
