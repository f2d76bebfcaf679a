import Foundation

/// Why a file is no safetensors file.
struct SafetensorsFault: Error {
  let text: String
}

/// The header of a safetensors file, checked against the file's length.
struct SafetensorsHeader {
  /// One tensor: its name, and where its elements lie in the file.
  struct Entry {
    let name: String
    let dtype: DType
    let shape: [Int]
    let bytes: Range<Int>
  }

  /// More than any model needs; a hostile length must not make us read on.
  private static let limit = 100_000_000

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  init(_ file: UnsafeRawBufferPointer) throws {
    guard file.count >= 8 else {
      throw SafetensorsFault(text: "the file ends within its first 8 bytes")
    }
    let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard length <= Self.limit, Int(length) <= file.count - 8 else {
      throw SafetensorsFault(
        text: "the header claims \(length) bytes, the file has \(file.count - 8) after its start")
    }
    let start = 8 + Int(length)
    var cursor = JSONCursor(UnsafeRawBufferPointer(rebasing: file[8..<start]))
    try read(&cursor, data: start..<file.count)
    try checkLayout(data: start..<file.count)
  }

  private mutating func read(_ cursor: inout JSONCursor, data: Range<Int>) throws {
    var names: Set<String> = []
    try cursor.object { cursor, name in
      guard names.insert(name).inserted else {
        throw SafetensorsFault(text: "the name '\(name)' occurs twice")
      }
      if name == "__metadata__" {
        try cursor.object { cursor, key in metadata[key] = try cursor.string() }
      } else {
        entries.append(try Self.entry(name, &cursor, data: data))
      }
    }
    try cursor.end()
  }

  private static func entry(
    _ name: String, _ cursor: inout JSONCursor, data: Range<Int>
  ) throws -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try cursor.object { cursor, key in
      switch key {
      case "dtype" where type == nil: type = try cursor.string()
      case "shape" where shape == nil: shape = try cursor.integers()
      case "data_offsets" where offsets == nil: offsets = try cursor.integers()
      default: throw SafetensorsFault(text: "tensor '\(name)' has an unexpected field '\(key)'")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw SafetensorsFault(text: "tensor '\(name)' lacks dtype, shape or two data_offsets")
    }
    guard let dtype = DType(safetensors: type) else {
      throw SafetensorsFault(text: "tensor '\(name)' has the type \(type), which is not supported")
    }
    let range = try checkedRange(name, dtype, shape, offsets, data.count)
    return Entry(
      name: name, dtype: dtype, shape: shape,
      bytes: data.lowerBound + range.lowerBound..<data.lowerBound + range.upperBound)
  }

  private static func checkedRange(
    _ name: String, _ dtype: DType, _ shape: [Int], _ offsets: [Int], _ available: Int
  ) throws -> Range<Int> {
    guard offsets[0] <= offsets[1], offsets[1] <= available else {
      throw SafetensorsFault(
        text: "tensor '\(name)' lies at \(offsets[0])–\(offsets[1]) of \(available) bytes")
    }
    var needed = dtype.byteCount
    for length in shape {
      let (product, overflow) = needed.multipliedReportingOverflow(by: length)
      guard !overflow else {
        throw SafetensorsFault(text: "the shape of tensor '\(name)' is beyond all memory")
      }
      needed = product
    }
    guard needed == offsets[1] - offsets[0] else {
      throw SafetensorsFault(
        text: "tensor '\(name)' of shape \(shape) needs \(needed) bytes, "
          + "its data_offsets span \(offsets[1] - offsets[0])")
    }
    return offsets[0]..<offsets[1]
  }

  /// Every byte after the header belongs to exactly one tensor.
  private func checkLayout(data: Range<Int>) throws {
    var position = data.lowerBound
    for entry in entries.sorted(by: {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }) {
      guard entry.bytes.lowerBound == position else {
        let fault = entry.bytes.lowerBound < position ? "overlaps another" : "follows a gap"
        throw SafetensorsFault(text: "tensor '\(entry.name)' \(fault)")
      }
      position = entry.bytes.upperBound
    }
    guard position == data.upperBound else {
      throw SafetensorsFault(
        text: "\(data.upperBound - position) bytes at the end belong to no tensor")
    }
  }
}

extension SafetensorsHeader {
  /// The first bytes of a file: length and header, padded so that the data starts at a multiple of 8.
  static func encode(
    _ tensors: [(name: String, tensor: Tensor)], order: [Int], metadata: [String: String]
  ) -> Data {
    var offsets = [Int](repeating: 0, count: tensors.count)
    var end = 0
    for position in order {
      offsets[position] = end
      end += tensors[position].tensor.count * tensors[position].tensor.dtype.byteCount
    }
    var fields: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map {
        "\(quoted($0.key)):\(quoted($0.value))"
      }
      fields.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    for (position, item) in tensors.enumerated() {
      fields.append(field(item.name, item.tensor, at: offsets[position]))
    }
    var text = Data("{\(fields.joined(separator: ","))}".utf8)
    while text.count % 8 != 0 { text.append(0x20) }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
  }

  private static func field(_ name: String, _ tensor: Tensor, at offset: Int) -> String {
    let shape = tensor.shape.map(String.init).joined(separator: ",")
    let end = offset + tensor.count * tensor.dtype.byteCount
    return "\(quoted(name)):{\"dtype\":\"\(tensor.dtype.safetensors)\",\"shape\":[\(shape)],"
      + "\"data_offsets\":[\(offset),\(end)]}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension DType {
  fileprivate static let safetensorsNames: [DType: String] = [
    .float64: "F64", .float32: "F32", .float16: "F16", .bfloat16: "BF16", .int64: "I64",
    .int32: "I32", .int16: "I16", .int8: "I8", .uint8: "U8", .bool: "BOOL",
  ]

  fileprivate var safetensors: String { Self.safetensorsNames[self] ?? description }

  fileprivate init?(safetensors name: String) {
    guard let found = Self.safetensorsNames.first(where: { $0.value == name }) else { return nil }
    self = found.key
  }
}
