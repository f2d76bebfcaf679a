import Base
import Foundation
import Query

/// The chosen items of a round as a table.
///
/// `rank,item,utility,probability,reason`, for tiles `rank,item,x,y,side,utility,probability,reason`,
/// where x, y and side count pixels of the network's size. The probability is empty where nothing
/// was drawn.
struct PickTable {
  /// What was chosen, in its order.
  let picks: [Pick]

  private static let columns = "rank,item,utility,probability,reason"
  private static let tileColumns = "rank,item,x,y,side,utility,probability,reason"

  /// The lines, with a header.
  var text: String {
    let areTiles = picks.contains { $0.tile != nil }
    let rows = picks.enumerated().map { rank, pick in
      let place = pick.tile.map { ",\($0.x),\($0.y),\($0.side)" } ?? ""
      let probability = pick.probability.map { "\($0)" } ?? ""
      return "\(rank),\(pick.item)\(place),\(pick.utility),\(probability),\"\(pick.reason)\""
    }
    return ([areTiles ? Self.tileColumns : Self.columns] + rows).joined(separator: "\n") + "\n"
  }

  init(_ picks: [Pick]) { self.picks = picks }

  /// Reads the lines.
  ///
  /// - Throws: a diagnostic where one of them is no pick; `place` says which table.
  init(text: String, at place: String) throws {
    let lines = text.split(separator: "\n")
    let areTiles = lines.first.map(String.init) == Self.tileColumns
    let numbers = areTiles ? 3 : 0
    picks = try lines.dropFirst().map { line in
      let fields = line.split(
        separator: ",", maxSplits: 4 + numbers, omittingEmptySubsequences: false)
      let corner = fields.dropFirst(2).prefix(numbers).compactMap { Int($0) }
      guard fields.count == 5 + numbers, corner.count == numbers, let item = Int(fields[1]),
        let utility = Double(fields[2 + numbers]),
        fields[3 + numbers].isEmpty || Double(fields[3 + numbers]) != nil
      else {
        throw Diagnostic(
          "a line of the chosen items is not \(areTiles ? Self.tileColumns : Self.columns)",
          at: place, fix: "undo the change, or delete the round's folder")
      }
      let reason = fields[4 + numbers].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
      let tile =
        areTiles ? Tile(item: item, x: corner[0], y: corner[1], side: corner[2]) : nil
      return Pick(
        item: item, utility: utility, reason: reason, tile: tile,
        probability: Double(fields[3 + numbers]))
    }
  }
}
