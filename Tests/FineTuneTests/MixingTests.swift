import Base
import FineTune
import Foundation
import Testing
import Torch
import Training

@Suite("Two images made one")
struct MixingTests {
  private let key = RandomKey(seed: 12)
  private let size = 8

  /// Images of one value each, item by item; the labels count from 0.
  private func batch(_ count: Int, masks: Bool = false) -> ImageBatch {
    let values = (0..<count).flatMap { [Float](repeating: Float($0), count: size * size) }
    let classes = (0..<count).flatMap { [Int](repeating: $0, count: size * size) }
    return ImageBatch(
      items: Array(10..<10 + count), pixels: Tensor(values, [count, 1, size, size]),
      labels: masks ? nil : Tensor(Array(0..<count), [count]),
      masks: masks ? Tensor(classes, [count, size, size]) : nil,
      normalization: .half(channels: 1), keys: (0..<count).map { key.folding($0) })
  }

  @Test("mixup: λ of an image over 1 − λ of its partner, with the partner's label")
  func mixup() throws {
    let mixed = Mixing.mixup(Mixup())(batch(6), key: key)
    let partner = try #require(mixed.partner)
    let others = try #require(partner.labels).ints()
    #expect(others.sorted() == Array(0..<6) && others != Array(0..<6))
    #expect(mixed.batch.labels?.ints() == Array(0..<6))
    let pixels = mixed.batch.pixels.floats()
    for item in 0..<6 {
      let expected = mixed.share * Double(item) + (1 - mixed.share) * Double(others[item])
      #expect(abs(Double(pixels[item * size * size + 9]) - expected) < 1e-5)
    }
    #expect(partner.pixels.floats() == pixels)
  }

  @Test("the loss of a mixed batch is the cross-entropy against both labels in their shares")
  func loss() throws {
    let mixed = Mixing.mixup(Mixup())(batch(4), key: key)
    let logits = Tensor((0..<16).map { Float($0 * 7 % 5) }, [4, 4])
    let loss = SupervisedLoss(
      targets: .classes([0: 0, 1: 1, 2: 2, 3: 3]), items: [0, 1, 2, 3], classes: 4, balance: 1,
      adjustment: 0)
    let others = try #require(mixed.partner?.labels).ints()
    let logs = logits.logSoftmax(dim: 1).doubles()
    let soft = (0..<4).map { row in
      mixed.share * logs[row * 4 + row] + (1 - mixed.share) * logs[row * 4 + others[row]]
    }
    #expect(abs(mixed.loss { loss(logits, $0) }.item() + soft.reduce(0, +) / 4) < 1e-6)
  }

  @Test("cutmix: every pixel is of one of the two, and the share is the area", arguments: 0..<20)
  func cutmix(number: Int) throws {
    let mixed = Mixing.cutmix(CutMix())(batch(5), key: key.folding(number))
    let others = try #require(mixed.partner?.labels).ints()
    let pixels = mixed.batch.pixels.floats()
    for item in 0..<5 {
      let row = pixels[item * 64..<(item + 1) * 64]
      #expect(row.allSatisfy { $0 == Float(item) || $0 == Float(others[item]) })
      guard others[item] != item else { continue }
      let kept = row.count { $0 == Float(item) }
      #expect(abs(Double(kept) / 64 - mixed.share) < 1e-12)
    }
  }

  @Test("cutmix pastes class maps along, and needs no mixing of their loss")
  func maps() throws {
    let mixed = Mixing.cutmix(CutMix())(batch(5, masks: true), key: key)
    #expect(mixed.partner == nil && mixed.share == 1)
    #expect(mixed.batch.masks?.ints() == mixed.batch.pixels.floats().map { Int($0) })
  }

  @Test("one key, one mixture; of one image there is nothing to mix; none leaves all as it is")
  func edges() {
    for mixing in [Mixing.mixup(Mixup()), .cutmix(CutMix())] {
      let once = mixing(batch(4), key: key).batch.pixels.floats()
      #expect(once == mixing(batch(4), key: key).batch.pixels.floats())
      #expect(mixing(batch(1), key: key).batch.pixels.floats().allSatisfy { $0 == 0 })
    }
    let same = Mixing.none(batch(4), key: key)
    #expect(same.partner == nil && same.batch.pixels.floats() == batch(4).pixels.floats())
  }
}
