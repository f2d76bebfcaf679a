/// What the current head has shown on labelled items that it was not trained on.
///
/// `auto` asks it before it lets the head's uncertainty choose.
public struct Trust: Sendable, Codable, Equatable {
  /// The out-of-fold score: balanced accuracy, or the mean Dice over the foreground classes.
  public var score: Double
  /// The lower end of its 95 % interval.
  public var low: Double
  /// The upper end of its 95 % interval.
  public var high: Double
  /// The score of a guess; nil where it follows from the number of classes.
  public var chance: Double?

  /// A score with its interval, all of 0…1.
  public init(score: Double, low: Double, high: Double, chance: Double? = nil) {
    (self.score, self.low, self.high, self.chance) = (score, low, high, chance)
  }
}
