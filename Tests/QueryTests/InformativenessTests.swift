import Foundation
import Query
import Testing

@Suite struct InformativenessTests {
  let golden = Golden.shared.scores

  @Test("margin, entropy and least confidence have the definition's values")
  func scores() {
    for (index, row) in golden.rows.enumerated() {
      #expect(abs(Informativeness.leastConfidence(row) - golden.leastConfidence[index]) < 1e-6)
      #expect(abs(Informativeness.margin(row) - golden.margin[index]) < 1e-6)
      #expect(abs(Informativeness.entropy(row) - golden.entropy[index]) < 1e-6)
    }
    #expect(Informativeness.margin([Float(1)]) == 0)
  }

  @Test("mutual information is the members' divergence from their mean, 0 where they agree")
  func mutualInformation() {
    #expect(abs(Informativeness.mutualInformation(golden.members) - golden.bald) < 1e-6)
    #expect(abs(golden.bald - golden.kl) < 1e-12)
    #expect(Informativeness.mutualInformation([[Float(0.3), 0.7], [0.3, 0.7]]) < 1e-12)
  }

  @Test("the variance is divided by the number of members")
  func variance() {
    #expect(abs(Informativeness.variance(golden.members) - golden.variance) < 1e-6)
    let three: [[Float]] = [[0.2, 0.5, 0.3], [0.2, 0.1, 0.7]]
    #expect(abs(Informativeness.variance(three, isSegmentation: true) - 0.04) < 1e-6)
    #expect(abs(Informativeness.variance(three) - 0.08 / 3) < 1e-6)
    #expect(abs(Informativeness.inconsistency(three) - 0.08) < 1e-6)
  }

  @Test("votes of 3 to 1")
  func votes() {
    let members: [[Float]] = [[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.1, 0.9]]
    #expect(abs(Informativeness.voteEntropy(members) - golden.voteEntropy) < 1e-6)
    #expect(abs(golden.voteEntropy / log(2) - 0.811_278_1) < 1e-6)
    #expect(Informativeness.voteEntropy([[Float(0.1), 0.9]]) == 0)
  }
}
