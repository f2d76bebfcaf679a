public import Base

extension SemiSupConfiguration.Thresholds: Documented {
  /// What each key means.
  public static let documentation = [
    "precision": "The share of held-out predictions above the threshold that must be right.",
    "lowest": "No threshold is lower.",
    "highest": "No threshold is higher.",
  ]
}

extension SemiSupConfiguration.OffSwitch: Documented {
  /// What each key means.
  public static let documentation = [
    "enabled": "Whether there is a switch; without one the unlabelled images are always used.",
    "folds": "Folds of the comparison.",
    "share": "Steps of a fold's trainings, as a share of those of the whole.",
    "gain": "The least mean gain over the folds, in balanced accuracy or Dice.",
    "perClass": "The least number of labels of every class (classification).",
    "withForeground": "The least number of labelled images with any foreground (segmentation).",
    "unlabelledPerLabel": "The least number of unlabelled images for each labelled one.",
  ]
}
