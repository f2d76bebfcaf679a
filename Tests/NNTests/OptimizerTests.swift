import Base
import NN
import Testing
import Torch

@Suite struct OptimizerTests {
  /// The quadratic form of `golden_losses.py`, in float64.
  private struct Problem {
    let parameters: [(name: String, tensor: Tensor)]
    let goals = [portable(80, [3, 4]), portable(81, [4]), portable(82, [2, 2])]

    init() {
      let starts = [portable(70, [3, 4]), portable(71, [4]), portable(72, [2, 2])]
      parameters = zip(["a", "b", "c"], starts).map { name, tensor in
        tensor.requiresGradient = true
        return (name, tensor)
      }
    }

    /// Vectors without decay; the last parameter at a tenth of the rate.
    var groups: [ParameterGroup] {
      [
        ParameterGroup(parameters: [parameters[0]]),
        ParameterGroup(parameters: [parameters[1]], weightDecayScale: 0),
        ParameterGroup(parameters: [parameters[2]], learningRateScale: 0.1),
      ]
    }

    func run(_ optimizer: any Optimizer, steps: Range<Int>) {
      for step in steps {
        for (_, tensor) in parameters { tensor.zeroGradient() }
        let losses = zip(parameters, goals).enumerated().map { index, pair in
          (pair.0.tensor - pair.1).square().sum() * (index + 1)
        }
        losses.dropFirst().reduce(losses[0], +).backward()
        optimizer.step(learningRateScale: 1 - Double(step) / 10)
      }
    }

    var values: Tensor { cat(parameters.map { $0.tensor.detach().flatten() }) }
  }

  enum Rule: CaseIterable {
    case sgd, sgdNesterov, sgdPlain, adamW, lars, larsUnclipped

    func make(_ groups: [ParameterGroup]) -> any Optimizer {
      switch self {
      case .sgd: SGD(groups, learningRate: 0.05, weightDecay: 0.01)
      case .sgdNesterov: SGD(groups, learningRate: 0.05, nesterov: true, weightDecay: 0.01)
      case .sgdPlain: SGD(groups, learningRate: 0.05, momentum: 0, weightDecay: 0.01)
      case .adamW: AdamW(groups, learningRate: 0.02, weightDecay: 0.1)
      case .lars: LARS(groups, learningRate: 0.1, weightDecay: 0.01)
      case .larsUnclipped: LARS(groups, learningRate: 0.5, weightDecay: 0.01, clipped: false)
      }
    }

    var golden: [Double] {
      switch self {
      case .sgd: Golden.sgd
      case .sgdNesterov: Golden.sgdNesterov
      case .sgdPlain: Golden.sgdPlain
      case .adamW: Golden.adamW
      case .lars: Golden.lars
      case .larsUnclipped: Golden.larsUnclipped
      }
    }
  }

  @Test("a group that does not follow the schedule keeps its rate", arguments: Rule.allCases)
  func steady(rule: Rule) {
    func moved(_ follows: Bool, scale: Double) -> Tensor {
      let problem = Problem()
      var groups = problem.groups
      for index in groups.indices { groups[index].followsSchedule = follows }
      let optimizer = rule.make(groups)
      problem.run(optimizer, steps: 0..<1)
      optimizer.step(learningRateScale: scale)
      return problem.values
    }
    #expect(moved(false, scale: 0.25).equals(moved(true, scale: 1)))
    #expect(!moved(true, scale: 0.25).equals(moved(true, scale: 1)))
  }

  @Test("five steps end where PyTorch's rule ends", arguments: Rule.allCases)
  func golden(rule: Rule) {
    let problem = Problem()
    problem.run(rule.make(problem.groups), steps: 0..<5)
    #expect(agrees(problem.values, rule.golden))
  }

  @Test("state saved and loaded continues to the same bits", arguments: Rule.allCases)
  func resumption(rule: Rule) throws {
    let problem = Problem()
    let first = rule.make(problem.groups)
    problem.run(first, steps: 0..<2)
    let second = rule.make(problem.groups)
    try second.state.load(first.state.named.map { ($0.name, $0.tensor.clone()) })
    problem.run(second, steps: 2..<5)
    let whole = Problem()
    whole.run(rule.make(whole.groups), steps: 0..<5)
    #expect(problem.values.equals(whole.values))
  }

  @Test("state of another rule is refused by name")
  func foreignState() {
    let groups = Problem().groups
    let error = #expect(throws: WeightsMismatch.self) {
      try AdamW(groups, learningRate: 1).state.load(SGD(groups, learningRate: 1).state.named)
    }
    #expect(error?.unexpected.contains("sgd.momentum.a") == true)
    #expect(error?.missing.contains("adamw.steps.c") == true)
  }

  @Test("a parameter without gradient stays, and so does its state")
  func idleParameters() {
    let problem = Problem()
    let optimizer = AdamW(problem.groups, learningRate: 1)
    problem.run(optimizer, steps: 0..<1)
    let (value, steps) = (problem.parameters[0].tensor.doubles(), optimizer.state.named)
    problem.parameters[0].tensor.zeroGradient()
    optimizer.step()
    #expect(problem.parameters[0].tensor.doubles() == value)
    let counts = steps.filter { $0.name.hasPrefix("adamw.steps") }.map { $0.tensor.item() }
    #expect(counts == [1, 2, 2])
  }

  @Test("groups separate vectors from matrices and rates from each other")
  func grouping() {
    let store = ParameterStore()
    let scope = store.scope(key: RandomKey(seed: 1))
    _ = Linear(3, 3, in: scope("trunk"))
    _ = BatchNorm1d(3, in: scope("bn"))
    _ = Linear(3, 2, in: scope("head"))
    let groups = store.groups { $0.hasPrefix("head") ? 10 : 1 }
    #expect(
      groups.map { $0.parameters.map(\.name) } == [
        ["trunk.weight"], ["trunk.bias", "bn.weight", "bn.bias"], ["head.weight"], ["head.bias"],
      ])
    #expect(groups.map(\.weightDecayScale) == [1, 0, 1, 0])
    #expect(groups.map(\.learningRateScale) == [1, 1, 10, 10])
    #expect(store.groups(under: "head", decayVectors: true).count == 1)
  }

  @Test("clipping scales all gradients by their common norm, and leaves small ones")
  func clipping() throws {
    let problem = Problem()
    for (index, (_, tensor)) in problem.parameters.enumerated() {
      tensor.gradient = Tensor.full(tensor.shape, Double(index), dtype: .float64)
    }
    // Norm of four ones and four twos: √20.
    let norm = GradientClipping.clip(problem.parameters, toNorm: 1)
    #expect(abs(norm.item() - 20.0.squareRoot()) < 1e-12)
    let last = try #require(problem.parameters[2].tensor.gradient).doubles()
    #expect(abs(last[0] - 2 / 20.0.squareRoot()) < 1e-6)
    GradientClipping.clip(problem.parameters, toNorm: 5)
    #expect(try #require(problem.parameters[2].tensor.gradient).doubles() == last)
  }
}
