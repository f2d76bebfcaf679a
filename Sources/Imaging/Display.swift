extension ImageBuffer {
  /// Physical values: the table or `rescale` applied; an image without both (or with the identity)
  /// stays as it is.
  ///
  /// - Parameter type: of what `rescale` gives: 32-bit floating point, or 64-bit where 32 do not
  ///   hold the stored values, unless another is asked for. A table gives 8 or 16 unsigned bits.
  /// - Returns: the same frames; frames that differ each by their own `rescale`.
  public func modality(_ type: Sample? = nil) -> ImageBuffer {
    var result = self
    result.rescale = nil
    result.modalityLUT = nil
    for index in result.frameValues.indices { result.frameValues[index].rescale = nil }
    if let table = modalityLUT {
      result.sample = table.bits > 8 ? .uint16 : .uint8
      result.bytes = result.sample.bytes(nearest: doubles().map { Double(table[$0]) })
      return result
    }
    let maps = (0..<frames).map { values(frame: $0).rescale ?? Rescale(slope: 1, intercept: 0) }
    if maps.allSatisfy(\.isIdentity) { return result }
    var numbers = doubles()
    for (frame, map) in maps.enumerated() {
      for index in frame * frameSampleCount..<(frame + 1) * frameSampleCount {
        numbers[index] = numbers[index] * map.slope + map.intercept
      }
    }
    let isLong = sample.byteCount > 2 && sample != .float32
    result.sample = type ?? (isLong ? .float64 : .float32)
    result.bytes = result.sample.bytes(nearest: numbers)
    return result
  }

  /// 8 bits for the eye and the network: grey or RGB.
  ///
  /// Grey images go through `window`, else through the file's table, else through its first window,
  /// else (unless they have 8 unsigned bits that stand for themselves) through the range from the
  /// 0.5th to the 99.5th percentile of all frames; frames that differ each by itself. `inverted` ones
  /// become grey, palettes RGB; 16-bit RGB keeps its upper 8 bits; class numbers above 255 become 255.
  public func display8(window: Window? = nil) -> ImageBuffer {
    switch photometric {
    case .palette: return coloured()
    case .labels: return scaled(by: 1)
    case .rgb where sample == .uint8: return self
    case .rgb where sample == .uint16: return scaled(by: 1 / 257)
    case .rgb: return shaded((window ?? percentileWindow()).brightness)
    case .grey, .inverted: break
    }
    if !frameValues.isEmpty { return framewise { $0.display8(window: window) } }
    if window == nil, let voiLUT { return shaded(voiLUT.brightness) }
    if let window = window ?? windows.first { return shaded(window.brightness) }
    let isPlain = sample == .uint8 && modalityLUT == nil && (rescale?.isIdentity ?? true)
    return shaded((isPlain ? Window(from: 0, to: 255) : percentileWindow()).brightness)
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

  /// Physical values by their brightness, 0 to 1.
  private func shaded(_ brightness: (Double) -> Double) -> ImageBuffer {
    let (table, map) = (modalityLUT, rescale ?? Rescale(slope: 1, intercept: 0))
    let isInverted = photometric == .inverted
    func shade(_ stored: Double) -> UInt8 {
      let light = brightness(table.map { Double($0[stored]) } ?? stored * map.slope + map.intercept)
      return UInt8(nearest: 255 * (isInverted ? 1 - light : light))
    }
    var result = with8(
      sample.smallRange.map { range in
        let shades = range.map { shade(Double($0)) }
        return allFloats().map { shades[Int($0) - range.lowerBound] }
      } ?? doubles().map(shade))
    (result.rescale, result.modalityLUT, result.voiLUT) = (nil, nil, nil)
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
