import Base
import FineTune
import Foundation
import Models
import NN
import Pool
import Query
import Torch
import Training

extension RoundDriver {
  func folder(_ round: Int) -> RoundFolder { RoundFolder(run: run, round: round) }

  func key(_ round: Int) -> RandomKey { key.folding("round").folding(round) }

  func builder(_ round: Int) -> StatisticsBuilder {
    StatisticsBuilder(
      data: data, configuration: configuration, device: device,
      features: features, freezesTrunk: freezesTrunk, key: key(round))
  }

  var features: TrunkStore { TrunkStore(data: data, device: device, shared: shared, run: run) }

  var tuner: FineTuner {
    FineTuner(
      configuration.fineTune, pixels: data.pixels, normalization: data.normalization,
      device: device)
  }

  /// The rounds as they stand on disk and in the ledger of labels.
  func ledger() throws -> RoundLedger {
    let labelled = try data.pool.currentLabels(run: name)
    var rounds: [RoundRecord] = []
    while let picks = try folder(rounds.count).readPicks() {
      let folder = folder(rounds.count)
      var record = RoundRecord()
      record.picks = picks.map(\.item)
      record.isLabelled =
        grid == nil ? picks.allSatisfy { labelled[$0.item] != nil } : folder.hasAnswers
      record.isTrained = ModelFile.exists(in: folder.url)
      let scores = try RoundScores.read(folder.scores)
      record.isEvaluated = scores != nil
      record.trust = scores?.trust?.score
      rounds.append(record)
    }
    return RoundLedger(rounds: rounds, poolSize: poolSize)
  }

  /// Where tiles may lie; nil where whole images are asked for.
  var grid: TileGrid? { configuration.unit.grid(size: data.model.imageSize) }

  /// How many images, or tiles that lie apart, there are to ask for.
  private var poolSize: Int { configuration.units(in: data.candidates.count) }

  /// What is known when `rounds` rounds are labelled; the network is that of the last of them.
  func knowledge(_ rounds: Int, network: Bool) throws -> RoundKnowledge {
    var known = RoundKnowledge()
    let picks = try (0..<rounds).map { try folder($0).readPicks() ?? [] }
    let queried = Set((picks.last ?? []).map(\.item))
    let asked = Set(picks.joined().map(\.item))
    known.queried = queried.sorted()
    known.earlier = asked.subtracting(queried).sorted()
    known.count = picks.joined().count
    known.tiles = picks.joined().compactMap(\.tile)
    known.queriedTiles = picks.last?.compactMap(\.tile) ?? []
    known.labels = try data.pool.currentLabels(run: name).filter { asked.contains($0.key) }
    known.targets = try data.targets(known.labels, within: known.tiles)
    if network, rounds > 0 {
      let (network, card) = try ModelFile.load(folder(rounds - 1).url, device: device)
      (known.network, known.card) = (network, card)
      known.trust = try RoundScores.read(folder(rounds - 1).scores)?.trust
    }
    return known
  }

  // MARK: - The actions

  /// Chooses the round's items.
  func query(_ round: Int) throws {
    let start = ContinuousClock.now
    let folder = folder(round)
    try folder.create()
    let known = try knowledge(round, network: true)
    let total = configuration.rounds.total(round: round, size: poolSize) ?? 0
    let choose = grid == nil ? images : tiles
    let picks = try choose(round, known, total - known.count)
    try folder.write(picks: picks)
    try metrics?.write(
      ["seconds": (ContinuousClock.now - start) / .seconds(1), "picks": Double(picks.count)],
      step: round,
      kind: "query")
  }

  /// Whole images by the round's rule.
  private func images(_ round: Int, _ known: RoundKnowledge, _ budget: Int) throws -> [Pick] {
    let rule = rule(round, known)
    let strategy = rule.make()
    var known = known
    if strategy.comparesModels, round > 1 {
      known.previous = try ModelFile.load(self.folder(round - 2).url, device: device).network
    }
    let needs = data.mode == .classification ? strategy.needs : strategy.needsInSegmentation
    let asked = round == 0 ? needs.intersection(PoolStatistic.modelFree) : needs
    let pool = try builder(round).build(
      asked, for: rule, round: known, folder: folder(round).statistics)
    return try strategy.query(pool, budget: budget, key: key(round).folding("query"))
  }

  /// The rule of a round: while there is no model, or no second one to compare it with,
  /// `firstQuery` stands in for a rule that asks for it.
  func rule(_ round: Int, _ known: RoundKnowledge) -> QueryConfiguration {
    let query = configuration.query.inForce(
      byClass: labelsOfClass(known), total: known.count)
    let isEarly =
      round == 0 && query.startsWithModel || round == 1 && query.make().comparesModels
    return isEarly ? configuration.firstQuery : query
  }

  /// Asks for the round's labels.
  ///
  /// - Returns: how many are missing.
  func label(_ round: Int) throws -> Int {
    let folder = folder(round)
    let picks = try folder.readPicks() ?? []
    let questions = try Question.all(picks, data.pool, size: data.model.imageSize)
    try annotator.request(questions, in: folder) { items in
      let known = try knowledge(round, network: true)
      return try Suggester(data: data, device: device).suggest(
        items, probabilities: known.network == nil ? nil : known.probabilities())
    }
    let missing = try annotator.collect(questions, in: folder).reduce(0) { $0 + $1.count }
    if missing == 0, grid != nil {
      let items = questions.map(\.item)
      try folder.write(answers: try data.pool.currentLabels(of: items, run: name))
    }
    return missing
  }

  /// Trains on everything labelled.
  func train(_ round: Int) throws {
    let start = ContinuousClock.now
    let folder = folder(round)
    let known = try knowledge(round + 1, network: false)
    let previous =
      round > 0 && configuration.fineTune.strategy.continues
      ? try ModelFile.load(self.folder(round - 1).url, device: device).network : nil
    var request = known.request(data, previous: previous)
    request.round = round
    request.isLast =
      configuration.rounds.total(round: round + 1, size: poolSize) == nil
    let trunk = freezesTrunk ? try features.scaled() : nil
    // A log of its own: each round counts its steps from 0.
    let log = trunk == nil ? try MetricsLog(folder.measurements) : nil
    let tuned = try tuner.train(
      request, features: trunk, checkpoints: folder.checkpoints,
      metrics: log, key: key(round).folding("train"))
    let network = try improved(tuned.network, round, known)
    let trust = try tuned.trust ?? beforehand(round, known)
    try writeJSON(
      TrainingRecord(trust: trust, seconds: (ContinuousClock.now - start) / .seconds(1)),
      to: folder.training)
    // The temperature is of the network that labels alone have made.
    let temperature = network.store === tuned.network.store ? tuned.temperature : 1
    try ModelFile.save(network, card: card(temperature: temperature), in: folder.url)
    try? FileManager.default.removeItem(at: folder.checkpoints)
  }

  private func card(temperature: Double) -> ModelCard {
    ModelCard(
      model: data.model, classes: data.classes, mean: data.normalization.mean,
      deviation: data.normalization.std, temperature: temperature,
      views: configuration.fineTune.testTimeViews)
  }
}
