import Base
import Foundation
import NN
import Testing
import Torch
import Training

@Suite("Inference over a pool")
struct PoolInferenceTests {
  private let network = TinyNetwork()

  private func inference(_ batch: Int) -> PoolInference {
    PoolInference(TinySet.pixels, normalization: .half(channels: 1), batch: batch)
  }

  private func probabilities(_ x: Tensor) -> Tensor {
    network.logits(x, .evaluate).softmax(dim: 1)
  }

  @Test("gives the same rows whatever the block", arguments: [1, 7, 40, 64])
  func blocks(batch: Int) throws {
    let items = [39, 0, 7, 7, 12, 3, 38]
    let whole = try inference(100).rows(items, forward: probabilities)
    let parts = try inference(batch).rows(items, forward: probabilities)
    #expect(whole.shape == [7, 2] && parts.shape == [7, 2])
    #expect(zip(whole.values, parts.values).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(parts.values[4...5] == parts.values[6...7])
  }

  @Test("writes what it gives")
  func writes() throws {
    let folder = try TemporaryFolder()
    try inference(16).write(
      TinySet.items, to: folder.file("probabilities.npy"), forward: probabilities)
    let file = try ArrayFile(folder.file("probabilities.npy"))
    #expect(file.shape == [40, 2])
    #expect(try file.floats() == inference(16).rows(TinySet.items, forward: probabilities).values)
  }

  @Test("nothing to run on is told, and nothing is written")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("probabilities.npy")
    let error = #expect(throws: Diagnostic.self) {
      try inference(16).write([], to: file, forward: probabilities)
    }
    #expect(error?.what == "there are no items to run the network on")
    #expect(error?.place == "probabilities.npy" && error?.remedy?.contains("import") == true)
  }

  @Test("writes passes with dropout as [T, N, C], the same for the same key")
  func passes() throws {
    let folder = try TemporaryFolder()
    func run(_ name: String, _ seed: UInt64) throws -> ArrayFile {
      try inference(16).writeStack(
        TinySet.items, to: folder.file(name), key: RandomKey(seed: seed)
      ) { x, key in (0..<3).map { network.logits(x, .stochastic(key.folding($0))) } }
      return try ArrayFile(folder.file(name))
    }
    let one = try run("one.npy", 1)
    #expect(one.shape == [3, 40, 2])
    #expect(one.floats() == (try run("two.npy", 1)).floats())
    #expect(one.floats() != (try run("three.npy", 2)).floats())
    #expect(one.floats(rows: 0..<1) != one.floats(rows: 1..<2))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 3)
  }

  @Test("stacks members in their order")
  func members() throws {
    let folder = try TemporaryFolder()
    try inference(16).writeStack(
      TinySet.items, to: folder.file("m.npy"), key: RandomKey(seed: 1)
    ) { x, _ in
      let mean = x.mean(dim: [1, 2, 3]).unsqueeze(1)
      return [mean, mean + 1]
    }
    let file = try ArrayFile(folder.file("m.npy"))
    let (one, two) = (file.floats(rows: 0..<1), file.floats(rows: 1..<2))
    #expect(zip(one, two).allSatisfy { abs($0 + 1 - $1) < 1e-6 })
    let means = try inference(40).rows(TinySet.items) { $0.mean(dim: [1, 2, 3]) }
    #expect(zip(one, means.values).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("recomputes running statistics from images alone")
  func preciseStatistics() throws {
    let store = network.store
    let before = Dictionary(
      uniqueKeysWithValues: store.parameters.map { ($0.name, $0.tensor.floats()) })
    try preciseBatchNorm(
      store, items: TinySet.items, pixels: TinySet.pixels, normalization: .half(channels: 1),
      batch: 8, key: RandomKey(seed: 1), forward: network.logits)
    // The pool's own moments of the convolution's output, in one go.
    let images = try inference(40).rows(TinySet.items) { $0 }
    let weight = try #require(store["conv.weight"])
    let maps = withoutGradients {
      conv2d(Tensor(images.values, images.shape), weight, store["conv.bias"], padding: [1])
    }
    let mean = try #require(store["bn.running_mean"])
    let variance = try #require(store["bn.running_var"])
    #expect(mean.isClose(to: maps.mean(dim: [0, 2, 3]), rtol: 1e-4, atol: 1e-5))
    // Unbiased variances of batches of 8·64 values: larger by 1/511.
    let expected = maps.variance(dim: [0, 2, 3], unbiased: false)
    #expect(variance.isClose(to: expected, rtol: 5e-3, atol: 1e-6))
    #expect(store["bn.num_batches_tracked"]?.ints() == [0])
    for (name, values) in before { #expect(store[name]?.floats() == values) }
  }
}
