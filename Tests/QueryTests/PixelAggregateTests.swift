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

  /// A foreground of 2 × 2 pixels in the corner of 5 × 5.
  private static let classes = (0..<25).map { $0 / 5 < 2 && $0 % 5 < 2 ? 1 : 0 }

  @Test("averages within the foreground and a margin", arguments: [0.0, 1, 1.5, 9])
  func dilated(radius: Double) {
    let pixels = (0..<25).map { Float($0 * $0) }
    let inside = (0..<25).filter { pixel in
      (0..<25).contains { other in
        let (row, column) = (pixel / 5 - other / 5, pixel % 5 - other % 5)
        return Self.classes[other] == 1
          && Double(row * row + column * column) <= radius * radius
      }
    }
    let expected = inside.reduce(0.0) { $0 + Double(pixels[$1]) } / Double(inside.count)
    let aggregate = PixelAggregate.dilated(.init(radius: radius))
    #expect(abs(aggregate.value(pixels, classes: Self.classes, width: 5) - expected) < 1e-9)
    let none = aggregate.value(pixels, classes: [Int](repeating: 0, count: 25), width: 5)
    #expect(abs(none - PixelAggregate.mean.value(pixels) / 2) < 1e-9)
  }

  @Test("leaves out what is near a contour")
  func interior() {
    let pixels = (0..<25).map { Float($0) }
    // The contour: pixels 1, 5, 6 of the foreground, and 2, 7, 10, 11 of the background.
    let rest = (0..<25).filter { ![1, 2, 5, 6, 7, 10, 11].contains($0) }.map { Double($0) }
    let aggregate = PixelAggregate.interior(.init(radius: 0))
    let expected = rest.reduce(0, +) / Double(rest.count)
    #expect(abs(aggregate.value(pixels, classes: Self.classes, width: 5) - expected) < 1e-9)
    let top = PixelAggregate.interior(.init(radius: 0, share: 0.1))
    #expect(top.value(pixels, classes: Self.classes, width: 5) == 23.5)
    // Where nothing is far from a contour everything counts.
    let all = PixelAggregate.interior(.init(radius: 9))
    #expect(all.value(pixels, classes: Self.classes, width: 5) == 12)
  }

  @Test(
    "of one pixel it is that pixel, of equal ones their value, of none 0",
    arguments: PixelAggregate.choices.map(\.value))
  func edges(aggregate: PixelAggregate) {
    // All foreground; of background alone what is dilated counts half.
    for (number, share) in [(1, 1.0), (0, 0.5)] {
      for count in [1, 12] {
        let value = aggregate.value(
          [Float](repeating: 0.25, count: count), background: [Float](repeating: 0.5, count: count),
          classes: [Int](repeating: number, count: count), width: min(count, 4))
        let isHalved = share < 1 && aggregate.chosen.name == "dilated"
        #expect(abs(value - (isHalved ? 0.125 : 0.25)) < 1e-7)
      }
    }
    #expect(aggregate.value([]) == 0)
    let spoilt = aggregate.value(
      [0.5, .nan], background: [0.5, 0.5], classes: [1, 1], width: 2)
    #expect(!spoilt.isFinite)
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
