public import ArgumentParser
import Base
import Foundation
public import Pool

/// Which pool, and the key of its pseudonyms.
struct PoolOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The pool's folder.", valueName: "dir"))
  var pool: String

  @Option(
    help: ArgumentHelp(
      "The key of the pseudonyms; else MODICUM_KEY, else ~/.config/modicum/pseudonym.key.",
      valueName: "file"))
  var key: String?

  var url: URL { URL(fileURLWithPath: pool) }

  func pseudonymKey() throws -> PseudonymKey {
    try PseudonymKey.standard(key.map { URL(fileURLWithPath: $0) })
  }
}

extension PoolMode: ExpressibleByArgument {}
extension FolderMeaning: ExpressibleByArgument {}

/// JSON with sorted keys, as every command prints it.
func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  encoder.dateEncodingStrategy = .iso8601
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// Names and values in two columns.
func aligned(_ rows: [(String, String)]) -> String {
  let width = rows.map(\.0.count).max() ?? 0
  return rows.map { $0.0.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.1 }
    .joined(separator: "\n")
}
