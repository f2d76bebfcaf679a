import Base
import Testing
import Torch

/// A function of float64 tensors whose gradient is compared with central differences.
struct GradientCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let shapes: [[Int]]
  let function: @Sendable ([Tensor]) -> Tensor

  init(_ name: String, _ shapes: [[Int]], _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
    testDescription = name
    self.shapes = shapes
    self.function = function
  }

  /// Inputs away from zero, so that kinks lie beyond the differences' reach.
  func inputs() -> [Tensor] {
    shapes.enumerated().map { position, shape in
      let generator = Generator(RandomKey(seed: 11).folding(testDescription).folding(position))
      let x = Tensor.normal(shape, generator: generator).to(.float64)
      return x + x.sign() * 0.1
    }
  }

  static let all: [GradientCase] = elementwise + reductions + shape + network + losses

  private static let elementwise = [
    GradientCase("add and mul broadcast", [[2, 3], [3]]) { ($0[0] + $0[1]) * $0[1] },
    GradientCase("div", [[2, 3], [2, 3]]) { $0[0] / ($0[1].square() + 1) },
    GradientCase("exp log sqrt", [[4]]) { ($0[0].square() + 1).log().exp().sqrt() },
    GradientCase("pow", [[4]]) { $0[0].abs().pow(2.5) },
    GradientCase("tanh sigmoid", [[5]]) { $0[0].tanh() * $0[0].sigmoid() },
    GradientCase("gelu silu", [[5]]) { gelu($0[0]) + gelu($0[0], approximate: true) + silu($0[0]) },
    GradientCase("relu clamp leaky", [[6]]) {
      $0[0].relu() + $0[0].clamp(min: -5, max: 5) + $0[0].leakyReLU(slope: 0.2)
    },
    GradientCase("where", [[4], [4]]) { where_($0[0].gt(0), $0[0] * 2, $0[1] * 3) },
    GradientCase("masked fill", [[4]]) { $0[0].maskedFill($0[0].lt(0), 1.5).square() },
  ]

  private static let reductions = [
    GradientCase("mean and variance", [[3, 4]]) {
      $0[0].mean(dim: [1]) * $0[0].variance(dim: [1], unbiased: false)
    },
    GradientCase("norm", [[3, 4]]) { $0[0].norm(p: 2, dim: [1]) },
    GradientCase("max", [[3, 4]]) { $0[0].max(dim: 1).values + $0[0].amin(dim: [1]) },
    GradientCase("logSumExp", [[3, 4]]) { $0[0].logSumExp(dim: [1]) },
    GradientCase("softmax", [[3, 4]]) { $0[0].softmax(dim: 1) * $0[0].logSoftmax(dim: 1) },
    GradientCase("cumsum", [[3, 4]]) { $0[0].cumsum(dim: 1).square() },
  ]

  private static let shape = [
    GradientCase("reshape, permute, flip", [[2, 3, 2]]) {
      ($0[0].permute([2, 0, 1]).reshape([4, 3]).flip([1]) * $0[0].reshape([4, 3])).t()
    },
    GradientCase("cat, stack, split", [[2, 2], [2, 2]]) {
      let whole = cat([$0[0], $0[1]], dim: 1)
      let parts = whole.split(1, dim: 1)
      return stack([parts[0], parts[3]], dim: 0) * whole.narrow(dim: 1, start: 1, length: 1)
    },
    GradientCase("gather and index select", [[3, 4]]) {
      let index = Tensor([0, 2, 1], [3, 1])
      return $0[0].gather(dim: 1, index: index)
        * $0[0].indexSelect(dim: 0, index: Tensor([2, 0, 2], [3]))
    },
    GradientCase("pad and roll", [[1, 1, 3, 3]]) {
      pad($0[0], [1, 1, 2, 0], .reflect).roll([1], dims: [2]).square()
    },
  ]

  private static let network = [
    GradientCase("linear", [[3, 4], [2, 4], [2]]) { linear($0[0], $0[1], $0[2]).square() },
    GradientCase("matmul and einsum", [[2, 3], [3, 2]]) {
      $0[0].matmul($0[1]) + einsum("ij,jk->ki", $0)
    },
    GradientCase("conv2d", [[2, 4, 5, 5], [4, 2, 3, 3], [4]]) {
      conv2d($0[0], $0[1], $0[2], stride: [2], padding: [1], groups: 2).square()
    },
    GradientCase("convTranspose2d", [[1, 2, 3, 3], [2, 3, 2, 2], [3]]) {
      convTranspose2d($0[0], $0[1], $0[2], stride: [2]).square()
    },
    GradientCase("batchNorm", [[4, 2, 3, 3], [2], [2]]) {
      batchNorm($0[0], $0[1], $0[2], nil, nil, training: true).square()
    },
    GradientCase("groupNorm and layerNorm", [[2, 4, 3], [4], [4], [3]]) {
      layerNorm(groupNorm($0[0], groups: 2, $0[1], $0[2]), [3], $0[3]).square()
    },
    GradientCase("pooling", [[1, 2, 5, 5]]) {
      maxPool2d($0[0], [2]).sum() * avgPool2d($0[0], [3], stride: [2]).sum()
        + adaptiveAvgPool2d($0[0], [2, 2]).square().sum()
    },
    GradientCase("interpolate", [[1, 2, 3, 3]]) {
      interpolate($0[0], size: [5, 4]).square().sum()
        + interpolate($0[0], size: [2, 2], mode: .nearest).square().sum()
    },
    GradientCase("attention", [[1, 2, 3, 4], [1, 2, 5, 4], [1, 2, 5, 4]]) {
      scaledDotProductAttention($0[0], $0[1], $0[2])
    },
    GradientCase("grid sample", [[1, 1, 4, 4], [1, 2, 3]]) {
      gridSample($0[0], affineGrid($0[1].tanh() * 0.5, size: [1, 1, 3, 3]))
    },
  ]

  private static let losses = [
    GradientCase("cross-entropy", [[3, 4]]) {
      crossEntropy($0[0], Tensor([1, 3, 0], [3]), labelSmoothing: 0.1)
    },
    GradientCase("binary cross-entropy", [[3]]) {
      binaryCrossEntropy($0[0], Tensor([1, 0, 0.5] as [Double], [3]))
    },
    GradientCase("other losses", [[3], [3]]) {
      mseLoss($0[0], $0[1]) + smoothL1Loss($0[0], $0[1]) + huberLoss($0[0], $0[1], delta: 0.5)
        + klDivergence($0[0].logSoftmax(dim: 0), $0[1].softmax(dim: 0), reduction: .sum)
    },
    GradientCase("linear algebra", [[3, 3]]) {
      let spread = $0[0].matmul($0[0].t()) + Tensor.eye(3, dtype: .float64)
      return spread.cholesky().sum() + spread.inverse().square().sum() + spread.svdvals().sum()
    },
    GradientCase("distances", [[3, 4], [2, 4]]) {
      cdist($0[0], $0[1]).sum()
        + cosineSimilarity($0[0].narrow(dim: 0, start: 0, length: 2), $0[1]).sum()
    },
  ]
}

@Suite("Gradients")
struct GradientTests {
  /// Central differences of float64 with this step are right to about step².
  private let step = 1e-5
  private let tolerance = 1e-6

  @Test("equal central differences", arguments: GradientCase.all)
  func differences(_ example: GradientCase) throws {
    let inputs = example.inputs()
    for input in inputs { input.requiresGradient = true }
    let weight = weights(like: example.function(inputs))
    (example.function(inputs) * weight).sum().backward()
    for (position, input) in inputs.enumerated() {
      let exact = try #require(input.gradient).doubles()
      for element in 0..<input.count {
        let moved = [step, -step].map { value(example, inputs, position, element, $0, weight) }
        let difference = (moved[0] - moved[1]) / (2 * step)
        #expect(abs(exact[element] - difference) < tolerance * Swift.max(1, abs(difference)))
      }
    }
  }

  /// Weights that make a sum depend on every element of `output` in its own way.
  private func weights(like output: Tensor) -> Tensor {
    Tensor.linspace(0.5, 1.5, count: output.count, dtype: .float64).reshape(output.shape)
  }

  private func value(
    _ example: GradientCase, _ inputs: [Tensor], _ position: Int, _ element: Int, _ by: Double,
    _ weight: Tensor
  ) -> Double {
    withoutGradients {
      var moved = inputs.map { $0.detach() }
      var values = moved[position].doubles()
      values[element] += by
      moved[position] = Tensor(values, inputs[position].shape)
      return (example.function(moved) * weight).sum().item()
    }
  }

  @Test("add up over backward passes until they are forgotten")
  func accumulation() throws {
    let x = Tensor([2] as [Float], [1])
    x.requiresGradient = true
    for _ in 0..<3 { x.square().backward() }
    #expect(try #require(x.gradient).item() == 12)
    x.zeroGradient()
    x.square().backward()
    #expect(try #require(x.gradient).item() == 4)
  }

  @Test("can be derived again, and are absent where nothing depends")
  func secondOrder() throws {
    let x = Tensor([3] as [Double], [1])
    let unused = Tensor([1] as [Double], [1])
    for leaf in [x, unused] { leaf.requiresGradient = true }
    let first = gradients(of: x.pow(3), by: [x, unused], createGraph: true)
    #expect(first[1] == nil)
    let second = gradients(of: try #require(first[0]), by: [x])
    #expect(try #require(second[0]).item() == 18)
    #expect(x.gradient == nil)
  }

  @Test("nothing is recorded inside withoutGradients, also when it throws")
  func withoutRecording() {
    struct Stop: Error {}
    let x = Tensor.ones([1])
    x.requiresGradient = true
    #expect(throws: Stop.self) {
      try withoutGradients {
        #expect(!(x * 2).requiresGradient)
        throw Stop()
      }
    }
    #expect((x * 2).requiresGradient)
    #expect(x.isLeaf && !(x * 2).isLeaf && !x.detach().requiresGradient)
  }
}
