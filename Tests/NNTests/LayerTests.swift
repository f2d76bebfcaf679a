import Base
import NN
import Testing
import Torch

@Suite struct LayerTests {
  private let key = RandomKey(seed: 1)

  private func store() -> (ParameterStore, Scope) {
    let store = ParameterStore(dtype: .float64)
    return (store, store.scope(key: key))
  }

  private func check(
    _ shape: [Int], _ build: (Scope) -> (Tensor) -> Tensor,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (store, scope) = store()
    let layer = build(scope)
    // Scales and shifts start at 1 and 0; moved, so that their gradients differ from place to place.
    withoutGradients {
      for (name, tensor) in store.parameters {
        tensor.copy_(from: tensor + GradientCheck.normal(tensor.shape, name) * 0.1)
      }
    }
    let error = GradientCheck.error([GradientCheck.normal(shape, "x")], store) { layer($0[0]) }
    #expect(error < GradientCheck.tolerance, sourceLocation: sourceLocation)
  }

  /// Each part, standardised, times its channels' scales, plus their shifts.
  private func checkNormal(
    _ shape: [Int], _ parts: [[Int]], channel: (Int) -> Int, _ build: (Scope) -> (Tensor) -> Tensor
  ) {
    let (store, scope) = store()
    let layer = build(scope)
    let (scales, shifts) = ([1.0, -2, 0.5, 3], [0.0, 1, 2, -1])
    withoutGradients {
      store["weight"]?.copy_(from: Tensor(scales, [4]))
      store["bias"]?.copy_(from: Tensor(shifts, [4]))
    }
    let x = GradientCheck.normal(shape, "x")
    let (values, found) = (x.doubles(), layer(x).doubles())
    for part in parts {
      let mean = part.reduce(0) { $0 + values[$1] } / Double(part.count)
      let squares = part.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
      let deviation = (squares / Double(part.count) + 1e-5).squareRoot()
      for index in part {
        let wanted = (values[index] - mean) / deviation * scales[channel(index)]
        #expect(abs(found[index] - wanted - shifts[channel(index)]) < 1e-12)
      }
    }
  }

  @Test("a linear map has the gradients of its formula")
  func linearMap() {
    check([3, 5]) {
      let layer = Linear(5, 4, in: $0); return { layer($0) }
    }
    check([2, 3, 5]) {
      let layer = Linear(5, 4, bias: false, in: $0); return { layer($0) }
    }
  }

  @Test(
    "convolutions have the gradients of their formula, with every padding",
    arguments: [ConvolutionPadding.zeros(1), .circular(1), .same], [1, 2])
  func convolution(padding: ConvolutionPadding, stride: Int) {
    check([2, 4, 6, 7]) {
      let layer = Conv2d(
        4, 6, kernel: 3, stride: stride, padding: padding, groups: 2, in: $0)
      return { layer($0) }
    }
  }

  @Test("a transposed convolution has the gradients of its formula")
  func transposedConvolution() {
    check([2, 3, 4, 4]) {
      let layer = ConvTranspose2d(3, 2, kernel: 4, stride: 2, padding: 1, in: $0)
      return { layer($0) }
    }
  }

  @Test("batch normalisation has its gradients in training and in evaluation")
  func batchNormalization() {
    for pass in [Pass.train(key), .evaluate] {
      check([4, 3, 2, 2]) {
        let layer = BatchNorm2d(3, in: $0); return { layer($0, pass) }
      }
      check([6, 3]) {
        let layer = BatchNorm1d(3, in: $0); return { layer($0, pass) }
      }
    }
  }

  @Test("group and layer normalisation have the gradients of their formulas")
  func otherNormalization() {
    check([2, 4, 3, 3]) {
      let layer = GroupNorm(groups: 2, 4, in: $0); return { layer($0) }
    }
    check([2, 3, 8]) {
      let layer = LayerNorm(8, in: $0); return { layer($0) }
    }
  }

  @Test("attention has the gradients of its formula")
  func attention() {
    check([2, 5, 8]) {
      let layer = MultiHeadAttention(8, heads: 2, weights: .normal(std: 0.3), in: $0)
      return { layer($0) }
    }
  }

  @Test("normalisations have the values of their formulas")
  func normalizationValues() {
    // Two images of four channels of three pixels, in groups of two channels.
    checkNormal([2, 4, 3, 1], (0..<4).map { Array($0 * 6..<$0 * 6 + 6) }, channel: { $0 / 3 % 4 }) {
      let layer = GroupNorm(groups: 2, 4, in: $0); return { layer($0) }
    }
    checkNormal([2, 3, 4], (0..<6).map { Array($0 * 4..<$0 * 4 + 4) }, channel: { $0 % 4 }) {
      let layer = LayerNorm(4, epsilon: 1e-5, in: $0); return { layer($0) }
    }
    let columns = (0..<4).map { column in (0..<6).map { $0 * 4 + column } }
    checkNormal([6, 4], columns, channel: { $0 % 4 }) {
      let layer = BatchNorm1d(4, in: $0); return { layer($0, .train(key)) }
    }
  }

  @Test("pooling and enlarging have their gradients")
  func resolution() {
    check([2, 3, 6, 6]) { _ in { Resolution.maximum($0) } }
    check([2, 3, 6, 6]) { _ in { Resolution.mean($0) } }
    check([2, 3, 6, 6]) { _ in { Resolution.globalMean($0) } }
    check([2, 3, 3, 4]) { _ in { Resolution.doubled($0) } }
    check([2, 3, 5, 6]) { _ in { Resolution.padded($0, toMultipleOf: 4) } }
  }

  @Test("dropping has the gradients of its mask, for values, channels, examples")
  func dropping() {
    let pass = Pass.train(key)
    for unit in [Dropout.Unit.value, .channel, .example] {
      check([4, 3, 2, 2]) {
        let layer = Dropout(0.4, unit: unit, in: $0)
        return { layer($0, pass) }
      }
    }
  }

  @Test("attention equals its definition, head by head")
  func attentionByHand() {
    let (store, scope) = store()
    let layer = MultiHeadAttention(4, heads: 2, weights: .normal(std: 0.5), in: scope)
    let x = GradientCheck.normal([1, 3, 4], "tokens")
    func part(_ index: Int, _ head: Int) -> Tensor {
      let rows = store["qkv.weight"]?.narrow(dim: 0, start: 4 * index + 2 * head, length: 2)
      return x.select(dim: 0, index: 0).matmul((rows ?? x).t())
    }
    let heads = (0..<2).map { head in
      let scores = part(0, head).matmul(part(1, head).t()) / 2.0.squareRoot()
      return scores.softmax(dim: 1).matmul(part(2, head))
    }
    let mixed = cat(heads, dim: 1)
    let expected = mixed.matmul((store["proj.weight"] ?? x).t())
    #expect((layer(x).select(dim: 0, index: 0) - expected).abs().max().item() < 1e-12)
  }

  @Test("padding SAME gives ⌈size / stride⌉ and puts the odd zero at the end")
  func samePadding() {
    let (store, scope) = store()
    let layer = Conv2d(1, 1, kernel: 3, stride: 2, padding: .same, bias: false, in: scope)
    withoutGradients { _ = store["weight"]?.fill_(1) }
    let y = layer(Tensor.ones([1, 1, 4, 5], dtype: .float64))
    #expect(y.shape == [1, 1, 2, 3])
    // Rows: windows 0…2 and 2…4, the last reaching one beyond. Columns: one zero on either side.
    #expect(y.doubles() == [6, 9, 6, 4, 6, 4])
  }

  @Test("a training pass moves the running statistics, the others do not")
  func runningStatistics() {
    let (store, scope) = store()
    let layer = BatchNorm1d(1, momentum: 0.5, in: scope)
    let x = Tensor([1.0, 3.0], [2, 1])
    _ = layer(x, .evaluate)
    _ = layer(x, .stochastic(key))
    #expect(store["running_mean"]?.item() == 0)
    #expect(store["num_batches_tracked"]?.item() == 0)
    _ = layer(x, .train(key))
    // Mean 2, unbiased variance 2, each half-way from 0 and 1.
    #expect(store["running_mean"]?.item() == 1)
    #expect(store["running_var"]?.item() == 1.5)
    #expect(store["num_batches_tracked"]?.item() == 1)
  }

  @Test("dropout keeps the mean, repeats by its key, differs between layers, rests in evaluation")
  func dropoutLaws() {
    let (_, scope) = store()
    let (first, second) = (Dropout(0.25, in: scope("a")), Dropout(0.25, in: scope("b")))
    let ones = Tensor.ones([200, 200])
    let dropped = first(ones, .train(key))
    #expect(abs(dropped.mean().item() - 1) < 0.02)
    #expect(dropped.equals(first(ones, .stochastic(key))))
    #expect(!dropped.equals(second(ones, .train(key))))
    #expect(!dropped.equals(first(ones, .train(key.folding(1)))))
    #expect(first(ones, .evaluate).equals(ones))
    let paths = DropPath(0.5, in: scope)(ones, .train(key)).sum(dim: [1]).floats()
    #expect(Set(paths) == [0, 400])
  }
}
