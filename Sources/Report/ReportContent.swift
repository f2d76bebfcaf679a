/// Everything that a report shows, as plain values that callers fill.
///
/// A part that is empty is left out of the page. Nothing here may hold a patient identifier or a
/// path: images are named by their number in the pool.
public struct ReportContent: Codable, Sendable, Equatable {
  /// The page's title.
  public var title: String
  /// What this run can and cannot show: the first line of the page.
  public var statement: String
  /// Short facts under the title: date, seed, device.
  public var facts: [ReportFact]
  /// One part for each data set.
  public var datasets: [DatasetReport]
  /// The computing time of each stage.
  public var timings: [StageTime]
  /// The resolved configuration as text.
  public var settings: String?
  /// Versions of program and libraries.
  public var versions: [ReportFact]
  /// The pitfalls of such studies, and whether this one avoids them.
  public var checklist: [ChecklistItem]

  /// A page with a title and a first line; the rest is filled in.
  public init(
    title: String, statement: String, facts: [ReportFact] = [], datasets: [DatasetReport] = [],
    timings: [StageTime] = [], settings: String? = nil, versions: [ReportFact] = [],
    checklist: [ChecklistItem] = []
  ) {
    self.title = title
    self.statement = statement
    self.facts = facts
    self.datasets = datasets
    self.timings = timings
    self.settings = settings
    self.versions = versions
    self.checklist = checklist
  }
}

/// A name and a value.
public struct ReportFact: Codable, Sendable, Equatable {
  /// What is said.
  public var name: String
  /// How much or which.
  public var value: String

  /// A fact.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// How long a stage computed.
public struct StageTime: Codable, Sendable, Equatable {
  /// The stage's name.
  public var stage: String
  /// Wall-clock seconds.
  public var seconds: Double

  /// The time of a stage.
  public init(_ stage: String, seconds: Double) {
    self.stage = stage
    self.seconds = seconds
  }
}

/// Whether a study avoids a pitfall.
public struct ChecklistItem: Codable, Sendable, Equatable {
  /// How it stands.
  public enum State: String, Codable, Sendable {
    /// Avoided.
    case met
    /// Not avoided: the reader must bear it in mind.
    case open
    /// Does not arise here.
    case none
  }

  /// The claim, such as "Patients never stand on two sides of a split".
  public var claim: String
  /// How it stands.
  public var state: State
  /// What was done, or what is lacking.
  public var note: String

  /// An item.
  public init(_ claim: String, _ state: State, note: String = "") {
    self.claim = claim
    self.state = state
    self.note = note
  }
}
