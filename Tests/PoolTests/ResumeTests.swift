import Base
import Foundation
import Pool
import Testing

@Suite("Interrupted imports")
struct ResumeTests {
  struct Killed: Error {}

  private func fill(_ bench: ImportBench) throws {
    var rows = ["file,label,group"]
    for place in 0..<150 {
      try bench.image("\(place).png", place % 140, height: 6 + place % 5)
      rows.append("\(place).png,\(place % 140 % 3),p\(place % 140 / 2)")
    }
    try bench.write("broken.png", "no image")
    try bench.write("labels.csv", rows.joined(separator: "\n"))
  }

  @Test(
    "an import that is stopped at any moment and given again ends in the same pool",
    arguments: [
      (ImportMoment.beforeCommit, 1), (.beforeCommit, 2), (.beforeCommit, 3), (.afterCommit, 1),
      (.afterCommit, 2), (.beforeDecision, 1), (.insideDecision, 1),
    ])
  func stopped(moment: ImportMoment, count: Int) throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench)
    let summary = try bench.run()
    let whole = try bench.contents()
    try FileManager.default.removeItem(at: bench.poolURL)
    var seen = 0
    #expect(throws: Killed.self) {
      try bench.run(probe: {
        if $0 == moment { seen += 1 }
        if seen == count { throw Killed() }
      })
    }
    let again = try bench.run()
    #expect(try bench.contents() == whole)
    #expect([again.items, again.merged, again.quarantined] as [Int] == [140, 10, 1])
    #expect(again.splits == summary.splits)
  }

  @Test("bytes behind the last known image are cut off", arguments: [1, 7, 4096])
  func tail(extra: Int) throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench)
    try bench.run()
    let whole = try bench.contents()
    let pixels = bench.poolURL.appendingPathComponent("pixels.dat")
    let file = try OutputFile(appendingTo: pixels)
    try file.write(Data(repeating: 7, count: extra))
    file.close()
    try bench.run()
    #expect(try bench.contents() == whole)
  }

  @Test("a file that breaks off half-way leaves none of its frames behind")
  func halfAFile() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("a.png", 1)
    try bench.image("c.png", 2)
    try bench.run()
    let pixels = bench.poolURL.appendingPathComponent("pixels.dat")
    let whole = try Data(contentsOf: pixels)
    try FileManager.default.removeItem(at: bench.poolURL)
    let volume = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/imaging/little-u1.nii")
    try bench.write("b.nii", try Data(contentsOf: volume).dropLast())
    let summary = try bench.run()
    #expect([summary.items, summary.quarantined] as [Int] == [2, 1])
    #expect(try Data(contentsOf: pixels) == whole)
    #expect(try bench.pool().verify(progress: nil).images == 2)
  }
}
