import Base
import Foundation
import GRDB
import Pool
import Testing

@Suite("Labels of large pools")
struct LabelCountTests {
  private func row(_ item: Int, _ value: Int, _ source: LabelSource, run: String = "") -> LabelRow {
    LabelRow(
      item: item, label: .class(value), author: "reader", time: Date(timeIntervalSince1970: 5),
      source: source, run: run)
  }

  /// Rows drawn at random: items labelled again and again, in two ledgers, from three sources.
  private func fill(_ pool: Pool, rows: Int = 400) throws {
    var generator = RandomKey(seed: 3).generator()
    func draw(_ count: UInt64) -> Int { Int(generator.next() % count) }
    try pool.append(
      labels: (0..<rows).map { _ in
        row(
          draw(60), draw(3), [.truth, .imported, .annotator][draw(3)],
          run: ["", "a"][draw(2)])
      })
  }

  private func recount(_ pool: Pool) throws -> [Int] {
    let classes = try pool.currentLabels().values.map { label -> Int in
      if case .class(let value) = label { value } else { -1 }
    }
    return (0..<3).map { value in classes.count { $0 == value } }
  }

  @Test("the overview counts what a look at every label would count")
  func counts() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(80, classes: ["a", "b", "c"])
    defer { scratch.remove() }
    try fill(pool)
    let overview = try pool.overview()
    #expect(overview.classes.map(\.items) == (try recount(pool)))
    #expect(overview.labelled == (try pool.currentLabels().count))
    #expect(overview.labelled < 60 + 1)
  }

  @Test("a pool of the first version is brought up to date, with its labels counted")
  func migrated() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(80, classes: ["a", "b", "c"])
    defer { scratch.remove() }
    try fill(pool)
    let before = try pool.overview()
    let file = pool.url.appendingPathComponent("pool.sqlite")
    try DatabaseQueue(path: file.path).write { db in
      try db.execute(
        sql: """
          DROP TRIGGER labelIsCounted; DROP TABLE labelCount; DROP INDEX labelInOrder;
          DROP INDEX labelByMask; DROP INDEX sourceByMask; DROP INDEX sourceByContent;
          DROP INDEX labelByRun; CREATE INDEX labelByRun ON label(run, item, id);
          DELETE FROM grdb_migrations WHERE identifier = '2 pages and counts';
          """)
    }
    let again = try Pool.open(pool.url)
    #expect(try again.overview() == before)
    try again.append(labels: [row(79, 2, .annotator)])
    #expect(try again.overview().labelled == before.labelled + 1)
  }

  @Test("labels of some items are those of all items, source by source and run by run")
  func someItems() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(80, classes: ["a", "b", "c"])
    defer { scratch.remove() }
    try fill(pool)
    let some = [3, 70, 12, 59]
    for run in ["", "a"] {
      for sources: Set<LabelSource>? in [nil, [.truth, .imported], [.annotator]] {
        let all = try pool.currentLabels(run: run, sources: sources)
        #expect(
          try pool.currentLabels(of: some, run: run, sources: sources)
            == all.filter { some.contains($0.key) })
      }
    }
    let truth = try pool.truth(of: 0..<80)
    #expect(
      try pool.itemsWithTruth(in: .test) == pool.ids(in: .test).filter { truth[$0] != nil })
    let classes = try pool.currentClasses(sources: [.truth, .imported])
    for item in 0..<80 { #expect(classes[item].map(Label.class) == truth[item]) }
  }

  @Test("a table longer than a page holds every item once, or every row in order")
  func pages() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(2500)
    defer { scratch.remove() }
    try pool.append(labels: (0..<2500).reversed().map { row($0, $0 % 2, .imported) })
    try pool.append(labels: (0..<1500).map { row($0, 1, .annotator) })
    func lines(history: Bool = false) throws -> [Substring] {
      var text = ""
      try pool.writeLabels(history: history) { text += $0 }
      return text.split(separator: "\n").dropFirst().map { $0 }
    }
    let current = try lines()
    #expect(current.map { $0.prefix { $0 != "," } } == (0..<2500).map { "\($0)" })
    #expect(current[1499].contains(",b,") && current[1499].hasSuffix("annotator"))
    #expect(current[1500].contains(",a,") && current[1500].hasSuffix("import"))
    let history = try lines(history: true)
    #expect(history.count == 4000 && history[0].hasPrefix("2499,"))
    #expect(history[3999].hasPrefix("1499,"))
  }
}
