import Base
import Study
import Testing

@Suite struct StudyConfigurationTests {
  @Test("the defaults hold, and are read back from their YAML")
  func defaults() throws {
    let settings = StudyConfiguration()
    #expect(settings.faults().isEmpty)
    let text = try StrictYAML.encode(settings)
    let again = try StrictYAML.decode(
      StudyConfiguration.self, from: text, file: "study.yaml", over: StudyConfiguration())
    #expect(again == settings)
  }

  @Test("what is out of range is named")
  func faults() {
    expect("seeds") { $0.seeds = 0 }
    expect("moreRandomSeeds") { $0.moreRandomSeeds = -1 }
    expect("share") { $0.share = 0 }
    expect("share") { $0.share = 1.1 }
    expect("fullSteps") { $0.fullSteps = 0.5 }
    expect("random") { $0.arms.removeAll { $0.name == "random" } }
    expect("different names") { $0.arms.append($0.arms[0]) }
    expect("full") { $0.arms[1].name = "full" }
    expect("datasets") { $0.datasets = [.init(name: "a", pool: "b"), .init(name: "a", pool: "c")] }
  }

  private func expect(
    _ word: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout StudyConfiguration) -> Void
  ) {
    var settings = StudyConfiguration()
    change(&settings)
    let faults = settings.faults()
    #expect(faults.count == 1, "\(faults)", sourceLocation: sourceLocation)
    #expect(faults.contains { $0.contains(word) }, "\(faults)", sourceLocation: sourceLocation)
  }
}
