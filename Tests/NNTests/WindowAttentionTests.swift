import Base
import Foundation
import NN
import Testing
import Torch

/// Window attention against loops over pairs of places.
///
/// With places from opposite edges kept apart, a shifted layer's windows are those of a grid that
/// begins `shift` places before the map: the edge's are cut off, and none wraps around.
@Suite struct WindowAttentionTests {
  private let key = RandomKey(seed: 7)

  private func layer(
    window: Int, shift: Int
  ) -> (store: ParameterStore, layer: WindowAttention) {
    let store = ParameterStore(dtype: .float64)
    let layer = WindowAttention(
      6, heads: 2, window: window, shift: shift, in: store.scope(key: key))
    withoutGradients {
      // Biases of 0.02 would hide a wrong place in the table.
      for (name, tensor) in store.parameters where name.hasSuffix("table") {
        _ = tensor.mul_(50.0)
      }
    }
    return (store, layer)
  }

  @Test(
    "every place attends to those of its window, with the bias of their offset",
    arguments: [(2, 0), (2, 1), (3, 1), (3, 2), (6, 0)])
  func oracle(window: Int, shift: Int) throws {
    let (store, layer) = layer(window: window, shift: shift)
    let (height, width, features) = (6, 12, 6)
    let x = Tensor.normal([2, height, width, features], generator: Generator(key)).to(.float64)
    let (mixed, qkv) = try withoutGradients {
      (
        layer(x).doubles(),
        linear(
          x, try #require(store["qkv.weight"]), store["qkv.bias"]
        ).doubles()
      )
    }
    let table = try #require(store["relative_position_bias_table"]).detach().doubles()
    var expected = [Double](repeating: 0, count: mixed.count)
    for place in 0..<2 * height * width {
      for head in 0..<2 {
        let (image, y, x) = (place / (height * width), place / width % height, place % width)
        var (total, sums) = (0.0, [0.0, 0.0, 0.0])
        for other in image * height * width..<(image + 1) * height * width {
          let (v, u) = (other / width % height, other % width)
          func cell(_ place: Int) -> Int { (place + window - shift) / window }
          guard cell(y) == cell(v), cell(x) == cell(u) else { continue }
          let row = (y - v + window - 1) * (2 * window - 1) + x - u + window - 1
          var score = table[row * 2 + head]
          for d in 0..<3 {
            score +=
              qkv[place * 18 + head * 3 + d] * qkv[other * 18 + 6 + head * 3 + d]
              / 3.0.squareRoot()
          }
          total += exp(score)
          for d in 0..<3 { sums[d] += exp(score) * qkv[other * 18 + 12 + head * 3 + d] }
        }
        for d in 0..<3 { expected[place * 6 + head * 3 + d] = sums[d] / total }
      }
    }
    let projected = try withoutGradients {
      linear(
        Tensor(expected, [2, height, width, features]), try #require(store["proj.weight"]),
        store["proj.bias"]
      ).doubles()
    }
    // Float64 throughout; e⁻¹⁰⁰ is what is left of the places kept apart.
    #expect(zip(mixed, projected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("a batch is its images one by one")
  func batch() {
    let layer = layer(window: 2, shift: 1).layer
    let x = Tensor.normal([3, 4, 4, 6], generator: Generator(key)).to(.float64)
    withoutGradients {
      let one = layer(x.narrow(dim: 0, start: 1, length: 1))
      #expect(layer(x).narrow(dim: 0, start: 1, length: 1).isClose(to: one, rtol: 0, atol: 1e-12))
    }
  }
}
