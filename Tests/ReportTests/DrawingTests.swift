import Evaluation
import Foundation
import Report
import Testing

@Suite struct DrawingTests {
  @Test("each doubling of the labels takes the same space, and scores are to scale")
  func curve() throws {
    let page = try Report.html(
      content([(10, 0.5), (20, 0.7), (40, 0.75), (160, 0.8)], full: 0.9))
    // The legend's sample line comes first on the page and has two points.
    let lines = page.matches(of: /<polyline points="([^"]*)" class="arm0 mean"/).map { match in
      match.1.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
    }
    let drawn = try #require(lines.first { $0.count == 4 })
    let step = drawn[1][0] - drawn[0][0]
    // Coordinates are written to a tenth.
    #expect(abs(drawn[2][0] - drawn[1][0] - step) < 0.11)
    #expect(abs(drawn[3][0] - drawn[2][0] - 2 * step) < 0.21)
    let scale = (drawn[0][1] - drawn[1][1]) / 0.2
    #expect(scale > 0)
    #expect(abs(drawn[1][1] - drawn[2][1] - 0.05 * scale) < 0.11)
    #expect(abs(drawn[0][1] - drawn[3][1] - 0.3 * scale) < 0.21)
    let full = try #require(
      page.firstMatch(of: /<line x1="[^"]*" y1="([^"]*)" x2="[^"]*" y2="([^"]*)" class="reference"/)
    )
    #expect(full.1 == full.2)
    #expect(abs((Double(full.1) ?? 0) - (drawn[0][1] - 0.4 * scale)) < 0.31)
  }

  @Test("drawings have a title and a description")
  func accessible() throws {
    let page = try Report.html(SampleReport.content)
    let figures = page.matches(of: /<svg [^>]*class="figure"[^>]*aria-labelledby="([^"]*)"/)
    #expect(figures.count == 7)
    for figure in figures {
      for id in figure.1.split(separator: " ") {
        #expect(page.contains("id=\"\(id)\""), "\(id)")
      }
    }
    let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count, "ids are unlike one another")
    let tables = page.matches(of: /<table/).count
    #expect(page.matches(of: /<caption>/).count == tables)
  }

  @Test("an outline runs around the mask and cuts its corners by half a pixel")
  func outline() throws {
    let map = LabelMap([0, 0, 0, 0, 0, 3, 3, 0, 0, 3, 3, 0, 255, 0, 0, 0], width: 4, height: 4)
    let page = try Report.html(over(map))
    let paths = page.matches(of: /<path d="([^"]*)"[^>]*class="tint class3"/).map { String($0.1) }
    #expect(paths == ["M1.5 1L2.5 1L3 1.5L3 2.5L2.5 3L1.5 3L1 2.5L1 1.5Z"])
    #expect(!page.contains("class=\"tint class0\"") && !page.contains("class=\"tint class7\""))
  }

  @Test("a hole is a loop of its own")
  func hole() throws {
    let ring: [UInt8] = [1, 1, 1, 1, 0, 1, 1, 1, 1]
    let page = try Report.html(over(LabelMap(ring, width: 3, height: 3)))
    let path = try #require(page.firstMatch(of: /<path d="([^"]*)"[^>]*class="tint class1"/))
    #expect(path.1.count { $0 == "M" } == 2)
    #expect(page.contains("fill-rule=\"evenodd\""))
  }

  @Test("a picture's bytes stand on the page once, whatever is drawn over it")
  func pictureOnce() throws {
    let page = try Report.html(over(LabelMap([1], width: 1, height: 1)))
    #expect(page.matches(of: /data:image/).count == 1)
    #expect(page.contains("<use href=\"#image1-1\"/>"))
  }

  @Test("text stands out from its ground by 4.5 : 1, light and dark")
  func contrast() throws {
    let page = try Report.html(SampleReport.content)
    let blocks = page.matches(of: /:root \{([^}]*--ground[^}]*)\}/).map { colours(String($0.1)) }
    #expect(blocks.count == 3)
    for block in blocks {
      let card = try #require(block["card"] ?? block["ground"])
      for name in ["ink", "soft", "accent", "random", "good", "bad"] + (0..<6).map({ "arm\($0)" }) {
        #expect(ratio(try #require(block[name]), card) >= 4.5, "\(name)")
      }
      let notice = ratio(try #require(block["notice-ink"]), try #require(block["notice"]))
      #expect(notice >= 4.5)
    }
  }

  private func content(_ points: [(Int, Double)], full: Double) -> ReportContent {
    let rows = points.enumerated().map { row("auto", $0.offset, $0.element.0, $0.element.1) }
    return ReportContent(
      title: "Curve", statement: "One curve.",
      datasets: [
        DatasetReport(
          name: "set", mode: .segmentation, rows: rows + [row("full", 0, 500, full)])
      ])
  }

  private func over(_ map: LabelMap) -> ReportContent {
    let image = ReportImage(
      data: greyPicture([9], width: 1, height: 1), width: map.width, height: map.height)
    return ReportContent(
      title: "Mask", statement: "One mask.",
      datasets: [
        DatasetReport(
          name: "set", mode: .segmentation,
          predictions: [
            PredictedImage(item: 1, image: image, outcome: .mask(predicted: map, truth: nil))
          ])
      ])
  }

  private func row(_ arm: String, _ round: Int, _ labels: Int, _ value: Double) -> ResultRow {
    ResultRow(
      dataset: "set", mode: .segmentation, arm: arm, seed: 1, round: round, labels: labels,
      metric: "dice", value: value, seconds: 1)
  }

  private func colours(_ block: String) -> [String: UInt32] {
    var found: [String: UInt32] = [:]
    for match in block.matches(of: /--([a-z0-9-]+):\s*#([0-9a-f]{3,6})/) {
      let digits = String(match.2)
      let long = digits.count == 6 ? digits : digits.map { "\($0)\($0)" }.joined()
      found[String(match.1)] = UInt32(long, radix: 16)
    }
    return found
  }

  /// The contrast of WCAG 2.
  private func ratio(_ first: UInt32, _ second: UInt32) -> Double {
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private func luminance(_ colour: UInt32) -> Double {
    let parts = [16, 8, 0].map { shift -> Double in
      let value = Double(colour >> shift & 255) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
