/// What cross-validation inside the labels says of a model, with a 95 % interval.
///
/// It is optimistic: actively chosen labels are no random sample, and the trunk may have seen the
/// held-out images.
public struct OutOfFoldScore: Codable, Sendable, Equatable {
  /// Balanced accuracy, or the mean foreground Dice, 0 to 1.
  public var score: Double
  /// The interval's lower end.
  public var low: Double
  /// The interval's upper end.
  public var high: Double
  /// Labels that were held out once.
  public var count: Int

  /// - Parameters: as the properties.
  public init(score: Double, low: Double, high: Double, count: Int) {
    self.score = score
    self.low = low
    self.high = high
    self.count = count
  }
}
