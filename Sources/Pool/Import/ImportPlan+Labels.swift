import Foundation

extension ImportPlan {
  mutating func join(_ table: LabelTable, _ options: ImportOptions) throws {
    let places = Dictionary(
      uniqueKeysWithValues: listing.files.enumerated().map { ($1, Int32($0)) })
    let folders = [listing.root, table.url.deletingLastPathComponent().standardizedFileURL]
    let takesMasks = table.hasMasks && (options.mode == nil || options.mode == .segmentation)
    mode = mode ?? (takesMasks ? .segmentation : table.hasLabels ? .classification : nil)
    var faults: [String] = []
    var listed: Set<Int> = []
    var masks: Set<String> = []
    for row in table.rows {
      let paths = folders.map { relative($0, row.file) }
      guard let place = paths.compactMap({ places[$0] }).first.map({ Int($0) }) else {
        faults.append("line \(row.line): there is no such image in the source")
        continue
      }
      if !listed.insert(place).inserted {
        faults.append("line \(row.line): the image of an earlier line again")
      }
      set(group: row.group, of: place)
      entries[place].split = row.split
      if mode != .segmentation { set(label: row.label, of: place) }
      guard takesMasks, let mask = row.mask else { continue }
      if let url = find(mask, in: folders + (options.masks.map { [$0] } ?? [])) {
        set(mask: url.path, of: place)
        masks.insert(url.path)
      } else {
        faults.append("line \(row.line): there is no such mask")
      }
    }
    if !faults.isEmpty { throw PoolError.faults(faults, place: table.url.path) }
    if !table.classes.isEmpty { classes = table.classes }
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
      .subtracting(listed.map { parent(path(entries[$0])) })
    let total = entries.count
    entries = entries.enumerated().filter { place, entry in
      if listed.contains(place) { return true }
      let path = path(entry)
      return !listedOnly && !masks.contains(path) && !maskFolders.contains(parent(path))
    }.map(\.element)
    let unlisted = entries.count - listed.count
    if unlisted > 0 {
      notes.append("\(unlisted) of \(total) files stand in no row of the labels file")
    }
  }

  private func parent(_ path: String) -> String { (path as NSString).deletingLastPathComponent }
}
