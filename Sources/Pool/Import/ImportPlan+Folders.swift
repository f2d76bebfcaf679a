import Foundation

extension ImportPlan {
  mutating func readFolders(_ options: ImportOptions) throws {
    let masks = listing.root.appendingPathComponent("masks")
    let files = listing.files
    if options.masks == nil, mode == nil || mode == .segmentation,
      files.contains(where: { $0.hasPrefix("images/") }),
      files.contains(where: { $0.hasPrefix("masks/") })
    {
      entries.removeAll { !files[Int($0.file)].hasPrefix("images/") }
      try pair(with: masks, isStrict: false)
    }
    let folders = FolderClasses(entries.lazy.map { files[Int($0.file)] })
    switch options.folders {
    case .nothing: break
    case .groups:
      for (place, folder) in folders.places.enumerated() {
        set(group: folder.map { folders.names[Int($0)] }, of: place)
      }
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
    if mode != .multiLabel { mode = .classification }
    for (place, folder) in folders.places.enumerated() {
      set(label: folder.map { folders.names[Int($0)] }, of: place)
      if folder != nil, !folders.splits.isEmpty { entries[place].split = folders.splits[place] }
    }
    notes.append("the \(folders.names.count) sub-folders are the classes")
  }

  /// Gives every image the mask of the same path (with or without the image's first folder) or,
  /// where that is unique, of the same name, whatever the suffixes.
  mutating func pair(with folder: URL, isStrict: Bool) throws {
    mode = mode ?? .segmentation
    let masks = try SourceListing(folder)
    var byPath: [String: Int32] = [:]
    var byName: [String: Int32?] = [:]
    for (number, mask) in masks.files.enumerated() {
      let path = stem(mask)
      byPath[path] = Int32(number)
      let name = (path as NSString).lastPathComponent
      byName[name] = .some(byName[name] == nil ? Int32(number) : nil)
    }
    let prefix = masks.root.path + "/"
    let listing = listing
    entries.removeAll { listing.path(listing.files[Int($0.file)]).hasPrefix(prefix) }
    var found = 0
    for place in entries.indices where entries[place].mask == nil {
      let path = stem(relative(entries[place]))
      let inner = path.split(separator: "/").dropFirst().joined(separator: "/")
      let name = (path as NSString).lastPathComponent
      guard let mask = byPath[path] ?? byPath[inner] ?? byName[name] ?? nil else { continue }
      set(mask: masks.path(masks.files[Int(mask)]), of: place)
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
