import Foundation

/// Makes the values of steps ahead of their use, on threads of its own.
///
/// A value depends on its step alone, so thread timing changes no result. At most `depth` values
/// are held or being made; a step out of sequence is made at once by the caller, and the threads go
/// on from there.
package final class Prefetcher<Value: Sendable>: Sendable {
  private struct State {
    var ready: [Int: Result<Value, any Error>] = [:]
    /// The step that the caller is thought to ask for next; nil before it asked at all.
    var needed: Int?
    /// The next step that no thread has begun.
    var unclaimed = 0
    var isStopped = false
  }

  private let depth: Int
  private let make: @Sendable (Int) throws -> Value
  private let board = Board(State())

  /// Threads wait for the first call of `value(step:)`; `depth` 0 makes each value when it is asked
  /// for.
  package init(depth: Int, threads: Int, make: @escaping @Sendable (Int) throws -> Value) {
    self.depth = depth
    self.make = make
    for _ in 0..<(depth > 0 ? max(1, threads) : 0) { startThread() }
  }

  deinit {
    board.change { $0.isStopped = true }
  }

  /// The value of a step, waited for where it is being made.
  ///
  /// - Throws: what making it threw.
  package func value(step: Int) throws -> Value {
    let isComing = board.change { state in
      if state.needed == step { return step < state.unclaimed }
      state.needed = step + 1
      state.unclaimed = step + 1
      state.ready = [:]
      return false
    }
    guard depth > 0, isComing else { return try made(step) }
    let result: Result<Value, any Error> = board.wait { state in
      guard let value = state.ready.removeValue(forKey: step) else { return nil }
      state.needed = step + 1
      return value
    }
    return try result.get()
  }

  /// Makes the value here: threads have not begun it, and shall not.
  private func made(_ step: Int) throws -> Value {
    board.change { state in
      state.needed = step + 1
      state.unclaimed = max(state.unclaimed, step + 1)
      state.ready[step] = nil
    }
    return try make(step)
  }

  /// A thread holds the board, not the prefetcher, so that dropping the latter ends it.
  private func startThread() {
    let (board, depth, make) = (board, depth, make)
    let thread = Thread {
      while let step = Self.claim(board, depth) {
        let value = Result { try make(step) }
        board.change { state in
          let isWanted = (state.needed ?? 0) <= step && step < state.unclaimed
          if isWanted { state.ready[step] = value }
        }
      }
    }
    thread.start()
  }

  private static func claim(_ board: Board<State>, _ depth: Int) -> Int? {
    board.wait { state -> Int?? in
      if state.isStopped { return .some(nil) }
      guard let needed = state.needed, state.unclaimed < needed + depth else { return .none }
      defer { state.unclaimed += 1 }
      return state.unclaimed
    }
  }
}

/// State that threads change and wait for.
private final class Board<State>: @unchecked Sendable {
  private let condition = NSCondition()
  private var state: State

  init(_ state: State) {
    self.state = state
  }

  func change<R>(_ body: (inout State) -> R) -> R {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body(&state)
  }

  /// Waits until `body` gives something.
  func wait<R>(_ body: (inout State) -> R?) -> R {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    while true {
      if let result = body(&state) { return result }
      condition.wait()
    }
  }
}
