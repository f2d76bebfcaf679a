/// How the program ends; the numbers are part of the command line's contract.
public enum ExitCode: Int32, Sendable {
  /// Everything asked for was done.
  case done = 0
  /// Done, but some inputs were set aside.
  case partial = 2
  /// Labels are needed before the next step.
  case waitingForLabels = 3
  /// The command line is wrong.
  case usage = 64
  /// A configuration, image, label or weights file cannot be used.
  case badInput = 65
  /// A mistake in this program.
  case bug = 70
  /// A file or folder cannot be written.
  case cannotWrite = 73
  /// Stopped by SIGINT, after a checkpoint.
  case interrupted = 130
  /// Stopped by SIGTERM, after a checkpoint.
  case terminated = 143
}

/// An error that says what happened, where, and what to do.
///
/// None of the parts may hold a patient identifier, a header value or a pixel value.
public protocol Diagnosable: Error, CustomStringConvertible {
  /// What happened, in one sentence without a full stop; more lines may follow.
  var what: String { get }
  /// Where: a file, a line, a key path.
  var place: String? { get }
  /// What the reader can do about it.
  var remedy: String? { get }
  /// How the program ends when this error reaches the command line.
  var exitCode: ExitCode { get }
}

extension Diagnosable {
  /// Unknown place.
  public var place: String? { nil }
  /// No remedy known.
  public var remedy: String? { nil }
  /// Most errors speak of what the user gave.
  public var exitCode: ExitCode { .badInput }

  /// `error: WHAT`, then `at:` and `fix:` where known; continued lines are indented.
  public var description: String {
    var lines = ["error: " + indented(what)]
    if let place { lines.append("  at:  " + indented(place)) }
    if let remedy { lines.append("  fix: " + indented(remedy)) }
    return lines.joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n       ")
  }
}

/// An error in plain words, where no type of its own is worth having.
public struct Diagnostic: Diagnosable {
  /// What happened.
  public let what: String
  /// Where.
  public let place: String?
  /// What to do.
  public let remedy: String?
  /// How the program ends.
  public let exitCode: ExitCode

  /// An error that says `what` happened, where, and what to do.
  public init(
    _ what: String, at place: String? = nil, fix remedy: String? = nil, exit: ExitCode = .badInput
  ) {
    self.what = what
    self.place = place
    self.remedy = remedy
    exitCode = exit
  }
}
