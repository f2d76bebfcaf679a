public import Base

/// Networks that disagree where the labels leave room: each member sees its own bootstrap sample.
///
/// Seung, Opper, Sompolinsky (COLT 1992); Yang et al., *Suggestive Annotation* (MICCAI 2017).
public struct BootstrapCommittee: Codable, Sendable, Equatable, Validatable {
  /// What a member learns anew.
  public enum Mode: String, Codable, Sendable, CaseIterable {
    /// On a CPU heads, else full.
    case auto
    /// Only the head, on a shared trunk.
    case heads
    /// The whole network, from the start of its round.
    case full
  }

  /// M.
  public var members = 4
  /// What a member learns anew.
  public var mode = Mode.auto

  /// The defaults.
  public init() {}

  /// What is out of range.
  public func faults() -> [String] {
    members < 2 ? ["committee.members must be at least 2"] : []
  }

  /// One member's sample: as many draws with replacement as there are items.
  ///
  /// A sample that misses a known class is drawn again, at most 50 times; then one item of every
  /// class still missing takes the place of a drawn one.
  ///
  /// - Parameters:
  ///   - items: what is labelled.
  ///   - labels: item → class; empty for segmentation.
  ///   - key: the member's key.
  /// - Returns: as many items as there are, with repeats.
  public static func sample(_ items: [Int], labels: [Int: Int], key: RandomKey) -> [Int] {
    let known = Set(items.compactMap { labels[$0] })
    var drawn: [Int] = []
    for attempt in 0..<50 {
      var generator = key.folding("bootstrap").folding(attempt).generator()
      drawn = items.map { _ in items[Int.random(in: 0..<items.count, using: &generator)] }
      if Set(drawn.compactMap { labels[$0] }) == known { return drawn }
    }
    for (offset, absent) in known.subtracting(drawn.compactMap { labels[$0] }).sorted().enumerated()
    {
      if let item = items.first(where: { labels[$0] == absent }) {
        drawn[offset % drawn.count] = item
      }
    }
    return drawn
  }
}
