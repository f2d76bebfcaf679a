/// Decoded pixels and what they mean: the one form in which images move through the program.
///
/// Samples are stored as the file has them (16 bits stay 16 bits), native-endian, frame after frame,
/// row after row, channel last: `[frames, height, width, channels]`. What turns them into physical
/// or displayable values (`rescale`, `windows`, `palette`) lies beside them and is applied by
/// `modality()` and `display8()`. Nothing else out of a file's header is kept.
public struct ImageBuffer: Sendable, Equatable {
  /// How a sample is stored.
  public enum Sample: String, Sendable, Codable, CaseIterable {
    case uint8, int8, uint16, int16, uint32, int32, float32, float64
  }

  /// What the samples mean.
  public enum Photometric: String, Sendable, Codable {
    /// One channel, larger is brighter.
    case grey
    /// One channel, larger is darker (DICOM's MONOCHROME1).
    case inverted
    /// Three channels.
    case rgb
    /// One channel of entries into `palette`.
    case palette
    /// One channel of class numbers.
    case labels
  }

  /// Number of images: frames of a series, slices of a volume.
  public var frames: Int
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int
  /// Samples of a pixel: 1 or 3.
  public var channels: Int
  /// The type of `bytes`.
  public var sample: Sample
  /// What the samples mean.
  public var photometric: Photometric
  /// The samples.
  public var bytes: [UInt8]

  /// Stored sample → physical value, where the file says so.
  public var rescale: Rescale?
  /// The same by a table, where the file has one; it goes before `rescale`.
  public var modalityLUT: LookupTable?
  /// Windows for display on physical values, the file's preferred one first.
  public var windows: [Window] = []
  /// Physical value → brightness by a table, where the file has one; it goes before `windows`.
  public var voiLUT: LookupTable?
  /// Colours of a `palette` image.
  public var palette: Palette?
  /// Where the voxels lie in the patient, where the file says so.
  public var geometry: Geometry?
  /// What differs from frame to frame, one entry a frame; empty where nothing does.
  ///
  /// The first entry repeats `rescale`, `windows` and `geometry`.
  public var frameValues: [FrameValues] = []

  /// An image out of its samples; `bytes` must hold exactly as many as the shape says.
  public init(
    frames: Int = 1, height: Int, width: Int, channels: Int = 1, sample: Sample = .uint8,
    photometric: Photometric, bytes: [UInt8]
  ) {
    self.frames = frames
    self.height = height
    self.width = width
    self.channels = channels
    self.sample = sample
    self.photometric = photometric
    self.bytes = bytes
    precondition(
      bytes.count == sampleCount * sample.byteCount,
      "\(bytes.count) bytes are no \(shape) of \(sample.rawValue)")
  }

  /// `[frames, height, width, channels]`.
  public var shape: [Int] { [frames, height, width, channels] }

  /// The number of samples of all frames.
  public var sampleCount: Int { frames * frameSampleCount }

  /// The number of samples of a frame.
  public var frameSampleCount: Int { height * width * channels }

  /// Distances between neighbouring pixels in millimetres, where known.
  public var spacing: Spacing? { geometry?.spacing }

  /// The preferred window, where the file names one.
  public var window: Window? { windows.first }
}

/// Red, green and blue of each entry, 16 bits each.
public struct Palette: Sendable, Equatable {
  /// The stored value of the first entry; smaller values take it, larger ones the last.
  public var first: Int
  /// Three tables of the same length.
  public var red: [UInt16]
  /// Green of each entry.
  public var green: [UInt16]
  /// Blue of each entry.
  public var blue: [UInt16]

  /// Tables of one length, at least one entry long.
  public init(first: Int, red: [UInt16], green: [UInt16], blue: [UInt16]) {
    precondition(!red.isEmpty && red.count == green.count && red.count == blue.count)
    self.first = first
    self.red = red
    self.green = green
    self.blue = blue
  }
}
