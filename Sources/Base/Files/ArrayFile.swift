public import Foundation

/// A NumPy `.npy` file, mapped: rows are read when asked for, never the whole file at once.
///
/// Little-endian, C order; element types `f2 f4 f8 i2 i4 i8 u1 u2 b1`. A row is what stands under
/// one index of the first dimension.
public struct ArrayFile: Sendable {
  /// The lengths of the dimensions.
  public let shape: [Int]
  /// The type of an element.
  public let type: ElementType
  private let file: MappedFile
  private let offset: Int

  /// Opens and checks a file.
  ///
  /// - Throws: a `Diagnostic` where the file is no `.npy`, has another element type or order, or is
  ///   shorter or longer than its shape says.
  public init(_ url: URL) throws {
    file = try MappedFile(url)
    let header = try file.withBytes { try ArrayHeader($0, url: url) }
    (shape, type, offset) = (header.shape, header.type, header.byteCount)
    let expected = offset + shape.reduce(1, *) * type.byteCount
    if file.count != expected {
      throw Diagnostic(
        "the array \(shape) of \(type.code) needs \(expected) bytes, the file has \(file.count)",
        at: url.path, fix: "write the file again; it was cut short or something was added to it")
    }
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The number of rows: the first dimension, or 1 for a single number.
  public var rowCount: Int { shape.first ?? 1 }

  /// The number of elements of a row.
  public var rowSize: Int { shape.dropFirst().reduce(1, *) }

  /// Gives `body` the bytes of all elements; the mapping stays until it returns.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try file.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
  }

  /// The bytes of all elements, valid only while this value lives.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[offset...])
  }

  /// The elements of some rows, as 32-bit floating-point numbers whatever the file's type.
  public func floats(rows: Range<Int>) -> [Float] {
    elements(rows).floats
  }

  /// All elements, as 32-bit floating-point numbers.
  public func floats() -> [Float] { floats(rows: 0..<rowCount) }

  /// The elements of some rows of an integer or Boolean file.
  public func ints(rows: Range<Int>) -> [Int] {
    precondition(type.isInteger, "\(type.code) elements are no integers")
    return elements(rows).ints
  }

  /// All elements of an integer or Boolean file.
  public func ints() -> [Int] { ints(rows: 0..<rowCount) }

  /// All elements in place, where they are `f4` (and stand at a multiple of four bytes), else nil.
  public func withFloat32<R>(
    _ body: (UnsafeBufferPointer<Float>) throws -> R
  ) rethrows -> R? {
    try withBytes { bytes in
      let isAligned = UInt(bitPattern: bytes.baseAddress) % 4 == 0
      guard type == .float32, isAligned else { return nil }
      return try body(bytes.assumingMemoryBound(to: Float.self))
    }
  }

  /// Writes an array atomically; the element type follows from the values.
  public static func write<Element: ArrayElement>(
    _ values: [Element], shape: [Int], to url: URL
  ) throws {
    precondition(
      values.count == shape.reduce(1, *), "\(values.count) values do not make up \(shape)")
    try AtomicFile.replace(url) { temporary in
      let file = try OutputFile(creating: temporary)
      try file.write(ArrayHeader.encoded(shape: shape, type: Element.elementType))
      try values.withUnsafeBytes { try file.write($0) }
    }
  }

  private func elements(_ rows: Range<Int>) -> ElementBytes {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= rowCount,
      "rows \(rows) lie outside the \(rowCount) rows")
    let stride = rowSize * type.byteCount
    let range = (offset + rows.lowerBound * stride)..<(offset + rows.upperBound * stride)
    return ElementBytes(
      type: type, bytes: UnsafeRawBufferPointer(rebasing: file.bytes[range]), owner: file)
  }
}
