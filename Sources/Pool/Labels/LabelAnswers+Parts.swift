import Foundation

/// Masks for a run that asks for parts of images.
extension LabelAnswers {
  /// Adds masks to the newest ones of their items: `ITEM_X_Y.png` has the size of the part whose
  /// first pixel lies at column X and row Y, `ITEM.png` that of the image; 255 says nothing.
  mutating func readParts(_ folder: URL, _ pool: Pool, _ codec: MaskCodec) throws {
    let files = try maskFiles(in: folder)
    let (items, classes) = (try pool.count, try pool.classes.count)
    var masks: [Int: PartialMask] = [:]
    var hasClass = false
    var hasIgnored = false
    for (place, file) in files.enumerated() {
      let label = "mask \(place + 1) of \(files.count)"
      guard let (item, corner) = part(of: file, place: label, items: items) else { continue }
      do {
        let answer = try MaskFile(folder.appendingPathComponent(file), codec).classes()
        let named = answer.values.filter { $0 != 255 }
        hasClass = hasClass || named.contains { $0 > 0 }
        hasIgnored = hasIgnored || (corner != nil && named.count < answer.values.count)
        if let top = named.max(), Int(top) >= classes {
          note("item \(item): value \(top) is no class; there are \(classes)")
        }
        var mask = try masks[item] ?? newest(item, pool)
        try mask.add(answer, at: corner)
        masks[item] = mask
      } catch let refusal as Refusal {
        note("item \(item): \(refusal.reason)")
      }
    }
    for (item, mask) in masks.sorted(by: { $0.key < $1.key }) {
      add(try pool.store(mask), to: item)
    }
    if hasIgnored, !hasClass { noteOnlyIgnored() }
  }

  private func newest(_ item: Int, _ pool: Pool) throws -> PartialMask {
    try pool.partialMask(of: item, pool.currentLabels(of: [item], run: run)[item])
  }

  /// The item and the corner that a file's name says; nil, and a fault, where it says neither.
  private mutating func part(
    of file: String, place: String, items: Int
  ) -> (item: Int, corner: (x: Int, y: Int)?)? {
    let name = (file as NSString).lastPathComponent.prefix { $0 != "." }
    let words = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    let corner = words.dropFirst().compactMap { Int($0) }
    guard words.count == 1 || corner.count == 2 && words.count == 3 else {
      note("\(place): its name is neither ITEM.png nor ITEM_X_Y.png")
      return nil
    }
    let part = corner.map { "_\($0)" }.joined()
    guard let item = number(words[0], part: part, place: place, items: items) else { return nil }
    return (item, corner.isEmpty ? nil : (corner[0], corner[1]))
  }
}

extension PartialMask {
  /// Adds the answer for a part, or for the image where there is no corner.
  fileprivate mutating func add(
    _ answer: (values: [UInt8], height: Int, width: Int), at corner: (x: Int, y: Int)?
  ) throws {
    let frame = Frame(
      x: corner?.x ?? 0, y: corner?.y ?? 0, width: answer.width, height: answer.height)
    let isWhole = (answer.height, answer.width) == (height, width)
    guard corner == nil ? isWhole : frame.fits(height: height, width: width) else {
      throw Refusal(
        "its mask is \(answer.height) × \(answer.width), the image \(height) × \(width)"
          + (corner.map { ", and the part begins at column \($0.x), row \($0.y)" } ?? ""))
    }
    add(answer.values, in: frame)
  }
}
