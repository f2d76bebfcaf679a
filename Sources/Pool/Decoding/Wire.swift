import Foundation

/// The length that goes before a message: 32 bits, little-endian.
enum WireLength {
  static let byteCount = 4

  /// The message behind its length.
  static func prefixed(_ message: [UInt8]) -> [UInt8] {
    withUnsafeBytes(of: UInt32(message.count).littleEndian) { Array($0) } + message
  }

  /// What `byteCount` bytes say.
  static func value(_ bytes: [UInt8]) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
}

/// Writes the numbers and texts of a message: 64-bit little-endian words, lengths before bytes.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: Int) {
    withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write(_ data: some Collection<UInt8>) {
    write(data.count)
    bytes.append(contentsOf: data)
  }

  /// Nil is the length −1.
  mutating func write(_ text: String?) {
    if let text { write(text) } else { write(-1) }
  }

  mutating func write(_ values: [Int]) {
    write(values.count)
    for value in values { write(value) }
  }
}

/// Reads them back; believes nothing.
struct WireReader {
  /// The bytes are no such message.
  struct Garbled: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// A number within a range.
  mutating func int(in range: ClosedRange<Int>) throws -> Int {
    let word = try take(8).withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }
    let value = Int(Int64(littleEndian: word))
    guard range.contains(value) else { throw Garbled() }
    return value
  }

  mutating func bytes(limit: Int) throws -> ArraySlice<UInt8> {
    try take(try int(in: 0...limit))
  }

  mutating func text(limit: Int = 1 << 12) throws -> String {
    guard let text = try optionalText(limit: limit) else { throw Garbled() }
    return text
  }

  mutating func optionalText(limit: Int = 1 << 12) throws -> String? {
    let count = try int(in: -1...limit)
    if count < 0 { return nil }
    guard let text = String(validating: try take(count), as: UTF8.self) else { throw Garbled() }
    return text
  }

  mutating func ints(in range: ClosedRange<Int>, limit: Int) throws -> [Int] {
    let count = try int(in: 0...limit)
    guard count <= rest.count / 8 else { throw Garbled() }
    return try (0..<count).map { _ in try int(in: range) }
  }

  /// Nothing may be left.
  func end() throws { if !rest.isEmpty { throw Garbled() } }

  private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Garbled() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
