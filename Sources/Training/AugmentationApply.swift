public import Base
import Foundation
public import Torch

extension Augmentation {
  /// Varies images and, along with them, their class maps.
  ///
  /// - Parameters:
  ///   - images: `[B, C, H, W]`, samples from 0 to 1.
  ///   - masks: `[B, H, W]` int64 classes, 255 unknown; what a cut-out hides becomes unknown.
  ///   - keys: one a row.
  ///   - fill: what a cut-out shows, by channel.
  /// - Returns: both in the shapes given.
  public func apply(
    _ images: Tensor, masks: Tensor? = nil, keys: [RandomKey], fill: [Float]
  ) -> (images: Tensor, masks: Tensor?) {
    let (height, width) = (images.shape[2], images.shape[3])
    let warps = keys.map { warp(width: width, height: height, key: $0) }
    return apply(images, masks: masks, warps: warps, keys: keys, fill: fill)
  }

  func apply(
    _ images: Tensor, masks: Tensor?, warps: [Warp], keys: [RandomKey], fill: [Float]
  ) -> (images: Tensor, masks: Tensor?) {
    precondition(keys.count == images.shape[0], "\(keys.count) keys, images \(images.shape)")
    return withoutGradients {
      var (images, masks) = (images, masks)
      if hasGeometry { (images, masks) = warped(images, masks, by: warps) }
      if !intensity.kinds.isEmpty {
        images = changed(images, keys.map { IntensityDraw(intensity, key: $0) })
      }
      if cutOut > 0 { (images, masks) = blanked(images, masks, keys, fill) }
      return (images, masks)
    }
  }

  private func changed(_ images: Tensor, _ draws: [IntensityDraw]) -> Tensor {
    var x = images
    x = scaled(x, draws)
    if intensity.gamma != nil {
      x = x.clamp(min: 0, max: 1).pow(column(draws.map(\.gamma), x.device))
    }
    if x.shape[1] == 3, draws.contains(where: { $0.colour != nil }) { x = coloured(x, draws) }
    if intensity.blur != nil { x = blurred(x, draws.map(\.blur)) }
    if intensity.sharpness > 0 {
      let soft = blurred(x, draws.map { _ in 1 })
      x = x + (x - soft) * column(draws.map(\.sharpness), x.device)
    }
    if draws.contains(where: { $0.noise > 0 }) { x = noisy(x, draws) }
    return x.clamp_(min: 0, max: 1)
  }

  /// c·b·x + (1 − c)·b·mean with brightness b and contrast c, as torchvision's two in turn.
  private func scaled(_ x: Tensor, _ draws: [IntensityDraw]) -> Tensor {
    guard intensity.brightness > 0 || intensity.contrast > 0 else { return x }
    let slope = column(draws.map { $0.contrast * $0.brightness }, x.device)
    let offset = column(draws.map { (1 - $0.contrast) * $0.brightness }, x.device)
    return x * slope + x.mean(dim: [1, 2, 3], keepdim: true) * offset
  }

  private func coloured(_ x: Tensor, _ draws: [IntensityDraw]) -> Tensor {
    let shape = x.shape
    let same: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
    let matrices = draws.flatMap { ($0.colour ?? same).map(Float.init) }
    return Tensor(matrices, [shape[0], 3, 3], device: x.device)
      .bmm(x.reshape([shape[0], 3, shape[2] * shape[3]])).reshape(shape)
  }

  private func noisy(_ x: Tensor, _ draws: [IntensityDraw]) -> Tensor {
    let rows = draws.map { draw in
      draw.noise == 0
        ? Tensor.zeros(Array(x.shape.dropFirst()))
        : Tensor.normal(
          Array(x.shape.dropFirst()), std: draw.noise, generator: Generator(draw.noiseKey))
    }
    return x + stack(rows, dim: 0).to(x.device)
  }

  /// Covers a square of each image, wholly inside it.
  private func blanked(
    _ images: Tensor, _ masks: Tensor?, _ keys: [RandomKey], _ fill: [Float]
  ) -> (Tensor, Tensor?) {
    let shape = images.shape
    var isHidden = [Bool](repeating: false, count: shape[0] * shape[2] * shape[3])
    for (row, key) in keys.enumerated() {
      var generator = key.folding("cut-out").generator()
      let side = cutOut * generator.uniform()
      let height = Int((side * Double(shape[2])).rounded())
      let width = Int((side * Double(shape[3])).rounded())
      let top = generator.below(shape[2] - height + 1)
      let left = generator.below(shape[3] - width + 1)
      for y in top..<(top + height) {
        for x in left..<(left + width) {
          isHidden[(row * shape[2] + y) * shape[3] + x] = true
        }
      }
    }
    let hidden = Tensor(isHidden, [shape[0], shape[2], shape[3]], device: images.device)
    let cover = Tensor(fill, [1, fill.count, 1, 1], device: images.device)
    return (where_(hidden.unsqueeze(1), cover, images), masks?.maskedFill(hidden, 255))
  }
}

/// One number a row, to go with `[B, C, H, W]`.
private func column(_ values: [Double], _ device: Device) -> Tensor {
  Tensor(values.map(Float.init), [values.count, 1, 1, 1], device: device)
}

/// Gaussian blur of each image by its own deviation in pixels (0: unchanged), cut off at three
/// times the largest, mirrored at the border.
private func blurred(_ x: Tensor, _ deviations: [Double]) -> Tensor {
  let shape = x.shape
  let most = deviations.max() ?? 0
  let radius = min(Int((3 * most).rounded(.up)), min(shape[2], shape[3]) - 1)
  guard radius > 0 else { return x }
  let kernels = deviations.flatMap { deviation in
    let kernel = gaussian(deviation, radius: radius)
    return Array(repeating: kernel, count: shape[1]).flatMap { $0 }
  }
  let (channels, length) = (shape[0] * shape[1], 2 * radius + 1)
  let rows = Tensor(kernels, [channels, 1, 1, length], device: x.device)
  let flat = pad(x, [radius, radius, radius, radius], .reflect)
    .reshape([1, channels, shape[2] + 2 * radius, shape[3] + 2 * radius])
  let across = conv2d(flat, rows, groups: channels)
  return conv2d(across, rows.reshape([channels, 1, length, 1]), groups: channels).reshape(shape)
}

private func gaussian(_ deviation: Double, radius: Int) -> [Float] {
  let values = (-radius...radius).map { offset -> Double in
    if deviation == 0 { return offset == 0 ? 1 : 0 }
    return exp(-Double(offset * offset) / (2 * deviation * deviation))
  }
  let sum = values.reduce(0, +)
  return values.map { Float($0 / sum) }
}
