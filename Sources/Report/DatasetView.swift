import Evaluation

/// One data set's part of the page.
struct DatasetView {
  let name: String
  let anchor: String
  let mode: String
  let summary: String?
  let about: [FactView]
  let hasAbout: Bool
  let curve: CurveView?
  let scores: ScoreView?
  let confusion: ConfusionView?
  let reliability: String?
  /// Whether one of the two that stand side by side is there.
  let hasPair: Bool
  let picks: PicksView?
  let predictions: PredictionsView?

  init(_ study: DatasetStudy, number: Int) {
    let report = study.report
    name = plain(report.name)
    anchor = "set\(number)"
    mode = report.mode.rawValue
    summary = report.summary.isEmpty ? nil : plain(report.summary)
    about = report.facts.map(FactView.init)
    hasAbout = !report.facts.isEmpty
    curve = CurveView(study, id: "curve\(number)")
    scores = ScoreView(report, id: "scores\(number)")
    confusion = report.confusion.flatMap { ConfusionView($0, classes: report.classes) }
    reliability =
      ReliabilityChart(bins: report.reliability).figure()?.markup(id: "reliability\(number)")
    hasPair = confusion != nil || reliability != nil
    picks = PicksView(report)
    predictions = PredictionsView(report, prefix: "image\(number)")
  }
}

/// Learning curves with their legend.
struct CurveView {
  let figure: String
  let metric: String
  let legend: [LegendView]

  init?(_ study: DatasetStudy, id: String) {
    guard let curves = study.curves,
      let drawing = CurveChart(curves: curves, arms: study.arms, styles: study.styles).figure()
    else { return nil }
    figure = drawing.markup(id: id)
    metric = Wording.metric(curves.metric)
    legend = study.arms.map { arm in
      LegendView(
        arm: plain(arm), seeds: Wording.count(curves.arms[arm]?.count ?? 0, "seed"),
        swatch: Self.swatch(study.styles[arm] ?? ArmStyle(index: nil)))
    }
  }

  private static func swatch(_ style: ArmStyle) -> String {
    Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "swatch", "viewBox": "0 0 34 12",
        "aria-hidden": "true",
      ],
      [
        Draw.polyline([(1, 6), (33, 6)], "\(style.colour) mean", dashes: style.dashes),
        style.marker(17, 6),
      ]
    ).markup
  }
}

/// One arm in the legend.
struct LegendView {
  let arm: String
  let seeds: String
  let swatch: String
}

/// A score for each class.
struct ScoreView {
  let figure: String
  let metric: String

  init?(_ report: DatasetReport, id: String) {
    let isSegmentation = report.mode == .segmentation
    metric =
      switch report.mode {
      case .classification: "Recall"
      case .segmentation: "Dice"
      case .multiLabel: "Average precision"
      }
    let chart = BarChart.classes(
      report.classScores, title: "\(metric) of each class", isSegmentation: isSegmentation)
    guard let drawing = chart.figure() else { return nil }
    figure = drawing.markup(id: id)
  }
}

/// Truth against prediction as a table whose cells are shaded by the share of their row.
struct ConfusionView {
  let columns: [String]
  let rows: [ConfusionRowView]

  init?(_ matrix: ConfusionMatrix, classes: [String]) {
    guard matrix.total > 0 else { return nil }
    let names = (0..<matrix.classes).map { place in
      plain(place < classes.count ? classes[place] : "class \(place)")
    }
    columns = names
    rows = names.indices.map { row in
      let support = matrix.support(of: row)
      let cells = names.indices.map { column in
        let share = support == 0 ? 0 : Double(matrix[row, column]) / Double(support)
        return ConfusionCellView(
          count: matrix[row, column], shade: Int((share * 10).rounded()), isRight: row == column)
      }
      return ConfusionRowView(
        truth: names[row], cells: cells, recall: Wording.score(matrix.recall(of: row)))
    }
  }
}

/// One true class.
struct ConfusionRowView {
  let truth: String
  let cells: [ConfusionCellView]
  let recall: String
}

/// How many cases of one class were called another.
struct ConfusionCellView {
  let count: Int
  /// 0 … 10: the share of the row in tenths.
  let shade: Int
  let isRight: Bool
}
