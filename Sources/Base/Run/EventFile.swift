import Foundation

/// An event file that TensorBoard reads: records of TensorFlow's `Event` message, each framed by its
/// length and masked checksums.
///
/// Only what scalars need is written, by hand; the field numbers are those of TensorFlow's
/// `event.proto` and `summary.proto`.
final class EventFile {
  private let file: OutputFile
  private let now: () -> Double

  /// Starts a new file in `folder`, beside those of earlier processes.
  init(in folder: URL, now: @escaping () -> Double = { Date().timeIntervalSince1970 }) throws {
    self.now = now
    try Folder.create(folder)
    let count = Folder.names(in: folder).filter { $0.hasPrefix("events.out.tfevents.") }.count
    let name = String(format: "events.out.tfevents.%010.0f.%04d", now(), count)
    file = try OutputFile(creating: folder.appendingPathComponent(name))
    try write(ProtocolBuffer().string(3, "brain.Event:2"), step: nil)
  }

  /// Adds numbers, in the order of their tags.
  func write(_ scalars: [(tag: String, value: Double)], step: Int) throws {
    let summary = scalars.reduce(ProtocolBuffer()) { summary, scalar in
      summary.message(
        1, ProtocolBuffer().string(1, scalar.tag).float(2, Float(scalar.value)))
    }
    try write(ProtocolBuffer().message(5, summary), step: step)
  }

  /// Tells TensorBoard to forget what earlier files say of `step` and later ones.
  func restart(at step: Int) throws {
    let start = ProtocolBuffer().integer(1, 1)
    try write(ProtocolBuffer().message(7, start), step: step)
  }

  private func write(_ content: ProtocolBuffer, step: Int?) throws {
    var event = ProtocolBuffer().double(1, now())
    if let step { event = event.integer(2, step) }
    try file.write(Self.record(event.bytes + content.bytes))
  }

  private static func record(_ content: [UInt8]) -> Data {
    let length = littleEndian(UInt64(content.count))
    return Data(
      length + littleEndian(CRC32C.masked(length)) + content
        + littleEndian(CRC32C.masked(content)))
  }
}

/// A message under construction, in Protocol Buffers' wire format.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  func integer(_ field: Int, _ value: Int) -> ProtocolBuffer {
    adding(Self.varint(field << 3) + Self.varint(value))
  }

  func double(_ field: Int, _ value: Double) -> ProtocolBuffer {
    adding(Self.varint(field << 3 | 1) + littleEndian(value.bitPattern))
  }

  func float(_ field: Int, _ value: Float) -> ProtocolBuffer {
    adding(Self.varint(field << 3 | 5) + littleEndian(value.bitPattern))
  }

  func string(_ field: Int, _ text: String) -> ProtocolBuffer { block(field, Array(text.utf8)) }

  func message(_ field: Int, _ message: ProtocolBuffer) -> ProtocolBuffer {
    block(field, message.bytes)
  }

  private func block(_ field: Int, _ content: [UInt8]) -> ProtocolBuffer {
    adding(Self.varint(field << 3 | 2) + Self.varint(content.count) + content)
  }

  private func adding(_ more: [UInt8]) -> ProtocolBuffer {
    ProtocolBuffer(bytes: bytes + more)
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var rest = UInt64(bitPattern: Int64(value))
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}

private func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian, Array.init)
}
