import Base
import Foundation
import Imaging
import Pool
import Testing
import Torch
import Training

@Suite("Training on a damaged cache")
struct DamagedCacheTests {
  /// A pool of 24 images, each a block of the cache.
  private func makePool(_ folder: TemporaryFolder) throws -> Pool {
    let source = folder.url.appendingPathComponent("images")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    for number in 0..<24 {
      let key = RandomKey(seed: UInt64(number))
      let bytes = (0..<256 * 256).map { UInt8(truncatingIfNeeded: key.folding($0 / 64).seed) }
      let image = ImageBuffer(height: 256, width: 256, photometric: .grey, bytes: bytes)
      try PNGWriter.encode(image).write(to: source.appendingPathComponent("\(number).png"))
    }
    let pool = try Pool.create(
      folder.url.appendingPathComponent("pool"), mode: .classification, classes: ["a", "b"])
    var options = ImportOptions()
    options.progress = nil
    _ = try Importer(
      pool, options: options, key: PseudonymKey(at: folder.url.appendingPathComponent("key"))
    ).run(source)
    return pool
  }

  /// The pixels of an epoch's batches, and of a walk over the pool.
  private func seen(_ pool: Pool) throws -> [[Float]] {
    let cache = try pool.cache(size: 256, channels: 1, progress: nil)
    let normalization = Normalization(mean: cache.mean, std: cache.std)
    let items = try pool.ids()
    let loader = BatchLoader(
      BatchStream(
        BatchSampler(items, batch: 8, key: RandomKey(seed: 1)), pixels: cache,
        normalization: normalization))
    let walk = try PoolInference(cache, normalization: normalization).rows(items) {
      $0.mean(dim: [2, 3])
    }
    return try (0..<3).map { try loader.batches(step: $0)[0].pixels.floats() } + [walk.values]
  }

  private func flip(_ url: URL, every stride: Int, from first: Int) throws {
    let file = try MappedFile(updating: url)
    file.withMutableBytes { bytes in
      for place in Swift.stride(from: first, to: bytes.count, by: stride) { bytes[place] ^= 0x55 }
    }
    try file.synchronize()
  }

  @Test("a stage sees the right pixels, or an error that names the pool's damage")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let pool = try makePool(folder)
    let right = try seen(pool)
    let cache = pool.url.appendingPathComponent("cache/pixels-256-1-uint8.cache")
    try flip(cache, every: 100_000, from: 8192)
    #expect(try seen(pool) == right)
    try flip(cache, every: 100_000, from: 8192)
    try flip(pool.url.appendingPathComponent("pixels.dat"), every: 1000, from: 0)
    let error = #expect(throws: PoolError.self) { _ = try seen(pool) }
    #expect(error?.what.contains("the pool is damaged: pixels") == true)
  }
}
