import Evaluation
import Foundation
import Report
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ReportTests {
  @Test("the page is well-formed and needs nothing from outside")
  func selfContained() throws {
    let page = try Report.html(SampleReport.content)
    #expect(isWellFormed(page))
    #expect(!page.contains("<script") && !page.contains("<link") && !page.contains("@import"))
    let addresses = page.matches(of: /(?:href|src|url)\s*[=(]\s*["']?([^"')\s]+)/).map(\.1)
    #expect(!addresses.isEmpty)
    #expect(addresses.allSatisfy { $0.hasPrefix("data:image/") || $0.hasPrefix("#") })
    let links = page.matches(of: /https?:\/\/[^"\s]+/).map(\.0)
    #expect(Set(links) == ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"])
  }

  @Test("its first line says what the run can show")
  func firstLine() throws {
    let page = try Report.html(SampleReport.content)
    let body = try #require(page.range(of: "<body>"))
    let first = page[body.upperBound...].prefix(120)
    #expect(first.contains("<p class=\"statement\">Made-up numbers that show every part"))
  }

  @Test("every part is on the page")
  func parts() throws {
    let text = visible(try Report.html(SampleReport.content))
    for words in [
      "Labels saved", "fewer labels than random selection", "Learning curves on the test set",
      "Which images were chosen, and why", "covers 31 images", "14 of 80 chosen images",
      "What the model says about test images", "Truth and prediction", "Dice of each class",
      "Recall of each class", "Can confidence be believed?", "Computing time", "10 min 39 s in all",
      "Pitfalls of such studies", "Settings and versions", "2.13.0", "start: 10",
      "Research use only; not a medical device.",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("hostile text stays text")
  func hostileText() throws {
    var content = SampleReport.content
    let hostile = "<script>alert(1)</script> & \"'><\u{338}img onerror=x> \u{0}\u{8}]]>"
    content.title = hostile
    content.statement = hostile
    content.settings = hostile
    content.facts = [ReportFact(hostile, hostile)]
    content.checklist = [ChecklistItem(hostile, .open, note: hostile)]
    content.timings = [StageTime(hostile, seconds: 1)]
    content.datasets[0].name = hostile
    content.datasets[0].summary = hostile
    content.datasets[0].classes = [hostile, hostile, hostile]
    content.datasets[0].classScores = [ClassScore(hostile, 0.5)]
    content.datasets[0].picks[0].reason = hostile
    content.datasets[0].predictions[0].note = hostile
    content.datasets[0].rows = content.datasets[0].rows.map { row in
      var row = row
      row.dataset = hostile
      if row.arm == "auto" { row.arm = hostile }
      return row
    }
    content.datasets[0].mainArm = hostile
    let page = try Report.html(content)
    #expect(isWellFormed(page))
    #expect(!page.contains("<script") && !page.contains("<img onerror"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test("a run without a study, images or settings leaves those parts out")
  func sparse() throws {
    let page = try Report.html(
      ReportContent(
        title: "One round", statement: "Nothing measured yet.",
        datasets: [DatasetReport(name: "mine", mode: .classification)]))
    #expect(isWellFormed(page))
    for words in ["Labels saved", "Computing time", "Pitfalls", "Settings", "Which images"] {
      #expect(!page.contains(words), "\(words)")
    }
    #expect(page.contains("mine"))
  }

  @Test("the text of a small report")
  func snapshot() throws {
    var content = ReportContent(title: "Small", statement: "Two seeds cannot prove a saving.")
    let rows = [1, 2].flatMap { seed in
      [0.5, 0.7, 0.8].enumerated().flatMap { round, score in
        [
          row("random", seed, round, 20 << round, score),
          row("auto", seed, round, 10 << round, score),
        ]
      } + [row("full", seed, 0, 500, 0.8)]
    }
    content.datasets = [DatasetReport(name: "brain", mode: .segmentation, rows: rows)]
    content.timings = [StageTime("compare", seconds: 75)]
    let text = visible(try Report.html(content)).split(separator: "\n")
    let start = try #require(text.firstIndex(of: "Labels saved"))
    #expect(
      text[start..<(start + 6)].map(String.init) == [
        "Labels saved", "brain", "2.00×", "fewer labels than random selection",
        "To 95 % of the full-label mean Dice (0.800): auto 30 labels, random 61.",
        "2 paired seeds: no interval, an observation and no proof.",
      ])
    let table = try #require(text.firstIndex { $0.hasPrefix("Interval at 95 %") })
    let cells = text[table...].joined(separator: " ")
    #expect(cells.contains("brain auto 23 30 36 2.00× 2.00× 2.00× none (2 seeds) 0.675 0.000 2"))
    #expect(cells.contains("random 46 61 72 1 1 1 – 0.675 – 2"))
  }

  @Test("the page is written whole, and may be kept to look at")
  func write() throws {
    let kept = ProcessInfo.processInfo.environment["MODICUM_KEEP_REPORT"]
    let folder =
      kept.map { URL(fileURLWithPath: $0) }
      ?? FileManager.default.temporaryDirectory.appendingPathComponent("report-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { if kept == nil { try? FileManager.default.removeItem(at: folder) } }
    let file = folder.appendingPathComponent("report.html")
    try Report.write(SampleReport.content, to: file)
    let page = try String(contentsOf: file, encoding: .utf8)
    #expect(page == (try Report.html(SampleReport.content)))
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
  }

  @Test("content survives JSON, so that a report can be made again")
  func roundTrip() throws {
    let data = try JSONEncoder().encode(SampleReport.content)
    #expect(try JSONDecoder().decode(ReportContent.self, from: data) == SampleReport.content)
  }

  private func row(
    _ arm: String, _ seed: Int, _ round: Int, _ labels: Int, _ value: Double
  ) -> ResultRow {
    ResultRow(
      dataset: "brain", mode: .segmentation, arm: arm, seed: seed, round: round, labels: labels,
      metric: "dice", value: value, seconds: 1)
  }

  private func isWellFormed(_ page: String) -> Bool {
    let parser = XMLParser(data: Data(page.utf8))
    let isGood = parser.parse()
    if !isGood {
      Issue.record("line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
    return isGood
  }

  /// The text between tags, a line for each piece, without style sheet and drawings.
  private func visible(_ page: String) -> String {
    let parser = XMLParser(data: Data(page.utf8))
    let reader = TextReader()
    parser.delegate = reader
    #expect(parser.parse())
    return reader.pieces.joined(separator: "\n")
  }
}

private final class TextReader: NSObject, XMLParserDelegate {
  var pieces: [String] = []
  private var hidden = 0
  private var piece = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    finish()
    if name == "style" || name == "svg" { hidden += 1 }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    finish()
    if name == "style" || name == "svg" { hidden -= 1 }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { piece += text }

  private func finish() {
    let text = piece.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if hidden == 0, !text.isEmpty { pieces.append(text) }
    piece = ""
  }
}
