import Foundation
import Pool
import Synchronization
import Testing

@Suite("Ordered workers")
struct OrderedWorkersTests {
  struct Failure: Error, Equatable { let piece: Int }

  @Test("results are taken in order, whatever the timing", arguments: [1, 2, 5])
  func order(threads: Int) throws {
    var taken: [Int] = []
    try OrderedWorkers(threads: threads).run(200) { piece in
      usleep(UInt32(piece * 7919 % 300))
      return piece * piece
    } take: {
      taken.append($0 == taken.count ? $1 : -1)
    }
    #expect(taken == (0..<200).map { $0 * $0 })
  }

  @Test("the earliest failure ends the work, after the results before it")
  func failure() {
    var taken = 0
    #expect(throws: Failure(piece: 30)) {
      try OrderedWorkers(threads: 3).run(100) { piece -> Int in
        if piece >= 30 { throw Failure(piece: piece) }
        return piece
      } take: { _, _ in
        taken += 1
      }
    }
    #expect(taken == 30)
  }

  @Test("nothing to do is done at once")
  func nothing() throws {
    try OrderedWorkers(threads: 2).run(0) {
      $0
    } take: { _, _ in
      Issue.record("a result")
    }
  }

  @Test("the results of a piece follow one another, and little waits", arguments: [1, 3])
  func streams(threads: Int) throws {
    let held = Mutex((now: 0, most: 0))
    var taken: [[Int]] = Array(repeating: [], count: 40)
    var last = 0
    try OrderedWorkers(threads: threads).stream(40, room: 100) {
      Thread.current.hash
    } work: { _, piece, hand in
      for part in 0..<piece {
        try hand(part, 10)
        held.withLock {
          $0.now += 10
          $0.most = max($0.most, $0.now)
        }
      }
    } take: { piece, part in
      #expect(piece >= last)
      last = piece
      taken[piece].append(part)
      held.withLock { $0.now -= 10 }
    }
    #expect(taken == (0..<40).map { Array(0..<$0) })
    // The room twice, and one in the hand of each thread.
    #expect(held.withLock { $0.most } <= 200 + 20 * threads)
  }

  @Test("threads that wait for room end when nobody takes any more")
  func abandoned() {
    #expect(throws: Failure(piece: 0)) {
      try OrderedWorkers(threads: 3).stream(9, room: 1) {
      } work: { _, piece, hand in
        for part in 0..<1000 { try hand(part, 1) }
      } take: { piece, _ in
        throw Failure(piece: piece)
      }
    }
  }
}
