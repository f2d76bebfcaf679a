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
    try stream(count, room: Int.max) {
    } work: { _, piece, hand in
      try hand(try work(piece), 0)
    } take: {
      try take($0, $1)
    }
  }

  /// The same for pieces with any number of results, which are taken one after the other.
  ///
  /// - Parameters:
  ///   - count: the number of pieces.
  ///   - room: the bytes that may wait to be taken; what is more lets its thread wait, except on the
  ///     piece that is taken next, whose results may fill the room once more.
  ///   - tool: makes what each thread works with, on that thread.
  ///   - work: hands over the results of a piece, each with the bytes that it holds.
  ///   - take: gets the results in order, on the calling thread.
  /// - Throws: the error of the earliest piece whose `work` or `take` throws.
  package func stream<Tool, Output: Sendable>(
    _ count: Int, room: Int, tool: @escaping @Sendable () throws -> Tool,
    work: @escaping @Sendable (Tool, Int, (Output, _ bytes: Int) throws -> Void) throws -> Void,
    take: (Int, Output) throws -> Void
  ) throws {
    let board = Board<Output>(count: count, window: window, room: room)
    for _ in 0..<min(threads, count) {
      let thread = Thread {
        let tool = Result { try tool() }
        while let piece = board.next() {
          let end = Result {
            try work(tool.get(), piece) { try board.post(piece, $0, bytes: $1) }
          }
          board.close(piece, end)
        }
        board.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { board.stop(threads: min(threads, count)) }
    for piece in 0..<count {
      while let output = try board.result(of: piece) { try take(piece, output) }
    }
  }
}

/// What is under way, guarded by one condition.
private final class Board<Output: Sendable>: @unchecked Sendable {
  /// Nobody takes results any more.
  private struct Stopped: Error {}

  /// The results of a piece that wait, and its end.
  private struct Line {
    private var waiting: [(output: Output?, bytes: Int)] = []
    private var taken = 0
    private(set) var bytes = 0
    var end: Result<Void, any Error>?

    mutating func add(_ output: Output, bytes size: Int) {
      waiting.append((output, size))
      bytes += size
    }

    mutating func next() -> (output: Output, bytes: Int)? {
      guard taken < waiting.count, let output = waiting[taken].output else { return nil }
      let size = waiting[taken].bytes
      waiting[taken].output = nil
      taken += 1
      bytes -= size
      if 2 * taken >= waiting.count {
        waiting.removeFirst(taken)
        taken = 0
      }
      return (output, size)
    }
  }

  private let condition = NSCondition()
  private let count: Int
  private let window: Int
  private let room: Int
  private var begun = 0
  /// The piece whose results are being taken.
  private var current = 0
  private var left = 0
  private var isStopped = false
  private var bytes = 0
  private var lines: [Int: Line] = [:]

  init(count: Int, window: Int, room: Int) {
    self.count = count
    self.window = window
    self.room = room
  }

  /// The next piece to work on; nil when there is none left.
  func next() -> Int? {
    condition.withLock {
      while !isStopped, begun < count, begun >= current + window { condition.wait() }
      if isStopped || begun >= count { return nil }
      lines[begun] = Line()
      begun += 1
      return begun - 1
    }
  }

  /// Lets a result of a piece wait to be taken, once there is room.
  func post(_ piece: Int, _ output: Output, bytes size: Int) throws {
    try condition.withLock {
      while !isStopped, !hasRoom(for: size, of: piece) { condition.wait() }
      if isStopped { throw Stopped() }
      lines[piece]?.add(output, bytes: size)
      bytes += size
      condition.broadcast()
    }
  }

  private func hasRoom(for size: Int, of piece: Int) -> Bool {
    if bytes <= room - size { return true }
    guard piece == current, let line = lines[piece] else { return false }
    return line.bytes == 0 || line.bytes <= room - size
  }

  func close(_ piece: Int, _ end: Result<Void, any Error>) {
    condition.withLock {
      lines[piece]?.end = end
      condition.broadcast()
    }
  }

  /// The next result of a piece; nil where it has no more.
  func result(of piece: Int) throws -> Output? {
    try condition.withLock {
      if current != piece {
        current = piece
        condition.broadcast()
      }
      while true {
        if let output = nextWaiting(of: piece) { return output }
        if let end = lines[piece]?.end {
          lines[piece] = nil
          try end.get()
          return nil
        }
        condition.wait()
      }
    }
  }

  private func nextWaiting(of piece: Int) -> Output? {
    guard let (output, size) = lines[piece]?.next() else { return nil }
    bytes -= size
    condition.broadcast()
    return output
  }

  /// A thread has ended.
  func leave() {
    condition.withLock {
      left += 1
      condition.broadcast()
    }
  }

  /// Begins nothing new, and waits for what is under way.
  func stop(threads: Int) {
    condition.withLock {
      isStopped = true
      condition.broadcast()
      while left < threads { condition.wait() }
    }
  }
}
