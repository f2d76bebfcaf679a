import Base
public import Foundation
import GRDB

extension Pool {
  private static let page = 1000

  /// The current labels of a ledger as a table: item, label (a class name, several with `|`
  /// between them or `-` for none, or the file of a mask as `masks/ITEM.png`), author, time (ISO 8601, UTC) and source, ordered by item.
  ///
  /// Rows of the given `sources` only (of all for nil); with `history`, labels that were replaced
  /// are listed too, all in the order of writing. `write` gets the table in pieces of whole lines.
  public func writeLabels(
    run: String = "", sources: Set<LabelSource>? = nil, history: Bool = false,
    to write: (String) throws -> Void
  ) throws {
    let classes = try classes
    try write("item,label,author,time,source\n")
    try pages(of: run, sources, history) { rows in
      try write(rows.map { line($0, classes) + "\n" }.joined())
    }
  }

  /// Copies the current masks of a ledger to `folder/ITEM.png`.
  public func exportMasks(
    to folder: URL, run: String = "", sources: Set<LabelSource>? = nil
  ) throws -> Int {
    try Folder.create(folder)
    var count = 0
    try pages(of: run, sources, false) { rows in
      for row in rows {
        guard case .mask(let hash) = row.label else { continue }
        guard masks.contains(hash) else { throw PoolError.maskMissing(hash) }
        let mask = try MappedFile(masks.file(hash)).withBytes { Data($0) }
        try AtomicFile.write(mask, to: folder.appendingPathComponent("\(row.item).png"))
        count += 1
      }
    }
    return count
  }

  /// The rows of a ledger: all in the order of writing, or each item's newest by item.
  private func pages(
    of run: String, _ sources: Set<LabelSource>?, _ history: Bool,
    _ body: ([LabelRow]) throws -> Void
  ) throws {
    var first: Int64 = 0
    while true {
      let page =
        history
        ? try self.history(run: run, from: first, limit: Self.page)
        : try newest(of: run, sources, from: Int(first))
      guard let last = page.last else { return }
      first = (history ? last.number : Int64(last.row.item)) + 1
      try body(page.map(\.row).filter { sources?.contains($0.source) ?? true })
    }
  }

  /// The current labels of the items from `first` on: a page.
  private func newest(
    of run: String, _ sources: Set<LabelSource>?, from first: Int
  ) throws -> [(number: Int64, row: LabelRow)] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(Self.historyColumns), MAX(id) FROM label
          WHERE run = ? AND item >= ? \(Self.condition(sources)) GROUP BY item
          ORDER BY item LIMIT ?
          """, arguments: [run, first, Self.page]
      ).map { try Self.historyRow($0) }
    }
  }

  private func line(_ row: LabelRow, _ classes: [String]) -> String {
    [
      "\(row.item)", name(row, classes), row.author, row.time.formatted(.iso8601),
      row.source.description,
    ].map(quoted).joined(separator: ",")
  }

  private func name(_ row: LabelRow, _ classes: [String]) -> String {
    row.label.names(classes) ?? "masks/\(row.item).png"
  }

  private func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n".contains($0) }) else { return field }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
