import Evaluation
import Foundation
import Study
import Testing

@Suite struct StudyCellTests {
  private var settings: StudyConfiguration {
    var settings = StudyConfiguration()
    settings.datasets = [.init(name: "a", pool: "pools/a"), .init(name: "b", pool: "pools/b")]
    settings.arms.removeLast()
    settings.seeds = 2
    settings.moreRandomSeeds = 1
    return settings
  }

  @Test("data set by data set, the reference first, random with its further seeds")
  func order() {
    let names = StudyCell.all(settings).map { "\($0.dataset.name) \($0.arm.name) \($0.seed)" }
    let one = ["full 0", "full 1", "random 0", "random 1", "random 2", "auto 0", "auto 1"]
    #expect(names == ["a", "b"].flatMap { set in one.map { "\(set) \($0)" } })
  }

  @Test("only the reference is full")
  func full() {
    let full = StudyCell.all(settings).filter(\.isFull)
    #expect(full.count == 4)
    #expect(full.allSatisfy { $0.arm.name == ResultRow.fullArm })
  }

  @Test("no two cells share a folder or a ledger")
  func folders() {
    let study = URL(fileURLWithPath: "studies/first")
    let cells = StudyCell.all(settings)
    #expect(Set(cells.map { $0.folder(in: study) }).count == cells.count)
    #expect(Set(cells.map { $0.ledger(of: study) }).count == cells.count)
    #expect(cells[3].folder(in: study).path.hasSuffix("studies/first/cells/a/random/seed-1"))
    #expect(cells[3].ledger(of: study) == "first/a/random/1")
  }
}
