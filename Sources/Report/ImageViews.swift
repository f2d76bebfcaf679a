import Evaluation

/// The images that were chosen, by round.
struct PicksView {
  let words: String
  let rounds: [RoundView]

  init?(_ report: DatasetReport) {
    guard !report.picks.isEmpty else { return nil }
    let all = max(report.pickCount ?? 0, report.picks.count)
    let shown = report.picks.count
    words =
      all > shown
      ? "\(shown) of \(all) chosen images, in the order of choice." : "In the order of choice."
    let byRound = Dictionary(grouping: report.picks, by: \.round)
    rounds = byRound.keys.sorted().map { round in
      RoundView(
        heading: "Round \(round)",
        images: byRound[round, default: []].map(PickView.init))
    }
  }
}

/// One round of choices.
struct RoundView {
  let heading: String
  let images: [PickView]
}

/// One chosen image.
struct PickView {
  let item: Int
  let source: String
  let reason: String
  let utility: String?
  let label: String?

  init(_ pick: PickedImage) {
    item = pick.item
    source = pick.image.source
    reason = plain(pick.reason)
    utility = pick.utility.map { Wording.score($0) }
    label = pick.label.map(plain)
  }
}

/// Predictions over test images beside the truth.
struct PredictionsView {
  let cases: [CaseView]
  let isSegmentation: Bool
  let classes: [ClassKeyView]

  init?(_ report: DatasetReport, prefix: String) {
    guard !report.predictions.isEmpty else { return nil }
    isSegmentation = report.mode == .segmentation
    cases = report.predictions.enumerated().map {
      CaseView($0.element, id: "\(prefix)-\($0.offset + 1)")
    }
    classes = report.classes.enumerated().dropFirst().map { place, name in
      ClassKeyView(key: plain(name), hue: "class\(place % ClassColour.count)")
    }
  }
}

/// The colour of a class.
struct ClassKeyView {
  let key: String
  let hue: String
}

/// One test image: two or three pictures side by side with a caption.
struct CaseView {
  let item: Int
  let panels: [PanelView]
  let verdict: String?
  let answer: String?
  let outcome: String
  let remark: String

  init(_ prediction: PredictedImage, id: String) {
    item = prediction.item
    remark = plain(prediction.note)
    let whole = PanelView(prediction, id, nil, called: "image")
    switch prediction.outcome {
    case .label(let predicted, let truth, let confidence):
      let sure = confidence.map { " (\(Int(($0 * 100).rounded())) %)" } ?? ""
      verdict = plain(predicted + sure)
      answer = truth.map { plain("truth \($0)") }
      outcome = truth.map { $0 == predicted ? "right" : "wrong" } ?? "open"
      panels = [whole]
    case .mask(let predicted, let truth):
      verdict = nil
      answer = nil
      outcome = "open"
      panels =
        [whole]
        + (truth.map { [PanelView(prediction, id, $0, called: "truth")] } ?? [])
        + [PanelView(prediction, id, predicted, called: "model")]
    }
  }
}

/// One picture of a case.
struct PanelView {
  let panel: String
  let picture: String

  /// The picture under its id, or, over what the id names, a map.
  init(_ prediction: PredictedImage, _ id: String, _ map: LabelMap?, called name: String) {
    panel = name
    picture = Overlay(
      image: prediction.image, id: id, map: map, title: "Image \(prediction.item), \(name)"
    ).markup()
  }
}
