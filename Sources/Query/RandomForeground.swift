import Base

/// A control that knows the truth: two thirds of the images hold foreground, its classes in turn.
///
/// No rule for use: it shows what finding the foreground alone would save. After the controls of
/// nnActive (Lüth et al. 2025), for whole images: one third is drawn from all images, the rest by
/// drawing a foreground class uniformly and then an image that shows it.
///
/// - Reads: `truth_areas [N, C]`, the true share of each class, background first; refuses without.
/// - Utility: the chance of the class, or the number drawn.
/// - Cost: O(N·C + N log N).
/// - Randomness: one number per pick and one per item, from the key.
/// - Departures: near copies and groups are not limited, as in `RandomSampling`.
public struct RandomForeground: Rule {
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.truthAreas]
  let name = "random-fg66"
  let heedsLimits = false

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let areas = draft.pool.truthAreas else { return }
    var members = [[Int]](repeating: [], count: areas.columns)
    var row = [Float](repeating: 0, count: areas.columns)
    for place in draft.unlabelled {
      try draft.copyRow(of: areas, at: place, into: &row, "the true share of a class")
      for number in row.indices.dropFirst() where row[number] > 0 { members[number].append(place) }
    }
    let share = Int((Double(draft.budget) * 2 / 3).rounded())
    draft.takeByClass(members, upTo: share, key: draft.key.folding("foreground"))
    draft.fillAtRandom()
  }
}
