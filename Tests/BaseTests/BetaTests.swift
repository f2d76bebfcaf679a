import Base
import Testing

@Suite struct BetaTests {
  @Test("Beta(a, a) has mean 1/2 and variance 1 / (4 (2a + 1))", arguments: [0.05, 0.2, 1, 4])
  func moments(shape: Double) {
    var generator = RandomKey(seed: 5).generator()
    let draws = (0..<20_000).map { _ in generator.beta(shape) }
    #expect(draws.allSatisfy { (0...1).contains($0) })
    let mean = draws.reduce(0, +) / 20_000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    let expected = 1 / (4 * (2 * shape + 1))
    // Five standard errors of the mean; of the variance no more than 5 %.
    #expect(abs(mean - 0.5) < 5 * (expected / 20_000).squareRoot())
    #expect(abs(variance / expected - 1) < 0.05)
  }
}
