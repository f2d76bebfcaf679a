import ArgumentParser
import Base
import Foundation
import Pool
import Training

/// `pipeline bench pool`: what a pool of many made-up items costs.
///
/// `scripts/bench.py` runs each part as a process of its own and takes its time and memory.
struct PoolBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool", abstract: "Make and measure a pool of many items, as JSON.",
    subcommands: [Make.self, Draw.self, Label.self, Read.self])

  struct Size: ParsableArguments {
    @Argument(help: "The pool's folder.")
    var folder: String
    @Option(help: "Images.")
    var items = 1_000_000
    @Option(help: "Groups.")
    var groups = 500_000

    var url: URL { URL(fileURLWithPath: folder) }
    var shape: SyntheticPool.Shape { SyntheticPool.Shape(items: items, groups: groups) }
  }

  /// Images that nobody has decided on.
  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Store the images.")
    @OptionGroup var size: Size
    @Option(help: "Threads.")
    var threads = 2

    func run() throws {
      let start = ContinuousClock.now
      _ = try SyntheticPool.make(size.url, size.shape, threads: threads)
      print("{\"make_s\": \((ContinuousClock.now - start) / .seconds(1))}")
    }
  }

  /// The split, drawn and written as an import does.
  struct Draw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "split", abstract: "Draw the split by groups and write the items.")
    @OptionGroup var size: Size

    func run() throws {
      let (drawing, writing) = try SyntheticPool(Pool.open(size.url), size.shape).drawSplit()
      print("{\"draw_s\": \(drawing), \"write_s\": \(writing)}")
    }
  }

  /// The label of every item.
  struct Label: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a label for every item.")
    @OptionGroup var size: Size

    func run() throws { try SyntheticPool(Pool.open(size.url), size.shape).label() }
  }

  /// What a training holds of the pool beside its network.
  struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Open cache, items, groups and an epoch's order; say what each takes.")
    @OptionGroup var size: Size
    @Option(help: "Steps of 32 images to read.")
    var steps = 500

    func run() throws {
      let meter = MemoryMeter()
      let pool = try meter.measure("open") { try Pool.open(size.url) }
      _ = try pool.cache(size: 8, channels: 1, progress: nil)
      let pixels = try meter.measure("cache") {
        try pool.cache(size: 8, channels: 1, progress: nil)
      }
      let items = try meter.measure("items") { try pool.ids(in: .train) }
      let groups = try meter.measure("groups") { try pool.groups() }
      let test = try meter.measure("test") { try pool.itemsWithTruth(in: .test) }
      let classes = try meter.measure("classes") {
        try pool.currentClasses(sources: [.imported])
      }
      let sampler = meter.measure("sampler") {
        BatchSampler(items, batch: 32, rule: .spreadGroups(groups), key: RandomKey(seed: 0))
      }
      let loader = try meter.measure("epoch") {
        let loader = BatchLoader(
          BatchStream(
            sampler, pixels: pixels, normalization: Normalization(mean: [0.5], std: [0.5])))
        for step in 0..<steps { _ = try loader.batches(step: step) }
        return loader
      }
      withExtendedLifetime((test, classes, loader)) {}
      print(try encoded(meter.results))
    }
  }
}

/// Seconds and anonymous memory of parts of a command.
private final class MemoryMeter {
  private(set) var results: [String: Double] = [:]

  func measure<Value>(_ name: String, _ body: () throws -> Value) rethrows -> Value {
    let (start, before) = (ContinuousClock.now, Self.status("RssAnon"))
    let value = try body()
    results["\(name)_s"] = (ContinuousClock.now - start) / .seconds(1)
    results["\(name)_anonymous_mb"] = Self.status("RssAnon") - before
    results["peak_mb"] = Self.status("VmHWM")
    return value
  }

  /// A line of the process's status, in megabytes.
  private static func status(_ field: String) -> Double {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(field + ":") }
    let words = line?.split(whereSeparator: \.isWhitespace) ?? []
    return words.count > 1 ? (Double(words[1]) ?? 0) * 1024 / 1e6 : 0
  }
}
