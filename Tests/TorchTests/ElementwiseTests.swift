import Base
import Foundation
import Testing
import Torch

@Suite("Elementwise kernels of ours")
struct ElementwiseTests {
  private let key = RandomKey(seed: 5)

  @Test("gelu and its derivative agree with float64 over the whole range")
  func gelu() throws {
    let values = (-1200...1200).map { Float($0) / 100 } + [-1e4, -40, -13.2, 1e-30, 40, 1e4]
    func passes(_ dtype: DType) throws -> [Tensor] {
      let x = Tensor(values, [values.count]).to(dtype)
      x.requiresGradient = true
      let y = Torch.gelu(x)
      y.sum().backward()
      return [y, try #require(x.gradient)]
    }
    for (exact, fast) in zip(try passes(.float64), try passes(.float32)) {
      // A few roundings of float32.
      #expect(fast.to(.float64).isClose(to: exact, rtol: 4e-7, atol: 2e-7))
    }
  }

  @Test("without gradients, and switched off, gelu is libtorch's own")
  func switchedOff() async {
    let x = Tensor.normal([1000], generator: Generator(key))
    #expect(withoutGradients { Torch.gelu(x) }.equals(x.gelu(approximate: "none")))
    await #expect(processExitsWith: .success) {
      setenv("MODICUM_GELU", "plain", 1)
      let x = Tensor.normal([1000], generator: Generator(RandomKey(seed: 5)))
      x.requiresGradient = true
      #expect(Torch.gelu(x).equals(x.gelu(approximate: "none")))
    }
  }

  @Test("dropout keeps its share, scales it, and differs by key and place")
  func share() {
    let ones = Tensor.ones([1000, 1000])
    let first = dropout(ones, kept: 0.75, key: key)
    // Five standard deviations of a million draws.
    #expect(
      abs(first.gt(0).to(.float32).mean().item() - 0.75) < 5 * (0.75 * 0.25 / 1e6).squareRoot())
    #expect(first.amax(dim: [0, 1]).item() == Double(1 / Float(0.75)))
    let second = dropout(ones, kept: 0.75, key: key.folding(1))
    let both = first.gt(0).logicalAnd(second.gt(0)).to(.float32)
    #expect(abs(both.mean().item() - 0.5625) < 0.0025)
    let rows = first.gt(0).to(.float32).mean(dim: [1])
    #expect(
      abs(rows.amax(dim: [0]).item() - 0.75) < 0.07 && abs(rows.amin(dim: [0]).item() - 0.75) < 0.07
    )
    #expect(first.equals(dropout(ones, kept: 0.75, key: key)))
    #expect(dropout(ones, kept: 1, key: key).equals(ones))
  }

  @Test("dropout drops the same values in both layouts, and the same of the gradient")
  func layouts() throws {
    let x = Tensor.ones([2, 5, 40, 40])
    let dropped = dropout(x, kept: 0.5, key: key)
    let last = dropout(x.channelsLast(), kept: 0.5, key: key)
    #expect(dropped.isContiguous && last.isChannelsLast && dropped.equals(last))
    x.requiresGradient = true
    dropout(x, kept: 0.5, key: key).backward(Tensor.ones(x.shape).channelsLast())
    #expect(try #require(x.gradient).equals(dropped))
  }
}
