public import Base

/// Numbers in rows, mapped from a `.npy` file or held in memory.
///
/// A row is what stands under all indices but the last, so `[M, N, C]` has M·N rows of C; one
/// dimension alone, `[N]`, is N rows of one number. Rows are copied out when asked for: a mapped
/// matrix costs no memory of its own.
public struct Matrix: Sendable {
  /// The lengths of the dimensions, at least two.
  public let shape: [Int]
  private let source: Source

  private enum Source {
    case file(ArrayFile)
    case values([Float])
  }

  /// The rows of a file of any element type.
  public init(_ file: ArrayFile) {
    shape = Self.completed(file.shape)
    source = .file(file)
  }

  /// Values in row-major order.
  public init(_ values: [Float], shape: [Int]) {
    precondition(
      values.count == shape.reduce(1, *), "\(values.count) values do not make up \(shape)")
    self.shape = Self.completed(shape)
    source = .values(values)
  }

  /// Rows of equal length.
  public init(_ rows: [[Float]]) {
    self.init(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0])
  }

  /// The length of a row.
  public var columns: Int { shape[shape.count - 1] }

  /// The number of rows.
  public var rows: Int { shape.dropLast().reduce(1, *) }

  /// One row.
  public func row(_ index: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: columns) { buffer, count in
      if let base = buffer.baseAddress { copy(row: index, into: base) }
      count = columns
    }
  }

  /// Copies one row, as 32-bit numbers, to `target`, which has room for `columns` of them.
  func copy(row index: Int, into target: UnsafeMutablePointer<Float>) {
    precondition(index >= 0 && index < rows, "row \(index) lies outside the \(rows) rows")
    switch source {
    case .values(let values):
      values.withUnsafeBufferPointer { all in
        guard let base = all.baseAddress else { return }
        target.update(from: base + index * columns, count: columns)
      }
    case .file(let file):
      Self.copy(file, from: index * columns, count: columns, into: target)
    }
  }

  private static func completed(_ shape: [Int]) -> [Int] {
    shape.count >= 2 ? shape : shape + Array(repeating: 1, count: 2 - shape.count)
  }

  private static func copy(
    _ file: ArrayFile, from start: Int, count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    switch file.type {
    case .float32:
      UnsafeMutableRawPointer(target).copyMemory(
        from: source(file, start, stride: 4), byteCount: 4 * count)
    case .float16: HalfPrecision.widen(source(file, start, stride: 2), count, into: target)
    case .float64: convert(file, Double.self, start, count, target) { Float($0) }
    case .int64: convert(file, Int64.self, start, count, target) { Float($0) }
    case .int32: convert(file, Int32.self, start, count, target) { Float($0) }
    case .int16: convert(file, Int16.self, start, count, target) { Float($0) }
    case .uint16: convert(file, UInt16.self, start, count, target) { Float($0) }
    case .uint8, .bool: convert(file, UInt8.self, start, count, target) { Float($0) }
    }
  }

  /// Where an element of a file stands.
  private static func source(_ file: ArrayFile, _ start: Int, stride: Int) -> UnsafeRawPointer {
    guard let base = file.bytes.baseAddress else { preconditionFailure("the file is empty") }
    return base + start * stride
  }

  private static func convert<Element: BitwiseCopyable>(
    _ file: ArrayFile, _: Element.Type, _ start: Int, _ count: Int,
    _ target: UnsafeMutablePointer<Float>, _ number: (Element) -> Float
  ) {
    let stride = MemoryLayout<Element>.stride
    let bytes = file.bytes
    for column in 0..<count {
      target[column] = number(
        bytes.loadUnaligned(fromByteOffset: (start + column) * stride, as: Element.self))
    }
  }
}
