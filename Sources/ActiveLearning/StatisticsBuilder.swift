import Base
import FineTune
import Foundation
import Models
import NN
import Pool
import Query
import Torch
import Training

/// Computes what a rule needs of the pool, and nothing else, once a round.
///
/// Arrays are streamed to mapped files, a batch at a time: memory does not depend on the pool's
/// size. Rows are the candidates in ascending order of item, labelled ones included.
struct StatisticsBuilder {
  let data: RunData
  let configuration: ActiveLearningConfiguration
  let device: Device
  let features: TrunkStore
  /// Whether rounds only learn a head on those features.
  let freezesTrunk: Bool
  let key: RandomKey

  /// The statistics of a round.
  ///
  /// - Parameters:
  ///   - needs: what the rule reads.
  ///   - query: the rule.
  ///   - round: the network of the round before and what is labelled.
  ///   - folder: where this round's arrays go.
  /// - Returns: a row for each candidate.
  /// - Throws: a diagnostic when the rule asks a model and there is none, or when a file cannot be
  ///   written.
  func build(
    _ needs: Set<PoolStatistic>, for query: QueryConfiguration, round: RoundKnowledge, folder: URL
  ) throws -> PoolStatistics {
    var pool = PoolStatistics(
      ids: data.candidates, labelled: round.labelledClasses,
      groups: data.candidates.map { data.groups[$0] ?? $0 })
    pool.limits = configuration.limits
    try RoundFolder.make(folder)
    for statistic in needs.sorted() where !pool.holds(statistic) {
      try fill(statistic, of: &pool, query: query, round: round, folder: folder)
    }
    return pool
  }

  /// Computes one statistic: the one list of how.
  private func fill(
    _ statistic: PoolStatistic, of pool: inout PoolStatistics, query: QueryConfiguration,
    round: RoundKnowledge, folder: URL
  ) throws {
    let file = folder.appendingPathComponent("\(statistic.rawValue).npy")
    switch statistic {
    case .embeddings: pool.embeddings = try Matrix(ArrayFile(features.candidates()))
    case .descriptors: pool.descriptors = try descriptors(round, file)
    case .currentEmbeddings:
      pool.currentEmbeddings =
        freezesTrunk
        ? try Matrix(ArrayFile(features.candidates()))
        : try rows(file, round) { $0.embedding($1, .evaluate) }
    case .probabilities:
      pool.probabilities = try probabilities(file, round)
    case .logits: pool.logits = try logits(file, round) { $0 }
    case .previousProbabilities: pool.previousProbabilities = try previous(round, file)
    case .predictedAreas: pool.predictedAreas = try predictedAreas(round, file)
    case .losses: pool.losses = try losses(query.members, round)
    case .memberProbabilities:
      pool.memberProbabilities = try members(query.members, round, file)
    case .passes: pool.passes = try passes(query, round, file)
    case .views: pool.views = try views(query.views, round, file)
    case .uncertainty: pool.uncertainty = try uncertainty(query, round, folder)
    case .trust:
      pool.trust = Trust(
        score: round.trust?.score ?? 0, low: round.trust?.low ?? 0, high: round.trust?.high ?? 1)
    case .truth: pool.truth = try trueClasses()
    case .truthAreas: pool.truthAreas = try trueAreas()
    }
  }

  var inference: PoolInference {
    PoolInference(data.pixels, normalization: data.normalization, device: device)
  }

  /// One row an item by the round's network.
  func rows(
    _ file: URL, _ round: RoundKnowledge, _ forward: (Network, Tensor) -> Tensor
  ) throws -> Matrix {
    let network = try round.trained()
    try inference.write(data.candidates, to: file) { forward(network, $0) }
    return try Matrix(ArrayFile(file))
  }

  /// Class probabilities of every candidate; over several views the network is run on each.
  private func probabilities(_ file: URL, _ round: RoundKnowledge) throws -> Matrix {
    if freezesTrunk, (round.card?.views ?? .single) == .single {
      return try logits(file, round) { $0.softmax(dim: 1) }
    }
    let probabilities = try round.probabilities()
    try inference.write(data.candidates, to: file) { imageMeans(probabilities($0)) }
    return try Matrix(ArrayFile(file))
  }

  /// What is made of the logits of every candidate, at the network's temperature; a frozen trunk is
  /// not run again.
  private func logits(
    _ file: URL, _ round: RoundKnowledge, _ transform: @escaping (Tensor) -> Tensor
  ) throws -> Matrix {
    let temperature = round.card?.temperature ?? 1
    guard freezesTrunk else {
      return try rows(file, round) { transform($0.logits($1, .evaluate) / temperature) }
    }
    return try heads(of: round.trained(), file) { transform($0 / temperature) }
  }

  /// What is made of the logits of a head on the frozen trunk's features.
  private func heads(
    of network: Network, _ file: URL, _ transform: (Tensor) -> Tensor
  ) throws -> Matrix {
    let table = try ArrayFile(features.candidates())
    let writer = try ArrayFile.Writer(file, rowShape: [data.classes.count])
    for first in stride(from: 0, to: data.candidates.count, by: 1024) {
      let rows = first..<min(first + 1024, data.candidates.count)
      let embedding = Tensor(table.floats(rows: rows), [rows.count, network.width]).to(device)
      let values = withoutGradients { transform(network.head(embedding, .evaluate)) }
      try writer.append(values.floats())
    }
    try writer.close()
    return try Matrix(ArrayFile(file))
  }

  /// The class probabilities of the network of the round before the last.
  private func previous(_ round: RoundKnowledge, _ file: URL) throws -> Matrix {
    let network = try round.earlierNetwork()
    if freezesTrunk { return try heads(of: network, file) { $0.softmax(dim: 1) } }
    try inference.write(data.candidates, to: file) { imageMeans(network.probabilities($0)) }
    return try Matrix(ArrayFile(file))
  }

  // MARK: - Features

  /// The pretrained network's image descriptors; without pretrained weights the current network's.
  private func descriptors(_ round: RoundKnowledge, _ file: URL) throws -> Matrix {
    guard data.pretrained == nil, round.network != nil else {
      return try Matrix(ArrayFile(features.candidates()))
    }
    return try rows(file, round) { $0.embedding($1, .evaluate) }
  }

  // MARK: - Committees, passes, views

  var tuner: FineTuner {
    FineTuner(
      configuration.fineTune, pixels: data.pixels, normalization: data.normalization,
      device: device)
  }

  func committee(_ members: Int) -> BootstrapCommittee {
    var committee = BootstrapCommittee()
    (committee.members, committee.mode) = (members, configuration.committee)
    return committee
  }

  private func members(_ count: Int, _ round: RoundKnowledge, _ file: URL) throws -> Matrix {
    let request = round.request(data)
    if freezesTrunk {
      return try headProbabilities(
        tuner.heads(
          committee(count), request, features: features.scaled(), key: key.folding("committee")),
        file)
    }
    let networks = try tuner.members(
      committee(count), of: try round.trained(), request, key: key.folding("committee"))
    try inference.writeStack(data.candidates, to: file, key: key) { images, _ in
      networks.map { $0.probabilities(images) }
    }
    return try Matrix(ArrayFile(file))
  }

  /// What logistic heads on the frozen trunk's features say of every candidate, `[M, N, C]`.
  private func headProbabilities(_ heads: [LogisticHead], _ file: URL) throws -> Matrix {
    let (table, items) = (try features.scaled(), data.candidates)
    let writer = try ArrayFile.Writer(file, rowShape: [data.classes.count])
    for head in heads {
      for first in stride(from: 0, to: items.count, by: 1024) {
        let block = Array(items[first..<min(first + 1024, items.count)])
        try writer.append(head.probabilities(table.scaled(block)))
      }
    }
    try writer.close(shape: [heads.count, items.count, data.classes.count])
    return try Matrix(ArrayFile(file))
  }

  private func passes(
    _ query: QueryConfiguration, _ round: RoundKnowledge, _ file: URL
  ) throws -> Matrix {
    let network = try round.trained()
    let scope = ParameterStore(device: device).scope(key: key)("dropout")
    let dropout = query.dropout.map { Dropout($0, in: scope) }
    try inference.writeStack(data.candidates, to: file, key: key.folding("passes")) { images, key in
      let embedding = network.embedding(images, .evaluate)
      return (0..<query.passes).map { number in
        let pass = Pass.stochastic(key.folding(number))
        let logits =
          dropout.map { network.head($0(embedding, pass), .evaluate) }
          ?? network.head(embedding, pass)
        return logits.softmax(dim: 1)
      }
    }
    return try Matrix(ArrayFile(file))
  }

  private func views(_ count: Int, _ round: RoundKnowledge, _ file: URL) throws -> Matrix {
    let network = try round.trained()
    let weak = configuration.fineTune.augmentation.weak(size: data.pixels.width)
    let fill = data.normalization.mean
    var row = 0
    try inference.write(data.candidates, to: file) { images in
      let items = data.candidates[row..<row + images.shape[0]]
      row += images.shape[0]
      let pixels = data.normalization.inverse(images)
      return stack(
        (0..<count).map { view in
          let keys = items.map { key.folding("view").folding(view).folding($0) }
          let seen = weak.apply(pixels, masks: nil, keys: keys, fill: fill).0
          return network.probabilities(data.normalization(seen))
        }, dim: 1)
    }
    return try Matrix(ArrayFile(file))
  }
}

/// `[B, C]` as it is; of `[B, C, H, W]` the mean over the pixels.
private func imageMeans(_ values: Tensor) -> Tensor {
  values.rank == 4 ? values.mean(dim: [2, 3]) : values
}

extension StatisticsBuilder {
  /// The out-of-bag loss of each labelled candidate under logistic heads on the trunk's features,
  /// `[N, 1]`; −1 where there is none.
  func losses(_ members: Int, _ round: RoundKnowledge) throws -> Matrix {
    let losses = tuner.outOfBagLosses(
      committee(members), round.request(data), features: try features.scaled(),
      key: key.folding("committee"))
    return Matrix(
      data.candidates.map { Float(losses[$0] ?? -1) }, shape: [data.candidates.count, 1])
  }
}
