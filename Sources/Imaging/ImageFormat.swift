/// A format that is read, told by its content.
public enum ImageFormat: String, Sendable, Codable, CaseIterable {
  case png, jpeg, dicom, nifti, npz

  /// The name that people use.
  public var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .dicom: "DICOM"
    case .nifti: "NIfTI"
    case .npz: "npz"
    }
  }

  /// The format that a file's bytes announce; nil where none does.
  ///
  /// A gzip file is taken for a compressed NIfTI. DICOM without its preamble is known by a first
  /// element of group 2 or 8.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.count >= 132, bytes[128..<132].elementsEqual("DICM".utf8) {
      self = .dicom
    } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .npz
    } else if bytes.starts(with: [0x1F, 0x8B]) || Self.isNIfTI(bytes) {
      self = .nifti
    } else if Self.isBareDICOM(bytes) {
      self = .dicom
    } else {
      return nil
    }
  }

  private static func isNIfTI(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 348 else { return false }
    let size = bytes.loadUnaligned(as: Int32.self)
    let magic = bytes[344..<347]
    return (size == 348 || size.byteSwapped == 348)
      && (magic.elementsEqual("n+1".utf8) || magic.elementsEqual("ni1".utf8))
  }

  /// A first element (0002,xxxx) or (0008,xxxx), in either byte order, of a believable length.
  private static func isBareDICOM(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 16 else { return false }
    let group = bytes.loadUnaligned(as: UInt16.self)
    if group == 0x0200 || group == 0x0800 { return Self.isRepresentation(bytes[4..<6]) }
    guard group == 2 || group == 8 else { return false }
    let length = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    return Self.isRepresentation(bytes[4..<6]) || Int(length) <= bytes.count - 8
  }

  private static func isRepresentation(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    bytes.allSatisfy { (0x41...0x5A).contains($0) }
  }
}
