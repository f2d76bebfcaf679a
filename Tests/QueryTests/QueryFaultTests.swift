import Base
import Query
import Testing

@Suite struct QueryFaultTests {
  @Test(
    "a setting of a rule that is out of range is told",
    arguments: [
      ("{hybrid: {candidates: 0}}", "candidates must be at least 1"),
      ("{hybrid: {members: 1}}", "members must be at least 2, not 1"),
      ("{bald: {passes: 1}}", "passes must be at least 2, not 1"),
      ("{max-herding: {bandwidth: 0}}", "bandwidth must be above 0, not 0.0"),
      ("{uherding: {bandwidth: -1}}", "bandwidth must be above 0, not -1.0"),
      ("{typiclust: {clusters: 0}}", "clusters must be at least 1, not 0"),
      ("{auto: {bandwidth: 0}}", "bandwidth must be above 0"),
      ("{auto: {trust: {score: 2}}}", "trust.score must lie in 0…1, not 2.0"),
      ("{probcover: {radius: 0}}", "radius must be above 0"),
      ("{batch-bald: {members: 1}}", "members must be at least 2"),
      ("{batch-bald: {states: 0}}", "states must be at least 1"),
      ("{batch-bald: {candidates: 0}}", "candidates must be at least 1"),
      ("{aift: {views: 1}}", "views must be at least 2"),
      ("{aift: {majority: 0}}", "majority must be above 0 and at most 1"),
      ("{aift: {extensionFactor: 0.5}}", "extensionFactor must be at least 1"),
      ("{aift: {entropy: -1}}", "entropy must not be negative"),
      ("{aift: {diversity: -1}}", "diversity must not be negative"),
      ("{class-balanced: {exponent: -1}}", "exponent must not be negative"),
      ("{clasp: {share: 2}}", "share must lie in 0…1"),
      ("{clasp: {beta: -1}}", "beta must not be negative"),
      ("{auto-phases: {coverage: 0}}", "coverage must be at least 1"),
      ("{auto-phases: {margin: 1}}", "margin must be at least 10, not 1"),
      ("{auto-phases: {least: -1}}", "least must be at least 0"),
      ("{margin: {select: {power: {beta: -1}}}}", "beta must not be negative"),
      ("{margin: {select: {max-cover: {candidates: 0}}}}", "candidates must be at least 1"),
      ("{margin: {select: {herding: {bandwidth: 0}}}}", "bandwidth must be above 0"),
      ("{margin: {aggregate: {top: {share: 0}}}}", "share must be above 0 and at most 1, not 0.0"),
      ("{score: {bald: {passes: 1}}}", "passes must be at least 2"),
      ("{score: {committee: {members: 1}}}", "members must be at least 2"),
      ("{score: {consistency: {views: 1}}}", "views must be at least 2"),
      ("{score: {mc-variance: {passes: 1}}}", "passes must be at least 2"),
      ("{score: {committee-kl: {members: 1}}}", "members must be at least 2"),
      ("{score: {density: {neighbours: 0}}}", "neighbours must be at least 1"),
      ("{margin: {select: {density: {beta: -1}}}}", "beta must not be negative"),
      ("{margin: {select: {class-quota: {exponent: -1}}}}", "exponent must not be negative"),
      ("{margin: {select: {class-quota: {beta: -1}}}}", "beta must not be negative"),
      ("{margin: {select: {least-similar: {candidates: 0}}}}", "candidates must be at least 1"),
      ("{margin: {aggregate: {dilated: {radius: -1}}}}", "radius must not be negative"),
      ("{margin: {aggregate: {interior: {share: 0}}}}", "share must be above 0"),
      ("{kernel-herding: {bandwidth: 0}}", "bandwidth must be above 0"),
      ("{drop-query: {passes: 0}}", "passes must be at least 1"),
      ("{drop-query: {dropout: 1}}", "dropout must lie between 0 and 1"),
      ("{rare-class: {share: 2}}", "share must lie in 0…1"),
      ("{dcom: {steepness: 0}}", "steepness must be above 0"),
      ("{dcom: {turn: 2}}", "turn must lie in 0…1"),
    ])
  func ranges(text: String, says: String) {
    let error = #expect(throws: ConfigurationFaults.self) {
      try QueryConfigurationTests.read(text)
    }
    #expect(error?.what.contains(says) == true, "\(error?.what ?? "")")
    #expect(error?.place?.contains("f, line 1") == true, "\(error?.place ?? "")")
    #expect(error?.remedy?.contains("pipeline config") == true)
  }

  private func refusal(
    _ rule: String, _ pool: PoolStatistics, says: String, fix: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let rule = try QueryConfigurationTests.read(rule).make()
    let error = #expect(throws: Diagnostic.self, sourceLocation: sourceLocation) {
      try rule.query(pool, budget: 4, key: RandomKey(seed: 0))
    }
    #expect(
      error?.what.contains(says) == true, "\(error?.what ?? "")", sourceLocation: sourceLocation)
    #expect(
      error?.remedy?.contains(fix) == true, "\(error?.remedy ?? "")",
      sourceLocation: sourceLocation)
  }

  @Test("a pixel aggregate stands in for scores, not for the probabilities of an image")
  func aggregates() throws {
    var pool = Pools.full()
    pool.uncertainty = Matrix((0..<60).map { Float($0) / 60 }, shape: [60, 1])
    (pool.probabilities, pool.logits, pool.memberProbabilities, pool.passes) = (nil, nil, nil, nil)
    for (rule, statistic) in [
      ("badge", "probabilities"), ("batch-bald", "member_probabilities"),
      ("class-balanced", "probabilities"), ("drop-query", "probabilities"),
      ("rare-class", "probabilities"), ("dcom", "probabilities"),
    ] {
      try refusal(
        rule, pool, says: "'\(rule)' needs \(statistic), for which a pixel aggregate cannot",
        fix: "as \(statistic).npy")
    }
  }

  @Test("statistics that contradict one another are refused")
  func contradictions() throws {
    var pool = Pools.full()
    pool.groups = [1, 2]
    try refusal(
      "random", pool, says: "there are 2 groups for 60 items", fix: "give each item one group")
    (pool.groups, pool.strata) = (nil, [1])
    try refusal(
      "random", pool, says: "there are 1 strata for 60 items", fix: "give each item one stratum")
    var twice = PoolStatistics(ids: [1, 2, 2], labelled: [:])
    twice.embeddings = Matrix([[1], [2], [3]])
    try refusal(
      "random", twice, says: "two rows of the pool's statistics are the same item",
      fix: "one row for each item")
    pool = Pools.full()
    pool.embeddings = nil
    (pool.currentEmbeddings, pool.descriptors) = (nil, nil)
    try refusal(
      "k-center", pool, says: "'k-center' needs embeddings", fix: "compute embeddings.npy")
    pool = Pools.full()
    pool.uncertainty = Matrix([Float](repeating: .nan, count: 60), shape: [60, 1])
    (pool.probabilities, pool.logits) = (nil, nil)
    try refusal(
      "margin", pool, says: "the uncertainty of item", fix: "correct or remove it")
    pool = Pools.full()
    pool.logits = Matrix([Float](repeating: .infinity, count: 120), shape: [60, 2])
    pool.probabilities = nil
    try refusal("margin", pool, says: "the logits of item", fix: "correct or remove it")
  }
}
