public import Base
public import Pool

/// Which labels may measure a pretraining, which learns from none of them.
public enum ProbeLabels: String, Codable, Sendable, CaseIterable {
  /// None: a pretraining that has seen no label in any way.
  case none
  /// Labels that were given as labels: by people, or by an import that does not hide them.
  case given
  /// The hidden truth of a simulation as well.
  case truth

  /// The classes of a pool's items; none in a pool of masks.
  public func classes(of pool: Pool) throws -> ItemTable {
    let sources: Set<LabelSource>
    switch self {
    case .none: return [:]
    case .given: sources = [.annotator, .imported]
    case .truth: sources = [.annotator, .imported, .truth]
    }
    return try pool.currentClasses(sources: sources)
  }
}
