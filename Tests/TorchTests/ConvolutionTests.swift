import Base
import Foundation
import Testing
import Torch

/// A convolution that is not libtorch's own kernel.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  var batch = 4
  var input = 64
  var output = 96
  var size = [2, 2]
  var kernel = 3
  var stride = [1]
  var padding = [1]
  var dilation = [1]

  var testDescription: String {
    "\(batch)×\(input)×\(size) → \(output), kernel \(kernel), stride \(stride), padding \(padding), "
      + "dilation \(dilation)"
  }

  /// Maps of a few positions.
  static let small = [
    ConvolutionCase(), ConvolutionCase(size: [1, 1]), ConvolutionCase(size: [3, 3]),
    ConvolutionCase(size: [4, 4], stride: [2]), ConvolutionCase(size: [5, 3], stride: [2, 1]),
    ConvolutionCase(size: [4, 4], kernel: 1, stride: [2], padding: [0]),
    ConvolutionCase(size: [3, 2], kernel: 1, padding: [0]),
    ConvolutionCase(size: [4, 4], padding: [2], dilation: [2]),
    ConvolutionCase(size: [2, 2], kernel: 5, padding: [2]),
    ConvolutionCase(size: [2, 2], padding: [6], dilation: [6]),
    ConvolutionCase(size: [3, 3], padding: [3]),
    // oneDNN's kernel for the weights of this one writes past its buffer.
    ConvolutionCase(
      batch: 3, input: 8, output: 16, size: [32, 32], kernel: 1, stride: [2], padding: [0]),
  ]

  /// Tiles of 4×4: one, several, cut at the edges; panels of channels full and not; many and few
  /// tiles for the threads.
  static let tiled = [
    ConvolutionCase(size: [4, 4]), ConvolutionCase(size: [7, 10]),
    ConvolutionCase(batch: 1, input: 16, output: 48, size: [16, 12]),
    ConvolutionCase(batch: 3, input: 48, output: 16, size: [13, 32]),
    ConvolutionCase(batch: 8, input: 32, output: 64, size: [40, 40]),
    ConvolutionCase(batch: 2, input: 160, output: 96, size: [32, 32]),
  ]
}

@Suite("Convolution")
struct ConvolutionTests {
  /// Float32 sums of a few thousand products differ from float64 by some 10⁻⁷ of their norm.
  private let float32Sum = 2e-6
  /// Winograd's transforms subtract: their rounding is some ten times that of the plain sum.
  private let float32Winograd = 2e-5

  private struct Case {
    var x: Tensor
    var weight: Tensor
    var bias: Tensor
    var seed: Tensor
  }

  private func draw(_ maps: ConvolutionCase, dtype: DType, channelsLast: Bool) -> Case {
    let key = RandomKey(seed: 3)
    func normal(_ shape: [Int], _ name: String) -> Tensor {
      let x = Tensor.normal(shape, generator: Generator(key.folding(name))).to(dtype)
      return channelsLast && shape.count == 4 ? x.channelsLast() : x
    }
    let x = normal([maps.batch, maps.input] + maps.size, "x")
    let weight = normal([maps.output, maps.input, maps.kernel, maps.kernel], "weight")
    let y = plainConv2d(
      x, weight, stride: maps.stride, padding: maps.padding, dilation: maps.dilation)
    return Case(
      x: x, weight: weight, bias: normal([maps.output], "bias"), seed: normal(y.shape, "seed"))
  }

  /// The output and the three gradients.
  private func passes(_ maps: ConvolutionCase, dtype: DType, channelsLast: Bool) throws -> [Tensor]
  {
    let data = draw(maps, dtype: dtype, channelsLast: channelsLast)
    let leaves = [data.x, data.weight, data.bias]
    for leaf in leaves { leaf.requiresGradient = true }
    let y = conv2d(
      data.x, data.weight, data.bias, stride: maps.stride, padding: maps.padding,
      dilation: maps.dilation)
    #expect(y.isChannelsLast || !channelsLast)
    y.backward(data.seed)
    return [y] + (try leaves.map { try #require($0.gradient) })
  }

  @Test(
    "all passes of small maps agree with float64", arguments: ConvolutionCase.small, [true, false])
  func smallMaps(_ maps: ConvolutionCase, _ channelsLast: Bool) throws {
    try expectAccuracy(maps, channelsLast, within: float32Sum)
  }

  @Test("all passes by tiles agree with float64", arguments: ConvolutionCase.tiled)
  func tiles(_ maps: ConvolutionCase) throws {
    try expectAccuracy(maps, true, within: float32Winograd)
  }

  @Test("tiles agree with float64 without AVX-512, and switched off nothing goes by tiles")
  func narrowVectors() async {
    await #expect(processExitsWith: .success) {
      setenv("MODICUM_CONV", "avx2", 1)
      for maps in ConvolutionCase.tiled {
        try ConvolutionTests().expectAccuracy(maps, true, within: 2e-5)
      }
    }
    await #expect(processExitsWith: .success) {
      setenv("MODICUM_CONV", "plain", 1)
      let byTiles = try ConvolutionTests().goesByTiles(ConvolutionCase.tiled[1])
      #expect(!byTiles)
    }
  }

  @Test("filters go by tiles where they learn, and as in libtorch where they do not")
  func onlyWhenLearning() throws {
    let maps = ConvolutionCase.tiled[1]
    #expect(try goesByTiles(maps))
    let data = draw(maps, dtype: .float32, channelsLast: true)
    let plain = plainConv2d(data.x, data.weight, padding: [1])
    #expect(conv2d(data.x, data.weight, padding: [1]).equals(plain))
    data.weight.requiresGradient = true
    #expect(withoutGradients { conv2d(data.x, data.weight, padding: [1]) }.equals(plain))
  }

  /// Whether the output differs in its last bits from libtorch's.
  private func goesByTiles(_ maps: ConvolutionCase) throws -> Bool {
    let data = draw(maps, dtype: .float32, channelsLast: true)
    data.weight.requiresGradient = true
    let y = conv2d(data.x, data.weight, padding: [1])
    return !y.equals(plainConv2d(data.x, data.weight, padding: [1]))
  }

  private func expectAccuracy(
    _ maps: ConvolutionCase, _ channelsLast: Bool, within limit: Double
  ) throws {
    let exact = try passes(maps, dtype: .float64, channelsLast: false)
    let fast = try passes(maps, dtype: .float32, channelsLast: channelsLast)
    for (a, b) in zip(exact, fast) {
      let error = (a - b.to(.float64)).norm().item() / a.norm().item()
      #expect(error < limit && a.shape == b.shape)
    }
  }

  @Test("gradients lie in memory as their weights do", arguments: [true, false])
  func layout(_ channelsLast: Bool) throws {
    let weightGradient = try passes(ConvolutionCase(), dtype: .float32, channelsLast: channelsLast)[
      2]
    #expect(weightGradient.isChannelsLast == channelsLast)
    #expect(weightGradient.isContiguous != channelsLast)
  }

  @Test("the same input gives the same bits")
  func determinism() throws {
    let first = try passes(ConvolutionCase(), dtype: .float32, channelsLast: true)
    let second = try passes(ConvolutionCase(), dtype: .float32, channelsLast: true)
    #expect(zip(first, second).allSatisfy { $0.equals($1) })
  }

  @Test("a gradient can be derived again")
  func secondOrder() throws {
    let data = draw(ConvolutionCase(), dtype: .float32, channelsLast: true)
    data.weight.requiresGradient = true
    let loss = conv2d(data.x, data.weight, padding: [1]).square().sum()
    let first = try #require(gradients(of: loss, by: [data.weight], createGraph: true)[0])
    let second = try #require(gradients(of: first.square().sum(), by: [data.weight])[0])
    #expect(second.shape == data.weight.shape && second.isFinite().all().bools() == [true])
  }

  @Test("only what needs a gradient gets one, and frozen weights cost none")
  func partial() throws {
    let data = draw(ConvolutionCase(), dtype: .float32, channelsLast: true)
    data.x.requiresGradient = true
    conv2d(data.x, data.weight, padding: [1]).backward(data.seed)
    #expect(data.x.gradient != nil && data.weight.gradient == nil)
    #expect(!conv2d(data.seed, Tensor.zeros([8, 96, 1, 1])).requiresGradient)
  }

  @Test("wrong shapes still trap with libtorch's reason")
  func traps() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv2d(Tensor.zeros([1, 64, 2, 2]), Tensor.zeros([96, 32, 3, 3]))
    }
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(text.contains("conv2d") && text.contains("[1, 64, 2, 2]") && text.contains("channels"))
  }
}
