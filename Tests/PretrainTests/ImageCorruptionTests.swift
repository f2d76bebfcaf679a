import Base
import Pretrain
import Testing

@Suite struct ImageCorruptionTests {
  private let image = (0..<2 * 24 * 20).map { Float($0 % 97) / 96 }

  private func corrupted(_ change: (inout ImageCorruption) -> Void, seed: UInt64 = 1) -> [Float] {
    var corruption = ImageCorruption()
    (corruption.shuffle, corruption.curve, corruption.paint) = (0, 0, 0)
    change(&corruption)
    return corruption(image, channels: 2, height: 24, width: 20, key: RandomKey(seed: seed))
  }

  @Test("with everything off the image stays as it is")
  func nothing() {
    #expect(corrupted { _ in } == image)
  }

  @Test("shuffling moves pixels of a channel and keeps their values")
  func shuffle() {
    let result = corrupted { $0.shuffle = 1 }
    #expect(result != image)
    #expect(result.prefix(480).sorted() == image.prefix(480).sorted())
    #expect(result.suffix(480).sorted() == image.suffix(480).sorted())
  }

  @Test("the curve keeps the order of intensities and both ends", arguments: 1...20)
  func curve(seed: UInt64) {
    let result = corrupted({ $0.curve = 1 }, seed: seed)
    let pairs = zip(image, result).sorted { $0.0 < $1.0 }
    #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 <= $1.1 + 1e-6 })
    #expect(abs(pairs[0].1) < 1e-6)
    #expect(abs(pairs[pairs.count - 1].1 - 1) < 1e-6)
  }

  @Test("the curve falls only when inversion is allowed")
  func inversion() {
    let falls = (1...20).map { seed in
      let result = corrupted({ ($0.curve, $0.inversion) = (1, true) }, seed: UInt64(seed))
      return result[0] > result[96]
    }
    #expect(Set(falls) == [true, false])
  }

  @Test("painting outside keeps a window, painting inside keeps most")
  func paint() {
    let outside = corrupted { ($0.paint, $0.outside) = (1, 1) }
    let inside = corrupted { ($0.paint, $0.outside) = (1, 0) }
    let kept = { (result: [Float]) in zip(result, self.image).filter { $0 == $1 }.count }
    #expect(kept(outside) > 0)
    #expect(kept(outside) < image.count)
    #expect(kept(inside) > image.count / 4)
    #expect(kept(inside) < image.count)
  }

  @Test("one key, one result; values stay between 0 and 1", arguments: 1...10)
  func deterministic(seed: UInt64) {
    let corruption = ImageCorruption()
    let apply = {
      corruption(image, channels: 2, height: 24, width: 20, key: RandomKey(seed: seed))
    }
    let result = apply()
    #expect(result == apply())
    #expect(result.allSatisfy { (0...1).contains($0) })
  }
}
