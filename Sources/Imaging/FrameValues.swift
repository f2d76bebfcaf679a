/// What the header says of one frame of several that differ.
public struct FrameValues: Sendable, Equatable, Codable {
  /// Stored sample → physical value.
  public var rescale: Rescale?
  /// Windows for display on physical values, the preferred one first.
  public var windows: [Window]
  /// Where the frame lies.
  public var geometry: Geometry?
}

extension ImageBuffer {
  /// What holds for one frame.
  func values(frame index: Int) -> FrameValues {
    if !frameValues.isEmpty { return frameValues[index] }
    return FrameValues(
      rescale: rescale, windows: windows, geometry: geometry?.shifted(frames: index))
  }

  /// Takes over what holds for one frame.
  mutating func take(_ values: FrameValues) {
    (rescale, windows, geometry) = (values.rescale, values.windows, values.geometry)
  }

  /// Replaces the geometry of the image and of each frame.
  mutating func changeGeometry(_ change: (Geometry) -> Geometry?) {
    geometry = geometry.flatMap(change)
    for index in frameValues.indices {
      frameValues[index].geometry = frameValues[index].geometry.flatMap(change)
    }
  }

  /// The image out of what a function makes of each of its frames; all results have one shape.
  func framewise(_ change: (ImageBuffer) -> ImageBuffer) -> ImageBuffer {
    let changed = (0..<frames).map { change(frame($0)) }
    var result = changed[0]
    result.frames = frames
    result.bytes = changed.flatMap(\.bytes)
    result.frameValues = changed.map { $0.values(frame: 0) }
    return result
  }
}

/// A linear map from stored samples to physical values: `slope · x + intercept`.
public struct Rescale: Sendable, Equatable, Codable {
  /// Factor.
  public var slope: Double
  /// Summand.
  public var intercept: Double

  /// `slope · x + intercept`.
  public init(slope: Double, intercept: Double) {
    self.slope = slope
    self.intercept = intercept
  }

  /// Whether it changes nothing.
  public var isIdentity: Bool { slope == 1 && intercept == 0 }
}

/// A table from whole numbers to levels, as DICOM's Modality and VOI LUTs (PS3.3, C.11).
public struct LookupTable: Sendable, Equatable, Codable {
  /// The value of the first entry; smaller values take it, larger ones than the last take the last.
  public var first: Int
  /// The levels.
  public var entries: [UInt16]
  /// Bits of a level, 1 to 16.
  public var bits: Int

  /// A table of at least one entry.
  public init(first: Int, entries: [UInt16], bits: Int) {
    precondition(!entries.isEmpty && (1...16).contains(bits), "a table without entries or bits")
    self.first = first
    self.entries = entries
    self.bits = bits
  }

  /// The level of a value; fractions are cut off.
  public subscript(value: Double) -> UInt16 {
    let place = value - Double(first)
    if !(place > 0) { return entries[0] }
    return entries[place < Double(entries.count) ? Int(place) : entries.count - 1]
  }

  /// The brightness of a value, 0 to 1.
  public func brightness(_ value: Double) -> Double {
    min(1, Double(self[value]) / Double(1 << bits - 1))
  }
}
