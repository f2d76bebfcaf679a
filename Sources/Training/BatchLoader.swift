import Foundation
public import Torch

/// One kind of images in a training run: their order, their pixels and what is known about them.
public struct BatchStream: Sendable {
  let sampler: BatchSampler
  let pixels: any PixelSource
  let targets: Targets
  let normalization: Normalization

  /// A stream in the order of `sampler`; class maps must have the size of the images.
  public init(
    _ sampler: BatchSampler, pixels: any PixelSource, targets: Targets = .none,
    normalization: Normalization
  ) {
    if case .masks(let masks) = targets {
      precondition(
        masks.height == pixels.height && masks.width == pixels.width,
        "class maps of \(masks.height)×\(masks.width) for images of "
          + "\(pixels.height)×\(pixels.width)")
    }
    precondition(
      normalization.mean.count == pixels.channels,
      "means of \(normalization.mean.count) channels for images of \(pixels.channels)")
    self.sampler = sampler
    self.pixels = pixels
    self.targets = targets
    self.normalization = normalization
  }

  /// Copies the images of a step; runs on any thread.
  func bytes(step: Int) throws -> BatchBytes {
    let slots = sampler.slots(step: step)
    let items = slots.map(\.item)
    let pixelBytes = try gathered(items, size: pixels.channels * pixels.height * pixels.width) {
      try pixels.copy(item: $0, into: $1)
    }
    guard case .masks(let masks) = targets else {
      return BatchBytes(slots: slots, pixels: pixelBytes, masks: nil)
    }
    let maskBytes = gathered(items, size: masks.height * masks.width) {
      masks.copyMask(item: $0, into: $1)
    }
    return BatchBytes(slots: slots, pixels: pixelBytes, masks: maskBytes)
  }

  /// Makes tensors of bytes; runs on the thread that owns the device.
  func batch(_ bytes: BatchBytes, device: Device) -> ImageBatch {
    let items = bytes.slots.map(\.item)
    let (height, width) = (pixels.height, pixels.width)
    let samples = Tensor(
      bytes.pixels, [items.count, pixels.channels, height, width], device: device)
    let masks = bytes.masks.map {
      Tensor($0, [items.count, height, width], device: device).to(.int64)
    }
    return ImageBatch(
      items: items, pixels: samples.to(.float32) * (1.0 / 255), labels: labels(items, device),
      classSets: classSets(items, device), masks: masks, normalization: normalization,
      keys: bytes.slots.map(sampler.augmentationKey))
  }

  private func labels(_ items: [Int], _ device: Device) -> Tensor? {
    guard case .classes(let classes) = targets else { return nil }
    return Tensor(items.map { classes[$0] ?? -1 }, [items.count], device: device)
  }

  private func classSets(_ items: [Int], _ device: Device) -> Tensor? {
    guard case .classSets(let sets, let classes) = targets else { return nil }
    let values = items.flatMap { item in
      (0..<classes).map { sets[item]?.contains($0) == true ? Float(1) : 0 }
    }
    return Tensor(values, [items.count, classes], device: device)
  }
}

/// The bytes of one batch, as loader threads hand them over.
struct BatchBytes: Sendable {
  /// Where each image comes from.
  let slots: [BatchSampler.Slot]
  /// `[B, C, H, W]`, 8 bits a sample.
  let pixels: [UInt8]
  /// `[B, H, W]`, or nil where the stream has no class maps.
  let masks: [UInt8]?
}

/// The batches of a training run, assembled on background threads ahead of the step.
///
/// Threads move bytes; tensors are made by the caller's thread. A batch is a function of its step,
/// so neither depth nor thread count nor timing changes a result.
public final class BatchLoader {
  private let streams: [BatchStream]
  private let device: Device
  private let prefetcher: Prefetcher<[BatchBytes]>
  /// Seconds that callers have spent in `batches(step:)`, waiting and making tensors.
  private(set) var waited = 0.0

  /// Batches of several streams (labelled and unlabelled images, say), each with epochs of its own.
  ///
  /// - Parameters:
  ///   - streams: what each step takes one batch of.
  ///   - depth: steps to be ready ahead; 0 assembles each one when it is asked for.
  ///   - threads: threads that assemble.
  ///   - device: where the tensors go.
  public init(
    _ streams: [BatchStream], depth: Int = 4, threads: Int = 1, device: Device = .cpu
  ) {
    precondition(!streams.isEmpty, "a loader needs a stream")
    self.streams = streams
    self.device = device
    prefetcher = Prefetcher(depth: depth, threads: threads) { step in
      try streams.map { try $0.bytes(step: step) }
    }
  }

  /// Batches of one stream.
  public convenience init(
    _ stream: BatchStream, depth: Int = 4, threads: Int = 1, device: Device = .cpu
  ) {
    self.init([stream], depth: depth, threads: threads, device: device)
  }

  /// The batches of a step, one a stream.
  ///
  /// - Throws: what the pixels' or the masks' source throws.
  public func batches(step: Int) throws -> [ImageBatch] {
    let start = DispatchTime.now().uptimeNanoseconds
    defer { waited += Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9 }
    return try zip(streams, prefetcher.value(step: step)).map { $0.batch($1, device: device) }
  }
}
