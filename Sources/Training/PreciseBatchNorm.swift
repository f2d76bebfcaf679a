public import Base
public import NN
public import Torch

/// Replaces the running statistics of batch normalisation by those of the given images under the
/// network's present weights.
///
/// Wu, Johnson. *Rethinking "Batch" in BatchNorm.* 2021. <https://arxiv.org/abs/2105.07576>, §3:
/// means of the batches' moments, variance = E[σ²_b + μ²_b] − E[μ_b]², whole batches only (unless
/// there is just one).
///
/// The batches' own statistics are read off the buffers: a pass in training mode over buffers of
/// zero leaves m·μ_b, and one over ones leaves 1 − m more, which gives the layer's momentum m.
///
/// - Parameters:
///   - store: the network's tensors; only `….running_mean` and `….running_var` are changed.
///   - items: images to measure on; some 2,000 are plenty. No labels are used.
///   - pixels: where they are.
///   - normalization: as in training.
///   - batch: images of a block, as in training.
///   - device: where the network is.
///   - key: what the passes in training mode draw from.
///   - forward: the network; its result is not used.
/// - Throws: what the pixels' source throws.
public func preciseBatchNorm(
  _ store: ParameterStore, items: [Int], pixels: any PixelSource, normalization: Normalization,
  batch: Int = 64, device: Device = .cpu, key: RandomKey, forward: (Tensor, Pass) -> Tensor
) throws {
  let statistics = RunningStatistics(store)
  guard !statistics.isEmpty, !items.isEmpty else { return }
  let whole = items.count < batch ? items.count : items.count / batch * batch
  let kept = store.buffers.map { ($0.tensor, $0.tensor.clone()) }
  var sums: [(mean: Tensor, square: Tensor)]?
  let inference = PoolInference(pixels, normalization: normalization, batch: batch, device: device)
  try inference.forEach(Array(items.prefix(whole))) { images in
    let pass = Pass.train(key)
    let momenta = statistics.left(by: forward, images, pass)
    let block = statistics.moments(momenta)
    sums = zip(sums ?? block.map { ($0.mean.zerosLike(), $0.square.zerosLike()) }, block)
      .map { ($0.mean + $1.mean, $0.square + $1.square) }
    return images
  } body: { _, _ in
  }
  withoutGradients {
    for (buffer, value) in kept { buffer.copy_(from: value) }
    let blocks = Double((whole + batch - 1) / batch)
    statistics.set((sums ?? []).map { ($0.mean / blocks, $0.square / blocks) })
  }
}

/// The pairs of running mean and variance of a network.
private struct RunningStatistics {
  private let pairs: [(mean: Tensor, variance: Tensor)]

  init(_ store: ParameterStore) {
    pairs = store.buffers.compactMap { name, tensor in
      guard name.hasSuffix("running_mean"),
        let variance = store[name.dropLast("mean".count) + "var"]
      else { return nil }
      return (tensor, variance)
    }
  }

  var isEmpty: Bool { pairs.isEmpty }

  /// Runs the network over buffers of one and then of zero, and returns the momentum of each layer;
  /// the latter's results stay in the buffers.
  func left(by forward: (Tensor, Pass) -> Tensor, _ images: Tensor, _ pass: Pass) -> [Double] {
    fill(1)
    _ = forward(images, pass)
    let fromOne = pairs.map { $0.mean.select(dim: 0, index: 0).item() }
    fill(0)
    _ = forward(images, pass)
    let fromZero = pairs.map { $0.mean.select(dim: 0, index: 0).item() }
    return zip(fromOne, fromZero).map { 1 - ($0 - $1) }
  }

  /// μ_b and σ²_b + μ²_b of each layer, from buffers that started at zero.
  func moments(_ momenta: [Double]) -> [(mean: Tensor, square: Tensor)] {
    zip(pairs, momenta).map { pair, momentum in
      let mean = pair.mean.to(.float64) / momentum
      return (mean, pair.variance.to(.float64) / momentum + mean * mean)
    }
  }

  func set(_ moments: [(mean: Tensor, square: Tensor)]) {
    for (pair, moment) in zip(pairs, moments) {
      pair.mean.copy_(from: moment.mean)
      pair.variance.copy_(from: (moment.square - moment.mean * moment.mean).clamp(min: 0))
    }
  }

  private func fill(_ value: Double) {
    for pair in pairs {
      pair.mean.fill_(value)
      pair.variance.fill_(value)
    }
  }
}
