import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("Partial masks")
struct PartialMaskTests {
  /// A pool of two images of 12 rows and 10 columns, and the run `parts`, which asks for parts.
  private func bench() throws -> ImportBench {
    let bench = try ImportBench()
    for place in 0..<2 {
      try bench.image("images/\(place).png", place)
      try bench.mask("masks/\(place).png", [0, 1, 2])
    }
    try bench.run()
    try bench.pool().askForParts(run: "parts")
    return bench
  }

  /// Brings the masks of a folder to a run.
  @discardableResult
  private func bring(_ folder: String, _ bench: ImportBench, run: String = "parts") throws -> Int {
    let pool = try bench.pool()
    let answers = try LabelAnswers(
      bench.source.appendingPathComponent(folder), pool: pool, run: run)
    try pool.append(labels: answers.rows)
    return answers.rows.count
  }

  private func newest(_ bench: ImportBench, run: String = "parts") throws -> PartialMask {
    let pool = try bench.pool()
    return try pool.partialMask(of: 0, pool.currentLabels(of: [0], run: run)[0])
  }

  private func count(_ value: UInt8, _ mask: PartialMask) -> Int {
    mask.classes.count { $0 == value }
  }

  @Test("a part adds to the newest mask; the ledger keeps every one")
  func parts() throws {
    let bench = try bench()
    defer { bench.remove() }
    try bench.mask("first/0_2_3.png", [1], height: 4, width: 5)
    #expect(try bring("first", bench) == 1)
    var mask = try newest(bench)
    #expect([count(1, mask), count(255, mask)] as [Int] == [20, 100])
    #expect(mask.isLabelled(in: Frame(x: 6, y: 6, width: 1, height: 1)))
    #expect(!mask.isLabelled(in: Frame(x: 7, y: 3, width: 3, height: 9)))
    try bench.mask("second/0_6_6.png", [0, 2], height: 6, width: 4)
    #expect(try bring("second", bench) == 1)
    mask = try newest(bench)
    // The new part covers one pixel of the old one.
    #expect([count(0, mask), count(2, mask), count(1, mask)] as [Int] == [12, 12, 19])
    let history = try bench.pool().history(run: "parts")
    #expect(history.map(\.row.item) == [0, 0])
    #expect(try bring("second", bench) == 0)
    #expect(try bench.pool().history(run: "parts").count == 2)
  }

  @Test("parts of one image given at once make one row")
  func together() throws {
    let bench = try bench()
    defer { bench.remove() }
    try bench.mask("both/0_0_0.png", [1], height: 3, width: 3)
    try bench.mask("both/0_4_0.png", [2], height: 3, width: 3)
    try bench.mask("both/1_0_0.png", [1], height: 3, width: 3)
    #expect(try bring("both", bench) == 2)
    let mask = try newest(bench)
    #expect([count(1, mask), count(2, mask), count(255, mask)] as [Int] == [9, 9, 102])
  }

  @Test("a mask of the whole image adds what it says: 255 says nothing")
  func whole() throws {
    let bench = try bench()
    defer { bench.remove() }
    try bench.mask("part/0_0_0.png", [1], height: 1, width: 10)
    try bring("part", bench)
    try bench.write("whole/0.png", try Self.columns(of: [255, 2]))
    try bring("whole", bench)
    let mask = try newest(bench)
    #expect([count(1, mask), count(2, mask)] as [Int] == [5, 60])
    // A run that asks for whole images takes the newest mask as it is.
    for folder in ["full", "whole"] {
      try bench.mask("full/0.png", [1])
      try bring(folder, bench, run: "images")
    }
    let other = try newest(bench, run: "images")
    #expect([count(255, other), count(2, other)] as [Int] == [60, 60])
  }

  private static func columns(of values: [UInt8]) throws -> Data {
    try PNGWriter.encode(
      ImageBuffer(
        height: 12, width: 10, photometric: .grey,
        bytes: (0..<120).map { values[$0 % 10 % values.count] }))
  }

  @Test("parts that do not fit, or are called wrongly, are refused all at once")
  func faults() throws {
    let bench = try bench()
    defer { bench.remove() }
    try bench.mask("bad/0_7_0.png", [1], height: 3, width: 4)
    try bench.mask("bad/1.png", [1], height: 3, width: 4)
    try bench.mask("bad/0_1.png", [1], height: 3, width: 4)
    try bench.mask("bad/0_-1_0.png", [1], height: 3, width: 4)
    try bench.mask("bad/9_0_0.png", [1], height: 3, width: 4)
    try bench.mask("bad/1_0_0.png", [7], height: 3, width: 4)
    let error = #expect(throws: PoolError.self) { try bring("bad", bench) }
    let text = try #require(error).what
    for part in [
      "item 0: its mask is 3 × 4, the image 12 × 10, and the part begins at column 7, row 0",
      "begins at column -1", "item 1: its mask is 3 × 4, the image 12 × 10",
      "neither ITEM.png nor ITEM_X_Y.png", "names no item", "value 7 is no class",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(try bench.pool().history(run: "parts").isEmpty)
  }

  @Test("a part whose only values are 0 and 255 is not taken for background in silence")
  func onlyIgnored() throws {
    let bench = try bench()
    defer { bench.remove() }
    try bench.mask("part/0_0_0.png", [0, 255], height: 3, width: 3)
    let error = #expect(throws: PoolError.self) { try bring("part", bench) }
    #expect(try #require(error).what.contains("--mask-values 0,255"))
  }
}
