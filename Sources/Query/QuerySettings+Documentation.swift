public import Base

/// What stands above the keys of a rule's settings in a configuration that is printed.
private enum Note {
  static let bandwidth = "Width σ of the kernel in units of the median distance of two items."
  static let aggregate = "Segmentation: how the score of an image's pixels becomes one number."
  static let select = "How a batch is made of the scores."
  static let candidates = "The most uncertain items that may be chosen; null for twice the budget."
  static let members = "Members of the committee."
}

extension QuerySettings.Parts: Documented {
  /// What each key means.
  public static let documentation = [
    "score": "What makes an item worth asking for.", "aggregate": Note.aggregate,
    "select": Note.select,
  ]
}

extension QuerySettings.Scored: Documented {
  /// What each key means.
  public static let documentation = ["aggregate": Note.aggregate, "select": Note.select]
}

extension QuerySettings.BALD: Documented {
  /// What each key means.
  public static let documentation = [
    "passes": "Passes with dropout.", "aggregate": Note.aggregate, "select": Note.select,
  ]
}

extension QuerySettings.Committee: Documented {
  /// What each key means.
  public static let documentation = [
    "candidates": Note.candidates, "members": Note.members, "aggregate": Note.aggregate,
  ]
}

extension QuerySettings.Herding: Documented {
  /// What each key means.
  public static let documentation = ["bandwidth": Note.bandwidth]
}

extension QuerySettings.UncertaintyHerding: Documented {
  /// What each key means.
  public static let documentation = [
    "score": "What an item weighs.", "aggregate": Note.aggregate, "bandwidth": Note.bandwidth,
    "rarity": "Whether weights are multiplied by the sum of p_c / n_c over the classes, n_c the "
      + "labels of class c.",
  ]
}

extension QuerySettings.TypiClust: Documented {
  /// What each key means.
  public static let documentation = ["clusters": "The highest number of clusters."]
}

extension QuerySettings.Auto: Documented {
  /// What each key means.
  public static let documentation = [
    "trust": "How far the model deserves trust, and what is done as far as it does not.",
    "aggregate": Note.aggregate, "bandwidth": Note.bandwidth,
  ]
}

extension Auto.Guard: Documented {
  /// What each key means.
  public static let documentation = [
    "score": "The out-of-fold balanced accuracy of full trust.",
    "lead": "The lead over chance at which trust begins.",
    "dice": "The out-of-fold foreground Dice of full trust; it begins at 0.",
    "random": "The share of a batch that is drawn at random without trust.",
  ]
}

extension QuerySettings.ProbCover: Documented {
  /// What each key means.
  public static let documentation = [
    "radius": "Radius δ of the balls on the prepared embeddings; null to find it."
  ]
}

extension QuerySettings.BatchBALD: Documented {
  /// What each key means.
  public static let documentation = [
    "members": Note.members,
    "states": "The highest number of joint configurations of the batch's classes.",
    "candidates": "The items of highest mutual information that may be chosen.",
  ]
}

extension QuerySettings.AIFT: Documented {
  /// What each key means.
  public static let documentation = [
    "views": "Views of each item.",
    "majority": "Share α of the views that is kept, those surest of the majority's class.",
    "extensionFactor": "How many times the budget ω may be drawn from; 1 for the plain ranking.",
    "entropy": "Weight of the entropy.", "diversity": "Weight of the diversity.",
    "form":
      "How the score is summed: clamped, matlab (as the authors' program) or normalised (means, "
      + "for items with different numbers of views).",
  ]
}

extension QuerySettings.DropQuery: Documented {
  /// What each key means.
  public static let documentation = [
    "passes": "Passes with dropout of the head's input.",
    "dropout": "The share of it that is dropped.",
  ]
}

extension QuerySettings.RareClass: Documented {
  /// What each key means.
  public static let documentation = ["share": "The share of the batch that is mined."]
}

extension QuerySettings.DCoM: Documented {
  /// What each key means.
  public static let documentation = [
    "steepness": "How suddenly uncertainty takes over from coverage.",
    "turn": "The share of the pool covered at which it does.",
  ]
}

extension QuerySettings.ClassBalanced: Documented {
  /// What each key means.
  public static let documentation = [
    "exponent": "0 for equal shares; the higher, the more goes to classes with few labels."
  ]
}

extension QuerySettings.ClaSP: Documented {
  /// What each key means.
  public static let documentation = [
    "share": "The share of the batch that is taken class by class.",
    "beta": "How strongly the score decides against the noise.",
  ]
}

extension QuerySettings.AutoPhases: Documented {
  /// What each key means.
  public static let documentation = [
    "coverage": "Labels per class from which coverage may end.",
    "margin": "Labels per class from which gradients choose.",
    "least": "Labels that every class should have when coverage ends.",
  ]
}
