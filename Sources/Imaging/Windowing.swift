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
    func run<Value: SampleValue>(_: Value.Type) -> ImageBuffer {
      if sample.byteCount > 2 && sample != .float32 {
        return mapped(Value.self, to: Double.self) { $0.double * rescale.slope + rescale.intercept }
      }
      return mapped(Value.self, to: Float.self) {
        Float($0.double * rescale.slope + rescale.intercept)
      }
    }
    var result = run(sample.type)
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
    case .labels: return converted(to: UInt8.self, scale: 1)
    case .rgb where sample == .uint8: return self
    case .rgb where sample == .uint16: return converted(to: UInt8.self, scale: 1 / 257)
    case .rgb: return display8(through: window ?? percentileWindow())
    case .grey, .inverted: break
    }
    let isPlain = sample == .uint8 && (rescale?.isIdentity ?? true)
    if let window = window ?? windows.first { return display8(through: window) }
    return display8(through: isPlain ? Window(from: 0, to: 255) : percentileWindow())
  }

  private func converted<Result: SampleValue>(to _: Result.Type, scale: Double) -> ImageBuffer {
    if sample == Result.sample { return self }
    func run<Value: SampleValue>(_: Value.Type) -> ImageBuffer {
      mapped(Value.self, to: Result.self) { Result(nearest: $0.double * scale) }
    }
    return run(sample.type)
  }

  private func display8(through window: Window) -> ImageBuffer {
    let rescale = rescale ?? Rescale(slope: 1, intercept: 0)
    let isInverted = photometric == .inverted
    func shade(_ stored: Double) -> UInt8 {
      let light = window.brightness(stored * rescale.slope + rescale.intercept)
      return UInt8(nearest: 255 * (isInverted ? 1 - light : light))
    }
    func run<Value: SampleValue>(_: Value.Type) -> ImageBuffer {
      guard let table = Value.table(shade) else {
        return mapped(Value.self, to: UInt8.self) { shade($0.double) }
      }
      return mapped(Value.self, to: UInt8.self) { table[$0.tableIndex] }
    }
    var result = run(sample.type)
    result.rescale = nil
    result.windows = []
    if isInverted { result.photometric = .grey }
    return result
  }

  /// Palette entries as 8-bit RGB.
  private func coloured() -> ImageBuffer {
    guard let palette else { return converted(to: UInt8.self, scale: 1) }
    let last = palette.red.count - 1
    func run<Value: SampleValue>(_: Value.Type) -> [UInt8] {
      withSamples(Value.self) { values in
        values.flatMap { value in
          let entry = min(max(Int(value.double) - palette.first, 0), last)
          return [palette.red[entry], palette.green[entry], palette.blue[entry]]
            .map { UInt8($0 >> 8) }
        }
      }
    }
    var result = self
    result.bytes = run(sample.type)
    (result.channels, result.sample, result.photometric) = (3, .uint8, .rgb)
    result.palette = nil
    return result
  }
}

extension SampleValue {
  /// What a function gives for every value of an 8- or 16-bit type, by `tableIndex`.
  fileprivate static func table(_ transform: (Double) -> UInt8) -> [UInt8]? {
    switch sample {
    case .uint8: (0...255).map { transform(Double($0)) }
    case .int8: (-128...127).map { transform(Double($0)) }
    case .uint16: (0...65535).map { transform(Double($0)) }
    case .int16: (-32768...32767).map { transform(Double($0)) }
    case .uint32, .int32, .float32, .float64: nil
    }
  }

  /// Where `table` holds this value.
  fileprivate var tableIndex: Int {
    let offset =
      switch Self.sample {
      case .int8: 128
      case .int16: 32768
      default: 0
      }
    return Int(double) + offset
  }
}
