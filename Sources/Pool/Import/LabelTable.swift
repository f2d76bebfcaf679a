import Base
import Foundation
import SwiftCSV

/// Which columns of a labels file say what; the usual names where nothing else was asked for.
public struct LabelColumns: Sendable, Codable, Equatable {
  /// The file of the image, relative to the source folder or to the labels file.
  public var file = "file"
  /// The name of its class.
  public var label = "label"
  /// The file of its mask.
  public var mask = "mask"
  /// The patient, or what else must stay together; nil: `group` where there is such a column.
  public var group: String?
  /// `train`, `val` or `test`; nil: `split` where there is such a column.
  public var split: String?

  /// The usual names.
  public init() {}
}

/// A labels file: one row an image, with its class or mask, group and split.
struct LabelTable: Sendable {
  struct Row: Sendable {
    let line: Int
    let file: String
    let label: String?
    let mask: String?
    let group: String?
    let split: Split?
  }

  let url: URL
  let rows: [Row]
  let hasLabels: Bool
  let hasMasks: Bool

  /// Reads and checks the whole file.
  ///
  /// - Throws: `PoolError.faults` with every fault of the file.
  init(_ url: URL, columns names: LabelColumns) throws {
    var places: ColumnPlaces?
    var checker = RowChecker()
    var rows: [Row] = []
    let (header, faults) = try TextTable.read(url) { header, line, fields in
      let columns = places ?? ColumnPlaces(header, names)
      places = columns
      if columns.file != nil, let row = checker.row(line, columns, fields) { rows.append(row) }
    }
    let columns = places ?? ColumnPlaces(header, names)
    let all = faults + columns.faults + checker.faults
    if !all.isEmpty { throw PoolError.faults(all, place: url.path) }
    self.url = url
    self.rows = rows
    hasLabels = columns.label != nil
    hasMasks = columns.mask != nil
  }
}

/// Where the columns stand in a labels file.
private struct ColumnPlaces {
  let file, label, mask, group, split: Int?
  /// Columns that are missed.
  let faults: [String]

  init(_ header: [String], _ names: LabelColumns) {
    var faults: [String] = []
    func place(_ name: String, isRequired: Bool) -> Int? {
      let place = header.firstIndex(of: name)
      if place == nil, isRequired {
        faults.append(
          "there is no column '\(name)'; the columns are " + header.joined(separator: ", "))
      }
      return place
    }
    file = place(names.file, isRequired: true)
    label = place(names.label, isRequired: names.label != "label")
    mask = place(names.mask, isRequired: names.mask != "mask")
    group = place(names.group ?? "group", isRequired: names.group != nil)
    split = place(names.split ?? "split", isRequired: names.split != nil)
    self.faults = faults
  }
}

/// Looks at the rows one after the other and remembers what was wrong.
private struct RowChecker {
  var faults: [String] = []
  private var lineOfFile: [String: Int] = [:]
  private var sideOfGroup: [String: (split: Split, line: Int)] = [:]

  mutating func row(
    _ line: Int, _ columns: ColumnPlaces, _ fields: [String]
  ) -> LabelTable.Row? {
    func field(_ place: Int?) -> String? {
      place.flatMap { $0 < fields.count && !fields[$0].isEmpty ? fields[$0] : nil }
    }
    guard let file = field(columns.file) else {
      faults.append("line \(line): no file")
      return nil
    }
    if let earlier = lineOfFile.updateValue(line, forKey: file) {
      faults.append("line \(line): the file of line \(earlier) again")
    }
    let side = field(columns.split).flatMap(Split.init(word:))
    if field(columns.split) != nil, side == nil {
      faults.append("line \(line): its split is none of train, val, test")
    }
    if let group = field(columns.group), let side { check(group, stands: side, line) }
    return LabelTable.Row(
      line: line, file: file, label: field(columns.label), mask: field(columns.mask),
      group: field(columns.group), split: side)
  }

  private mutating func check(_ group: String, stands side: Split, _ line: Int) {
    guard let known = sideOfGroup[group] else {
      sideOfGroup[group] = (side, line)
      return
    }
    if known.split != side {
      faults.append(
        "line \(line): its group stands in \(side), but on line \(known.line) in \(known.split)")
    }
  }
}

/// Rows of text fields under a header, read with SwiftCSV (RFC 4180; comma, semicolon or tab).
struct TextTable {
  let header: [String]
  /// Rows that are not empty, each with its line; a field over several lines shifts the count.
  let rows: [(line: Int, fields: [String])]
  /// Rows with too few or too many fields.
  let faults: [String]

  init(_ url: URL) throws {
    var rows: [(Int, [String])] = []
    (header, faults) = try Self.read(url) { _, line, fields in rows.append((line, fields)) }
    self.rows = rows
  }

  /// Hands out the rows that are not empty, one after the other, so that a long table is not held.
  static func read(
    _ url: URL, _ take: (_ header: [String], _ line: Int, _ fields: [String]) -> Void
  ) throws -> (header: [String], faults: [String]) {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw PoolError.faults(["the file cannot be read as text in UTF-8"], place: url.path)
    }
    var header: [String]?
    var faults: [String] = []
    var line = 0
    let isClosed = rows(of: text.hasSuffix("\n") ? text : text + "\n") { fields in
      line += 1
      let fields = fields.map { $0.trimmingCharacters(in: .whitespaces) }
      guard let header else {
        header = fields
        return
      }
      if fields == [""] { return }
      if fields.count != header.count {
        faults.append("line \(line): \(fields.count) fields, the header has \(header.count)")
      }
      take(header, line, fields)
    }
    if !isClosed {
      throw PoolError.faults(["a quotation mark is not closed or out of place"], place: url.path)
    }
    return (header ?? [], header == nil ? ["the file is empty"] : faults)
  }

  /// Hands out the fields of every line; false where the quotation marks do not add up.
  ///
  /// The text must end with a line break: a field that still holds that one was never closed.
  private static func rows(of text: String, _ take: ([String]) -> Void) -> Bool {
    var isOpen = false
    do {
      let table = try CSV<Enumerated>(
        string: text, delimiter: .guessed(string: text), loadColumns: false, rowLimit: 0)
      try withoutActuallyEscaping(take) { take in
        try table.enumerateAsArray(startAt: 0, rowLimit: nil) { fields in
          isOpen = fields.last?.last?.isNewline == true
          take(fields)
        }
      }
    } catch {
      return false
    }
    return !isOpen
  }
}
