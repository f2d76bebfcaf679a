import Foundation
import Synchronization

/// The wish to stop, by SIGINT (Ctrl-C) or SIGTERM.
///
/// Loops ask `requested` between steps, write their checkpoint and throw `Stopped`. A second signal
/// ends the process at once.
public enum StopSignal {
  private static let signal = Atomic<Int32>(0)

  /// Listens from now on.
  public static func install() {
    _ = signal.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { StopSignal.request($0) }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(number, &action, nil)
    }
    // Who started the program may have kept them back.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// The number of the signal that came, if any.
  public static var requested: Int32? {
    let number = signal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Asks the loops to stop, as signal `number` would.
  public static func request(_ number: Int32) {
    signal.store(number, ordering: .relaxed)
  }

  /// Forgets a request, for tests.
  package static func forget() {
    signal.store(0, ordering: .relaxed)
  }
}

/// The end of a run that was asked to stop and can go on from its last checkpoint.
public struct Stopped: Diagnosable {
  /// SIGINT or SIGTERM.
  public let signal: Int32
  /// How far the run came, such as "step 120 of 400".
  public let place: String?
  /// How to go on.
  public let remedy: String?

  /// The end by `signal`, at `place`.
  public init(
    signal: Int32, at place: String? = nil,
    fix remedy: String? = "give the same command with --resume to go on from here"
  ) {
    self.signal = signal
    self.place = place
    self.remedy = remedy
  }

  /// That the run was stopped, and that nothing is lost.
  public var what: String { "stopped on request; everything up to here is saved" }

  /// 130 or 143.
  public var exitCode: ExitCode { signal == SIGTERM ? .terminated : .interrupted }
}
