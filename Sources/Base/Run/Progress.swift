import Foundation
import Synchronization

/// How far something long has come, on standard error: a bar with rate and time left on a terminal,
/// else a plain line at most every ten seconds.
public final class Progress: Sendable {
  private let label: String
  private let total: Int
  private let unit: String
  private let isTerminal: Bool
  private let now: @Sendable () -> Double
  private let emit: @Sendable (String) -> Void
  private let start: Double
  private let state: Mutex<State>

  private struct State {
    var lastShown: Double
    var done = 0
    var note = ""
    var width = 0
    var isFinished = false
  }

  /// Progress of `total` things called `unit` ("images", "steps"), under a label.
  public convenience init(_ label: String, total: Int, unit: String) {
    self.init(
      label, total: total, unit: unit, isTerminal: isatty(STDERR_FILENO) == 1,
      now: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 },
      emit: { text in
        var bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, &bytes, bytes.count)
      })
  }

  package init(
    _ label: String, total: Int, unit: String, isTerminal: Bool,
    now: @escaping @Sendable () -> Double, emit: @escaping @Sendable (String) -> Void
  ) {
    self.label = label
    self.total = total
    self.unit = unit
    self.isTerminal = isTerminal
    self.now = now
    self.emit = emit
    start = now()
    state = Mutex(State(lastShown: start))
  }

  /// Tells that `done` of them are done; `note` stands at the end of the line.
  public func advance(to done: Int, note: String = "") {
    state.withLock { state in
      state.done = done
      state.note = note
      let time = now()
      if time - state.lastShown >= (isTerminal ? 0.1 : 10) {
        state.lastShown = time
        show(&state, time)
      }
    }
  }

  /// Shows the last state and ends the line; finishing twice is harmless.
  public func finish() {
    state.withLock { state in
      if state.isFinished { return }
      state.isFinished = true
      show(&state, now())
      if isTerminal { emit("\n") }
    }
  }

  private func show(_ state: inout State, _ time: Double) {
    let line = text(state.done, state.note, seconds: time - start)
    if isTerminal {
      emit("\r" + line + String(repeating: " ", count: max(0, state.width - line.count)))
      state.width = line.count
    } else {
      emit(line + "\n")
    }
  }

  private func text(_ done: Int, _ note: String, seconds: Double) -> String {
    var parts = [label + (isTerminal ? " " + bar(done) : ""), "\(done)/\(total) \(unit)"]
    if seconds > 0, done > 0 {
      let rate = Double(done) / seconds
      parts.append(String(format: rate < 10 ? "%.2f/s" : "%.0f/s", rate))
      if done < total {
        parts.append(Self.duration(Double(total - done) / rate) + " left")
      } else {
        parts.append("in " + Self.duration(seconds))
      }
    }
    if !note.isEmpty { parts.append(note) }
    return parts.joined(separator: "  ")
  }

  private func bar(_ done: Int) -> String {
    let width = 24
    let filled = total > 0 ? min(width, max(0, width * done / total)) : width
    return "[" + String(repeating: "=", count: filled)
      + String(repeating: " ", count: width - filled) + "]"
  }

  /// Seconds in words: "45 s", "3 min 20 s", "2 h 05 min".
  package static func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
  }
}
