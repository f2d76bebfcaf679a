import Base
import Foundation
import Query

/// What NumPy says, in float64; see `Tests/Fixtures/make-query.py`.
struct Golden: Decodable {
  let scores: Scores
  let aift: [Pattern]
  let twoStage: TwoStage
  let kCenter: Line
  let cover: Cover
  let typicality: Values
  let aggregates: Aggregates
  let principal: Principal
  let clusters: Clusters
  let pool: Pool

  struct Scores: Decodable {
    let rows, members: [[Float]]
    let leastConfidence, margin, entropy: [Double]
    let bald, kl, variance, voteEntropy: Double
  }

  struct Pattern: Decodable {
    let name: String
    let views: [Double]
    /// Entropy, entropy of a quarter, diversity, diversity of a quarter.
    let values: [Double]
  }

  struct TwoStage: Decodable {
    let vectors: [[Float]]
    let uncertainty: [Float]
    let leastSimilar, maxCover: [Int]
    let values: [Double]
  }

  struct Line: Decodable {
    let x: [Float]
    let order: [Int]
    let distances: [Double]
  }

  struct Cover: Decodable {
    let x: [Float]
    let order: [Int]
    let share: [Double]
  }

  struct Values: Decodable {
    let x: [Float]
    let values: [Double]
  }

  struct Principal: Decodable {
    let items: [Int]
    let distances: [Double]
  }

  struct Clusters: Decodable {
    let points: [[Float]]
    let items: [Int]
    let shares: [Double]
  }

  struct Aggregates: Decodable {
    let pixels: [Float]
    let mean, top: Double
  }

  struct Pool: Decodable {
    let embeddings, probabilities: [[Float]]
    let members: [[[Float]]]
    let losses: [Float]
    let dcom: Competence
    let labels: [String: Int]
    let answers: [String: Answer]
    let gradientNorms, gradientDistances: [Double]
    let firstGradient: Int
    /// A pool of predictions that mostly name an item's cluster, with a label in each.
    struct Competence: Decodable {
      let probabilities: [[Float]]
      let labelled: [Int]
      let answer: Answer
    }

    /// One for each order in which the classes may have their turn.
    let clasp, claspOfPixels: [Answer]

    struct Answer: Decodable {
      let items: [Int]
      let utilities: [Double]

      /// The largest error of the utilities relative to max(1, utility); infinite where other items
      /// were picked.
      func error(of picks: [Pick]) -> Double {
        if picks.map(\.item) != items { return .infinity }
        return zip(picks, utilities).reduce(0) {
          max($0, abs($1.0.utility - $1.1) / max(1, abs($1.1)))
        }
      }
    }

    /// The pool itself; without limits, which the script does not have.
    var statistics: PoolStatistics {
      let labelled = labels.reduce(into: [Int: Int]()) { result, pair in
        if let item = Int(pair.key) { result[item] = pair.value }
      }
      var pool = PoolStatistics(count: embeddings.count, labelled: labelled)
      pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
      pool.embeddings = Matrix(embeddings)
      pool.probabilities = Matrix(probabilities)
      let shape = [members.count, members[0].count, members[0][0].count]
      pool.memberProbabilities = Matrix(members.flatMap { $0.flatMap { $0 } }, shape: shape)
      pool.previousProbabilities = Matrix(members[0])
      pool.losses = Matrix(losses, shape: [losses.count])
      return pool
    }

    /// The pool with items whose places are their rows under `key`.
    func inPlaces(under key: RandomKey) -> PoolStatistics {
      let ids = Pools.ids(embeddings.count, under: key)
      let pool = statistics
      var other = PoolStatistics(
        ids: ids,
        labelled: Dictionary(uniqueKeysWithValues: pool.labelled.map { (ids[$0.key], $0.value) }))
      other.limits = pool.limits
      for statistic in PoolStatistic.allCases { other[statistic] = pool[statistic] }
      return other
    }
  }

  static let shared: Golden = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/query.json")
    do {
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    } catch {
      preconditionFailure("Tests/Fixtures/query.json: \(error)")
    }
  }()
}

/// Sums of single precision against float64.
let floatSum = 2e-5
