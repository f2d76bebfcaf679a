import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("Caches")
struct CacheTests {
  private func bench(_ count: Int) throws -> ImportBench {
    let bench = try ImportBench()
    for place in 0..<count { try bench.image("\(place).png", place, height: 16, width: 16) }
    return bench
  }

  private func rows(_ cache: PixelCache) throws -> [[UInt8]] {
    try (0..<cache.count).map { item in try cache.withItem(item) { Array($0) } }
  }

  @Test("an image of the cached size is cached as it is; grey is repeated over three channels")
  func identity() throws {
    let bench = try bench(5)
    defer { bench.remove() }
    try bench.run()
    let pool = try bench.pool()
    let grey = try pool.cache(size: 16, channels: 1, progress: nil)
    let color = try pool.cache(size: 16, channels: 3, progress: nil)
    for item in 0..<5 {
      let pixels = try Array(pool.image(item).bytes)
      #expect(try grey.withItem(item) { Array($0) } == pixels)
      #expect(try color.withItem(item) { Array($0) } == pixels + pixels + pixels)
      var copy = [UInt8](repeating: 0, count: 256)
      try copy.withUnsafeMutableBufferPointer { try grey.copy(item: item, into: $0) }
      #expect(copy == pixels)
    }
  }

  @Test("mean and deviation are those of the training side")
  func statistics() throws {
    let bench = try bench(40)
    defer { bench.remove() }
    try bench.run { $0.testShare = 0.5 }
    let pool = try bench.pool()
    let cache = try pool.cache(size: 16, channels: 1, progress: nil)
    let samples = try pool.ids(in: .train).flatMap { item in
      try cache.withItem(item) { $0.map { Double($0) / 255 } }
    }
    let mean = samples.reduce(0, +) / Double(samples.count)
    let variance = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(samples.count)
    #expect(samples.count == 20 * 256)
    #expect(abs(cache.mean[0] - mean) < 1e-12)
    #expect(abs(cache.std[0] - variance.squareRoot()) < 1e-9)
  }

  @Test("a cache that grows with its pool equals one made anew, on any number of threads")
  func growth() throws {
    let bench = try bench(70)
    defer { bench.remove() }
    try bench.run()
    let pool = try bench.pool()
    #expect(try pool.cache(size: 8, channels: 3, progress: nil).count == 70)
    for place in 70..<150 { try bench.image("z\(place).png", place, height: 20, width: 9) }
    try bench.run()
    let grown = try pool.cache(size: 8, channels: 3, progress: nil)
    #expect(grown.count == 150)
    try FileManager.default.removeItem(at: bench.poolURL.appendingPathComponent("cache"))
    let anew = try pool.cache(size: 8, channels: 3, threads: 5, progress: nil)
    #expect(try rows(anew) == rows(grown))
    #expect(anew.mean == grown.mean)
    #expect(anew.std == grown.std)
  }

  @Test("16 bits hold 8-bit images over their whole range")
  func deep() throws {
    let bench = try bench(2)
    defer { bench.remove() }
    try bench.run()
    let pool = try bench.pool()
    let cache = try pool.cache(size: 16, channels: 1, type: .uint16, progress: nil)
    let pixels = try pool.image(1).bytes.map { UInt16($0) * 257 }
    #expect(try cache.withItem16(1) { Array($0) } == pixels)
  }

  @Test("masks are cached by label; an item without one is unknown everywhere")
  func masks() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for place in 0..<3 { try bench.image("images/\(place).png", place, height: 4, width: 4) }
    try bench.mask("masks/0.png", [0, 1, 2, 255], height: 4, width: 4)
    try bench.mask("masks/2.png", [1], height: 4, width: 4)
    try bench.run()
    let pool = try bench.pool()
    let labels = try pool.currentLabels()
    let one = try pool.maskCache(size: 4, labels: labels.filter { $0.key == 2 })
    #expect(one.items == [2])
    let both = try pool.maskCache(size: 4, labels: labels)
    #expect(both.items == [0, 2])
    var mask = [UInt8](repeating: 9, count: 16)
    mask.withUnsafeMutableBufferPointer { both.copyMask(item: 0, into: $0) }
    #expect(mask == (0..<16).map { [0, 1, 2, 255][$0 % 4] })
    mask.withUnsafeMutableBufferPointer { both.copyMask(item: 1, into: $0) }
    #expect(mask == .init(repeating: 255, count: 16))
    #expect(one.withMask(2) { Array($0) } == .init(repeating: 1, count: 16))
  }
}
