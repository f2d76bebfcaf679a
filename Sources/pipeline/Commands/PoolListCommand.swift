import ArgumentParser
import Base
import Foundation
import Pool

extension PoolCommand {
  /// `pool list`: items, or classes.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the items of a pool, or its classes.",
      discussion: """
        A page of items is read by index, however large the pool; the next one starts after the last
        item shown. Example:
          pipeline pool list --pool pool --split test --from 5000 --limit 20
        """)

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

      init(_ item: Pool.Item) {
        self.item = item.id
        split = item.split.description
        group = item.group
        (height, width, channels) = (item.height, item.width, item.channels)
        (hash, pseudonym) = (item.hash, item.pseudonym)
      }

      var text: String { "\(item),\(split),\(group),\(height),\(width),\(channels),\(pseudonym)" }
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
      let listing = Listing(json: json)
      listing.begin(header: "item,split,group,height,width,channels,pseudonym")
      var (first, left) = (from, limit)
      while left > 0 {
        let items = try pool.items(in: side, from: first, limit: min(left, Listing.page))
        guard let last = items.last else { break }
        for line in items.map(Line.init) { try listing.add(line, text: line.text) }
        (first, left) = (last.id + 1, left - items.count)
      }
      listing.end()
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

      var text: String {
        let name = file ?? entry.pseudonym
        let head = "\(entry.kind.rawValue)  \(name)  frame \(entry.frame)\n  why: \(entry.reason)"
        return head + (entry.remedy.map { "\n  fix: \($0)" } ?? "")
      }
    }

    func run() throws {
      let names = try reveal.map {
        try Pool.reveal(URL(fileURLWithPath: $0), key: try place.pseudonymKey())
      }
      let pool = try Pool.open(place.url)
      let listing = Listing(json: json)
      listing.begin()
      var first: Int64 = 0
      while let last = try page(pool, from: first, names, listing) { first = last + 1 }
      listing.end(empty: "nothing is set aside")
    }

    /// Prints a page; returns the number of its last row.
    private func page(
      _ pool: Pool, from first: Int64, _ names: [String: String]?, _ listing: Listing
    ) throws -> Int64? {
      let entries = try pool.setAside(from: first, limit: Listing.page)
      for entry in entries {
        let line = Line(entry: entry, file: names?[entry.pseudonym])
        try listing.add(line, text: line.text)
      }
      return entries.last?.id
    }
  }
}

/// Prints a list line by line, or as one array of JSON, so that its length costs no memory.
private final class Listing {
  static let page = 1000
  private let json: Bool
  private var count = 0

  init(json: Bool) { self.json = json }

  func begin(header: String? = nil) {
    if json {
      print("[", terminator: "")
    } else if let header {
      print(header)
    }
  }

  func add(_ entry: some Encodable, text: @autoclosure () -> String) throws {
    if json {
      print(count == 0 ? "" : ",")
      print(try encoded(entry), terminator: "")
    } else {
      print(text())
    }
    count += 1
  }

  func end(empty: String? = nil) {
    if json {
      print(count == 0 ? "]" : "\n]")
    } else if count == 0, let empty {
      print(empty)
    }
  }
}
