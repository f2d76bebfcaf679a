import Base
import Evaluation
import Foundation
import Query
import Study
import Testing
import Torch

/// The laboratory on planted features: three classes in twelve dimensions, one of them rare.
@Suite struct LaboratoryTests {
  init() throws { try TorchRuntime.load() }

  private static func side(_ count: Int, _ name: String) -> FrozenSide {
    let key = RandomKey(seed: 5).folding(name)
    let labels = (0..<count).map { $0 % 10 == 0 ? 2 : $0 % 2 }
    let features = labels.enumerated().flatMap { item, label in
      (0..<12).map { column in
        Float((column == label ? 2.5 : 0) + key.folding(item).folding(column).normal())
      }
    }
    return FrozenSide(labels: labels, groups: labels.indices.map { $0 / 2 }, features: features)
  }

  private static let data = FrozenData(
    classes: 3, pool: side(120, "pool"), test: side(300, "test"))

  private static var settings: LaboratoryConfiguration {
    var settings = LaboratoryConfiguration()
    settings.budgets = [10, 20, 40, 80, 400]
    settings.head.components = 8
    return settings
  }

  private static func pool(_ seed: Int = 0) -> FrozenPool {
    FrozenPool(data, share: 0.8, components: 8, key: RandomKey(seed: 1).folding(seed))
  }

  private static func cell(_ query: QueryConfiguration, run: Int = 1) throws -> LaboratoryCell {
    var settings = settings
    settings.arms = [.init(name: "random", query: query)]
    settings.randomRuns = run
    return try #require(LaboratoryCell.all(settings).last)
  }

  private static func rounds(
    _ query: QueryConfiguration, run: Int = 1
  ) throws -> [LaboratoryCell.Round] {
    try cell(query, run: run).rounds(pool(), settings, key: RandomKey(seed: 2))
  }

  private static func curve(_ rounds: [LaboratoryCell.Round]) -> [[Double]] {
    rounds.map { [Double($0.labels)] + $0.scores.map(\.value) }
  }

  @Test("a seed's pool is a share of whole groups, scaled to a mean squared norm of one")
  func pool() {
    let pool = Self.pool()
    #expect(pool.count == 96 && Set(pool.groups).count == 48)
    #expect(pool.width == 8 && pool.features.count == 96 * 8)
    let square = pool.features.reduce(0.0) { $0 + Double($1) * Double($1) } / 96
    #expect(abs(square - 1) < 1e-5)
    #expect(Self.pool(1).rows != pool.rows && Self.pool().features == pool.features)
    #expect(pool.rows.map { Self.data.pool.labels[$0] } == pool.labels)
  }

  @Test("budgets end with the pool, and every label is counted")
  func budgets() throws {
    #expect(try Self.rounds(.random).map(\.labels) == [10, 20, 40, 80, 96])
    var settings = Self.settings
    settings.budgets = [10, 20]
    let short = try Self.cell(.random).rounds(Self.pool(), settings, key: RandomKey(seed: 2))
    #expect(short.map(\.labels) == [10, 20])
  }

  /// What can be asked of frozen features with its default settings.
  static let rules = QueryConfiguration.choices.compactMap { choice in
    choice.value.make().needs.isSubset(of: FrozenStatistics.offered) ? choice.name : nil
  }

  @Test("every rule that frozen features serve gives the same curve twice", arguments: rules)
  func determinism(name: String) throws {
    let choice = try #require(QueryConfiguration.choices.first { $0.name == name })
    let curve = Self.curve(try Self.rounds(choice.value))
    #expect(curve.map { $0[0] } == [10, 20, 40, 80, 96])
    #expect(Self.curve(try Self.rounds(choice.value)) == curve)
    // With all labels every arm is the reference.
    let full = try #require(LaboratoryCell.all(Self.settings).first)
    let reference = try full.rounds(Self.pool(), Self.settings, key: RandomKey(seed: 2))
    #expect(full.name == ResultRow.fullArm && reference.map(\.labels) == [96])
    #expect(curve.last?[1] == reference[0].scores[0].value)
  }

  @Test("arms that begin alike have the same first labels, runs of random selection have not")
  func starts() throws {
    let random = Self.curve(try Self.rounds(.random))
    #expect(Self.curve(try Self.rounds(.margin(.init())))[0] == random[0])
    #expect(Self.curve(try Self.rounds(.random, run: 2)) != random)
    let herding = Self.curve(try Self.rounds(.maxHerding(.init())))
    #expect(Self.curve(try Self.rounds(.phases(.init())))[0] == herding[0])
  }

  @Test("an arm that reads what frozen features lack is refused, and so are strange names")
  func refusals() {
    func faults(_ change: (inout LaboratoryConfiguration) -> Void) -> String {
      var settings = LaboratoryConfiguration()
      change(&settings)
      return settings.faults().joined(separator: "; ")
    }
    #expect(faults { _ in } == "")
    #expect(faults { $0.arms[1].query = .aift(.init()) }.contains("'margin' reads views"))
    #expect(faults { $0.arms[1].query = .randomForeground }.contains("truth_areas"))
    #expect(faults { $0.arms.removeFirst() }.contains("random"))
    #expect(faults { $0.arms[1].name = "a/b" }.contains("without '/'"))
    #expect(faults { $0.firstQuery = .margin(.init()) }.contains("firstQuery"))
    #expect(faults { $0.budgets = [20, 10] }.contains("budgets"))
    #expect(faults { $0.head.dropout = 1 }.contains("dropout"))
    #expect(faults { $0.seeds = 0 }.contains("seeds"))
  }

  @Test("the defaults are read back from their YAML")
  func defaults() throws {
    let settings = LaboratoryConfiguration()
    let text = try StrictYAML.encode(settings)
    let again = try StrictYAML.decode(
      LaboratoryConfiguration.self, from: text, file: "laboratory.yaml",
      over: LaboratoryConfiguration())
    #expect(again == settings)
  }

  @Test("Configs/laboratory.yaml holds settings that can run, once pools are named")
  func file() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Configs/laboratory.yaml")
    let settings = try StrictYAML.decode(
      LaboratoryConfiguration.self, from: String(contentsOf: file, encoding: .utf8),
      file: "laboratory.yaml", over: LaboratoryConfiguration())
    #expect(settings.faults().isEmpty)
    let defaults = LaboratoryConfiguration()
    #expect(settings.head == defaults.head && settings.budgets == defaults.budgets)
    #expect(settings.arms.count > 20 && settings.seeds == 20 && settings.randomRuns == 4)
  }
}
