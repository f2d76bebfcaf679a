import Pretrain
import Testing
import Torch

@Suite struct PatchesTests {
  let images = portable(6, [2, 3, 16, 16])
  /// All places but every fourth.
  let hidden = Tensor((0..<32).map { $0 % 4 == 0 ? 0 : 1.0 }, [2, 16])

  @Test("an image is cut row by row, a patch by row, column, channel")
  func order() {
    let patches = Patches.cut(images, side: 4)
    #expect(patches.shape == [2, 16, 48])
    let patch = patches.select(dim: 0, index: 1).select(dim: 0, index: 6).doubles()
    #expect(zip(patch, Golden.patch).allSatisfy { abs($0 - $1) < 1e-11 })
  }

  @Test("the loss equals the reference, raw and of standardised patches", arguments: [0, 1])
  func reference(standardised: Int) {
    let loss = Patches.loss(
      portable(7, [2, 16, 48]), Patches.cut(images, side: 4), weights: hidden,
      normalizing: standardised == 1)
    #expect(abs(loss.item() - Golden.patchLoss[standardised]) < 1e-9)
  }

  @Test("its gradient is the slope of the loss, and nothing for a patch that is seen")
  func gradient() throws {
    let loss = {
      Patches.loss(
        $0, Patches.cut(self.images, side: 4), weights: self.hidden, normalizing: true)
    }
    let x = portable(7, [2, 16, 48])
    x.requiresGradient = true
    loss(x).backward()
    let slopes = try #require(x.gradient).doubles()
    #expect(slopes.prefix(48).allSatisfy { $0 == 0 })
    for place in [50, 300, 777, 1000, 1500] {
      let sides = [1e-5, -1e-5].map { step in
        var values = portable(7, [2, 16, 48]).doubles()
        values[place] += step
        return loss(Tensor(values, [2, 16, 48])).item()
      }
      #expect(abs((sides[0] - sides[1]) / 2e-5 - slopes[place]) < 1e-8)
    }
  }

  @Test("patches of one colour do not count, whatever the colour")
  func even() {
    // Left half of one colour (red 0.9, others 0.1), right half striped.
    let values = (0..<3 * 64).map { place -> Double in
      let (channel, row, column) = (place / 64, place / 8 % 8, place % 8)
      return column < 4 ? (channel == 0 ? 0.9 : 0.1) : Double(row % 2)
    }
    let image = Tensor(values, [1, 3, 8, 8])
    #expect(Patches.informative(image, side: 4).doubles() == [0, 1, 0, 1])
  }

  @Test("where no patch counts the loss is 0, and so are its gradients")
  func nothing() throws {
    let x = portable(7, [1, 4, 48])
    x.requiresGradient = true
    let none = Tensor.zeros([1, 4], dtype: .float64)
    let loss = Patches.loss(x, x.detach() * 0, weights: none, normalizing: true)
    loss.backward()
    #expect(loss.item() == 0)
    #expect(try #require(x.gradient).doubles().allSatisfy { $0 == 0 })
  }

  @Test("positions equal the reference")
  func positions() {
    let table = GridPositions.table(rows: 2, columns: 3, width: 8)
    #expect(table.shape == [1, 7, 8])
    for (value, wanted) in zip(table.floats(), Golden.positions) {
      #expect(abs(Double(value) - wanted) < 1e-6)
    }
  }
}
