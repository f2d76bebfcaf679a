import ArgumentParser
import Base
import Foundation
import Pool

/// `pipeline pool`: look after a pool.
struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool",
    abstract: "Look after a pool: its state, its items, its soundness, its size.",
    discussion: "Example: pipeline pool status --pool pool",
    subcommands: [
      Status.self, Verify.self, List.self, Quarantine.self, Compact.self, Backup.self,
    ])

  /// `pool status`: the pool in numbers.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count the items, groups, labels and classes of a pool.",
      discussion: "Example: pipeline pool status --pool pool --json")

    @OptionGroup var place: PoolPlace
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let overview = try place.open().overview()
      print(json ? try encoded(overview) : overview.text)
    }
  }

  /// `pool verify`: every byte against what the database says.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check every image, mask and cache of a pool.",
      discussion: "Example: pipeline pool verify --pool pool --json")

    @OptionGroup var place: PoolPlace
    @Option(help: "Threads that check.")
    var threads = 2
    @Flag(help: "Remove damaged caches; they are made again when needed.")
    var repair = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let report = try place.open().verify(threads: threads, repair: repair)
      print(json ? try encoded(report) : Self.table(report))
      if !report.faults.isEmpty { throw ArgumentParser.ExitCode(Base.ExitCode.badInput.rawValue) }
    }

    private static func table(_ report: PoolReport) -> String {
      let rows: [(String, String)] = [
        ("items", "\(report.items)"), ("images", "\(report.images)"),
        ("masks", "\(report.masks)"), ("caches", "\(report.caches)"),
        ("faults", "\(report.faults.count)"),
      ]
      return aligned(rows + report.faults.map { ("fault", $0) })
    }
  }

  /// `pool backup`: a copy that is whole.
  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy a pool to a new folder, without its caches.",
      discussion: "Example: pipeline pool backup --pool pool --to /backup/pool-2026-11-21")

    @OptionGroup var place: PoolPlace
    @Option(help: ArgumentHelp("The new folder.", valueName: "dir"))
    var to: String

    func run() throws {
      try place.open().backup(to: URL(fileURLWithPath: to))
      print("copied to \(to); keep the pseudonym key apart from it")
    }
  }
}

/// Which pool.
struct PoolPlace: ParsableArguments {
  @Option(help: ArgumentHelp("The pool's folder.", valueName: "dir"))
  var pool: String

  func open() throws -> Pool { try Pool.open(URL(fileURLWithPath: pool)) }
}
