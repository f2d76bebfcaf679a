public import Base

extension SemiSupConfiguration.Thresholds: Documented {
  /// What each key means.
  public static let documentation = [
    "precision": "The share of held-out predictions above the threshold that must be right.",
    "lowest": "No threshold is lower.",
    "highest": "No threshold is higher.",
  ]
}
