import Base
import Foundation
import Imaging

/// What an import is going to do: which files, with which masks, labels, groups and splits.
///
/// Pure in the source folder and the labels file; the same plan comes out after an interruption.
struct ImportPlan: Sendable {
  /// A file, or a run of images inside an archive.
  struct Entry: Sendable {
    /// The path relative to the source.
    let relative: String
    var mask: URL?
    var label: String?
    var group: String?
    var split: Split?
    var block: ArchiveBlock?

    /// The number of its first frame.
    var firstFrame: Int { block?.firstFrame ?? 0 }

    /// The class of a frame, where it has one.
    func label(ofFrame frame: Int) -> String? {
      guard let block else { return label }
      return block.labels.isEmpty ? nil : String(block.labels[frame - block.firstFrame])
    }
  }

  let listing: SourceListing
  var entries: [Entry]
  /// What the labels are, as far as the source shows.
  var mode: PoolMode?
  /// Things worth telling, without names of files.
  private(set) var notes: [String] = []

  /// The names of the classes that occur, in natural order.
  var classNames: [String] {
    var names: Set<String> = []
    for entry in entries {
      if let label = entry.label { names.insert(label) }
      for label in Set(entry.block?.labels ?? []) { names.insert(String(label)) }
    }
    return sortedNaturally(names)
  }

  /// Looks at the source.
  ///
  /// - Throws: `PoolError.faults` with everything that is wrong in the labels file.
  init(_ source: URL, options: ImportOptions) throws {
    listing = try SourceListing(source)
    entries = listing.files.map { Entry(relative: $0) }
    mode = options.mode
    if let labels = options.labels {
      try join(LabelTable(labels, columns: options.columns), options)
    } else {
      if options.masks != nil { mode = mode ?? .segmentation }
      try readFolders(options)
    }
    if let masks = options.masks { try pair(with: masks, isStrict: true) }
    openArchives()
    if entries.isEmpty { throw PoolError.nothingToImport(place: source.path) }
  }
}

// MARK: - Labels file

extension ImportPlan {
  private mutating func join(_ table: LabelTable, _ options: ImportOptions) throws {
    let places = Dictionary(uniqueKeysWithValues: listing.files.enumerated().map { ($1, $0) })
    let folders = [listing.root, table.url.deletingLastPathComponent().standardizedFileURL]
    let takesMasks = table.hasMasks && options.mode != .classification
    mode = mode ?? (takesMasks ? .segmentation : table.hasLabels ? .classification : nil)
    var faults: [String] = []
    var listed: Set<Int> = []
    var masks: Set<String> = []
    for row in table.rows {
      let paths = folders.map { relative($0, row.file) }
      guard let place = paths.compactMap({ places[$0] }).first else {
        faults.append("line \(row.line): there is no such image in the source")
        continue
      }
      if !listed.insert(place).inserted {
        faults.append("line \(row.line): the image of an earlier line again")
      }
      entries[place].group = row.group
      entries[place].split = row.split
      if mode == .classification { entries[place].label = row.label }
      guard takesMasks, let mask = row.mask else { continue }
      if let url = find(mask, in: folders + (options.masks.map { [$0] } ?? [])) {
        entries[place].mask = url
        masks.insert(url.path)
      } else {
        faults.append("line \(row.line): there is no such mask")
      }
    }
    if !faults.isEmpty { throw PoolError.faults(faults, place: table.url.path) }
    keep(listed: listed, masks: masks, listedOnly: options.listedOnly)
  }

  /// The path of `file`, named in `folder`, relative to the source.
  private func relative(_ folder: URL, _ file: String) -> String {
    let path = URL(fileURLWithPath: file, relativeTo: folder).standardizedFileURL.path
    let root = listing.root.path + "/"
    return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : ""
  }

  private func find(_ file: String, in folders: [URL]) -> URL? {
    folders.lazy.map { URL(fileURLWithPath: file, relativeTo: $0).standardizedFileURL }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Leaves out masks and the folders that hold masks only.
  private mutating func keep(listed: Set<Int>, masks: Set<String>, listedOnly: Bool) {
    let maskFolders = Set(masks.map(parent))
      .subtracting(listed.map { parent(listing.url(entries[$0].relative).path) })
    let total = entries.count
    entries = entries.enumerated().filter { place, entry in
      if listed.contains(place) { return true }
      let path = listing.url(entry.relative).path
      return !listedOnly && !masks.contains(path) && !maskFolders.contains(parent(path))
    }.map(\.element)
    let unlisted = entries.count - listed.count
    if unlisted > 0 {
      notes.append("\(unlisted) of \(total) files stand in no row of the labels file")
    }
  }

  private func parent(_ path: String) -> String { (path as NSString).deletingLastPathComponent }
}

// MARK: - Folders

extension ImportPlan {
  private mutating func readFolders(_ options: ImportOptions) throws {
    let masks = listing.root.appendingPathComponent("masks")
    let areImagesApart = entries.contains { $0.relative.hasPrefix("images/") }
    if options.masks == nil, areImagesApart,
      entries.contains(where: { $0.relative.hasPrefix("masks/") }),
      mode != .classification
    {
      entries.removeAll { !$0.relative.hasPrefix("images/") }
      try pair(with: masks, isStrict: false)
    }
    let folders = FolderClasses(entries.map(\.relative))
    switch options.folders {
    case .nothing: break
    case .groups:
      for (place, folder) in folders.places.enumerated() { entries[place].group = folder?.name }
    case .classes: take(folders)
    case .automatic:
      if mode != .segmentation, folders.areEvident(among: options.classes) {
        take(folders)
      } else if mode != .segmentation, folders.names.count > 1 {
        notes.append(
          "\(folders.names.count) sub-folders were not taken for classes; "
            + "say --folders classes if they are (their names are then kept in clear)")
      }
    }
  }

  private mutating func take(_ folders: FolderClasses) {
    mode = .classification
    for (place, folder) in folders.places.enumerated() {
      entries[place].label = folder?.name
      entries[place].split = folder?.split
    }
    notes.append("the \(folders.names.count) sub-folders are the classes")
  }

  /// Gives every image the mask of the same path (with or without the image's first folder) or,
  /// where that is unique, of the same name, whatever the suffixes.
  private mutating func pair(with folder: URL, isStrict: Bool) throws {
    mode = mode ?? .segmentation
    let masks = try SourceListing(folder)
    var byPath: [String: String] = [:]
    var byName: [String: String?] = [:]
    for mask in masks.files {
      let path = stem(mask)
      byPath[path] = mask
      let name = (path as NSString).lastPathComponent
      byName[name] = .some(byName[name] == nil ? mask : nil)
    }
    let prefix = masks.root.path + "/"
    entries.removeAll { listing.url($0.relative).path.hasPrefix(prefix) }
    var found = 0
    for place in entries.indices where entries[place].mask == nil {
      let path = stem(entries[place].relative)
      let inner = path.split(separator: "/").dropFirst().joined(separator: "/")
      let name = (path as NSString).lastPathComponent
      guard let mask = byPath[path] ?? byPath[inner] ?? byName[name] ?? nil else { continue }
      entries[place].mask = masks.url(mask)
      found += 1
    }
    if isStrict, found == 0, entries.allSatisfy({ $0.mask == nil }) {
      throw PoolError.faults(["no mask is named like an image"], place: folder.path)
    }
    let without = entries.count { $0.mask == nil }
    if without > 0 { notes.append("\(without) images have no mask") }
  }

  private func stem(_ path: String) -> String {
    var path = path as NSString
    if path.pathExtension.lowercased() == "gz" { path = path.deletingPathExtension as NSString }
    return path.deletingPathExtension
  }
}
