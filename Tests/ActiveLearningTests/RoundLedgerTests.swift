import ActiveLearning
import Testing

@Suite struct RoundLedgerTests {
  private func plan(_ change: (inout RoundPlan) -> Void = { _ in }) -> RoundPlan {
    var plan = RoundPlan()
    (plan.first, plan.growth, plan.labels) = (10, 0.4, 30)
    change(&plan)
    return plan
  }

  @Test("totals grow by the share, to the limit, and then end")
  func totals() {
    let totals = (0...5).map { plan().total(round: $0, size: 1000) }
    #expect(totals == [10, 14, 20, 28, 30, nil])
    #expect(plan().total(round: 1, size: 12) == 12)
    #expect(plan().total(round: 2, size: 12) == nil)
  }

  @Test("given budgets hold instead")
  func budgets() {
    let given = plan { $0.budgets = [4, 9, 20] }
    #expect((0...3).map { given.total(round: $0, size: 1000) } == [4, 9, 20, nil])
  }

  @Test("actions follow one another; each interruption repeats the action")
  func order() {
    var ledger = RoundLedger(rounds: [], poolSize: 14)
    var actions: [RoundAction] = []
    while true {
      let action = ledger.nextAction(plan())
      #expect(action == ledger.nextAction(plan()))
      actions.append(action)
      switch action {
      case .query(let round):
        var record = RoundRecord()
        record.picks = Array(0..<(round == 0 ? 10 : 4))
        ledger.rounds.append(record)
      case .label(let round): ledger.rounds[round].isLabelled = true
      case .train(let round): ledger.rounds[round].isTrained = true
      case .evaluate(let round): ledger.rounds[round].isEvaluated = true
      case .finish: break
      }
      if case .finish = action { break }
    }
    let expected: [RoundAction] =
      [0, 1].flatMap { round -> [RoundAction] in
        [.query(round: round), .label(round: round), .train(round: round), .evaluate(round: round)]
      } + [.finish(reason: .exhausted)]
    #expect(actions == expected)
  }

  @Test("rounds end at the target, which is looked at after the measurement")
  func target() {
    var record = RoundRecord()
    (record.picks, record.isLabelled, record.isTrained) = (Array(0..<10), true, true)
    record.trust = 0.92
    var ledger = RoundLedger(rounds: [record], poolSize: 100)
    let wanted = plan { $0.target = 0.9 }
    #expect(ledger.nextAction(wanted) == .evaluate(round: 0))
    ledger.rounds[0].isEvaluated = true
    #expect(ledger.nextAction(wanted) == .finish(reason: .target))
    #expect(ledger.nextAction(plan()) == .query(round: 1))
  }

  @Test("a plan says what is wrong with it")
  func faults() {
    #expect(plan().faults().isEmpty)
    #expect(plan { $0.first = 0 }.faults().count == 1)
    #expect(plan { ($0.growth, $0.labels, $0.target) = (-1, 0, 2) }.faults().count == 3)
    #expect(plan { $0.budgets = [5, 5] }.faults().count == 1)
  }

  @Test("a round that found fewer than it asked for is the last")
  func short() {
    var record = RoundRecord()
    (record.picks, record.isLabelled) = (Array(0..<7), true)
    (record.isTrained, record.isEvaluated) = (true, true)
    let ledger = RoundLedger(rounds: [record], poolSize: 100)
    #expect(ledger.nextAction(plan()) == .finish(reason: .exhausted))
    record.picks = Array(0..<10)
    #expect(
      RoundLedger(rounds: [record], poolSize: 100).nextAction(plan()) == .query(round: 1))
  }
}
