import Base
import NN
import Testing
import Torch

@Suite struct ParameterStoreTests {
  private func build(_ seed: UInt64 = 1, extra: Bool = false) -> ParameterStore {
    let store = ParameterStore()
    let scope = store.scope(key: RandomKey(seed: seed))
    if extra { _ = Linear(3, 3, in: scope("projection")) }
    _ = Conv2d(3, 8, kernel: 3, in: scope("trunk")("conv"))
    _ = BatchNorm2d(8, in: scope("trunk")("bn"))
    _ = Linear(8, 2, in: scope("head"))
    return store
  }

  @Test("names, order and roles are those of a state dict")
  func names() {
    let store = build()
    #expect(
      store.all.map(\.name) == [
        "trunk.conv.weight", "trunk.conv.bias", "trunk.bn.weight", "trunk.bn.bias",
        "trunk.bn.running_mean", "trunk.bn.running_var", "trunk.bn.num_batches_tracked",
        "head.weight", "head.bias",
      ])
    #expect(store.buffers.map(\.name).allSatisfy { $0.hasPrefix("trunk.bn.") })
    #expect(store.parameterCount == 8 * 27 + 8 + 16 + 18)
  }

  @Test("first values depend on the seed and the name, not on what else is built")
  func initialValues() throws {
    let (one, other, larger) = (build(), build(2), build(extra: true))
    let name = "trunk.conv.weight"
    let value = try #require(one[name])
    #expect(value.equals(try #require(build()[name])))
    #expect(value.equals(try #require(larger[name])))
    #expect(!value.equals(try #require(other[name])))
  }

  @Test("freezing goes by whole parts of names")
  func freezing() {
    let store = build()
    store.freeze(under: "trunk.b")
    #expect(store.trainable.count == 6)
    store.freeze(under: "trunk")
    #expect(store.trainable.map(\.name) == ["head.weight", "head.bias"])
    #expect(store.isFrozen("trunk.bn.weight"))
    store.unfreeze(under: "trunk.bn")
    #expect(store.trainable.count == 4)
  }

  @Test("joined stores hold the same tensors, under the names of their parts")
  func joined() throws {
    let (one, other) = (build(1), build(2))
    let both = ParameterStore(joining: [("", one), ("twin", other)])
    #expect(both.all.map(\.name) == one.all.map(\.name) + other.all.map { "twin.\($0.name)" })
    #expect(both.buffers.count == 2 * one.buffers.count)
    both.freeze(under: "twin.head")
    #expect(other.isFrozen("head.bias") && !one.isFrozen("head.bias"))
  }

  @Test("a load that does not fit names every difference and changes nothing")
  func strictLoad() throws {
    let store = build()
    let before = try #require(store["head.weight"]).floats()
    var given = build(2).state()
    given.removeAll { $0.name == "trunk.bn.bias" || $0.name == "trunk.conv.bias" }
    given[0].tensor = Tensor.zeros([8, 1, 3, 3])
    given.append(("fc.bias", Tensor.zeros([2])))
    let error = #expect(throws: WeightsMismatch.self) {
      try store.load(given, ignoring: ["decoder"])
    }
    #expect(error?.missing == ["trunk.conv.bias", "trunk.bn.bias"])
    #expect(error?.unexpected == ["fc.bias"])
    #expect(
      error?.misshapen == ["trunk.conv.weight is [8, 1, 3, 3], model has [8, 3, 3, 3]"])
    #expect(error?.ignoredButAbsent == ["decoder"])
    #expect(error?.description.contains("missing 2: trunk.conv.bias, trunk.bn.bias") == true)
    #expect(store["head.weight"]?.floats() == before)
  }

  @Test("a head can be left behind and another kept")
  func ignoring() throws {
    let (store, source) = (build(), build(2))
    let head = try #require(store["head.weight"]).floats()
    try store.load(source.state(), ignoring: ["head"], keeping: ["head"])
    #expect(store["head.weight"]?.floats() == head)
    #expect(store["trunk.conv.weight"]?.floats() == source["trunk.conv.weight"]?.floats())
  }

  @Test("loading converts the type and keeps training possible")
  func conversion() throws {
    let store = build()
    try store.load(build(2).state().map { ($0.name, $0.tensor.to(.float64)) })
    let weight = try #require(store["head.weight"])
    #expect(weight.dtype == .float32)
    #expect(weight.requiresGradient)
  }

  @Test("initial values have the bounds and variances that their rules state")
  func initializers() throws {
    let store = ParameterStore()
    let scope = store.scope(key: RandomKey(seed: 5))
    let shape = [64, 32, 3, 3]
    func draw(_ name: String, _ rule: Initializer) -> (largest: Double, deviation: Double) {
      let tensor = scope.parameter(name, shape, rule).detach()
      return (tensor.abs().max().item(), tensor.std().item())
    }
    let uniform = draw("a", .kaimingUniform)
    #expect(uniform.largest <= 1 / 288.0.squareRoot())
    // Relative tolerance of a standard deviation from 18,432 draws: 1 / √(2 n) = 0.5 %, four times.
    #expect(abs(uniform.deviation * (3 * 288.0).squareRoot() - 1) < 0.02)
    #expect(abs(draw("b", .kaimingNormalFanOut).deviation / (2 / 576.0).squareRoot() - 1) < 0.02)
    #expect(abs(draw("c", .truncatedNormal(std: 0.02)).deviation / 0.02 - 1) < 0.02)
    #expect(draw("d", .truncatedNormal(std: 3)).largest <= 2)
    #expect(draw("e", .xavierUniform).largest <= (6 / (288.0 + 576)).squareRoot())
    #expect(draw("f", .zeros).largest == 0)
  }
}
