import CImaging

/// What the header of a DICOM file says of the values and the place of its frames.
struct DICOMValues {
  private let palette: Palette?
  private let modalityLUT: LookupTable?
  private let voiLUT: LookupTable?
  /// What holds for the first frame, or for all where they do not differ.
  private let shared: FrameValues
  /// What holds for each frame; empty where `shared` says it all.
  private let perFrame: [FrameValues]

  init(_ handle: OpaquePointer?, _ info: ci_dicom_info) throws {
    let isGrey = info.photometric == CI_MONOCHROME1 || info.photometric == CI_MONOCHROME2
    palette = info.photometric == CI_PALETTE ? try Self.palette(handle) : nil
    modalityLUT =
      isGrey && info.has_modality_table != 0 ? try Self.table(handle, CI_MODALITY) : nil
    voiLUT = isGrey && info.has_voi_table != 0 ? try Self.table(handle, CI_VOI) : nil
    let count = info.has_frame_groups != 0 ? Int(info.frames) : 1
    let all = try (0..<count).map { frame in
      var values = ci_dicom_values()
      try checked(.dicom) { ci_dicom_describe(handle, UInt32(frame), &values, $0) }
      return FrameValues(values, hasRescale: isGrey)
    }
    let volume = FrameValues(stackOf: all)
    shared = volume ?? all[0]
    perFrame = volume == nil ? all : []
  }

  /// Tells an image of these frames what is known of them.
  func describe(_ image: inout ImageBuffer, _ frames: Range<Int>) {
    image.palette = palette
    (image.modalityLUT, image.voiLUT) = (modalityLUT, voiLUT)
    if perFrame.isEmpty {
      (image.rescale, image.windows) = (shared.rescale, shared.windows)
      image.geometry = shared.geometry?.shifted(frames: frames.lowerBound)
    } else {
      let values = perFrame[frames]
      image.frameValues = frames.count > 1 ? Array(values) : []
      image.take(perFrame[frames.lowerBound])
    }
  }

  private static func palette(_ handle: OpaquePointer?) throws -> Palette {
    let tables = try [CI_RED, CI_GREEN, CI_BLUE].map {
      try stored(handle, $0, "Palette Color Lookup Table Data (0028,1201) to (0028,1223)")
    }
    let colours = try tables.map { try $0.colours() }
    guard Set(colours.map(\.count)).count == 1 else {
      throw ImageError(
        .invalid("Palette Color Lookup Table Descriptor (0028,1101) to (0028,1103)"),
        format: .dicom)
    }
    return Palette(
      first: tables[0].first, red: colours[0], green: colours[1], blue: colours[2])
  }

  private static func table(
    _ handle: OpaquePointer?, _ kind: ci_table_kind
  ) throws -> LookupTable {
    let table = try stored(handle, kind, "LUT Data (0028,3006)")
    return LookupTable(first: table.first, entries: try table.entries(), bits: table.bits)
  }

  private static func stored(
    _ handle: OpaquePointer?, _ kind: ci_table_kind, _ name: String
  ) throws -> StoredTable {
    var table = ci_table()
    let bytes = try collected(.dicom) { ci_dicom_table(handle, kind, &table, $0, $1) }
    return StoredTable(
      bytes: [UInt8](bytes), count: Int(table.entries), first: Int(table.first),
      bits: Int(table.bits), isSegmented: table.is_segmented != 0, name: name)
  }
}

extension FrameValues {
  fileprivate init(_ values: ci_dicom_values, hasRescale: Bool) {
    if hasRescale && values.has_rescale != 0 {
      rescale = Rescale(slope: values.slope, intercept: values.intercept)
    }
    let shape: Window.Shape = [.linear, .exact, .sigmoid][Int(values.window_shape)]
    let centres = withUnsafeBytes(of: values.centres) { Array($0.bindMemory(to: Double.self)) }
    let widths = withUnsafeBytes(of: values.widths) { Array($0.bindMemory(to: Double.self)) }
    windows = (0..<Int(values.window_count)).map {
      Window(centre: centres[$0], width: widths[$0], shape: shape)
    }
    geometry = Geometry(values)
  }

  /// What holds for all frames of a stack of parallel slices at equal distances; nil where frames
  /// differ in more than their place.
  fileprivate init?(stackOf frames: [FrameValues]) {
    let first = frames[0]
    self = first
    if frames.count == 1 { return }
    guard frames.allSatisfy({ $0.rescale == first.rescale && $0.windows == first.windows })
    else { return nil }
    if frames.allSatisfy({ $0.geometry == nil }) { return }
    guard let stack = Geometry(stackOf: frames.map(\.geometry)) else { return nil }
    geometry = stack
  }
}

extension Geometry {
  /// Spacing, and the affine map where position and orientation are known; DICOM's axes run to the
  /// left, back and head, ours to the right, front and head.
  fileprivate init?(_ values: ci_dicom_values) {
    guard values.has_spacing != 0 else { return nil }
    let slice = values.has_slice_distance != 0 ? values.slice_distance : nil
    let spacing = Spacing(row: values.spacing.0, column: values.spacing.1, slice: slice)
    guard values.has_position != 0 else {
      self.init(spacing: spacing)
      return
    }
    let along = values.orientation
    let (x, y) = ([along.0, along.1, along.2], [along.3, along.4, along.5])
    let normal = Self.crossed(x, y)
    let position = [values.position.0, values.position.1, values.position.2]
    let affine = (0..<3).flatMap { axis -> [Double] in
      let row = [
        x[axis] * spacing.column, y[axis] * spacing.row, normal[axis] * (slice ?? 1),
        position[axis],
      ]
      return axis < 2 ? row.map { 0 - $0 } : row
    }
    self.init(spacing: spacing, affine: affine)
  }

  /// The geometry of a volume whose slices have these; nil where they are no even stack.
  fileprivate init?(stackOf slices: [Geometry?]) {
    let known = slices.compactMap { $0 }
    guard known.count == slices.count, let first = known.first,
      known.allSatisfy({ $0.spacing == first.spacing })
    else { return nil }
    if known.allSatisfy({ $0.affine == nil }) {
      self = first
      return
    }
    guard let start = first.affine, let end = known.last?.affine else { return nil }
    let steps = Double(slices.count - 1)
    var affine = start
    for axis in 0..<3 { affine[axis * 4 + 2] = (end[axis * 4 + 3] - start[axis * 4 + 3]) / steps }
    let step = (0..<3).map { affine[$0 * 4 + 2] }
    let distance = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var spacing = first.spacing
    spacing.slice = distance
    self.init(spacing: spacing, affine: affine)
    // Positions are decimal strings of at most 16 characters; a thousandth of a slice is none.
    let isEven = known.enumerated().allSatisfy { index, slice in
      guard let place = slice.affine else { return false }
      let expected = shifted(frames: index).affine ?? affine
      return (0..<12).allSatisfy { entry in
        entry % 4 == 2 || abs(place[entry] - expected[entry]) <= distance / 1000
      }
    }
    if distance == 0 || !isEven { return nil }
  }

  private static func crossed(_ a: [Double], _ b: [Double]) -> [Double] {
    let x = a[1] * b[2] - a[2] * b[1]
    let y = a[2] * b[0] - a[0] * b[2]
    let z = a[0] * b[1] - a[1] * b[0]
    return [x, y, z]
  }
}
