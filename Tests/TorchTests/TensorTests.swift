import Base
import Testing
import Torch

@Suite("Tensor")
struct TensorTests {
  @Test("keeps values, shape and type of what it was made of")
  func roundTrip() {
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3])
    #expect(x.shape == [2, 3] && x.rank == 2 && x.count == 6 && x.strides == [3, 1])
    #expect(x.dtype == .float32 && x.device == .cpu && x.isContiguous)
    #expect(x.floats() == [1, 2, 3, 4, 5, 6])
    #expect(x.t().floats() == [1, 4, 2, 5, 3, 6])
    #expect(x.ints() == [1, 2, 3, 4, 5, 6])
  }

  @Test("operators and numbers read like formulas")
  func formulas() {
    let x = Tensor([1, 2, 3] as [Float], [3])
    #expect(((2 * x + 1) / 2.0 - x).floats() == [0.5, 0.5, 0.5])
    #expect((1 - x).floats() == [0, -1, -2] && (6 / x).floats() == [6, 3, 2])
    #expect((-x).relu().sum().item() == 0)
    #expect(Tensor([1, 2], [2]).mul(2).dtype == .int64)
    #expect((Tensor([1, 2], [2]) * 0.5).dtype == .float32)
  }

  @Test("a gradient of x³ is 3x²")
  func gradient() throws {
    let x = Tensor([1, 2, 3] as [Float], [3])
    x.requiresGradient = true
    x.pow(3).sum().backward()
    #expect(try #require(x.gradient).floats() == [3, 12, 27])
    x.zeroGradient()
    #expect(x.gradient == nil)
    withoutGradients { #expect(!x.exp().requiresGradient) }
  }

  @Test("a generator's stream is its key's")
  func generators() {
    let key = RandomKey(seed: 7)
    let a = Tensor.normal([8], generator: Generator(key)).floats()
    let b = Tensor.normal([8], generator: Generator(key)).floats()
    let c = Tensor.normal([8], generator: Generator(key.folding("other"))).floats()
    #expect(a == b && a != c)
  }
}
