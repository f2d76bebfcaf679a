import Base
import Testing
import Training

@Suite("Batch order")
struct BatchSamplerTests {
  private let key = RandomKey(seed: 7)

  private func items(_ sampler: BatchSampler, steps: Range<Int>) -> [[Int]] {
    steps.map { sampler.slots(step: $0).map(\.item) }
  }

  @Test("shows every item once an epoch, in another order each epoch")
  func coversTheEpoch() {
    let sampler = BatchSampler(Array(100..<112), batch: 4, key: key)
    #expect(sampler.stepsPerEpoch == 3)
    let first = items(sampler, steps: 0..<3).flatMap { $0 }
    let second = items(sampler, steps: 3..<6).flatMap { $0 }
    #expect(Set(first) == Set(100..<112) && Set(second) == Set(100..<112))
    #expect(first != second)
    #expect(sampler.slots(step: 3).allSatisfy { $0.epoch == 1 && $0.occurrence == 0 })
  }

  @Test("drops the last short batch and never asks for more than there is")
  func smallPools() {
    #expect(BatchSampler(Array(0..<10), batch: 4, key: key).stepsPerEpoch == 2)
    let small = BatchSampler([3, 1, 4], batch: 32, key: key)
    #expect(small.batch == 3 && small.stepsPerEpoch == 1)
    #expect(Set(small.slots(step: 5).map(\.item)) == [1, 3, 4])
  }

  @Test("does not depend on the order in which steps are asked for")
  func isAFunctionOfPosition() {
    let ascending = BatchSampler(Array(0..<50), batch: 8, key: key)
    let expected = (0..<30).map { ascending.slots(step: $0) }
    let other = BatchSampler(Array(0..<50), batch: 8, key: key)
    for step in key.folding("steps").permutation(30) {
      #expect(other.slots(step: step) == expected[step])
    }
    #expect(
      BatchSampler(Array(0..<50), batch: 8, key: key.folding("b")).slots(step: 0) != expected[0])
  }

  @Test(
    "puts at most ⌈batch / groups⌉ items of a group into a batch",
    arguments: [
      [10, 10, 10, 10], [1, 9], [40, 3, 3, 2, 1], [1, 1, 1, 1, 1, 1, 1, 30], [5],
    ])
  func spreadsGroups(sizes: [Int]) {
    let groups = sizes.enumerated().flatMap { group, size in Array(repeating: group, count: size) }
    let groupOf = ItemTable(groups.map { Int32($0) })
    let sampler = BatchSampler(
      Array(groups.indices), batch: 8, rule: .spreadGroups(groupOf), key: key)
    let limit = (sampler.batch + sizes.count - 1) / sizes.count
    for epoch in 0..<3 {
      let steps = (epoch * sampler.stepsPerEpoch)..<((epoch + 1) * sampler.stepsPerEpoch)
      let batches = items(sampler, steps: steps)
      for batch in batches {
        let counts = Dictionary(grouping: batch) { groups[$0] }.mapValues(\.count)
        #expect(counts.values.allSatisfy { $0 <= limit })
      }
      let all = batches.flatMap { $0 }
      #expect(Set(all).count == all.count)
    }
  }

  @Test("keeps the batch and the epoch whole where the groups are even")
  func evenGroups() {
    let groups = ItemTable((0..<64).map { $0 / 4 })
    let sampler = BatchSampler(Array(0..<64), batch: 16, rule: .spreadGroups(groups), key: key)
    #expect(sampler.batch == 16 && sampler.stepsPerEpoch == 4)
    #expect(items(sampler, steps: 0..<4) != items(sampler, steps: 4..<8))
  }

  @Test(
    "draws classes in proportion to n_c^exponent",
    arguments: [(1.0, [80, 20]), (0.5, [67, 33]), (0.0, [50, 50])])
  func balancesClasses(exponent: Double, expected: [Int]) {
    let classes = Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, $0 < 80 ? 0 : 1) })
    let sampler = BatchSampler(
      Array(0..<100), batch: 10, rule: .classBalanced(classes, exponent: exponent), key: key)
    let drawn = items(sampler, steps: 0..<10).flatMap { $0 }
    #expect(drawn.filter { $0 < 80 }.count == expected[0])
    #expect(drawn.filter { $0 >= 80 }.count == expected[1])
  }

  @Test("counts how often an epoch has seen an item")
  func countsOccurrences() {
    let sampler = BatchSampler(
      [0, 1, 2, 3, 4, 5, 6, 7], batch: 8,
      rule: .classBalanced([0: 0, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1], exponent: 0),
      key: key)
    let rare = sampler.slots(step: 0).filter { $0.item == 0 }
    #expect(rare.map(\.occurrence) == [0, 1, 2, 3])
    #expect(sampler.slots(step: 1).filter { $0.item == 0 }.map(\.occurrence) == [0, 1, 2, 3])
  }

  @Test("draws an item of a bootstrap sample as often as it stands there")
  func bootstrap() {
    let sampler = BatchSampler([4, 4, 4, 9, 7, 7], batch: 3, key: key)
    let slots = (0..<2).flatMap { sampler.slots(step: $0) }
    #expect(slots.map(\.item).sorted() == [4, 4, 4, 7, 7, 9])
    #expect(Set(slots).count == 6)
  }
}
