/// What a reader of a catalogue wants to know of a method before choosing it.
public struct MethodCard: Codable, Sendable, Equatable {
  /// What it is or is good for, in a few words.
  public let summary: String
  /// What it costs, in the docstring's symbols, such as "O(b·N·D)" or "2 passes an image".
  public let cost: String
  /// Where it is worth its cost, such as "few labels" or "1,000 images and more".
  public let regime: String
  /// Where it was published: authors and year; "own" for what this project adds.
  public let paper: String

  /// A card; every part in a few words.
  public init(_ summary: String, cost: String, regime: String, paper: String) {
    (self.summary, self.cost, self.regime, self.paper) = (summary, cost, regime, paper)
  }
}
