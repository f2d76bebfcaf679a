public import Base
public import Foundation
public import Torch

/// A network over many items in evaluation mode, block by block: memory does not grow with the
/// number of items.
public struct PoolInference {
  private let pixels: any PixelSource
  private let normalization: Normalization
  private let batch: Int
  private let device: Device

  /// Inference on the images of `pixels`, `batch` at a time.
  public init(
    _ pixels: any PixelSource, normalization: Normalization, batch: Int = 64,
    device: Device = .cpu
  ) {
    precondition(batch > 0, "a block holds at least one image, not \(batch)")
    self.pixels = pixels
    self.normalization = normalization
    self.batch = batch
    self.device = device
  }

  /// Runs `forward` on every block, without gradients.
  ///
  /// - Parameters:
  ///   - items: what to run on, in the order of the rows.
  ///   - forward: standardised images `[B, C, H, W]` to `[B, …]`.
  ///   - body: takes the rows of the result with their range in `items`.
  /// - Throws: what `forward`, `body` and the pixels' source throw.
  public func forEach(
    _ items: [Int], forward: (Tensor) throws -> Tensor,
    body: (Range<Int>, Tensor) throws -> Void
  ) throws {
    try blocks(items) { rows, images in try body(rows, try forward(images)) }
  }

  /// The results of all items in memory, `[N, …]`, last axis fastest.
  public func rows(
    _ items: [Int], forward: (Tensor) throws -> Tensor
  ) throws -> (values: [Float], shape: [Int]) {
    var values: [Float] = []
    var rowShape: [Int] = []
    try forEach(items, forward: forward) { _, result in
      rowShape = Array(result.shape.dropFirst())
      values += result.floats()
    }
    return (values, [items.count] + rowShape)
  }

  /// Writes the results of all items as `[N, …]` into a `.npy` file, which appears when it is
  /// complete.
  public func write(
    _ items: [Int], to url: URL, forward: (Tensor) throws -> Tensor
  ) throws {
    var writer: ArrayFile.Writer?
    try forEach(items, forward: forward) { _, result in
      let file =
        try writer ?? ArrayFile.Writer(url, rowShape: Array(result.shape.dropFirst()))
      writer = file
      try file.append(result.floats())
    }
    guard let writer else { throw Self.nothing(url) }
    try writer.close()
  }

  /// Writes several results per item as `[T, N, …]` into a `.npy` file: passes with dropout, or
  /// members of a committee.
  ///
  /// The block is computed once for all T, so that heads share their trunk.
  ///
  /// - Parameters:
  ///   - items: what to run on.
  ///   - url: the file.
  ///   - key: what dropout is drawn from; each block folds in the position of its first row.
  ///   - forward: images and key to T results `[B, …]`, for a pass for instance
  ///     `head(embedding, .stochastic(key.folding(t)))`.
  /// - Throws: write errors, what `forward` throws, and a `Diagnostic` where there are no items.
  public func writeStack(
    _ items: [Int], to url: URL, key: RandomKey,
    forward: (Tensor, RandomKey) throws -> [Tensor]
  ) throws {
    let byItem = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).by-item")
    defer { try? FileManager.default.removeItem(at: byItem) }
    var writer: ArrayFile.Writer?
    try blocks(items) { rows, images in
      let results = stack(try forward(images, key.folding(rows.lowerBound)), dim: 1)
      let file =
        try writer ?? ArrayFile.Writer(byItem, rowShape: Array(results.shape.dropFirst()))
      writer = file
      try file.append(results.floats())
    }
    guard let writer else { throw Self.nothing(url) }
    try writer.close()
    try Self.transpose(try ArrayFile(byItem), to: url, block: batch)
  }

  /// `[N, T, …]` to `[T, N, …]`.
  private static func transpose(_ file: ArrayFile, to url: URL, block: Int) throws {
    let (count, passes) = (file.shape[0], file.shape[1])
    let size = file.rowSize / passes
    let writer = try ArrayFile.Writer(url, rowShape: Array(file.shape.dropFirst(2)))
    for pass in 0..<passes {
      for first in stride(from: 0, to: count, by: block) {
        let rows = first..<min(first + block, count)
        let values = file.floats(rows: rows)
        try writer.append(
          rows.indices.flatMap { row in
            let start = (row - first) * file.rowSize + pass * size
            return values[start..<(start + size)]
          })
      }
    }
    try writer.close(shape: [passes, count] + file.shape.dropFirst(2))
  }

  private static func nothing(_ url: URL) -> Diagnostic {
    Diagnostic(
      "there are no items to run the network on", at: url.lastPathComponent,
      fix: "import images for this part of the pool")
  }

  private func blocks(_ items: [Int], _ body: (Range<Int>, Tensor) throws -> Void) throws {
    let prefetcher = Prefetcher(depth: 2, threads: 1) { [self] block in try bytes(items, block) }
    try withoutGradients {
      for (block, first) in stride(from: 0, to: items.count, by: batch).enumerated() {
        let rows = first..<min(first + batch, items.count)
        let samples = Tensor(
          try prefetcher.value(step: block),
          [rows.count, pixels.channels, pixels.height, pixels.width], device: device)
        try body(rows, normalization(samples.to(.float32) * (1.0 / 255)))
      }
    }
  }

  /// The images of a block; nothing beyond the last one.
  private func bytes(_ items: [Int], _ block: Int) throws -> [UInt8] {
    let rows = items.dropFirst(block * batch).prefix(batch)
    return try gathered(rows, size: pixels.channels * pixels.height * pixels.width) {
      try pixels.copy(item: $0, into: $1)
    }
  }
}

extension PoolInference: Sendable {}
