import Foundation
import Pool
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
}
