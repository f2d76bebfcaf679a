import Base
import Testing
import Training

@Suite("Grouped folds")
struct GroupedFoldsTests {
  private let key = RandomKey(seed: 3)

  @Test("never divide a group, and hold out everything that can be")
  func keepGroupsWhole() {
    let groups = (0..<60).map { $0 / 3 }
    let labels = (0..<60).map { $0 % 2 }
    let folds = groupedFolds(labels: labels, groups: groups, folds: 5, key: key)
    for rows in Dictionary(grouping: folds.indices, by: { groups[$0] }).values {
      #expect(Set(rows.map { folds[$0] }).count == 1)
    }
    #expect(Set(folds) == Set(0..<5))
    #expect(groupedFolds(labels: labels, groups: groups, folds: 5, key: key) == folds)
  }

  @Test("share every class out evenly")
  func stratify() {
    let labels = (0..<50).map { $0 < 40 ? 0 : 1 }
    let folds = groupedFolds(labels: labels, groups: Array(0..<50), folds: 5, key: key)
    for fold in 0..<5 {
      #expect(folds.indices.filter { folds[$0] == fold && labels[$0] == 0 }.count == 8)
      #expect(folds.indices.filter { folds[$0] == fold && labels[$0] == 1 }.count == 2)
    }
  }

  @Test("never hold out a class that only one group has")
  func keepTheOnlyGroupOfAClass() {
    let folds = groupedFolds(
      labels: [0, 0, 0, 0, 1, 0], groups: [0, 1, 2, 3, 4, 4], folds: 5, key: key)
    #expect(folds[4] == -1 && folds[5] == -1)
    #expect(Set(folds[0..<4]) == [0, 1, 2, 3])
  }

  @Test("give up where fewer than two groups can be held out")
  func tooFew() {
    #expect(groupedFolds(labels: [0, 1], groups: [0, 1], folds: 5, key: key) == [-1, -1])
  }
}
