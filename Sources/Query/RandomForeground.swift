import Base

/// A draw that favours images with foreground: its classes in turn, for a share of the batch.
///
/// After the controls of nnActive (Lüth et al. *nnActive: A Framework for Evaluation of Active
/// Learning in 3D Biomedical Segmentation.* TMLR 2025), for whole images: the rest is drawn from all
/// images, the share by drawing a foreground class uniformly and then an image that shows it.
///
/// - random-fg66, random-fg33: controls that know the truth, with shares of 2/3 and 1/3. No rules
///   for use: they show what finding the foreground alone would save.
/// - random-predfg66: the same with what the current model predicts, which can be had.
///
/// - Reads: `truth_areas [N, C]` or `predicted_areas [N, C]`, the share of each class in an image,
///   background first; refuses without.
/// - Utility: the chance of the class, or the number drawn.
/// - Cost: O(N·C + N log N).
/// - Randomness: one number per pick and one per item and class, from the key.
/// - Departures: near copies and groups are not limited, as in `RandomSampling`.
public struct RandomForeground: Rule {
  static let card = MethodCard(
    "control that knows the truth: two thirds with foreground", cost: "O(N·C + N log N)",
    regime: "simulations of segmentation", paper: "Lüth 2025 (nnActive)")
  static let thirdCard = MethodCard(
    "control that knows the truth: one third with foreground", cost: "O(N·C + N log N)",
    regime: "simulations of segmentation", paper: "Lüth 2025 (nnActive)")
  static let predictedCard = MethodCard(
    "at random, two thirds of them with predicted foreground", cost: "one pass of the network",
    regime: "segmentation with rare foreground", paper: "Lüth 2025 (nnActive); own")

  /// Where the areas come from.
  public enum Source: Sendable {
    /// What is true, which simulations alone know.
    case truth
    /// What the current model says.
    case prediction
  }

  /// The share of the batch that shows foreground.
  public let share: Double
  /// Where the areas come from.
  public let source: Source
  /// Segmentation alone.
  public let tasks: Set<QueryTask> = [.segmentation]
  let heedsLimits = false

  /// The rule with its share; two thirds of what is true.
  public init(share: Double = 2 / 3, source: Source = .truth) {
    (self.share, self.source) = (share, source)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { source == .truth ? [.truthAreas] : [.predictedAreas] }

  var name: String {
    (source == .truth ? "random-fg" : "random-predfg") + "\(Int(share * 100))"
  }

  func choose(_ draft: Draft) throws {
    guard let areas = source == .truth ? draft.pool.truthAreas : draft.pool.predictedAreas else {
      return
    }
    var members = [[Int]](repeating: [], count: areas.columns)
    var row = [Float](repeating: 0, count: areas.columns)
    for place in draft.unlabelled {
      try draft.copyRow(of: areas, at: place, into: &row, "the share of a class")
      for number in row.indices.dropFirst() where row[number] > 0 { members[number].append(place) }
    }
    let number = Int((Double(draft.budget) * share).rounded())
    draft.takeByClass(
      members, upTo: number, key: draft.key.folding("foreground"),
      words: source == .truth ? "true class" : "predicted class")
    draft.fillAtRandom()
  }
}
