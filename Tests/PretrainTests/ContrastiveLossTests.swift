import Foundation
import Pretrain
import Testing
import Torch

@Suite struct ContrastiveLossTests {
  let a = portable(1, [4, 8])
  let b = portable(2, [4, 8])

  @Test(
    "equals the reference", arguments: [(0.5, Golden.contrastive[0]), (0.2, Golden.contrastive[1])])
  func reference(temperature: Double, expected: Double) {
    let loss = ContrastiveLoss(temperature: temperature)(a, b).item()
    #expect(abs(loss - expected) < 1e-9)
  }

  @Test("its gradient has the reference's norm")
  func gradient() {
    let x = portable(1, [4, 8])
    x.requiresGradient = true
    ContrastiveLoss(temperature: 0.2)(x, b).backward()
    let norm = x.gradient.map { ($0 * $0).sum().item().squareRoot() } ?? 0
    #expect(abs(norm - Golden.contrastiveGradient) < 1e-9)
  }

  @Test("its gradient is the slope of the loss, with and without groups")
  func differences() throws {
    for groups in [nil, [0, 0, 1, 2]] {
      let loss = { ContrastiveLoss(temperature: 0.2)($0, self.b, groups: groups) }
      let x = portable(1, [4, 8])
      x.requiresGradient = true
      loss(x).backward()
      let slopes = try #require(x.gradient).doubles()
      for place in stride(from: 0, to: 32, by: 3) {
        let sides = [1e-6, -1e-6].map { step in
          var values = portable(1, [4, 8]).doubles()
          values[place] += step
          return loss(Tensor(values, [4, 8])).item()
        }
        #expect(abs((sides[0] - sides[1]) / 2e-6 - slopes[place]) < 1e-6)
      }
    }
  }

  @Test("does not ask which view came first, nor how long a row is")
  func invariances() {
    let loss = ContrastiveLoss(temperature: 0.2)
    #expect(abs(loss(a, b).item() - loss(b, a).item()) < 1e-12)
    #expect(abs(loss(a * 7, b).item() - loss(a, b).item()) < 1e-12)
  }

  @Test("is ln(2B − 1) when all rows are equal")
  func chance() {
    let ones = Tensor.ones([4, 8], dtype: .float64)
    #expect(abs(ContrastiveLoss(temperature: 0.5)(ones, ones).item() - log(7)) < 1e-9)
  }

  @Test("leaves other images of a group out of the sum")
  func groups() {
    let loss = ContrastiveLoss(temperature: 0.2)
    let grouped = loss(a, b, groups: [0, 0, 1, 2]).item()
    #expect(abs(grouped - Golden.contrastiveGrouped) < 1e-9)
    #expect(grouped < loss(a, b).item())
    #expect(abs(loss(a, b, groups: [0, 1, 2, 3]).item() - loss(a, b).item()) < 1e-12)
    #expect(abs(loss(a, b, groups: [5, 5, 5, 5]).item()) < 1e-9)
  }
}
