public import Evaluation
public import Pool

extension StudyMode {
  /// What is learnt from a pool of that mode; one without labels yet counts as classification.
  public init(_ mode: PoolMode?) {
    switch mode {
    case .classification, nil: self = .classification
    case .segmentation: self = .segmentation
    case .multiLabel: self = .multiLabel
    }
  }
}
