import Base
import Foundation
import GRDB
import Pool
import Testing

@Suite("Several classes an image")
struct MultiLabelTests {
  private func imported(
    _ bench: ImportBench, _ table: String, images: Int = 4
  ) throws -> ImportSummary {
    for number in 0..<images { try bench.image("\(number).png", number) }
    try bench.write("labels.csv", table)
    return try bench.run { ($0.mode, $0.listedOnly) = (.multiLabel, true) }
  }

  /// Label by item, in the order of the files.
  private func labels(_ bench: ImportBench) throws -> [Label?] {
    let pool = try bench.pool()
    let current = try pool.currentLabels()
    return try pool.ids().map { current[$0] }
  }

  @Test("come from a column of 0 and 1 for each class; no class and no label are two things")
  func columns() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    let summary = try imported(
      bench,
      "file,group,cold,flu,cough\n0.png,a,1,0,1\n1.png,b,0,0,0\n2.png,c,,,\n3.png,d,0.0,1.0,0\n")
    #expect(summary.mode == .multiLabel)
    #expect(summary.labels == 3)
    #expect(summary.classes.map(\.name) == ["cold", "flu", "cough"])
    #expect(summary.classes.map(\.items) == [1, 1, 1])
    #expect(try labels(bench) == [.classes([0, 2]), .classes([]), nil, .classes([1])])
    let whole = try bench.contents()
    #expect(try bench.run { $0.mode = .multiLabel }.added == 0)
    #expect(try bench.contents() == whole)
  }

  @Test("come as a list in the label's cell, in any order, - for none of them")
  func lists() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    _ = try imported(
      bench, "file,label\n0.png,flu|cold\n1.png,-\n2.png,\n3.png,cold | flu|flu\n")
    #expect(try bench.pool().classes == ["cold", "flu"])
    #expect(try labels(bench) == [.classes([0, 1]), .classes([]), nil, .classes([0, 1])])
  }

  @Test("come from an archive with a 0 or 1 for every class, with those that no image has")
  func archive() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    let rows: [[UInt8]] = [[1, 0, 0], [0, 0, 0], [1, 1, 0], [0, 1, 0], [1, 0, 0], [0, 0, 0]]
    let arrays = ["train", "val", "test"].enumerated().flatMap { number, part in
      [
        (
          "\(part)_images",
          ArchiveTests.npy("|u1", "(2, 2, 2)", Data((0..<8).map { UInt8($0 + 8 * number) }))
        ),
        (
          "\(part)_labels",
          ArchiveTests.npy("|u1", "(2, 3)", Data(rows[2 * number..<2 * number + 2].flatMap(\.self)))
        ),
      ]
    }
    try bench.write("chest.npz", ArchiveTests.archive(arrays))
    let summary = try bench.run()
    #expect(summary.mode == .multiLabel && summary.items == 6)
    #expect(try bench.pool().classes == ["0", "1", "2"])
    let expected = rows.map { row in Label.classes(Set(row.indices.filter { row[$0] == 1 })) }
    #expect(try labels(bench) == expected)
  }

  @Test("a cell that is no 0 or 1, a class without a name and a table without classes are refused")
  func faults() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    let cases = [
      ("file,cold\n0.png,2\n", "a class holds neither 0 nor 1"),
      ("file,cold,flu\n0.png,1,\n", "a class holds neither 0 nor 1"),
      ("file,cold|flu\n0.png,1\n", "no class can be called 'cold|flu'"),
      ("file,group\n0.png,1\n", "nor a column for each class"),
    ]
    for (table, words) in cases {
      let error = #expect(throws: PoolError.self) { _ = try imported(bench, table, images: 1) }
      #expect(error?.what.contains(words) == true, "\(words): \(error as Any)")
    }
  }

  @Test("copies with one set are merged, with two they are held")
  func copies() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for (name, seed) in [("0", 1), ("1", 1), ("2", 2), ("3", 2)] {
      try bench.image("\(name).png", seed)
    }
    try bench.write("labels.csv", "file,a,b\n0.png,1,1\n1.png,1,1\n2.png,1,0\n3.png,0,1\n")
    let summary = try bench.run { ($0.mode, $0.listedOnly) = (.multiLabel, true) }
    #expect([summary.items, summary.merged, summary.held] as [Int] == [1, 1, 2])
  }

  @Test("answers are lists too; what is said already is not said again")
  func answers() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    _ = try imported(
      bench, "file,a,b\n0.png,1,0\n1.png,,\n2.png,,\n3.png,,\n")
    let pool = try bench.pool()
    let file = bench.scratch.url.appendingPathComponent("to-label.csv")
    try Data("item,label,suggestion,confidence\n0,a,,\n1,b|a,,\n2,-,,\n3,,,\n".utf8).write(to: file)
    let answers = try LabelAnswers(file, pool: pool)
    #expect(answers.rows.map(\.label) == [.classes([0, 1]), .classes([])])
    #expect(answers.unchanged == 1 && answers.unfilled == 1)
    try pool.append(labels: answers.rows)
    var text = ""
    try pool.writeLabels { text += $0 }
    let fields = text.split(separator: "\n").map { $0.split(separator: ",").prefix(2) }
    #expect(
      fields.map(Array.init) == [["item", "label"], ["0", "a"], ["1", "a|b"], ["2", "-"]])
    try Data("item,label\n3,a|c\n".utf8).write(to: file)
    let error = #expect(throws: PoolError.self) { _ = try LabelAnswers(file, pool: pool) }
    #expect(error?.what.contains("none of a, b, nor several of them") == true)
  }

  @Test("labels of another kind, and classes that are not there, are refused")
  func kinds() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    _ = try imported(bench, "file,a,b\n0.png,1,0\n", images: 1)
    let pool = try bench.pool()
    for label in [Label.class(0), .mask("0"), .classes([0, 2]), .classes([-1])] {
      #expect(throws: PoolError.self) {
        try pool.append(
          labels: [LabelRow(item: 0, label: label, author: "a", source: .annotator)])
      }
    }
  }

  @Test("a ledger from before keeps its rows, its counts and its lock")
  func older() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(3, classes: ["a", "b"])
    defer { scratch.remove() }
    try pool.append(labels: [
      LabelRow(item: 0, label: .class(1), author: "x", source: .annotator),
      LabelRow(item: 0, label: .class(0), author: "x", source: .annotator),
      LabelRow(item: 2, label: .class(1), author: "x", source: .truth, run: "r"),
    ])
    let before = (try pool.currentLabels(), try pool.currentLabels(run: "r"), try pool.overview())
    let queue = try DatabaseQueue(path: pool.url.appendingPathComponent("pool.sqlite").path)
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE old (
            id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL REFERENCES item(id),
            run TEXT NOT NULL, class INTEGER REFERENCES class(id), mask TEXT, author TEXT NOT NULL,
            time REAL NOT NULL, source INTEGER NOT NULL,
            CHECK ((class IS NULL) <> (mask IS NULL)));
          INSERT INTO old SELECT id, item, run, class, mask, author, time, source FROM label;
          DROP TABLE label;
          ALTER TABLE old RENAME TO label;
          DELETE FROM grdb_migrations WHERE identifier = 'several classes';
          """)
    }
    let now = try Pool.open(pool.url)
    #expect(try now.currentLabels() == before.0)
    #expect(try now.currentLabels(run: "r") == before.1)
    #expect(try now.overview() == before.2)
    #expect(try now.history(run: nil).map(\.number) == [1, 2, 3])
    try now.append(labels: [LabelRow(item: 1, label: .class(0), author: "x", source: .annotator)])
    #expect(try now.overview().classes.map(\.items) == [2, 0])
    #expect(throws: (any Error).self) {
      try queue.write { try $0.execute(sql: "UPDATE label SET author = 'y'") }
    }
    #expect(throws: (any Error).self) {
      try queue.write { try $0.execute(sql: "DELETE FROM label") }
    }
  }
}
