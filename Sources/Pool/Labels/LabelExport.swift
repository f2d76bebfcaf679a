import Base
public import Foundation

extension Pool {
  /// The current labels of a ledger as a table: item, label (a class name, or the file of a mask
  /// as `masks/ITEM.png`), author, time (ISO 8601, UTC) and source, ordered by item.
  ///
  /// Rows of the given `sources` only (of all for nil); with `history`, labels that were replaced
  /// are listed too, all in the order of writing.
  public func labelTable(
    run: String = "", sources: Set<LabelSource>? = nil, history: Bool = false
  ) throws -> String {
    let classes = try classes
    var rows = try self.history(run: run).map(\.row)
      .filter { sources?.contains($0.source) ?? true }
    if !history {
      let newest = Dictionary(rows.map { ($0.item, $0) }, uniquingKeysWith: { $1 })
      rows = newest.values.sorted { $0.item < $1.item }
    }
    var lines = ["item,label,author,time,source"]
    for row in rows {
      let fields = [
        "\(row.item)", name(row, classes), row.author, row.time.formatted(.iso8601),
        row.source.description,
      ]
      lines.append(fields.map(quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Copies the current masks of a ledger to `folder/ITEM.png`.
  public func exportMasks(
    to folder: URL, run: String = "", sources: Set<LabelSource>? = nil
  ) throws -> Int {
    try Folder.create(folder)
    var count = 0
    for (item, label) in try currentLabels(run: run, sources: sources) {
      guard case .mask(let hash) = label else { continue }
      guard masks.contains(hash) else { throw PoolError.maskMissing(hash) }
      let mask = try MappedFile(masks.file(hash)).withBytes { Data($0) }
      try AtomicFile.write(mask, to: folder.appendingPathComponent("\(item).png"))
      count += 1
    }
    return count
  }

  private func name(_ row: LabelRow, _ classes: [String]) -> String {
    switch row.label {
    case .class(let value): classes.indices.contains(value) ? classes[value] : "\(value)"
    case .mask: "masks/\(row.item).png"
    }
  }

  private func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n".contains($0) }) else { return field }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
