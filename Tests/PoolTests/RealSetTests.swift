import Base
import Foundation
import Pool
import Testing

@Suite("Real image sets")
struct RealSetTests {
  private static let data = ProcessInfo.processInfo.environment["MODICUM_DATA"]
    .map { URL(fileURLWithPath: $0) }

  /// The counts that the sets' own pages state: items, groups, train, validation, test, classes.
  @Test(
    "a set comes in whole, with its own splits",
    .enabled(if: data != nil, "skipped: MODICUM_DATA names no folder of image sets"),
    arguments: [
      ("odir_cataract", [586, 472, 381, 88, 117, 2]), ("glas_gland", [165, 16, 107, 25, 33, 2]),
      ("covid_ct_seg", [98, 94, 64, 14, 20, 3]),
    ])
  func set(name: String, counts: [Int]) throws {
    let folder = try #require(Self.data).appendingPathComponent(name)
    let scratch = try Scratch()
    defer { scratch.remove() }
    let pool = try Pool.create(scratch.url.appendingPathComponent("pool"))
    var options = ImportOptions()
    options.labels = folder.appendingPathComponent("labels.csv")
    options.progress = nil
    let key = try PseudonymKey(at: scratch.url.appendingPathComponent("key"))
    let summary = try Importer(pool, options: options, key: key).run(folder)
    let sides = Split.allCases.map { summary.splits[$0.description] ?? 0 }
    let found = [summary.items, summary.groups] + sides + [try pool.classes.count]
    #expect(found == counts)
    #expect([summary.held, summary.merged, summary.quarantined] as [Int] == [0, 0, 0])
    #expect(try pool.verify(progress: nil).faults.isEmpty)
    #expect(try pool.currentLabels().count == summary.items)
  }
}
