/// One measured value of a study: a line of `results.csv`.
public struct ResultRow: Sendable, Equatable, Codable {
  /// The data set's name.
  public var dataset: String
  /// What was learnt.
  public var mode: StudyMode
  /// The arm's name; `random` is what the others are measured against, `full` the reference with
  /// every label.
  public var arm: String
  /// The seed, which pairs the arms.
  public var seed: Int
  /// The round, from 0.
  public var round: Int
  /// The labels used by then, for whatever purpose.
  public var labels: Int
  /// A name of `MetricName`.
  public var metric: String
  /// The value on the test set.
  public var value: Double
  /// The computing time of the round.
  public var seconds: Double

  /// A row.
  public init(
    dataset: String, mode: StudyMode, arm: String, seed: Int, round: Int, labels: Int,
    metric: String, value: Double, seconds: Double
  ) {
    self.dataset = dataset
    self.mode = mode
    self.arm = arm
    self.seed = seed
    self.round = round
    self.labels = labels
    self.metric = metric
    self.value = value
    self.seconds = seconds
  }

  /// The arm of uniform selection.
  public static let randomArm = "random"
  /// The arm that has every label.
  public static let fullArm = "full"

  /// What the runs of an arm at one seed are called, from 1: the name, then `name#2`, `name#3`….
  public static func name(of arm: String, run: Int) -> String { run > 1 ? "\(arm)#\(run)" : arm }

  /// The arm to which a run of that name belongs.
  static func armOfRun(_ name: String) -> String { String(name.prefix { $0 != "#" }) }
}
