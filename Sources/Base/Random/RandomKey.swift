/// A place in the tree of all random numbers of a run.
///
/// A key is derived by folding in names and positions and is never advanced, so whatever is drawn
/// depends on where it is drawn, not on when: loaders may run in any order, and a run resumes from
/// the step number alone. Mixing is SplitMix64's finaliser (Steele, Lea, Flood. *Fast Splittable
/// Pseudorandom Number Generators.* OOPSLA 2014). Not for secrets.
///
/// ```swift
/// let order = RandomKey(seed: 1).folding("epoch").folding(3).permutation(100)
/// ```
public struct RandomKey: Sendable, Codable, Hashable {
  private let state: UInt64

  /// The root of a run.
  public init(seed: UInt64) {
    state = mix(seed &+ golden)
  }

  private init(state: UInt64) {
    self.state = state
  }

  /// The key of a named part.
  ///
  /// The name is closed by its length, so that folding "a" and then "b"
  /// is not folding "ab".
  public func folding(_ name: String) -> RandomKey {
    var hash = mix(state ^ Domain.name)
    var word: UInt64 = 0
    var length: UInt64 = 0
    for byte in name.utf8 {
      word |= UInt64(byte) << (8 * (length % 8))
      length += 1
      if length % 8 == 0 {
        hash = mix((hash ^ word) &+ golden)
        word = 0
      }
    }
    hash = mix((hash ^ word) &+ golden)
    return RandomKey(state: mix((hash ^ length) &+ golden))
  }

  /// The key of a numbered part: an epoch, a step, an item.
  public func folding(_ position: Int) -> RandomKey {
    let hash = mix(state ^ Domain.position) ^ UInt64(bitPattern: Int64(position))
    return RandomKey(state: mix(hash &+ golden))
  }

  /// 64 mixed bits, for instance to seed a generator of libtorch.
  public var seed: UInt64 { mix(state ^ Domain.draw) }

  /// A generator that starts here; every call gives the same one.
  public func generator() -> KeyedGenerator { KeyedGenerator(state: seed) }

  /// A number of [0, 1).
  public func uniform() -> Double {
    var generator = generator()
    return generator.uniform()
  }

  /// A number from the normal distribution of mean 0 and deviation 1.
  public func normal() -> Double {
    var generator = generator()
    return generator.normal()
  }

  /// A number from the standard Gumbel distribution.
  public func gumbel() -> Double {
    var generator = generator()
    return generator.gumbel()
  }

  /// The numbers 0 ..< n in random order (Fisher and Yates, from the front).
  ///
  /// - Complexity: O(n).
  public func permutation(_ n: Int) -> [Int] {
    var generator = generator()
    var order = Array(0..<n)
    for place in 0..<n {
      order.swapAt(place, place + generator.below(n - place))
    }
    return order
  }

  /// `k` distinct numbers of 0 ..< n in random order: the first `k` of `permutation(n)`.
  ///
  /// - Complexity: O(k) time and memory, whatever n is.
  public func sample(_ k: Int, outOf n: Int) -> [Int] {
    precondition(k >= 0 && k <= n, "cannot draw \(k) distinct numbers out of \(n)")
    var generator = generator()
    var moved: [Int: Int] = [:]
    return (0..<k).map { place in
      let other = place + generator.below(n - place)
      let drawn = moved[other] ?? other
      moved[other] = moved[place] ?? place
      return drawn
    }
  }

  /// The rank by which ties are broken: a hash of this key and `id`, so that the order of the pool
  /// does not matter.
  public func tieRank(_ id: Int) -> UInt64 {
    mix((mix(state ^ Domain.tie) ^ UInt64(bitPattern: Int64(id))) &+ golden)
  }

  /// Keeps the kinds of folding apart, so that a name never meets a position.
  private enum Domain {
    static let name: UInt64 = 0x6e61_6d65_2d6e_616d
    static let position: UInt64 = 0x706f_7369_7469_6f6e
    static let draw: UInt64 = 0x6472_6177_2d64_7261
    static let tie: UInt64 = 0x7469_652d_7469_652d
  }
}
