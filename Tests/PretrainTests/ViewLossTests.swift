import Pretrain
import Testing
import Torch

/// The losses of methods that compare views, on the portable inputs of `golden_pretrain.py`.
@Suite struct ViewLossTests {
  /// A loss as a function of its first input, and what PyTorch says of it.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Seed and shape of the first input.
    let seed: Int
    var shape = [4, 8]
    let golden: [Double]
    let loss: @Sendable (Tensor) -> Tensor

    var input: Tensor { portable(seed, shape) }
  }

  private static func b() -> Tensor { portable(2, [4, 8]) }
  private static func c() -> Tensor { portable(3, [4, 8]) }
  private static func d() -> Tensor { portable(4, [4, 8]) }
  private static func queue() -> KeyQueue { KeyQueue(portable(5, [16, 8])) }
  /// `[2, 4, 8]` of the reference's `[2, 8, 4]`.
  private static func places(_ seed: Int) -> Tensor { portable(seed, [2, 8, 4]).transpose(1, 2) }

  static let cases: [Case] = [
    Case(testDescription: "moco", seed: 1, golden: Golden.moCo) {
      queue().contrast($0, b(), owners: nil, temperature: 0.2)
    },
    Case(testDescription: "moco-v3", seed: 1, golden: Golden.moCoV3) {
      let groups = Array(0..<4)
      return MoCoV3.contrast($0, b(), groups: groups, temperature: 0.2)
        + MoCoV3.contrast(c(), d(), groups: groups, temperature: 0.2)
    },
    Case(testDescription: "byol", seed: 1, golden: Golden.byol) { BYOL.loss($0, b(), c(), d()) },
    Case(testDescription: "simsiam", seed: 1, golden: Golden.simSiam) {
      SimSiam.loss($0, b(), c(), d())
    },
    Case(testDescription: "barlow", seed: 1, golden: Golden.barlow) {
      BarlowTwins.loss($0, b(), redundancy: 0.0051)
    },
    Case(
      testDescription: "vicreg", seed: 1, golden: Array(Golden.vicReg.suffix(2))
    ) {
      let terms = VICReg.Terms($0, b())
      return terms.invariance * 25 + terms.variance * 25 + terms.covariance
    },
    Case(testDescription: "dense", seed: 10, shape: [2, 8, 4], golden: Golden.dense) {
      DenseContrast.contrast(
        $0.transpose(1, 2), places(11),
        at: DenseContrast.correspondence(places(8), places(9)), queue(), owners: nil,
        temperature: 0.2)
    },
  ]

  private func gradient(_ loss: Case) throws -> [Double] {
    let x = loss.input
    x.requiresGradient = true
    loss.loss(x).backward()
    return try #require(x.gradient).doubles()
  }

  @Test("equals PyTorch's value, and its gradient has the same norm", arguments: cases)
  func reference(loss: Case) throws {
    #expect(abs(loss.loss(loss.input).item() - loss.golden[0]) < 1e-9)
    let norm = try gradient(loss).map { $0 * $0 }.reduce(0, +).squareRoot()
    #expect(abs(norm - loss.golden[1]) < 1e-9)
  }

  @Test("its gradient is the slope of the loss", arguments: cases)
  func differences(loss: Case) throws {
    let slopes = try gradient(loss)
    for place in stride(from: 0, to: slopes.count, by: slopes.count / 5) {
      let sides = [1e-6, -1e-6].map { step in
        var values = loss.input.doubles()
        values[place] += step
        return loss.loss(Tensor(values, loss.shape)).item()
      }
      #expect(abs((sides[0] - sides[1]) / 2e-6 - slopes[place]) < 1e-5)
    }
  }

  @Test(
    "losses of directions do not ask how long a row is",
    arguments: cases.filter {
      ["moco", "moco-v3", "byol", "simsiam", "dense"].contains($0.testDescription)
    })
  func length(loss: Case) {
    #expect(abs(loss.loss(loss.input * 7).item() - loss.golden[0]) < 1e-9)
  }

  @Test(
    "equal projections, and projections of zero, have finite losses and gradients", arguments: cases
  )
  func degenerate(loss: Case) throws {
    for value in [0, 0.5] {
      let x = Tensor.full(loss.shape, value, dtype: .float64)
      x.requiresGradient = true
      let result = loss.loss(x)
      result.backward()
      #expect(result.item().isFinite)
      #expect(try #require(x.gradient).doubles().allSatisfy { $0.isFinite }, "\(value)")
    }
  }

  @Test("targets of byol and simsiam get no gradient, predictions do")
  func stopGradient() {
    for loss in [BYOL.loss, SimSiam.loss] {
      let inputs = (1...4).map { portable($0, [4, 8]) }
      for input in inputs { input.requiresGradient = true }
      loss(inputs[0], inputs[1], inputs[2], inputs[3]).backward()
      #expect(inputs[0].gradient != nil && inputs[2].gradient != nil)
      #expect(inputs[1].gradient == nil && inputs[3].gradient == nil)
    }
  }

  @Test("keys get no gradient")
  func keys() {
    let (query, key) = (portable(1, [4, 8]), portable(2, [4, 8]))
    (query.requiresGradient, key.requiresGradient) = (true, true)
    let loss =
      Self.queue().contrast(query, key, owners: nil, temperature: 0.2)
      + MoCoV3.contrast(query, key, groups: [0, 1, 2, 3], temperature: 0.2)
    loss.backward()
    #expect(query.gradient != nil && key.gradient == nil)
  }

  @Test("barlow does not ask where a feature begins nor, but for epsilon, how far it spreads")
  func barlowInvariance() {
    let (a, b) = (portable(1, [4, 8]), portable(2, [4, 8]))
    let scale = portable(3, [8]) * 0.5 + 2
    let loss = BarlowTwins.loss(a, b, redundancy: 0.0051).item()
    #expect(abs(BarlowTwins.loss(a + portable(4, [8]), b, redundancy: 0.0051).item() - loss) < 1e-9)
    #expect(abs(BarlowTwins.loss(a * scale, b, redundancy: 0.0051).item() - loss) < 1e-2)
    // Equal views whose features are independent: nothing is left but epsilon.
    let signs = Tensor([1, 1, 1, -1, -1, 1, -1, -1] as [Double], [4, 2])
    #expect(BarlowTwins.loss(signs, signs, redundancy: 1).item() < 1e-8)
  }

  @Test("vicreg's terms are the reference's; constant projections cost the whole spread")
  func vicRegTerms() {
    let terms = VICReg.Terms(portable(1, [4, 8]), portable(2, [4, 8]))
    for (term, wanted) in zip([terms.invariance, terms.variance, terms.covariance], Golden.vicReg) {
      #expect(abs(term.item() - wanted) < 1e-9)
    }
    #expect(abs(FeatureSpread.hinge(Tensor.ones([4, 8], dtype: .float64)).item() - 0.99) < 1e-12)
    #expect(FeatureSpread.hinge(portable(1, [4, 8]) * 100).item() == 0)
  }

  @Test("places find the reference's likes, and themselves in the same map")
  func correspondence() {
    let (query, key) = (Self.places(8), Self.places(9))
    #expect(DenseContrast.correspondence(query, key).ints() == Golden.denseFound)
    #expect(DenseContrast.correspondence(query, query).ints() == [0, 1, 2, 3, 0, 1, 2, 3])
  }

  @Test("moco-v3 leaves other images of a group out; all of one group cost nothing")
  func groups() {
    let (a, b) = (portable(1, [4, 8]), portable(2, [4, 8]))
    func loss(_ groups: [Int]) -> Double {
      MoCoV3.contrast(a, b, groups: groups, temperature: 0.2).item()
    }
    #expect(loss([0, 0, 1, 2]) < loss([0, 1, 2, 3]))
    #expect(abs(loss([7, 7, 7, 7])) < 1e-12)
  }
}
