import Base
import Foundation
import Pool
import Testing

@Suite("Importing")
struct ImporterTests {
  @Test("a labels file gives classes, groups and splits; ids follow the sorted paths")
  func labelsFile() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for (name, seed) in [("b/2.png", 1), ("a/1.png", 2), ("a/10.png", 3), ("c.png", 4)] {
      try bench.image("images/" + name, seed)
    }
    try bench.write(
      "labels.csv",
      """
      file,label,group,split,age
      images/b/2.png,nevus,p1,test,40
      images/a/1.png,melanoma,p2,train,41
      images/a/10.png,nevus,p2,train,41
      "images/c.png","nevus",p3,val,"4,2"
      """)
    let summary = try bench.run()
    #expect(summary.items == 4)
    #expect(summary.added == 4)
    #expect(summary.labels == 4)
    #expect(summary.groups == 3)
    #expect(summary.ignored == 1)
    #expect(summary.splits == ["train": 2, "validation": 1, "test": 1])
    let pool = try bench.pool()
    #expect(try pool.mode == .classification)
    #expect(try pool.classes == ["melanoma", "nevus"])
    #expect(
      try pool.classNames() == [0: "melanoma", 1: "nevus", 2: "nevus", 3: "nevus"])
    #expect(try pool.items().map(\.split) == [.train, .train, .test, .validation])
    #expect(
      try pool.items().map { [$0.height, $0.width, $0.channels] }
        == .init(repeating: [12, 10, 1], count: 4))
    #expect(try pool.truth(of: pool.ids()) == pool.currentLabels())
  }

  @Test("no group is split, whatever the seed", arguments: [0, 1, 2] as [UInt64])
  func groupsStayTogether(seed: UInt64) throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    var rows = ["file,label,group"]
    for place in 0..<60 {
      try bench.image("\(place).png", place)
      rows.append("\(place).png,\(place % 3),patient \(place / 4)")
    }
    try bench.write("labels.csv", rows.joined(separator: "\n"))
    try bench.run { $0.seed = seed }
    let items = try bench.pool().items()
    let sides = Dictionary(
      items.map { ($0.group, Set([$0.split])) }, uniquingKeysWith: { $0.union($1) })
    #expect(sides.count == 15)
    #expect(sides.values.allSatisfy { $0.count == 1 })
    #expect(sides.values.count { $0 == [.test] } == 3)
    let report = try bench.pool().verify(progress: nil)
    #expect(report.faults.isEmpty)
    #expect(report.images == 60)
  }

  @Test("threads and a second import change nothing")
  func determinism() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for place in 0..<40 { try bench.image("\(place).png", place % 35, height: 8 + place) }
    try bench.run { $0.threads = 1 }
    let first = try bench.contents()
    let again = try bench.run()
    #expect(again.added == 0)
    #expect(again.items == 40)
    #expect(try bench.contents() == first)
    try FileManager.default.removeItem(at: bench.poolURL)
    try bench.run { $0.threads = 4 }
    #expect(try bench.contents() == first)
  }

  @Test("copies that agree are one item; copies that disagree are held")
  func copies() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    let seeds = [
      "a1": 1, "a2": 1, "a3": 1,  // agree, one without a label
      "b1": 2, "b2": 2,  // labels differ
      "c1": 3, "c2": 3,  // sides differ
      "d1": 4,
    ]
    for (name, seed) in seeds { try bench.image(name + ".png", seed) }
    try bench.write(
      "labels.csv",
      """
      file,label,group,split
      a1.png,,g1,train
      a2.png,x,g1,train
      a3.png,x,g2,
      b1.png,x,g3,train
      b2.png,y,g3,train
      c1.png,x,g4,train
      c2.png,x,g5,test
      d1.png,y,g2,
      """)
    let summary = try bench.run()
    #expect(summary.items == 2)
    #expect(summary.merged == 2)
    #expect(summary.held == 4)
    #expect(
      summary.reasons == [
        "copies of this image have different labels": 2,
        "copies of this image stand in different splits": 2,
      ])
    let pool = try bench.pool()
    #expect(try pool.classNames() == [0: "x", 1: "y"])
    // d1 shares a patient with a3, a copy of a1: it stands where a1 stands.
    #expect(try pool.items().map(\.split) == [.train, .train])
    #expect(try pool.setAside().map(\.kind) == [.held, .held, .held, .held])
    #expect(try bench.run().held == 4)
  }

  @Test("a copy that comes later and disagrees is held; one that agrees brings its label")
  func laterCopies() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.image("2.png", 2)
    try bench.write("labels.csv", "file,label,split\n1.png,x,train\n2.png,,test\n")
    try bench.run()
    try bench.image("3.png", 1)
    try bench.image("4.png", 2)
    try bench.write(
      "labels.csv", "file,label,split\n1.png,x,train\n2.png,,test\n3.png,y,train\n4.png,y,test\n")
    let summary = try bench.run()
    #expect(
      [summary.added, summary.merged, summary.held, summary.labels] as [Int] == [0, 1, 1, 1])
    #expect(try bench.pool().classNames() == [0: "x", 1: "y"])
  }

  @Test("labels may come with a later import of the same files, and never replace others")
  func labelsLater() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.image("2.png", 2)
    try bench.run()
    #expect(try bench.pool().mode == nil)
    try bench.write("labels.csv", "file,label\n1.png,x\n2.png,x\n")
    #expect(try bench.run().labels == 2)
    try bench.write("labels.csv", "file,label\n1.png,y\n2.png,x\n")
    let summary = try bench.run()
    #expect([summary.labels, summary.differing] as [Int] == [0, 1])
    #expect(try bench.pool().classNames() == [0: "x", 1: "x"])
  }

  @Test("what cannot be read is set aside with a reason, and the rest comes in")
  func quarantine() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("good.png", 1)
    try bench.write("cut.png", try ImportBench.png(2, height: 64, width: 64).prefix(200))
    try bench.write("text.png", "no image")
    try bench.write("empty.png", "")
    let summary = try bench.run()
    #expect([summary.items, summary.quarantined] as [Int] == [1, 3])
    #expect(summary.isPartial)
    let aside = try bench.pool().setAside()
    #expect(aside.allSatisfy { $0.kind == .quarantined && !$0.reason.isEmpty })
    let names = try Pool.reveal(bench.source, key: try bench.key())
    #expect(aside.map { names[$0.pseudonym] } == ["cut.png", "empty.png", "text.png"])
    try bench.image("text.png", 3)
    let mended = try bench.run()
    #expect([mended.items, mended.quarantined, mended.added] as [Int] == [2, 2, 1])
  }

  @Test("sub-folders that look like classes are classes; patients' folders are not")
  func folders() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for place in 0..<12 {
      try bench.image("train/\(place % 2 == 0 ? "benign" : "malign")/\(place).png", place)
    }
    try bench.image("test/benign/0.png", 100)
    let summary = try bench.run()
    #expect(summary.classes.map(\.name) == ["benign", "malign"])
    #expect(summary.classes.map(\.items) == [7, 6])
    #expect(summary.splits == ["train": 12, "test": 1])
    let patients = try ImportBench()
    defer { patients.remove() }
    for place in 0..<12 { try patients.image("pat\(1000 + place % 2)/\(place).png", place) }
    #expect(try patients.run().classes.isEmpty)
    #expect(try patients.pool().classes.isEmpty)
  }

  @Test("another key, another mode and other classes are refused")
  func refusals() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.write("labels.csv", "file,label\n1.png,x\n")
    try bench.run { $0.classes = ["x", "y"] }
    #expect(try bench.pool().classes == ["x", "y"])
    #expect(throws: PoolError.self) { try bench.run { $0.mode = .segmentation } }
    #expect(throws: PoolError.self) { try bench.run { $0.classes = ["y", "x"] } }
    try FileManager.default.removeItem(at: bench.keyURL)
    #expect(throws: PoolError.self) { try bench.run() }
  }

  @Test("two imports at once are refused")
  func oneWriter() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    var inner: (any Error)?
    try bench.run(probe: { moment in
      if moment == .beforeDecision {
        do { try bench.run() } catch { inner = error }
      }
    })
    #expect(inner is PoolError)
  }
}
