import ActiveLearning
import Evaluation
import Foundation
import Report

extension RoundScores {
  /// How much of the images was annotated, for a report; empty for classification.
  var annotationFacts: [ReportFact] {
    guard let annotated, annotated.pixels > 0 else { return [] }
    let share = 100 * Double(annotated.foreground) / Double(annotated.pixels)
    let facts = [
      ReportFact(
        "annotated", "\(annotated.pixels) pixels, as many as \(annotated.imagesText) images have"),
      ReportFact("of these foreground", String(format: "%.1f %%", share)),
      ReportFact(
        "contour, components", "\(annotated.contour) pixels, \(annotated.components)"),
    ]
    let minutes = annotationSeconds.map {
      ReportFact("annotation by the given rates", String(format: "%.1f minutes", $0 / 60))
    }
    return facts + [minutes].compactMap { $0 }
  }
}

extension AnnotationEffort {
  /// How many images have as many pixels, as it is printed.
  var imagesText: String { String(format: "%.2f", images) }
}
