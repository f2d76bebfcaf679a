import Foundation

/// Work spread over threads whose results are taken in the order of the work, whatever the timing.
///
/// At most `window` pieces are under way or wait to be taken, so memory does not grow with them.
package struct OrderedWorkers {
  /// The number of threads.
  package let threads: Int
  /// The pieces that may be ahead of the one taken last.
  package let window: Int

  package init(threads: Int, window: Int? = nil) {
    self.threads = max(1, threads)
    self.window = window ?? 4 * max(1, threads)
  }

  /// Calls `work` for 0 ..< count on the threads and `take` with the results, in order, on this
  /// thread.
  ///
  /// Where either throws, nothing new begins, and the error of the earliest piece is thrown.
  package func run<Output: Sendable>(
    _ count: Int, work: @escaping @Sendable (Int) throws -> Output,
    take: (Int, Output) throws -> Void
  ) throws {
    let board = Board<Output>(count: count, window: window)
    for _ in 0..<min(threads, count) {
      let thread = Thread {
        while let piece = board.next() { board.post(piece, Result { try work(piece) }) }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { board.stop() }
    for piece in 0..<count { try take(piece, board.result(of: piece).get()) }
  }
}

/// What is under way, guarded by one condition.
private final class Board<Output: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let count: Int
  private let window: Int
  private var begun = 0
  private var taken = 0
  private var running = 0
  private var results: [Int: Result<Output, any Error>] = [:]

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  /// The next piece to work on; nil when there is none left.
  func next() -> Int? {
    condition.withLock {
      while begun < count, begun >= taken + window { condition.wait() }
      if begun >= count { return nil }
      begun += 1
      running += 1
      return begun - 1
    }
  }

  func post(_ piece: Int, _ result: Result<Output, any Error>) {
    condition.withLock {
      results[piece] = result
      running -= 1
      condition.broadcast()
    }
  }

  func result(of piece: Int) -> Result<Output, any Error> {
    condition.withLock {
      while true {
        if let result = results.removeValue(forKey: piece) {
          taken = piece + 1
          condition.broadcast()
          return result
        }
        condition.wait()
      }
    }
  }

  /// Begins nothing new, and waits for what is under way.
  func stop() {
    condition.withLock {
      begun = count
      condition.broadcast()
      while running > 0 { condition.wait() }
    }
  }
}
