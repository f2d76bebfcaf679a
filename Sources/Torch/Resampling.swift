/// How values between grid points are found.
public enum Interpolation: Int, Sendable, Hashable {
  case bilinear = 0
  case nearest = 1
  case bicubic = 2
}

/// What stands outside a map.
public enum Outside: Int, Sendable, Hashable {
  case zeros = 0
  case border = 1
  case reflection = 2
}

/// Resizes `[B, C, H, W]` to `size` (rows, columns).
///
/// - Parameters:
///   - x: the maps.
///   - size: rows and columns of the result.
///   - mode: nearest takes the sample at ⌊i · H / H′⌋, as PyTorch does.
///   - alignCorners: whether the corners' centres stay in place, instead of the corners' outer edges.
///   - antialias: whether the kernel widens when shrinking (not for nearest).
/// - Returns: `[B, C, H′, W′]`.
public func interpolate(
  _ x: Tensor, size: [Int], mode: Interpolation = .bilinear, alignCorners: Bool = false,
  antialias: Bool = false
) -> Tensor {
  switch (mode, antialias) {
  case (.nearest, _): x.rawUpsampleNearest2d(size)
  case (.bilinear, false): x.rawUpsampleBilinear2d(size, alignCorners: alignCorners)
  case (.bilinear, true): x.rawUpsampleBilinear2dAA(size, alignCorners: alignCorners)
  case (.bicubic, false): x.rawUpsampleBicubic2d(size, alignCorners: alignCorners)
  case (.bicubic, true): x.rawUpsampleBicubic2dAA(size, alignCorners: alignCorners)
  }
}

/// Reads `[B, C, H, W]` at `grid [B, H′, W′, 2]`, (x, y) from −1 to 1.
public func gridSample(
  _ x: Tensor, _ grid: Tensor, mode: Interpolation = .bilinear, padding: Outside = .zeros,
  alignCorners: Bool = false
) -> Tensor {
  rawGridSampler(x, grid, mode.rawValue, padding.rawValue, alignCorners)
}

/// The grid of `theta [B, 2, 3]`, which maps places of the result `size = [B, C, H, W]` to places
/// of the source.
public func affineGrid(_ theta: Tensor, size: [Int], alignCorners: Bool = false) -> Tensor {
  rawAffineGridGenerator(theta, size, alignCorners)
}

/// What fills a border.
public enum Padding: Sendable, Hashable {
  case constant(Double)
  case reflect
  case replicate
  case circular
}

/// Adds a border.
///
/// `widths` goes from the last axis backwards: left, right, top, bottom.
public func pad(_ x: Tensor, _ widths: [Int], _ mode: Padding = .constant(0)) -> Tensor {
  switch mode {
  case .constant(let value): x.rawPad(widths, mode: "constant", value: value)
  case .reflect: x.rawPad(widths, mode: "reflect")
  case .replicate: x.rawPad(widths, mode: "replicate")
  case .circular: x.rawPad(widths, mode: "circular")
  }
}
