/// The 348 bytes at the head of a NIfTI-1 file (Cox et al., 2004); free texts are not read.
struct NIfTIHeader {
  let isSwapped: Bool
  /// Lengths of the dimensions, columns first.
  let lengths: [Int]
  let dataType: Int
  let offset: Int
  let rescale: Rescale?
  let geometry: Geometry?

  static let byteCount = 348

  init(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count >= Self.byteCount else { throw Self.fault(.truncated("within its header")) }
    isSwapped = bytes.loadUnaligned(as: Int32.self) != 348
    let fields = Fields(bytes: bytes, isSwapped: isSwapped)
    if bytes[345] == UInt8(ascii: "i") {
      throw Self.fault(.unsupported("a header whose voxels are in another file (.hdr and .img)"))
    }
    let rank = fields.int16(40)
    guard rank >= 1, rank <= 7 else { throw Self.fault(.corrupt("its number of dimensions")) }
    lengths = (1...rank).map { fields.int16(40 + $0 * 2) }
    guard lengths.allSatisfy({ $0 > 0 }) else { throw Self.fault(.corrupt("its dimensions")) }
    dataType = fields.int16(70)
    let start = fields.float(108)
    guard start >= 348, start < 1_073_741_824 else {
      throw Self.fault(.corrupt("where its voxels begin"))
    }
    offset = Int(start)
    rescale = Self.rescale(fields)
    geometry = Self.geometry(fields, lengths)
  }

  private static func fault(_ reason: ImageError.Reason) -> ImageError {
    ImageError(reason, format: .nifti)
  }

  private static func rescale(_ fields: Fields) -> Rescale? {
    let rescale = Rescale(slope: fields.float(112), intercept: fields.float(116))
    guard rescale.slope.isFinite, rescale.slope != 0, rescale.intercept.isFinite else { return nil }
    return rescale.isIdentity ? nil : rescale
  }

  private static func geometry(_ fields: Fields, _ lengths: [Int]) -> Geometry? {
    let sizes = (0...3).map { fields.float(76 + $0 * 4) }
    let unit = millimetres(fields.byte(123) & 7)
    let edges = sizes[1...3].map { abs($0) * unit }
    guard edges.allSatisfy(\.isFinite), edges[0] > 0, edges[1] > 0 else { return nil }
    let spacing = Spacing(row: edges[1], column: edges[0], slice: edges[2] > 0 ? edges[2] : nil)
    let affine =
      if fields.int16(254) > 0 {
        sform(fields)
      } else if fields.int16(252) > 0 {
        quaternionForm(fields, sizes)
      } else {
        centred(edges: sizes[1...3].map(abs), lengths)
      }
    let scaled = affine.map { $0 * unit }
    return Geometry(spacing: spacing, affine: scaled.allSatisfy(\.isFinite) ? scaled : nil)
  }

  /// The header's unit of length: metre, millimetre (also where it says nothing), micrometre.
  private static func millimetres(_ code: Int) -> Double {
    switch code {
    case 1: 1000
    case 3: 0.001
    default: 1
    }
  }

  private static func sform(_ fields: Fields) -> [Double] {
    (0..<12).map { fields.float(280 + $0 * 4) }
  }

  /// A header without orientation: the volume's middle at the origin, columns from right to left, as
  /// nibabel takes it.
  private static func centred(edges: [Double], _ lengths: [Int]) -> [Double] {
    (0..<3).flatMap { axis -> [Double] in
      var row = [0.0, 0, 0, 0]
      row[axis] = axis == 0 ? -edges[axis] : edges[axis]
      let length = axis < lengths.count ? lengths[axis] : 1
      row[3] = -row[axis] * Double(length - 1) / 2
      return row
    }
  }

  /// Rotation by a unit quaternion (its first part is implied), then voxel sizes and an offset.
  private static func quaternionForm(_ fields: Fields, _ sizes: [Double]) -> [Double] {
    let (b, c, d) = (fields.float(256), fields.float(260), fields.float(264))
    let square = 1 - (b * b + c * c + d * d)
    let a = square > 0 ? square.squareRoot() : 0
    let rotation = [
      [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
      [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
      [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
    ]
    let edges = [sizes[1], sizes[2], sizes[3] * (sizes[0] < 0 ? -1 : 1)]
    return (0..<3).flatMap { row in
      (0..<3).map { rotation[row][$0] * edges[$0] } + [fields.float(268 + row * 4)]
    }
  }

  private struct Fields {
    let bytes: UnsafeRawBufferPointer
    let isSwapped: Bool

    func byte(_ at: Int) -> Int { Int(bytes[at]) }

    func int16(_ at: Int) -> Int {
      let value = bytes.loadUnaligned(fromByteOffset: at, as: Int16.self)
      return Int(isSwapped ? value.byteSwapped : value)
    }

    func float(_ at: Int) -> Double {
      let value = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
      return Double(Float(bitPattern: isSwapped ? value.byteSwapped : value))
    }
  }
}
