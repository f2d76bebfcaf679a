public import Foundation

extension ArrayFile {
  /// Writes a `.npy` file row after row, without holding it in memory.
  ///
  /// The file appears under its name only at `close()`; without it nothing is left behind.
  public final class Writer {
    private let url: URL
    private let temporary: URL
    private let file: OutputFile
    private let rowShape: [Int]
    private let type: ElementType
    private var isOpen = true
    /// Elements written so far.
    private var count = 0

    private static let headerBytes = 192

    /// Starts a file of rows of the given shape (`[]` for single numbers), stored as `type`.
    public init(_ url: URL, rowShape: [Int], type: ElementType = .float32) throws {
      self.url = url
      self.rowShape = rowShape
      self.type = type
      temporary = AtomicFile.temporaryName(for: url)
      file = try OutputFile(creating: temporary)
      try file.write(Data(count: Self.headerBytes))
    }

    deinit {
      if isOpen { unlink(temporary.path) }
    }

    /// Rows written so far.
    public var rowCount: Int { rowSize == 0 ? 0 : count / rowSize }

    private var rowSize: Int { rowShape.reduce(1, *) }

    /// Adds one or more whole rows, converted to the file's type (`f2 f4 f8`).
    public func append(_ values: [Float]) throws {
      try values.withUnsafeBufferPointer { try append($0) }
    }

    /// Adds one or more whole rows, converted to the file's type (`f2 f4 f8`).
    public func append(_ values: UnsafeBufferPointer<Float>) throws {
      switch type {
      case .float32: try store(values.count, UnsafeRawBufferPointer(values))
      case .float16: try store(values.map(Float16.init))
      case .float64: try store(values.map(Double.init))
      default: preconditionFailure("floating-point rows in a file of \(type.code)")
      }
    }

    /// Adds one or more whole rows of whole numbers, which must fit the file's type.
    public func append(_ values: [Int]) throws {
      switch type {
      case .int64: try store(values)
      case .int32: try store(values.map(Int32.init))
      case .int16: try store(values.map(Int16.init))
      case .uint16: try store(values.map(UInt16.init))
      case .uint8, .bool: try store(values.map(UInt8.init))
      case .float16, .float32, .float64: try append(values.map(Float.init))
      }
    }

    /// Completes the file and gives it its name.
    ///
    /// `shape`, where given, says how the elements are to
    /// be read (for instance `[M, N, C]` for M·N rows of C); else it is `[rows] + rowShape`.
    public func close(shape: [Int]? = nil) throws {
      precondition(isOpen, "\(url.lastPathComponent) is closed already")
      let shape = shape ?? [rowCount] + rowShape
      precondition(shape.reduce(1, *) == count, "\(count) values do not make up \(shape)")
      let header = ArrayHeader.encoded(shape: shape, type: type, reserving: Self.headerBytes)
      try file.overwrite(header, at: 0)
      file.close()
      try AtomicFile.publish(temporary, as: url)
      isOpen = false
    }

    private func store<Element: BitwiseCopyable>(_ values: [Element]) throws {
      try values.withUnsafeBytes { try store(values.count, $0) }
    }

    private func store(_ added: Int, _ bytes: UnsafeRawBufferPointer) throws {
      precondition(
        rowSize > 0 && added.isMultiple(of: rowSize), "\(added) values are no rows of \(rowShape)")
      try file.write(bytes)
      count += added
    }
  }
}
