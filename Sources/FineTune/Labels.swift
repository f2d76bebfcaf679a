import Base
import Models
import Training

extension TrainingRequest {
  /// Whether an image has one class, which heads and scores inside the labels can be made of.
  var hasOneClassPerImage: Bool {
    !model.architecture.isSegmentation && model.outputs == .exclusive
  }

  /// Item → class; empty for segmentation and for several classes an image.
  var classLabels: [Int: Int] {
    if case .classes(let labels) = targets { return labels }
    return [:]
  }

  /// The class of each labelled item.
  var labelledClasses: [Int] {
    let labels = classLabels
    return labelled.map { labels[$0] ?? 0 }
  }

  /// The group of each labelled item; one of its own where none is known.
  var labelledGroups: [Int] { labelled.map { groups[$0] ?? -1 - $0 } }

  /// Whether this round's labels hold a class that the earlier ones do not.
  var bringsNewClass: Bool {
    let labels = classLabels
    let known = Set(earlier.compactMap { labels[$0] })
    return queried.contains { labels[$0].map { !known.contains($0) } ?? false }
  }
}
