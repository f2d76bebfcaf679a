import Foundation

/// A range of physical values that is spread over the display's brightness.
public struct Window: Sendable, Equatable, Codable {
  /// The function that spreads it (DICOM PS3.3, C.11.2).
  public enum Shape: String, Sendable, Codable {
    /// C.11.2.1.2.1, whose ends lie half a value inside.
    case linear
    /// C.11.2.1.3.2.
    case exact
    /// C.11.2.1.3.1.
    case sigmoid
  }

  /// Its middle.
  public var centre: Double
  /// Its width; above 0.
  public var width: Double
  /// The function.
  public var shape: Shape

  /// A window on physical values.
  public init(centre: Double, width: Double, shape: Shape = .linear) {
    self.centre = centre
    self.width = width
    self.shape = shape
  }

  /// The window that begins and ends at two values.
  public init(from low: Double, to high: Double) {
    self.init(centre: (low + high) / 2, width: high - low, shape: .exact)
  }

  /// The brightness of a value, 0 to 1; a window of no width is a threshold.
  public func brightness(_ value: Double) -> Double {
    switch shape {
    case .linear where width > 1:
      return clamp((value - (centre - 0.5)) / (width - 1) + 0.5)
    case .linear: return value <= centre - 0.5 ? 0 : 1
    case .exact where width > 0: return clamp((value - centre) / width + 0.5)
    case .exact: return value <= centre ? 0 : 1
    case .sigmoid: return 1 / (1 + exp(-4 * (value - centre) / width))
    }
  }

  private func clamp(_ value: Double) -> Double { min(1, max(0, value)) }
}

extension ImageBuffer {
  /// Physical values: `rescale` applied, as 32-bit floating point, or 64-bit where 32 do not hold
  /// the stored values; an image without `rescale` (or with the identity) stays as it is.
  public func modality() -> ImageBuffer {
    guard let rescale, !rescale.isIdentity else {
      var result = self
      result.rescale = nil
      return result
    }
    var result = self
    result.sample = sample.byteCount > 2 && sample != .float32 ? .float64 : .float32
    result.bytes = result.sample.bytes(
      nearest: doubles().map { $0 * rescale.slope + rescale.intercept })
    result.rescale = nil
    return result
  }

  /// 8 bits for the eye and the network: grey or RGB.
  ///
  /// Grey images go through `window`, else through the file's first window, else (unless they have
  /// 8 unsigned bits without `rescale`) through the range from the 0.5th to the 99.5th percentile of
  /// all frames. `inverted` ones become grey, palettes RGB; 16-bit RGB keeps its upper 8 bits; class
  /// numbers above 255 become 255.
  public func display8(window: Window? = nil) -> ImageBuffer {
    switch photometric {
    case .palette: return coloured()
    case .labels: return scaled(by: 1)
    case .rgb where sample == .uint8: return self
    case .rgb where sample == .uint16: return scaled(by: 1 / 257)
    case .rgb: return display8(through: window ?? percentileWindow())
    case .grey, .inverted: break
    }
    let isPlain = sample == .uint8 && (rescale?.isIdentity ?? true)
    if let window = window ?? windows.first { return display8(through: window) }
    return display8(through: isPlain ? Window(from: 0, to: 255) : percentileWindow())
  }

  /// The samples times a factor, as 8 bits.
  private func scaled(by factor: Double) -> ImageBuffer {
    if sample == .uint8 { return self }
    return with8(Sample.uint8.bytes(nearest: doubles().map { $0 * factor }))
  }

  private func with8(_ bytes: [UInt8]) -> ImageBuffer {
    var result = self
    result.sample = .uint8
    result.bytes = bytes
    return result
  }

  private func display8(through window: Window) -> ImageBuffer {
    let rescale = rescale ?? Rescale(slope: 1, intercept: 0)
    let isInverted = photometric == .inverted
    func shade(_ stored: Double) -> UInt8 {
      let light = window.brightness(stored * rescale.slope + rescale.intercept)
      return UInt8(nearest: 255 * (isInverted ? 1 - light : light))
    }
    var result = with8(
      sample.smallRange.map { range in
        let table = range.map { shade(Double($0)) }
        return allFloats().map { table[Int($0) - range.lowerBound] }
      } ?? doubles().map(shade))
    result.rescale = nil
    result.windows = []
    if isInverted { result.photometric = .grey }
    return result
  }

  /// Palette entries as 8-bit RGB.
  private func coloured() -> ImageBuffer {
    guard let palette else { return scaled(by: 1) }
    let last = palette.red.count - 1
    let colours = allFloats().flatMap { value in
      let entry = min(max(Int(value) - palette.first, 0), last)
      return [palette.red[entry], palette.green[entry], palette.blue[entry]].map { UInt8($0 >> 8) }
    }
    var result = self
    result.bytes = colours
    (result.channels, result.sample, result.photometric) = (3, .uint8, .rgb)
    result.palette = nil
    return result
  }
}

extension ImageBuffer.Sample {
  /// All values of an 8- or 16-bit type: few enough for a table.
  var smallRange: ClosedRange<Int>? {
    switch self {
    case .uint8: 0...255
    case .int8: -128...127
    case .uint16: 0...65535
    case .int16: -32768...32767
    case .uint32, .int32, .float32, .float64: nil
    }
  }
}
