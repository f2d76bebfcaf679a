import ArgumentParser
import Base
import Foundation
import Pool

/// `pipeline status`: how a run or a pool stands.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how a run or a pool stands.",
    discussion: "Example: pipeline status runs/rounds")

  @Argument(help: "The folder of a run or of a pool.")
  var folder: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let url = URL(fileURLWithPath: folder)
    guard RunFolder.isRun(url) else {
      let overview = try Pool.open(url).overview()
      return print(json ? try encoded(overview) : overview.text)
    }
    let status = try RunStatus(url)
    print(json ? try encoded(status) : status.text)
  }
}

extension PoolOverview {
  /// For the terminal.
  var text: String {
    let sides = splits.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    let rows: [(String, String)] =
      [("mode", mode.map { "\($0)" } ?? "not known yet"), ("items", "\(items)")] + sides + [
        ("groups", "\(groups)"), ("labelled", "\(labelled)"),
      ]
    let ends = [("held", held), ("quarantined", quarantined)].filter { $0.1 > 0 }
    return aligned(
      rows + classes.map { ("class \($0.name)", mode == .segmentation ? "" : "\($0.items)") }
        + ends.map { ($0.0, "\($0.1)") })
  }
}
