import Foundation
import Pretrain
import Testing
import Torch

@Suite struct ContrastiveLossTests {
  let a = portable(1, [4, 8])
  let b = portable(2, [4, 8])

  @Test("equals the reference", arguments: [(0.5, 2.563419106), (0.2, 4.331062185)])
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
    #expect(abs(norm - 1.687238812) < 1e-8)
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
    #expect(loss(a, b, groups: [0, 0, 1, 2]).item() < loss(a, b).item())
    #expect(abs(loss(a, b, groups: [0, 1, 2, 3]).item() - loss(a, b).item()) < 1e-12)
    #expect(abs(loss(a, b, groups: [5, 5, 5, 5]).item()) < 1e-9)
  }
}
