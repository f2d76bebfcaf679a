import Base
import Foundation
import Torch

/// An affine map from places of the result to places of the source, both from −1 to 1.
///
/// (x, y) ↦ (a x + b y + c, d x + e y + f), as `affineGrid` takes it.
struct Warp: Equatable {
  var (a, b, c) = (1.0, 0.0, 0.0)
  var (d, e, f) = (0.0, 1.0, 0.0)
  /// The crop before turning: its centre, and half its width and height.
  var box = (x: 0.0, y: 0.0, width: 1.0, height: 1.0)

  static let identity = Warp()

  /// Row-major, `[2, 3]`.
  var coefficients: [Float] { [a, b, c, d, e, f].map(Float.init) }

  /// Intersection over union of two crops.
  func overlap(_ other: Warp) -> Double {
    let width = Self.common(box.x, box.width, other.box.x, other.box.width)
    let height = Self.common(box.y, box.height, other.box.y, other.box.height)
    let areas = 4 * (box.width * box.height + other.box.width * other.box.height)
    return width * height / (areas - width * height)
  }

  private static func common(_ x: Double, _ w: Double, _ y: Double, _ v: Double) -> Double {
    max(0, min(x + w, y + v) - max(x - w, y - v))
  }

  static func == (one: Warp, other: Warp) -> Bool { one.coefficients == other.coefficients }
}

extension Augmentation {
  /// Whether any row can be warped.
  var hasGeometry: Bool {
    crop != nil || horizontalFlip > 0 || verticalFlip > 0 || quarterTurns || rotation > 0
      || shift > 0
  }

  /// The warp of a row, in an image of that size.
  func warp(width: Int, height: Int, key: RandomKey) -> Warp {
    guard hasGeometry else { return .identity }
    var generator = key.folding("geometry").generator()
    var result = Warp()
    result.box = cropBox(&generator)
    let mirror = (
      x: generator.uniform() < horizontalFlip ? -1.0 : 1.0,
      y: generator.uniform() < verticalFlip ? -1.0 : 1.0
    )
    let angle = angle(&generator)
    let move = (
      x: 2 * shift * (2 * generator.uniform() - 1), y: 2 * shift * (2 * generator.uniform() - 1)
    )
    let (cosine, sine) = (cos(angle), sin(angle))
    let aspect = Double(height) / Double(width)
    (result.a, result.b) = (
      cosine * result.box.width * mirror.x, -sine * aspect * result.box.height * mirror.y
    )
    (result.d, result.e) = (
      sine / aspect * result.box.width * mirror.x, cosine * result.box.height * mirror.y
    )
    (result.c, result.f) = (result.box.x + move.x, result.box.y + move.y)
    return result
  }

  /// A turn in radians.
  private func angle(_ generator: inout KeyedGenerator) -> Double {
    let turns = Double(generator.below(4))
    let (isTurned, share) = (generator.uniform() < rotationProbability, generator.uniform())
    return (quarterTurns ? turns * .pi / 2 : 0)
      + (isTurned ? rotation * (2 * share - 1) * .pi / 180 : 0)
  }

  /// A crop of random area and ratio at a random place, as torchvision's `RandomResizedCrop` with
  /// sides cut to the image's; shares of the image's half sides.
  private func cropBox(
    _ generator: inout KeyedGenerator
  ) -> (x: Double, y: Double, width: Double, height: Double) {
    let (u, v, s, t) = (
      generator.uniform(), generator.uniform(), generator.uniform(), generator.uniform()
    )
    guard let crop else { return (0, 0, 1, 1) }
    let area = crop.lowerBound + (crop.upperBound - crop.lowerBound) * u
    let ratio = exp(
      log(cropRatio.lowerBound) + log(cropRatio.upperBound / cropRatio.lowerBound) * v)
    let (width, height) = (min(1, (area * ratio).squareRoot()), min(1, (area / ratio).squareRoot()))
    return ((1 - width) * (2 * s - 1), (1 - height) * (2 * t - 1), width, height)
  }
}

/// Reads images `[B, C, H, W]` and class maps `[B, H, W]` through one warp a row: images bilinearly,
/// classes from the nearest pixel; beyond the border both are mirrored.
func warped(_ images: Tensor, _ masks: Tensor?, by warps: [Warp]) -> (Tensor, Tensor?) {
  let shape = images.shape
  let theta = Tensor(warps.flatMap(\.coefficients), [warps.count, 2, 3], device: images.device)
  let grid = affineGrid(theta, size: [shape[0], 1, shape[2], shape[3]])
  let warpedMasks = masks.map { masks in
    gridSample(masks.to(.float32).unsqueeze(1), grid, mode: .nearest, padding: .reflection)
      .squeeze(dim: 1).round().to(.int64)
  }
  return (gridSample(images, grid, mode: .bilinear, padding: .reflection), warpedMasks)
}
