import Base
import Evaluation
import Testing

@Suite struct FoldsTests {
  private let key = RandomKey(seed: 5)
  /// Sixty items in twenty groups of three; class 1 is every fourth group's.
  private let groups = (0..<60).map { $0 / 3 }
  private var classes: [Int] { groups.map { $0 % 4 == 0 ? 1 : 0 } }

  @Test("no group is split, and every item is tested once")
  func groupsStayWhole() {
    let folds = Folds(classes: classes, groups: groups, count: 5, key: key)
    #expect(folds.count == 5)
    for group in 0..<20 {
      #expect(Set((0..<60).filter { groups[$0] == group }.map { folds.fold[$0] }).count == 1)
    }
    let tested = (0..<5).flatMap(folds.testing)
    #expect(tested.sorted() == Array(0..<60))
    for number in 0..<5 {
      #expect((folds.training(number) + folds.testing(number)).sorted() == Array(0..<60))
    }
  }

  @Test("the classes' shares are alike in all folds")
  func stratified() {
    let folds = Folds(classes: classes, groups: groups, count: 5, key: key)
    for number in 0..<5 {
      let rows = folds.testing(number)
      #expect(rows.count == 12)
      #expect(rows.count(where: { classes[$0] == 1 }) == 3)
    }
  }

  @Test("a group that alone holds a class is always trained on")
  func singletons() {
    let folds = Folds(
      classes: [0, 0, 1, 1, 2, 0], groups: [0, 1, 2, 3, 4, 4], count: 2, key: key)
    #expect(folds.count == 2)
    #expect(folds.fold[4] == nil && folds.fold[5] == nil)
    for number in 0..<2 {
      #expect(Set(folds.training(number).map { [0, 0, 1, 1, 2, 0][$0] }) == [0, 1, 2])
    }
  }

  @Test("too few groups give fewer folds, one group none")
  func fewGroups() {
    let two = Folds(classes: [0, 0, 0], groups: [7, 9, 9], count: 5, key: key)
    #expect(two.count == 2)
    #expect(!two.testing(0).isEmpty && !two.testing(1).isEmpty)
    let one = Folds(classes: [0, 1], groups: [3, 3], count: 5, key: key)
    #expect(one.count == 0 && one.fold == [nil, nil])
  }

  @Test("the key decides among equals, the order of the items does not")
  func order() {
    let folds = Folds(classes: classes, groups: groups, count: 5, key: key)
    let backwards = Folds(
      classes: classes.reversed(), groups: groups.reversed(), count: 5, key: key)
    #expect(backwards.fold.reversed() == folds.fold)
    let other = Folds(classes: classes, groups: groups, count: 5, key: RandomKey(seed: 6))
    #expect(other.fold != folds.fold)
  }
}
