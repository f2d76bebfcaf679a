public import Evaluation

/// What a report shows of one data set.
public struct DatasetReport: Codable, Sendable, Equatable {
  /// The data set's name, as in the rows.
  public var name: String
  /// What is learnt.
  public var mode: StudyMode
  /// What the images are, in a sentence or two.
  public var summary: String
  /// Images, patients, classes, image size.
  public var facts: [ReportFact]
  /// The measured values of every arm; the rows of other data sets are not read.
  public var rows: [ResultRow]
  /// How savings are read.
  public var savings: SavingsRule
  /// The arm that the report is about; the first but random where left out.
  public var mainArm: String?
  /// The images that were chosen, in that order.
  public var picks: [PickedImage]
  /// How many images were chosen in all, if not all are shown.
  public var pickCount: Int?
  /// Test images with prediction and truth.
  public var predictions: [PredictedImage]
  /// The classes' names; of a segmentation the background first.
  public var classes: [String]
  /// Truth against prediction on the test set.
  public var confusion: ConfusionMatrix?
  /// A score for each class: Dice of a segmentation, recall of a classification, average precision
  /// of several classes an image.
  public var classScores: [ClassScore]
  /// How far confidence can be believed.
  public var reliability: [ReliabilityBin]

  /// A data set's part; whatever is left empty is not shown.
  public init(
    name: String, mode: StudyMode, summary: String = "", facts: [ReportFact] = [],
    rows: [ResultRow] = [], savings: SavingsRule = .censored, mainArm: String? = nil,
    picks: [PickedImage] = [],
    pickCount: Int? = nil, predictions: [PredictedImage] = [], classes: [String] = [],
    confusion: ConfusionMatrix? = nil, classScores: [ClassScore] = [],
    reliability: [ReliabilityBin] = []
  ) {
    self.name = name
    self.mode = mode
    self.summary = summary
    self.facts = facts
    self.rows = rows
    self.savings = savings
    self.mainArm = mainArm
    self.picks = picks
    self.pickCount = pickCount
    self.predictions = predictions
    self.classes = classes
    self.confusion = confusion
    self.classScores = classScores
    self.reliability = reliability
  }
}

/// A class and its score.
public struct ClassScore: Codable, Sendable, Equatable {
  /// The class's name.
  public var name: String
  /// 0 … 1; `nil` where the test set has no case of it.
  public var value: Double?

  /// The score of a class.
  public init(_ name: String, _ value: Double?) {
    self.name = name
    self.value = value
  }
}
