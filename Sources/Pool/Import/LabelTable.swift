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
  init(_ url: URL, columns: LabelColumns) throws {
    let grid = try TextTable(url)
    var faults = grid.faults
    func place(_ name: String, isRequired: Bool) -> Int? {
      let place = grid.header.firstIndex(of: name)
      if place == nil, isRequired {
        faults.append(
          "there is no column '\(name)'; the columns are " + grid.header.joined(separator: ", "))
      }
      return place
    }
    let file = place(columns.file, isRequired: true)
    let label = place(columns.label, isRequired: columns.label != "label")
    let mask = place(columns.mask, isRequired: columns.mask != "mask")
    let group = place(columns.group ?? "group", isRequired: columns.group != nil)
    let split = place(columns.split ?? "split", isRequired: columns.split != nil)
    self.url = url
    hasLabels = label != nil
    hasMasks = mask != nil
    guard let file else { throw PoolError.faults(faults, place: url.path) }
    var checker = RowChecker()
    rows = grid.rows.compactMap { line, fields in
      func field(_ place: Int?) -> String? {
        place.flatMap { $0 < fields.count && !fields[$0].isEmpty ? fields[$0] : nil }
      }
      return checker.row(
        line, file: field(file), label: field(label), mask: field(mask), group: field(group),
        split: field(split))
    }
    faults += checker.faults
    if !faults.isEmpty { throw PoolError.faults(faults, place: url.path) }
  }
}

/// Looks at the rows one after the other and remembers what was wrong.
private struct RowChecker {
  var faults: [String] = []
  private var lineOfFile: [String: Int] = [:]
  private var sideOfGroup: [String: (split: Split, line: Int)] = [:]

  mutating func row(
    _ line: Int, file: String?, label: String?, mask: String?, group: String?, split: String?
  ) -> LabelTable.Row? {
    guard let file else {
      faults.append("line \(line): no file")
      return nil
    }
    if let earlier = lineOfFile.updateValue(line, forKey: file) {
      faults.append("line \(line): the file of line \(earlier) again")
    }
    let side = split.flatMap(Split.init(word:))
    if split != nil, side == nil {
      faults.append("line \(line): its split is none of train, val, test")
    }
    if let group, let side { check(group, stands: side, line) }
    return LabelTable.Row(
      line: line, file: file, label: label, mask: mask, group: group, split: side)
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
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw PoolError.faults(["the file cannot be read as text in UTF-8"], place: url.path)
    }
    guard let all = Self.fields(of: text.hasSuffix("\n") ? text : text + "\n") else {
      throw PoolError.faults(["a quotation mark is not closed or out of place"], place: url.path)
    }
    header = (all.first ?? []).map { $0.trimmingCharacters(in: .whitespaces) }
    var faults: [String] = header.isEmpty ? ["the file is empty"] : []
    var rows: [(Int, [String])] = []
    for (place, fields) in all.enumerated().dropFirst() where fields != [""] {
      rows.append((place + 1, fields.map { $0.trimmingCharacters(in: .whitespaces) }))
      if fields.count != header.count {
        faults.append(
          "line \(place + 1): \(fields.count) fields, the header has \(header.count)")
      }
    }
    self.rows = rows
    self.faults = faults
  }

  /// The fields of every line; nil where the quotation marks do not add up.
  ///
  /// The text must end with a line break: a field that still holds that one was never closed.
  private static func fields(of text: String) -> [[String]]? {
    let collector = Collector()
    do {
      let table = try CSV<Enumerated>(
        string: text, delimiter: .guessed(string: text), loadColumns: false, rowLimit: 0)
      try table.enumerateAsArray(startAt: 0, rowLimit: nil) { collector.rows.append($0) }
    } catch {
      return nil
    }
    return collector.rows.last?.last?.last?.isNewline == true ? nil : collector.rows
  }

  private final class Collector {
    var rows: [[String]] = []
  }
}
