import Training

extension TrainingRequest {
  /// Item → class; empty for segmentation.
  var classLabels: [Int: Int] {
    if case .classes(let labels) = targets { return labels }
    return [:]
  }
}
