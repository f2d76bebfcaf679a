import Base
public import Foundation

/// Labels that people gave: a filled `to-label.csv`, or a folder of masks named by item.
///
/// Everything is checked before anything is written, and all faults are told at once.
public struct LabelAnswers: Sendable {
  /// Rows that say something new.
  public private(set) var rows: [LabelRow] = []
  /// Items whose label is the current one already.
  public private(set) var unchanged = 0
  /// Items whose label was left empty.
  public private(set) var unfilled = 0

  let run: String
  private let author: String
  private var faults: [String] = []
  private var seen: [String: String] = [:]

  /// Reads `source` for the ledger of `run`; masks are added to the newest ones where the run asks
  /// for parts of images.
  ///
  /// New masks go into the pool's store, which changes no label; `Pool.append` then writes the
  /// rows.
  ///
  /// - Throws: `PoolError.faults` with every fault: unknown items and classes, masks of a wrong
  /// size or with values that are no class, an item that is named twice.
  public init(
    _ source: URL, pool: Pool, run: String = "", author: String = "annotator",
    maskValues: [Int]? = nil
  ) throws {
    self.run = run
    self.author = author
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder) else {
      throw SystemError.reading(source, "cannot read the labels", code: ENOENT)
    }
    if isFolder.boolValue, try pool.mode == .segmentation {
      let codec = MaskCodec(values: maskValues)
      let areParts = try pool.asksForParts(run: run)
      try areParts ? readParts(source, pool, codec) : readMasks(source, pool, codec)
    } else {
      let file = isFolder.boolValue ? source.appendingPathComponent("to-label.csv") : source
      try readTable(file, pool)
    }
    if !faults.isEmpty { throw PoolError.faults(faults, place: source.path) }
    let current = try pool.currentLabels(of: rows.map(\.item), run: run)
    let fresh = rows.filter { current[$0.item] != $0.label }
    unchanged = rows.count - fresh.count
    rows = fresh
  }

  private mutating func readTable(_ file: URL, _ pool: Pool) throws {
    if try pool.mode == .segmentation {
      throw PoolError.faults(
        ["this pool is one of segmentation; give the folder that holds the masks ITEM.png"],
        place: file.path)
    }
    let table = try TextTable(file)
    faults = table.faults
    let items = try pool.count
    let names = try pool.classes
    let several = try pool.mode == .multiLabel
    let classes = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    guard let item = table.header.firstIndex(of: "item"),
      let label = table.header.firstIndex(of: "label")
    else {
      throw PoolError.faults(["the columns `item` and `label` are needed"], place: file.path)
    }
    for (line, fields) in table.rows where fields.count == table.header.count {
      let place = "line \(line)"
      guard let number = number(fields[item], place: place, items: items) else { continue }
      if fields[label].isEmpty {
        unfilled += 1
        continue
      }
      let values = (several ? ClassList.names(fields[label]) : [fields[label]]).map { classes[$0] }
      if values.contains(nil) {
        faults.append(
          "\(place): its label is none of \(names.joined(separator: ", "))"
            + (several ? ", nor several of them with | between them, nor - for none" : ""))
      } else if several {
        add(.classes(Set(values.compactMap(\.self))), to: number)
      } else if let value = values[0] {
        add(.class(value), to: number)
      }
    }
  }

  /// Of masks, as people draw and as `predict` writes them.
  private static let suffixes = [".png", ".nii", ".nii.gz"]

  /// The masks in a folder and below it.
  mutating func maskFiles(in folder: URL) throws -> [String] {
    let files = try SourceListing(folder).files.filter { file in
      Self.suffixes.contains { file.lowercased().hasSuffix($0) }
    }
    if files.isEmpty { faults.append("there is no mask here") }
    return files
  }

  private mutating func readMasks(_ folder: URL, _ pool: Pool, _ codec: MaskCodec) throws {
    let files = try maskFiles(in: folder)
    let items = try pool.count
    let classes = try pool.classes.count
    var hasClass = false
    var hasIgnored = false
    for (place, file) in files.enumerated() {
      let name = (file as NSString).lastPathComponent.prefix { $0 != "." }
      let label = "mask \(place + 1) of \(files.count)"
      guard let number = number(String(name), place: label, items: items) else { continue }
      do {
        let item = try pool.item(number)
        let mask = try MaskFile(folder.appendingPathComponent(file), codec)
          .mask(0, height: item.height, width: item.width)
        hasClass = hasClass || mask.top > 0
        hasIgnored = hasIgnored || mask.ignores
        if mask.top >= classes {
          faults.append("item \(number): value \(mask.top) is no class; there are \(classes)")
        }
        let hash = mask.hash.description
        try pool.masks.store(mask.png, hash: hash)
        add(.mask(hash), to: number)
      } catch let refusal as Refusal {
        faults.append("item \(number): \(refusal.reason)")
      }
    }
    try pool.masks.synchronize(
      rows.compactMap { if case .mask(let hash) = $0.label { hash } else { nil } })
    if hasIgnored, !hasClass { noteOnlyIgnored() }
  }

  mutating func noteOnlyIgnored() {
    note(
      "the masks hold no value but 0 and 255, and 255 means ignored;"
        + " add --mask-values 0,255 if 255 is a class")
  }

  mutating func note(_ fault: String) { faults.append(fault) }

  /// The item that a field or a file name says; nil, and a fault, where it is none of the pool's, or
  /// where it, or this part of it, was named before.
  mutating func number(
    _ text: String, part: String = "", place: String, items: Int
  ) -> Int? {
    guard let number = Int(text), (0..<items).contains(number) else {
      faults.append("\(place): it names no item of this pool (0 to \(items - 1))")
      return nil
    }
    if let earlier = seen.updateValue(place, forKey: "\(number)\(part)") {
      faults.append("\(place): item \(number) is named on \(earlier) already")
      return nil
    }
    return number
  }

  mutating func add(_ label: Label, to item: Int) {
    rows.append(
      LabelRow(item: item, label: label, author: author, source: .annotator, run: run))
  }
}
