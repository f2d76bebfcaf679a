import Base
import Foundation
import Pool
import Testing

@Suite("Splits")
struct SplitTests {
  private func groups(_ count: Int, classes: Int, seed: UInt64) -> [SplitAssignment.Group] {
    (0..<count).map {
      SplitAssignment.Group(
        number: $0, stratum: $0 % classes, rank: SplitAssignment.rank("patient \($0)", seed: seed))
    }
  }

  @Test("the test side holds its share, of every class", arguments: [0.1, 0.2, 0.25, 0.5])
  func share(share: Double) {
    let drawn = SplitAssignment(testShare: share).testGroups(groups(400, classes: 4, seed: 1))
    #expect(drawn.count == Int(400 * share))
    for stratum in 0..<4 {
      let part = drawn.count { $0 % 4 == stratum }
      #expect(abs(part - Int(100 * share)) <= 1)
    }
  }

  @Test("no share and the whole share")
  func extremes() {
    #expect(SplitAssignment(testShare: 0).testGroups(groups(9, classes: 2, seed: 1)).isEmpty)
    #expect(SplitAssignment(testShare: 1).testGroups(groups(9, classes: 2, seed: 1)).count == 9)
  }

  @Test("the draw depends on the seed and the names, not on the order")
  func order() {
    let some = groups(100, classes: 3, seed: 7)
    let assignment = SplitAssignment(testShare: 0.2)
    #expect(assignment.testGroups(some) == assignment.testGroups(some.reversed()))
    #expect(
      assignment.testGroups(some) != assignment.testGroups(groups(100, classes: 3, seed: 8)))
  }

  @Test("groups that share an image stand together, and known sides are kept")
  func joined() {
    var sides = GroupSides()
    let members = (0..<6).map { number in
      sides.number(Pseudonym(low: UInt64(number)), rank: UInt64(number), known: { nil })
    }
    let again = sides.number(Pseudonym(low: 2), rank: 0, known: { .test })
    #expect(again == members[2])
    let outcomes = [
      sides.join([members[0], members[1]]), sides.join([members[1], members[2]]),
      sides.place(members[3], on: .test), sides.join([members[2], members[3]]),
      sides.place(members[0], on: .train), sides.place(members[4], on: .train),
      sides.join([members[0], members[4]]),
    ]
    #expect(outcomes == [true, true, true, true, false, true, false])
    sides.draw(Set(members), testShare: 0)
    let stands = members.map { sides.side($0) }
    #expect(stands == [.test, .test, .test, .test, .train, .train])
  }

  @Test("a split's words")
  func words() {
    #expect(Split(word: "VAL") == .validation)
    #expect(Split(word: "training") == .train)
    #expect(Split(word: "holdout") == nil)
  }
}
