import Base
import Foundation
import Testing

@Suite struct RandomKeyTests {
  /// Values of Tests/Fixtures/make-random-key.py, which shares no code with the type.
  @Test("equals an independent implementation")
  func reference() {
    let key = RandomKey(seed: 7)
    #expect(key.seed == 0x7c1f_df6f_5d5b_9822)
    let named = key.folding("augmentation")
    #expect(named.seed == 0x1bb5_ad44_792d_e284)
    let placed = named.folding(-3)
    #expect(placed.seed == 0xb4b_dc1b_23da_54be)
    var generator = placed.generator()
    #expect(generator.next() == 0x6588_a0f4_4c38_8d2d)
    #expect(generator.next() == 0x2835_f43e_b010_974f)
    #expect(key.tieRank(12) == 0x8984_03b2_7dfb_e729)
  }

  @Test("draws the same numbers as an independent implementation")
  func referenceDraws() {
    let key = RandomKey(seed: 7)
    #expect(key.permutation(10) == [0, 7, 8, 3, 6, 2, 9, 4, 1, 5])
    #expect(key.uniform() == 0.08019916873416699)
    #expect(abs(key.normal() - -0.1482736052927584) < 1e-15)
    #expect(abs(key.gumbel() - -0.9255446337716253) < 1e-15)
  }

  @Test("closes a name by its length")
  func closedNames() {
    let key = RandomKey(seed: 1)
    #expect(key.folding("a").folding("b") != key.folding("ab"))
    #expect(key.folding("12345678") != key.folding("12345678\0"))
    #expect(key.folding("") != key)
  }

  @Test("keeps names and positions apart")
  func domains() {
    let key = RandomKey(seed: 1)
    #expect(key.folding(1) != key.folding("1"))
    #expect(key.folding(97) != key.folding("a"))
    #expect(key.folding(1).folding(2) != key.folding(2).folding(1))
  }

  @Test("never meets itself in a million positions")
  func distinct() {
    let key = RandomKey(seed: 3)
    #expect(Set((0..<1_000_000).map { key.folding($0).seed }).count == 1_000_000)
  }

  @Test("changes half the bits of a draw when one bit of the position changes")
  func avalanche() {
    let key = RandomKey(seed: 5)
    var changed = 0
    for position in 0..<1000 {
      let bit = 1 << (position % 40)
      changed += (key.folding(position).seed ^ key.folding(position ^ bit).seed).nonzeroBitCount
    }
    // Binomial with 64 000 trials: deviation 126.
    #expect(abs(changed - 32_000) < 800)
  }

  @Test("gives a permutation", arguments: [0, 1, 2, 17, 1000])
  func permutation(n: Int) {
    #expect(RandomKey(seed: 9).permutation(n).sorted() == Array(0..<n))
  }

  @Test("draws every permutation of four about equally often")
  func fairPermutation() {
    var counts: [[Int]: Int] = [:]
    for seed in 0..<24_000 { counts[RandomKey(seed: UInt64(seed)).permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    // χ² with 23 degrees of freedom; 58 is the 0.9999 quantile.
    let chi = counts.values.reduce(0.0) { $0 + pow(Double($1) - 1000, 2) / 1000 }
    #expect(chi < 58)
  }

  @Test("samples the beginning of the permutation", arguments: [(0, 5), (3, 5), (5, 5), (40, 900)])
  func sample(k: Int, n: Int) {
    let key = RandomKey(seed: 4).folding("sample")
    #expect(key.sample(k, outOf: n) == Array(key.permutation(n).prefix(k)))
  }

  @Test("samples from a range far too large to hold")
  func hugeSample() {
    let drawn = RandomKey(seed: 4).sample(1000, outOf: 1 << 50)
    #expect(Set(drawn).count == 1000)
    #expect(drawn.allSatisfy { (0..<1 << 50).contains($0) })
  }

  @Test("has the moments of its distributions")
  func moments() {
    let key = RandomKey(seed: 8)
    let n = 100_000
    func mean(_ draw: (RandomKey) -> Double) -> Double {
      (0..<n).reduce(0) { $0 + draw(key.folding($1)) } / Double(n)
    }
    // Five standard errors each.
    #expect(abs(mean { $0.uniform() } - 0.5) < 0.0046)
    #expect(abs(mean { $0.normal() }) < 0.016)
    #expect(abs(mean { pow($0.normal(), 2) } - 1) < 0.023)
    #expect(abs(mean { $0.gumbel() } - 0.5772) < 0.021)
  }

  @Test("returns the same key after coding")
  func coding() throws {
    let key = RandomKey(seed: .max).folding("x")
    let data = try JSONEncoder().encode(key)
    #expect(try JSONDecoder().decode(RandomKey.self, from: data) == key)
  }
}
