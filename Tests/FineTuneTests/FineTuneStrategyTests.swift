import Base
import FineTune
import Testing

@Suite struct FineTuneStrategyTests {
  let key = RandomKey(seed: 1)

  private func items(_ strategy: FineTuneStrategy, hard: [Int] = [2]) -> [Int] {
    strategy.items(earlier: [1, 2, 3, 4, 5], queried: [8, 9], hard: { hard }, key: key)
  }

  @Test(
    "every strategy but acft-q and acft-hq trains on all labels",
    arguments: [.rft, .aft, .acftLQ, .auto] as [FineTuneStrategy])
  func all(strategy: FineTuneStrategy) {
    #expect(items(strategy) == [1, 2, 3, 4, 5, 8, 9])
  }

  @Test("acft-q trains on the new labels alone, whatever was misclassified")
  func newOnly() {
    #expect(items(.acftQ) == [8, 9])
    let first = FineTuneStrategy.acftQ.items(
      earlier: [], queried: [2, 1], hard: { [] }, key: key)
    #expect(first == [1, 2])
  }

  @Test("acft-hq trains on the misclassified and the new")
  func hard() {
    #expect(items(.acftHQ) == [2, 8, 9])
  }

  @Test("acft-hq rehearses a quarter of the old labels when none is misclassified")
  func rehearsal() {
    let chosen = items(.acftHQ, hard: [])
    #expect(chosen.count == 4)
    #expect(Set(chosen).isSuperset(of: [8, 9]))
    #expect(Set(chosen).isSubset(of: [1, 2, 3, 4, 5, 8, 9]))
    #expect(items(.acftHQ, hard: []) == chosen)
  }

  @Test(
    "what is trained on is distinct, ascending and labelled, however few labels there are",
    arguments: FineTuneStrategy.allCases)
  func few(strategy: FineTuneStrategy) {
    for (earlier, queried) in [([], [7]), ([7], [9]), ([1, 2], [2, 3]), ([5], [])] {
      for hard in [[], earlier] {
        let chosen = strategy.items(
          earlier: earlier, queried: queried, hard: { hard }, key: key)
        #expect(chosen == Set(chosen).sorted())
        #expect(Set(chosen).isSubset(of: earlier + queried) && Set(chosen).isSuperset(of: queried))
        #expect(!chosen.isEmpty || (strategy == .acftQ && queried.isEmpty))
      }
    }
  }

  @Test("acft and auto may continue from the round before")
  func continues() {
    #expect(FineTuneStrategy.allCases.filter(\.continues) == [.acftQ, .acftLQ, .acftHQ, .auto])
  }

  private func starts(
    _ round: Int, last: Bool = false, earlier: Int = 20, queried: Int = 8, newClass: Bool = false
  ) -> [TrainingStart] {
    AutoStart.starts(
      round: round, isLast: last, earlier: earlier, queried: queried, bringsNewClass: newClass)
  }

  @Test("auto starts anew while little is known, else continues, and compares every third round")
  func auto() {
    #expect((0..<2).map { starts($0) } == [[.pretrained], [.pretrained]])
    #expect(starts(0, last: true) == [.pretrained])
    #expect((2..<9).map { starts($0).count } == [2, 1, 1, 2, 1, 1, 2])
    #expect((2..<9).allSatisfy { starts($0)[0] == .shrunk })
    #expect(starts(3, last: true) == [.shrunk, .pretrained])
    #expect(starts(3, newClass: true) == [.pretrained])
    #expect(starts(3, earlier: 7) == [.pretrained])
    #expect(starts(3, earlier: 8) == [.shrunk])
  }
}

@Suite struct BootstrapCommitteeTests {
  @Test("a sample has as many items and every known class", arguments: UInt64(1)...20)
  func sample(seed: UInt64) {
    let items = Array(0..<12)
    let labels = Dictionary(uniqueKeysWithValues: items.map { ($0, $0 < 10 ? 0 : $0 - 9) })
    let drawn = BootstrapCommittee.sample(items, labels: labels, key: RandomKey(seed: seed))
    #expect(drawn.count == 12)
    #expect(Set(drawn.compactMap { labels[$0] }) == [0, 1, 2])
    #expect(drawn == BootstrapCommittee.sample(items, labels: labels, key: RandomKey(seed: seed)))
  }

  @Test("about 37 % of the items stay out of a sample")
  func outOfBag() {
    let items = Array(0..<1000)
    let drawn = BootstrapCommittee.sample(items, labels: [:], key: RandomKey(seed: 3))
    #expect(abs(Double(1000 - Set(drawn).count) / 1000 - 0.368) < 0.05)
  }
}
