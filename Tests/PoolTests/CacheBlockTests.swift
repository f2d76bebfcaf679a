import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("Blocks of a cache")
struct CacheBlockTests {
  /// A pool of images that each fill a block of the cache: 256 × 256 samples.
  private func bench(_ count: Int = 4) throws -> ImportBench {
    let bench = try ImportBench()
    for place in 0..<count { try bench.image("\(place).png", place, height: 256, width: 256) }
    try bench.run()
    return bench
  }

  private func cache(_ pool: Pool) throws -> PixelCache {
    try pool.cache(size: 256, channels: 1, progress: nil)
  }

  private func file(_ bench: ImportBench) -> URL {
    bench.poolURL.appendingPathComponent("cache/pixels-256-1-uint8.cache")
  }

  /// Flips bits at these places of a file, counted from its end where negative.
  private func flip(_ url: URL, at places: [Int]) throws {
    let mapped = try MappedFile(updating: url)
    mapped.withMutableBytes { bytes in
      for place in places { bytes[place < 0 ? bytes.count + place : place] ^= 0x10 }
    }
    try mapped.synchronize()
  }

  @Test("a damaged block is made again where it is read, and only that one")
  func healed() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    _ = try cache(pool)
    let whole = try Data(contentsOf: file(bench))
    // A byte of the last image, a byte of the one before.
    try flip(file(bench), at: [-1, -65_537])
    #expect(
      try pool.verify(progress: nil).faults
        == ["cache pixels-256-1-uint8.cache has 2 damaged blocks"])
    let damaged = try cache(pool)
    #expect(try damaged.withItem(3) { Array($0) } == pool.image(3).bytes)
    #expect(
      try pool.verify(progress: nil).faults
        == ["cache pixels-256-1-uint8.cache has 1 damaged blocks"])
    #expect(try damaged.withItem(2) { Array($0) } == pool.image(2).bytes)
    #expect(try Data(contentsOf: file(bench)) == whole)
    #expect(try pool.verify(progress: nil).faults.isEmpty)
  }

  @Test("a block that cannot be written back is right all the same")
  func unwritable() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    _ = try cache(pool)
    try flip(file(bench), at: [-1])
    let damaged = try cache(pool)
    try FileManager.default.removeItem(at: file(bench))
    for _ in 0..<2 { #expect(try damaged.withItem(3) { Array($0) } == pool.image(3).bytes) }
  }

  @Test("where the pool's own pixels are damaged too, the error says so")
  func hopeless() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    _ = try cache(pool)
    try flip(file(bench), at: [-1])
    try flip(bench.poolURL.appendingPathComponent("pixels.dat"), at: [-9])
    let damaged = try cache(pool)
    let error = #expect(throws: PoolError.self) { try damaged.withItem(3) { _ in } }
    #expect(error?.what.hasPrefix("the pool is damaged: pixels at byte") == true)
    #expect(error?.place?.hasSuffix("pixels.dat") == true)
    #expect(error?.remedy?.contains("pipeline pool verify") == true)
    #expect(try damaged.withItem(2) { Array($0) } == pool.image(2).bytes)
    #expect(try pool.verify(progress: nil).faults.count == 2)
    #expect(throws: PoolError.self) { try pool.image(3) }
  }

  @Test(
    "a cache whose head is damaged, or that is cut off, is made anew",
    arguments: [[8], [20], [4097], [0]])
  func head(places: [Int]) throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    _ = try cache(pool)
    let whole = try Data(contentsOf: file(bench))
    try flip(file(bench), at: places)
    #expect(
      try pool.verify(progress: nil).faults == ["cache pixels-256-1-uint8.cache is not whole"])
    _ = try cache(pool)
    #expect(try Data(contentsOf: file(bench)) == whole)
    #expect(truncate(file(bench).path, off_t(whole.count - 1)) == 0)
    _ = try cache(pool)
    #expect(try Data(contentsOf: file(bench)) == whole)
  }

  @Test("a cache that grows does not take damaged rows over")
  func growing() throws {
    let bench = try bench()
    defer { bench.remove() }
    _ = try cache(try bench.pool())
    try flip(file(bench), at: [-1])
    try bench.image("new.png", 77, height: 256, width: 256)
    try bench.run()
    let pool = try bench.pool()
    let grown = try cache(pool)
    for item in 0..<5 { #expect(try grown.withItem(item) { Array($0) } == pool.image(item).bytes) }
  }

  @Test("a damaged block of masks is made again from the masks")
  func masks() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for place in 0..<3 {
      try bench.image("images/\(place).png", place, height: 4, width: 4)
      try bench.mask("masks/\(place).png", [UInt8(place), 1], height: 4, width: 4)
    }
    try bench.run()
    let pool = try bench.pool()
    let labels = try pool.currentLabels()
    _ = try pool.maskCache(size: 4, labels: labels)
    let file = bench.poolURL.appendingPathComponent("cache/masks-4.cache")
    let whole = try Data(contentsOf: file)
    try flip(file, at: [-1, -17])
    let masks = try pool.maskCache(size: 4, labels: labels)
    for item in 0..<3 {
      #expect(
        masks.withMask(item) { Array($0) } == (0..<16).map { $0 % 2 == 0 ? UInt8(item) : 1 })
    }
    #expect(try Data(contentsOf: file) == whole)
  }
}
