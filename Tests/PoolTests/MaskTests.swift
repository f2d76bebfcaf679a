import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("Masks")
struct MaskTests {
  private func bench(masks: [[UInt8]]) throws -> ImportBench {
    let bench = try ImportBench()
    for (place, values) in masks.enumerated() {
      try bench.image("images/\(place).png", place)
      try bench.mask("masks/\(place).png", values)
    }
    return bench
  }

  @Test("images/ and masks/ are paired by name; classes are the values")
  func pairs() throws {
    let bench = try bench(masks: [[0, 1], [0, 2, 255], [0]])
    defer { bench.remove() }
    try bench.image("images/alone.png", 9)
    let summary = try bench.run()
    #expect([summary.items, summary.labels] as [Int] == [4, 3])
    let pool = try bench.pool()
    #expect(try pool.mode == .segmentation)
    #expect(try pool.classes == ["background", "class 1", "class 2"])
    guard case .mask(let hash)? = try pool.currentLabels()[1] else {
      Issue.record("item 1 has no mask")
      return
    }
    let mask = try pool.mask(hash)
    #expect(Array(mask.bytes.prefix(4)) == [0, 2, 255, 0])
    #expect(mask.contentHash() == hash)
  }

  @Test("masks of a labels file, and a folder of masks, give the same pool")
  func table() throws {
    let bench = try bench(masks: [[0, 1], [1]])
    defer { bench.remove() }
    try bench.write(
      "labels.csv",
      "file,mask\nimages/0.png,masks/0.png\nimages/1.png,masks/1.png\n")
    try bench.run()
    let labels = try bench.pool().currentLabels()
    try FileManager.default.removeItem(at: bench.poolURL)
    try bench.run {
      $0.labels = nil
      $0.masks = bench.source.appendingPathComponent("masks")
    }
    #expect(try bench.pool().currentLabels() == labels)
    #expect(try bench.pool().count == 2)
  }

  @Test("a mask of another size sets its image aside")
  func size() throws {
    let bench = try bench(masks: [[0, 1], [0, 1]])
    defer { bench.remove() }
    try bench.mask("masks/1.png", [0, 1], height: 5)
    let summary = try bench.run()
    #expect([summary.items, summary.quarantined] as [Int] == [1, 1])
    #expect(
      try bench.pool().setAside().first?.reason == "its mask is 5 × 10, the image 12 × 10")
  }

  @Test("masks of 0 and 255 are refused until their meaning is said")
  func blackAndWhite() throws {
    let bench = try bench(masks: [[0, 255], [255]])
    defer { bench.remove() }
    #expect(throws: PoolError.self) { try bench.run() }
    #expect(try bench.pool().count == 0)
    try bench.run { $0.maskValues = [0, 255] }
    let pool = try bench.pool()
    #expect(try pool.classes == ["background", "class 1"])
    guard case .mask(let hash)? = try pool.currentLabels()[0] else {
      Issue.record("item 0 has no mask")
      return
    }
    #expect(try Set(pool.mask(hash).bytes) == [0, 1])
  }

  @Test("the masks of annotators are checked all together, and written all or none")
  func answers() throws {
    let bench = try bench(masks: [[0, 1], [0, 2], [0]])
    defer { bench.remove() }
    try bench.run()
    let pool = try bench.pool()
    let answers = bench.scratch.url.appendingPathComponent("source/answers")
    try bench.mask("answers/0.png", [0, 7])
    try bench.mask("answers/1.png", [0, 1], height: 3)
    try bench.mask("answers/77.png", [0])
    try bench.write("answers/2.png", "no image")
    do {
      _ = try LabelAnswers(answers, pool: pool, run: "r")
      Issue.record("no fault was found")
    } catch PoolError.faults(let faults, _) {
      #expect(faults.count == 4)
    }
    #expect(try pool.currentLabels(run: "r").isEmpty)
    try FileManager.default.removeItem(at: answers)
    try bench.mask("answers/2.png", [0, 2, 255])
    let rows = try LabelAnswers(answers, pool: pool, run: "r").rows
    try pool.append(labels: rows)
    #expect(try pool.currentLabels(run: "r").count == 1)
    #expect(try LabelAnswers(answers, pool: pool, run: "r").rows.isEmpty)
    let out = bench.scratch.url.appendingPathComponent("out")
    #expect(try pool.exportMasks(to: out, run: "r") == 1)
    #expect(
      try ImageReader.read(out.appendingPathComponent("2.png")).bytes.prefix(3) == [0, 2, 255])
  }
}

@Suite("Answers in a table")
struct AnswerTableTests {
  private func bench() throws -> ImportBench {
    let bench = try ImportBench()
    for place in 0..<3 { try bench.image("\(place).png", place) }
    try bench.run {
      $0.mode = .classification
      $0.classes = ["x", "y"]
    }
    return bench
  }

  private func faults(_ text: String, _ bench: ImportBench) throws -> [String] {
    try bench.write("to-label.csv", text)
    do {
      _ = try LabelAnswers(bench.source, pool: try bench.pool(), run: "r")
      return []
    } catch PoolError.faults(let faults, _) {
      return faults
    }
  }

  @Test("a filled table becomes labels of the run; empty fields wait")
  func filled() throws {
    let bench = try bench()
    defer { bench.remove() }
    try bench.write("to-label.csv", "item,suggestion,label\n2,x,y\n0,y,x\n1,x,\n")
    let pool = try bench.pool()
    let answers = try LabelAnswers(
      bench.source.appendingPathComponent("to-label.csv"), pool: pool, run: "r", author: "me")
    #expect([answers.rows.count, answers.unfilled] as [Int] == [2, 1])
    try pool.append(labels: answers.rows)
    #expect(try pool.currentLabels(run: "r") == [0: .class(0), 2: .class(1)])
    #expect(try pool.currentLabels().isEmpty)
    let again = try LabelAnswers(bench.source, pool: pool, run: "r")
    #expect([again.rows.count, again.unchanged] as [Int] == [0, 2])
    var text = ""
    try pool.writeLabels(run: "r") { text += $0 }
    let table = text.split(separator: "\n")
    #expect(table.count == 3)
    #expect(table[1].hasPrefix("0,x,me,") && table[1].hasSuffix(",annotator"))
  }

  @Test(
    "each fault of a table is told",
    arguments: [
      ("item,label\n9,x\n", "line 2: it names no item of this pool (0 to 2)"),
      ("item,label\nabc,x\n", "line 2: it names no item of this pool (0 to 2)"),
      ("item,label\n1,z\n", "line 2: its label is none of x, y"),
      ("item,label\n1,x\n1,y\n", "line 3: item 1 is named on line 2 already"),
      ("item,label\n1,x,2\n", "line 2: 3 fields, the header has 2"),
      ("number,label\n1,x\n", "the columns `item` and `label` are needed"),
      ("item,label\n1,\"x\n", "a quotation mark is not closed or out of place"),
      ("", "the columns `item` and `label` are needed"),
    ])
  func fault(text: String, fault: String) throws {
    let bench = try bench()
    defer { bench.remove() }
    #expect(try faults(text, bench) == [fault])
    #expect(try bench.pool().history(run: nil).isEmpty)
  }

  @Test("all faults are told at once")
  func together() throws {
    let bench = try bench()
    defer { bench.remove() }
    #expect(try faults("item,label\n9,x\n1,z\n2,x\n2,x\n", bench).count == 3)
  }
}

@Suite("Labels files")
struct LabelTableTests {
  @Test(
    "each fault is told with its line",
    arguments: [
      ("label\nx\n", "there is no column 'file'; the columns are label"),
      ("file,label\n1.png,x\n,y\n", "line 3: no file"),
      ("file,label\n1.png,x\n1.png,y\n", "line 3: the file of line 2 again"),
      ("file,label,split\n1.png,x,later\n", "line 2: its split is none of train, val, test"),
      (
        "file,group,split\n1.png,g,train\n2.png,g,test\n",
        "line 3: its group stands in test, but on line 2 in train"
      ),
      ("file,label\nabsent.png,x\n", "line 2: there is no such image in the source"),
      ("file,mask\n1.png,absent.png\n", "line 2: there is no such mask"),
      ("file,label\n1.png,x\n./1.png,x\n", "line 3: the image of an earlier line again"),
      ("file,label\n../secret.png,x\n", "line 2: there is no such image in the source"),
      ("file,label\n1.png\n2.png,x\n", "line 2: 1 fields, the header has 2"),
    ])
  func fault(text: String, fault: String) throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.image("2.png", 2)
    try bench.write("labels.csv", text)
    do {
      try bench.run()
      Issue.record("no fault was found")
    } catch PoolError.faults(let faults, _) {
      #expect(faults == [fault])
    }
    #expect(try bench.pool().count == 0)
  }

  @Test("a column that was asked for must be there")
  func columns() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.write("labels.csv", "file;dx;patient\n1.png;nv;7\n")
    #expect(throws: PoolError.self) { try bench.run { $0.columns.group = "case" } }
    try bench.run {
      $0.columns.label = "dx"
      $0.columns.group = "patient"
    }
    #expect(try bench.pool().classNames() == [0: "nv"])
  }

  @Test("a labels file that is no text is refused")
  func noText() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.write("labels.csv", Data([0x66, 0xff, 0xfe, 0x0a]))
    #expect(throws: PoolError.self) { try bench.run() }
  }
}
