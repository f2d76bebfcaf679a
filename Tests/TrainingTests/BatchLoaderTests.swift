import Base
import Testing
import Torch
import Training

@Suite("Batches")
struct BatchLoaderTests {
  private func bits(_ batch: ImageBatch) -> [Float] {
    batch.pixels.floats() + (batch.labels?.floats() ?? []) + (batch.masks?.floats() ?? [])
  }

  @Test(
    "are the same whatever the depth and the number of threads",
    arguments: [(1, 1), (4, 1), (4, 3), (16, 2)])
  func threadsDoNotMatter(depth: Int, threads: Int) throws {
    let plain = BatchLoader(TinySet.stream(), depth: 0)
    let expected = try (0..<12).map { bits(try plain.batches(step: $0)[0]) }
    let loader = BatchLoader(TinySet.stream(), depth: depth, threads: threads)
    for step in 0..<12 {
      #expect(bits(try loader.batches(step: step)[0]) == expected[step])
    }
  }

  @Test("may be asked for in any order")
  func anyOrder() throws {
    let plain = BatchLoader(TinySet.stream(), depth: 0)
    let loader = BatchLoader(TinySet.stream(), depth: 3, threads: 2)
    for step in [7, 8, 9, 2, 3, 3, 30, 31, 0, 1, 9] {
      #expect(
        bits(try loader.batches(step: step)[0]) == bits(try plain.batches(step: step)[0]))
    }
  }

  @Test("bring the items' own pixels and classes, standardised")
  func contents() throws {
    let batch = try BatchLoader(TinySet.stream()).batches(step: 0)[0]
    #expect(batch.pixels.shape == [8, 1, 8, 8])
    #expect(batch.labels?.ints() == batch.items.map { $0 % 2 })
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes.withUnsafeMutableBufferPointer { TinySet.pixels.copy(item: batch.items[3], into: $0) }
    let row = batch.pixels.select(dim: 0, index: 3).floats()
    #expect(zip(row, bytes).allSatisfy { abs($0 - Float($1) / 255) < 1e-6 })
    let standard = batch.images.select(dim: 0, index: 3).floats()
    #expect(zip(row, standard).allSatisfy { abs(2 * $0 - 1 - $1) < 1e-6 })
  }

  @Test("bring class maps, unknown where there is none")
  func masks() throws {
    let some = MaskArray([0: Array(repeating: 2, count: 64)], height: 8, width: 8)
    let stream = BatchStream(
      BatchSampler([0, 1], batch: 2, key: TinySet.key), pixels: TinySet.pixels,
      targets: .masks(some), normalization: .half(channels: 1))
    let batch = try BatchLoader(stream).batches(step: 0)[0]
    for (row, item) in batch.items.enumerated() {
      let classes = Set(batch.masks?.select(dim: 0, index: row).ints() ?? [])
      #expect(classes == [item == 0 ? 2 : 255])
    }
  }

  @Test("of an item without class have the label −1")
  func unlabelled() throws {
    let stream = BatchStream(
      BatchSampler([0, 1, 2, 3], batch: 4, key: TinySet.key), pixels: TinySet.pixels,
      targets: .classes([2: 1]), normalization: .half(channels: 1))
    let batch = try BatchLoader(stream).batches(step: 0)[0]
    #expect(batch.labels?.ints() == batch.items.map { $0 == 2 ? 1 : -1 })
  }

  @Test("of two streams come side by side, each with its own epochs")
  func twoStreams() throws {
    let few = BatchStream(
      BatchSampler([0, 1, 2], batch: 2, key: TinySet.key), pixels: TinySet.pixels,
      targets: .classes(TinySet.classes), normalization: .half(channels: 1))
    let loader = BatchLoader([few, TinySet.stream(targets: .none)])
    for step in 0..<5 {
      let batches = try loader.batches(step: step)
      #expect(batches[0].items.count == 2 && batches[0].items.allSatisfy { $0 < 3 })
      #expect(batches[1].items.count == 8 && batches[1].labels == nil)
    }
  }

  @Test("have one augmentation key an item and epoch, whatever the batch around it")
  func augmentationKeys() throws {
    let small = BatchLoader(TinySet.stream(batch: 4))
    let large = BatchLoader(TinySet.stream(batch: 20))
    let keys = try (0..<10).flatMap { step in
      let batch = try small.batches(step: step)[0]
      return zip(batch.items, batch.keys)
    }
    let byItem = Dictionary(uniqueKeysWithValues: keys)
    let batch = try large.batches(step: 1)[0]
    for (item, key) in zip(batch.items, batch.keys) { #expect(byItem[item] == key) }
    let nextEpoch = try large.batches(step: 2)[0]
    for (item, key) in zip(nextEpoch.items, nextEpoch.keys) { #expect(byItem[item] != key) }
  }

  @Test("that cannot be read fail where they are asked for", arguments: [0, 4])
  func unreadable(depth: Int) throws {
    let stream = BatchStream(
      BatchSampler(TinySet.items, batch: 8, key: TinySet.key), pixels: OneBroken(),
      normalization: .half(channels: 1))
    let loader = BatchLoader(stream, depth: depth)
    let sampler = BatchSampler(TinySet.items, batch: 8, key: TinySet.key)
    for step in 0..<5 {
      let isBroken = sampler.slots(step: step).contains { $0.item == OneBroken.item }
      if isBroken {
        #expect(throws: OneBroken.Unreadable.self) { try loader.batches(step: step) }
      } else {
        #expect(try loader.batches(step: step)[0].items.count == 8)
      }
    }
  }
}

/// Images of which one cannot be read.
private struct OneBroken: PixelSource {
  struct Unreadable: Error {}
  static let item = 17
  let channels = 1
  let height = TinySet.size
  let width = TinySet.size

  func copy(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>) throws {
    if item == Self.item { throw Unreadable() }
    TinySet.pixels.copy(item: item, into: bytes)
  }
}
