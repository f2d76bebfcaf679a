import Base
import Query
import Testing

@Suite struct PixelAggregateTests {
  let golden = Golden.shared.aggregates

  @Test("mean, and mean of the highest quarter")
  func values() {
    #expect(abs(PixelAggregate.mean.value(golden.pixels) - golden.mean) < 1e-6)
    #expect(abs(PixelAggregate.top(.init(share: 0.25)).value(golden.pixels) - golden.top) < 1e-6)
    #expect(PixelAggregate.mean.value([]) == 0)
  }

  @Test("weighs pixels by foreground")
  func foreground() {
    let value = PixelAggregate.foreground.value([1, 0.5], background: [0, 1])
    #expect(abs(value - (1.01 * 1 + 0.01 * 0.5) / 1.02) < 1e-6)
  }

  @Test("is written by name or with settings")
  func coding() throws {
    struct Holder: Codable { var aggregate = PixelAggregate.mean }
    func read(_ text: String) throws -> PixelAggregate {
      try StrictYAML.decode(Holder.self, from: text, file: "f", over: Holder()).aggregate
    }
    #expect(try read("aggregate: foreground") == .foreground)
    #expect(try read("aggregate: {top: {share: 0.1}}") == .top(.init(share: 0.1)))
    #expect(throws: (any Error).self) { try read("aggregate: {top: {share: 0}}") }
  }
}
