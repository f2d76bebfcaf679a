import Base
import Foundation
import SwiftCSV

/// Which columns of a labels file say what; the usual names where nothing else was asked for.
public struct LabelColumns: Sendable, Codable, Equatable {
  /// The file of the image, relative to the source folder or to the labels file.
  public var file = "file"
  /// The name of its class; of several, their names with `|` between them, or `-` for none.
  ///
  /// Where images have several classes and there is no such column, every column that is none of
  /// the others is a class, with 0 or 1 in each row.
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
    /// The class, or the classes as one field (``ClassList``).
    let label: String?
    let mask: String?
    let group: String?
    let split: Split?
  }

  let url: URL
  let rows: [Row]
  let hasLabels: Bool
  let hasMasks: Bool
  /// The classes that have a column of their own.
  let classes: [String]

  /// Reads and checks the whole file; `several` says whether an image may have several classes.
  ///
  /// - Throws: `PoolError.faults` with every fault of the file.
  init(_ url: URL, columns names: LabelColumns, several: Bool = false) throws {
    var places: ColumnPlaces?
    var checker = RowChecker(several: several)
    var rows: [Row] = []
    let (header, faults) = try TextTable.read(url) { header, line, fields in
      let columns = places ?? ColumnPlaces(header, names, several: several)
      places = columns
      if columns.file != nil, let row = checker.row(line, columns, fields) { rows.append(row) }
    }
    let columns = places ?? ColumnPlaces(header, names, several: several)
    let all = faults + columns.faults + checker.faults
    if !all.isEmpty { throw PoolError.faults(all, place: url.path) }
    self.url = url
    self.rows = rows
    hasLabels = columns.label != nil
    hasMasks = columns.mask != nil
    classes = columns.classNames
  }
}

/// Where the columns stand in a labels file.
private struct ColumnPlaces {
  let file, label, mask, group, split: Int?
  /// Columns that are classes, and their names.
  let classes: [Int], classNames: [String]
  /// Columns that are missed, or that no class can be called.
  let faults: [String]

  init(_ header: [String], _ names: LabelColumns, several: Bool) {
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
    let others = Set([file, label, mask, group, split].compactMap(\.self))
    classes =
      several && label == nil ? header.indices.filter { !others.contains($0) } : []
    if several, label == nil, classes.isEmpty {
      faults.append("there is neither a column '\(names.label)' nor a column for each class")
    }
    classNames = classes.map { header[$0] }
    for name in classNames where !ClassList.canName(name) {
      faults.append("no class can be called '\(name)'")
    }
    self.faults = faults
  }
}

/// Looks at the rows one after the other and remembers what was wrong.
private struct RowChecker {
  let several: Bool
  var faults: [String] = []
  private var lineOfFile: [String: Int] = [:]
  private var sideOfGroup: [String: (split: Split, line: Int)] = [:]

  init(several: Bool) { self.several = several }

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
    var label = field(columns.label)
    if several { label = label.map(ClassList.sorted) ?? classes(line, columns, fields) }
    return LabelTable.Row(
      line: line, file: file, label: label, mask: field(columns.mask),
      group: field(columns.group), split: side)
  }

  /// The classes whose columns hold a 1; nil where all are empty: the image has no label.
  private mutating func classes(
    _ line: Int, _ columns: ColumnPlaces, _ fields: [String]
  ) -> String? {
    let cells = columns.classes.filter { $0 < fields.count }.map { fields[$0] }
    if cells.allSatisfy(\.isEmpty) { return nil }
    guard cells.allSatisfy({ Self.bits[$0] != nil }) else {
      faults.append("line \(line): a class holds neither 0 nor 1")
      return nil
    }
    return ClassList.sorted(
      ClassList.field(
        zip(columns.classNames, cells).filter { Self.bits[$0.1] == true }.map(\.0)))
  }

  private static let bits = ["0": false, "1": true, "0.0": false, "1.0": true]

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
