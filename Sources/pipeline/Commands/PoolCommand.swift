import ArgumentParser
import Base
import Foundation
import Pool

/// `pipeline pool`: look after a pool.
struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool",
    abstract: "Verify, list or back up a pool; see what was set aside.",
    discussion: "Example: pipeline pool verify --pool pool",
    subcommands: [Verify.self, List.self, Quarantine.self, Backup.self])

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

  /// `pool list`: items, or classes.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the items of a pool, or its classes.",
      discussion: "Example: pipeline pool list --pool pool --split test --limit 20")

    @OptionGroup var place: PoolPlace
    @Option(help: "train, validation or test; else all.")
    var split: String?
    @Option(help: "The first item.")
    var from = 0
    @Option(help: "The most items to list.")
    var limit = 100
    @Flag(help: "List the classes instead.")
    var classes = false
    @Flag(help: "Print JSON.")
    var json = false

    struct Line: Encodable {
      let item: Int
      let split: String
      let group: Int
      let height: Int
      let width: Int
      let channels: Int
      let hash: String
      let pseudonym: String
    }

    func run() throws {
      let pool = try place.open()
      if classes {
        let names = try pool.classes
        print(json ? try encoded(names) : aligned(names.enumerated().map { ("\($0)", $1) }))
        return
      }
      let side = try split.map { word in
        guard let side = Split(word: word) else {
          throw ValidationError("--split is train, validation or test")
        }
        return side
      }
      let lines = try pool.items(in: side, from: from, limit: limit).map {
        Line(
          item: $0.id, split: $0.split.description, group: $0.group, height: $0.height,
          width: $0.width, channels: $0.channels, hash: $0.hash, pseudonym: $0.pseudonym)
      }
      print(json ? try encoded(lines) : Self.table(lines))
    }

    private static func table(_ lines: [Line]) -> String {
      let rows = lines.map {
        "\($0.item),\($0.split),\($0.group),\($0.height),\($0.width),\($0.channels),\($0.pseudonym)"
      }
      return (["item,split,group,height,width,channels,pseudonym"] + rows)
        .joined(separator: "\n")
    }
  }

  /// `pool quarantine`: what is set aside, and why.
  struct Quarantine: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the files that were set aside, with reason and remedy.",
      discussion: """
        File names are not kept. With --reveal the source folder is read again and the names are
        printed here, and nowhere else. Example:
          pipeline pool quarantine --pool pool --reveal scans/
        """)

    @OptionGroup var place: PoolOptions
    @Option(help: ArgumentHelp("The source, to print file names.", valueName: "source"))
    var reveal: String?
    @Flag(help: "Print JSON.")
    var json = false

    struct Line: Encodable {
      let entry: SetAside
      let file: String?
    }

    func run() throws {
      let names = try reveal.map {
        try Pool.reveal(URL(fileURLWithPath: $0), key: try place.pseudonymKey())
      }
      let lines = try Pool.open(place.url).setAside().map {
        Line(entry: $0, file: names?[$0.pseudonym])
      }
      if json {
        print(try encoded(lines))
        return
      }
      for line in lines {
        let name = line.file ?? line.entry.pseudonym
        print("\(line.entry.kind.rawValue)  \(name)  frame \(line.entry.frame)")
        print("  why: \(line.entry.reason)")
        if let remedy = line.entry.remedy { print("  fix: \(remedy)") }
      }
      if lines.isEmpty { print("nothing is set aside") }
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
