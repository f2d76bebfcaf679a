public import Base
public import Foundation
import GRDB

/// A frame of a source that is not in use, and why.
public struct SetAside: Sendable, Codable, Identifiable {
  /// Why it is not in use.
  public enum Kind: String, Sendable, Codable {
    /// It cannot be read, or does not fit its mask.
    case quarantined
    /// It is a copy whose label or split disagrees.
    case held
  }

  /// The number of the row.
  public let id: Int64
  /// What stands for the file's name.
  public let pseudonym: String
  /// The frame in the file, from 0.
  public let frame: Int
  /// Quarantined or held.
  public let kind: Kind
  /// Why.
  public let reason: String
  /// What to do, where that is known.
  public let remedy: String?
}

extension Pool {
  /// What is set aside, from the row number `first` on: a page.
  public func setAside(from first: Int64 = 0, limit: Int = Int.max) throws -> [SetAside] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, pseudonym, frame, outcome, reason, remedy FROM source
          WHERE outcome IN (?, ?) AND id >= ? ORDER BY id LIMIT ?
          """,
        arguments: [
          SourceOutcome.held.rawValue, SourceOutcome.quarantined.rawValue, first, limit,
        ]
      ).map { row in
        SetAside(
          id: row[0], pseudonym: (row[1] as Data).hexadecimal, frame: row[2],
          kind: row[3] == SourceOutcome.held.rawValue ? .held : .quarantined,
          reason: row[4] ?? "", remedy: row[5])
      }
    }
  }

  /// The files of `source` (relative paths) by their pseudonyms, for the terminal only.
  public static func reveal(_ source: URL, key: PseudonymKey) throws -> [String: String] {
    let files = try SourceListing(source).files
    return Dictionary(
      files.map { (SourceNames.file($0, key).data.hexadecimal, $0) },
      uniquingKeysWith: { first, _ in first })
  }
}
