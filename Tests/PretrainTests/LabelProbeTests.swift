import Base
import Foundation
import Pretrain
import Testing
import Torch

@Suite struct LabelProbeTests {
  private let key = RandomKey(seed: 4)
  private let items = Array(0..<16)
  /// Pairs of items; neighbouring pairs are of different classes.
  private let groups = ItemTable((0..<16).map { $0 / 2 })
  private let labels = Dictionary(uniqueKeysWithValues: (0..<16).map { ($0, $0 / 2 % 2) })

  private func made(_ labels: [Int: Int], limit: Int = 100) -> LabelProbe? {
    LabelProbe(labels: ItemTable(labels), among: items, groups: groups, limit: limit, key: key)
  }

  @Test("no item is named by another one of its group")
  func groupsStayTogether() throws {
    // Eight pairs of equal features around a circle, the classes taking turns: an item's twin would
    // name it rightly, its nearest strangers name it wrongly.
    let angles = items.map { Double($0 / 2) * .pi / 4 }
    let circle = Tensor(angles.flatMap { [cos($0), sin($0)] }, [16, 2])
    let probe = try #require(made(labels))
    let score = probe.score(circle)
    #expect(score.balancedAccuracy == 0)
    #expect(score.folds == Array(repeating: 0, count: 8))
  }

  @Test("features that show the class are named rightly")
  func separated() throws {
    let features = Tensor(items.flatMap { [Double($0 / 2 % 2), 1 - Double($0 / 2 % 2)] }, [16, 2])
    let probe = try #require(made(labels))
    let score = probe.score(features)
    #expect(score.balancedAccuracy == 1)
    #expect(score.auroc == 1)
  }

  @Test("there is no probe where a class stands in one group, or where there is one class")
  func tooFew() {
    #expect(made([:]) == nil)
    #expect(made(labels.mapValues { _ in 3 }) == nil)
    #expect(made(labels.filter { $0.value == 0 || $0.key / 2 == 1 }) == nil)
  }

  @Test("looks at no more labels than it may, and at none of other items")
  func limit() throws {
    #expect(try #require(made(labels, limit: 12)).items.count == 12)
    let some = try #require(
      LabelProbe(
        labels: ItemTable(labels), among: Array(0..<10), groups: groups, limit: 100, key: key))
    #expect(some.items == Array(0..<10))
  }

  @Test("20 labels or more are divided into five folds")
  func five() throws {
    let labels = Dictionary(uniqueKeysWithValues: (0..<24).map { ($0, $0 % 2) })
    let probe = try #require(
      LabelProbe(labels: ItemTable(labels), among: Array(0..<24), groups: [:], limit: 100, key: key)
    )
    #expect(probe.foldCount == 5)
  }
}

@Suite struct PretrainVerdictTests {
  private func verdict(_ before: [Double], _ after: [Double]) -> PretrainVerdict {
    func score(_ folds: [Double]) -> ProbeScore {
      ProbeScore(balancedAccuracy: folds.reduce(0, +) / 5, auroc: 0.5, folds: folds)
    }
    return PretrainVerdict(start: .weights, labels: 50, before: score(before), after: score(after))
  }

  @Test("a gain counts from its standard error on")
  func gain() {
    // Gains 0.1, 0, 0.2, 0.1, 0.1: mean 0.1, deviation √0.005, standard error √0.001.
    let better = verdict([0.5, 0.5, 0.5, 0.5, 0.5], [0.6, 0.5, 0.7, 0.6, 0.6])
    #expect(abs(better.gain - 0.1) < 1e-12)
    #expect(abs(better.standardError - 0.001.squareRoot()) < 1e-12)
    #expect(better.isAccepted)
    #expect(better.sentence.contains("better than the given weights"))
  }

  @Test("a gain within its error, none at all, or a loss is no gain")
  func none() {
    let start = [0.5, 0.5, 0.5, 0.5, 0.5]
    #expect(!verdict(start, [0.9, 0.3, 0.5, 0.5, 0.5]).isAccepted)
    #expect(!verdict(start, start).isAccepted)
    let worse = verdict(start, [0.4, 0.4, 0.4, 0.4, 0.4])
    #expect(!worse.isAccepted)
    #expect(worse.sentence.contains("no better than"))
  }
}
