import Base
import Foundation
import Testing
import Torch

/// Small examples with known answers: they show that arguments reach the operator they are meant for.
@Suite("Operators")
struct OperatorTests {
  private let x = Tensor([3, 1, 2, 6, 5, 4] as [Float], [2, 3])

  @Test("reductions and searches")
  func reductions() {
    #expect(x.sum(dim: [0]).floats() == [9, 6, 6])
    #expect(x.mean(dim: [1], keepdim: true).shape == [2, 1])
    #expect(x.variance(unbiased: false).item() == Double(Float(35.0 / 12)))
    let (values, indices) = x.max(dim: 1)
    #expect(values.floats() == [3, 6] && indices.ints() == [0, 0])
    #expect(x.argmin(dim: 1).ints() == [1, 2] && x.argmax().ints() == [3])
    let top = x.topk(2, dim: 1, largest: false)
    #expect(top.values.floats() == [1, 2, 4, 5] && top.indices.ints() == [1, 2, 2, 1])
    #expect(x.sort(dim: 1, descending: true).indices.ints() == [0, 2, 1, 0, 1, 2])
    #expect(x.cumsum(dim: 1).floats() == [3, 4, 6, 6, 11, 15])
    #expect(Tensor([0, 2, 2], [3]).bincount(minlength: 4).ints() == [1, 0, 2, 0])
    #expect(x.gt(2).nonzero().ints() == [0, 0, 1, 0, 1, 1, 1, 2])
  }

  @Test("selection and indexing")
  func selection() {
    #expect(x.select(dim: 1, index: 2).floats() == [2, 4])
    #expect(x.narrow(dim: 1, start: 1, length: 2).floats() == [1, 2, 5, 4])
    #expect(x.slice(dim: 1, start: 0, end: 3, step: 2).floats() == [3, 2, 6, 4])
    #expect(x.indexSelect(dim: 0, index: Tensor([1], [1])).floats() == [6, 5, 4])
    #expect(x.index([nil, Tensor([0, 2], [2])]).floats() == [3, 2, 6, 4])
    let zero = Tensor.zeros([2, 3])
    let placed = zero.scatter(dim: 1, index: Tensor([2, 0], [2, 1]), value: 1)
    #expect(placed.floats() == [0, 0, 1, 1, 0, 0])
    #expect(Tensor([1, 0], [2]).oneHot(classes: 3).ints() == [0, 1, 0, 1, 0, 0])
    #expect(x.maskedFill(x.gt(3), 0).sum().item() == 6)
    #expect(where_(x.gt(3), x, -1.0).floats() == [-1, -1, -1, 6, 5, 4])
    #expect(x.unbind(dim: 0).map { $0.sum().item() } == [6, 15])
    #expect(x.chunk(3, dim: 1).count == 3)
  }

  @Test("creation")
  func creation() {
    #expect(Tensor.arange(4).ints() == [0, 1, 2, 3])
    #expect(Tensor.arange(1, 2, step: 0.5).floats() == [1, 1.5])
    #expect(Tensor.full([2], 7, dtype: .int32).ints() == [7, 7])
    #expect(Tensor.eye(2).floats() == [1, 0, 0, 1])
    #expect(Tensor.linspace(0, 1, count: 3).floats() == [0, 0.5, 1])
    #expect(x.zerosLike().floats() == [Float](repeating: 0, count: 6))
    #expect(x.zerosLike(dtype: .int64).dtype == .int64)
    #expect(Set(Tensor.permutation(5, generator: Generator(RandomKey(seed: 1))).ints()).count == 5)
    let draws = Tensor.integers([100], in: 3..<5, generator: Generator(RandomKey(seed: 2))).ints()
    #expect(Set(draws) == [3, 4])
  }

  @Test("conversion")
  func conversion() {
    #expect(x.to(.float16).to(.float32).floats() == x.floats())
    #expect(x.to(.float32) === x && x.contiguous() === x && x.to(.cpu) === x)
    let maps = Tensor.arange(16).reshape([1, 4, 2, 2])
    let last = maps.channelsLast()
    #expect(last.isChannelsLast && !last.isContiguous && last.strides == [16, 1, 8, 4])
    #expect(last.ints() == maps.ints() && last.contiguous().isContiguous)
    let copy = x.clone()
    copy.fill_(0)
    #expect(x.sum().item() == 21)
    let target = Tensor.zeros([2, 3], dtype: .float64)
    target.copy_(from: x)
    #expect(target.equals(x.to(.float64)))
  }

  @Test("convolution of a ramp by hand")
  func convolution() {
    let image = Tensor([1, 2, 3, 4, 5, 6, 7, 8, 9] as [Float], [1, 1, 3, 3])
    let kernel = Tensor([1, 0, 0, -1] as [Float], [1, 1, 2, 2])
    #expect(conv2d(image, kernel).floats() == [-4, -4, -4, -4])
    let bias = Tensor([10] as [Float], [1])
    #expect(conv2d(image, kernel, bias, stride: [2], padding: [1]).floats() == [9, 7, 3, 6])
  }

  @Test("batch normalisation moves the running statistics by the momentum")
  func batchNormalisation() {
    let batch = Tensor([1, 3, 5, 7] as [Float], [4, 1])
    let (mean, variance) = (Tensor.zeros([1]), Tensor.ones([1]))
    let y = batchNorm(batch, nil, nil, mean, variance, training: true, momentum: 0.5, eps: 0)
    #expect(abs(y.mean().item()) < 1e-6 && abs(y.variance(unbiased: false).item() - 1) < 1e-6)
    #expect(mean.item() == 2 && abs(variance.item() - (0.5 + 0.5 * 20 / 3)) < 1e-6)
    let evaluated = batchNorm(batch, nil, nil, mean, variance, training: false, eps: 0)
    #expect(abs(evaluated.floats()[0] + 1 / Float(variance.item()).squareRoot()) < 1e-6)
  }

  @Test("cross-entropy leaves out what is ignored and weighs classes")
  func crossEntropies() {
    let logits = Tensor([0, 0, 0, 0, 9, 9] as [Float], [3, 2])
    let target = Tensor([0, 1, -100], [3])
    #expect(abs(crossEntropy(logits, target).item() - log(2.0)) < 1e-6)
    let weight = Tensor([1, 3] as [Float], [2])
    let losses = crossEntropy(logits, target, weight: weight, reduction: .none).floats()
    #expect(zip(losses, [1, 3, 0]).allSatisfy { abs($0 - Float(log(2.0)) * $1) < 1e-6 })
  }

  @Test("fused SGD follows its formula")
  func fusedSGD() {
    let p = Tensor([1, -2] as [Float], [2])
    let g = Tensor([0.5, 0.25] as [Float], [2])
    let v = Tensor.zeros([2])
    var (expected, velocity) = ([1.0, -2.0], [0.0, 0.0])
    for step in 0..<3 {
      fusedSGD_(
        [p], gradients: [g], momentumBuffers: [v], lr: 0.1, momentum: 0.9, weightDecay: 0.01,
        nesterov: true, isFirstStep: step == 0)
      for (i, gradient) in [0.5, 0.25].enumerated() {
        let decayed = gradient + 0.01 * expected[i]
        velocity[i] = step == 0 ? decayed : 0.9 * velocity[i] + decayed
        expected[i] -= 0.1 * (decayed + 0.9 * velocity[i])
      }
    }
    #expect(zip(p.doubles(), expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("fused AdamW follows its formula")
  func fusedAdamW() {
    let p = Tensor([1, -2] as [Float], [2])
    let g = Tensor([0.5, 0.25] as [Float], [2])
    let (m, v, steps) = (Tensor.zeros([2]), Tensor.zeros([2]), Tensor.zeros([1]))
    var expected = [1.0, -2.0]
    for step in 1...3 {
      steps.fill_(step)
      fusedAdamW_(
        [p], gradients: [g], averages: [m], squareAverages: [v], steps: [steps], lr: 0.1,
        weightDecay: 0.1)
      // With a constant gradient both corrected means are the gradient and its square.
      for i in 0..<2 { expected[i] = expected[i] * (1 - 0.1 * 0.1) - 0.1 }
    }
    #expect(zip(p.doubles(), expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("a fused step heeds a gradient's layout, and traps on a buffer of another layout")
  func fusedLayouts() async throws {
    let p = Tensor.arange(16, dtype: .float32).reshape([2, 2, 2, 2]).channelsLast()
    let expected = (p - 0.5 * p).floats()
    let buffer = p.zerosLike()
    fusedSGD_(
      [p], gradients: [p.contiguous()], momentumBuffers: [buffer], lr: 0.5, momentum: 0.9,
      isFirstStep: true)
    #expect(p.floats() == expected)
    await #expect(processExitsWith: .failure) {
      let p = Tensor.zeros([2, 2, 2, 2]).channelsLast()
      let buffer = Tensor.zeros([2, 2, 2, 2])
      fusedSGD_(
        [p], gradients: [p], momentumBuffers: [buffer], lr: 0.5, momentum: 0.9, isFirstStep: true)
    }
  }

  @Test("lists of tensors")
  func lists() {
    let list = [Tensor([3, 4] as [Float], [2]), Tensor([6, 8] as [Float], [2])]
    #expect(foreachNorm(list).map { $0.item() } == [5, 10])
    foreachMul_(list, 0.5)
    foreachAdd_(list, list, alpha: 1)
    #expect(list[1].floats() == [6, 8])
    foreachZero_(list)
    #expect(list[0].sum().item() == 0)
  }

  @Test("linear algebra")
  func linearAlgebra() {
    let a = Tensor([2, 0, 0, 3] as [Double], [2, 2])
    #expect(zip(a.svdvals().doubles(), [3, 2]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(a.det().item() - 6) < 1e-12)
    #expect(a.eigh().eigenvalues.isClose(to: Tensor([2, 3] as [Double], [2])))
    let (q, r) = a.qr()
    #expect(
      q.matmul(r).isClose(to: a)
        && a.inverse().matmul(a).isClose(to: Tensor.eye(2, dtype: .float64)))
    #expect(
      cdist(Tensor([0, 0] as [Double], [1, 2]), Tensor([3, 4] as [Double], [1, 2])).item() == 5)
  }

  @Test("the same key draws the same numbers, another key others")
  func randomNumbers() {
    let key = RandomKey(seed: 5).folding("dropout")
    func draw(_ key: RandomKey) -> [Float] {
      Tensor.bernoulli([64], p: 0.5, generator: Generator(key)).floats()
    }
    #expect(draw(key) == draw(key) && draw(key) != draw(key.folding(1)))
    #expect(draw(key).allSatisfy { $0 == 0 || $0 == 1 })
    let uniform = Tensor.uniform([1000], in: 2..<3, generator: Generator(key)).floats()
    #expect(uniform.allSatisfy { $0 >= 2 && $0 < 3 })
  }
}
