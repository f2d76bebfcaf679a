/// A lookup table of DICOM as it is stored, and what its descriptor says (PS3.3, C.7.6.3.1.5, C.11.1).
struct StoredTable {
  let bytes: [UInt8]
  let count: Int
  let first: Int
  let bits: Int
  let isSegmented: Bool
  /// What holds the entries, by its name in the standard.
  let name: String

  /// The entries; 8-bit ones stand in words or close together.
  func entries() throws -> [UInt16] {
    if isSegmented { return try expanded() }
    let areWords = bytes.count >= count * 2
    guard areWords || bytes.count >= count else { throw fault }
    return (0..<count).map { areWords ? word($0) : UInt16(bytes[$0]) }
  }

  /// The entries as colours of 16 bits.
  func colours() throws -> [UInt16] {
    let values = try entries()
    return bits > 8 ? values : values.map { ($0 & 255) * 257 }
  }

  /// Segments are discrete values, straight lines, and repetitions of segments before (C.7.9.2).
  private func expanded() throws -> [UInt16] {
    let values = bits > 8 ? (0..<bytes.count / 2).map { word($0) } : bytes.map { UInt16($0) }
    var result: [UInt16] = []
    var place = 0
    while result.count < count {
      try expand(values, &place, into: &result, mayRepeat: true)
    }
    return Array(result.prefix(count))
  }

  private var fault: ImageError { ImageError(.invalid(name), format: .dicom) }

  private func word(_ index: Int) -> UInt16 {
    UInt16(bytes[index * 2]) | UInt16(bytes[index * 2 + 1]) << 8
  }

  private func expand(
    _ values: [UInt16], _ place: inout Int, into result: inout [UInt16], mayRepeat: Bool
  ) throws {
    guard place >= 0, place + 2 < values.count else { throw fault }
    let (kind, length) = (values[place], Int(values[place + 1]))
    switch kind {
    case 0 where length > 0 && place + 2 + length <= values.count:
      result += values[place + 2..<place + 2 + length]
      place += 2 + length
    case 1 where length > 0:
      let (start, end) = (Int(result.last ?? 0), Int(values[place + 2]))
      result += (1...length).map { UInt16(start + (end - start) * $0 / length) }
      place += 3
    case 2 where length > 0 && mayRepeat:
      try repeatSegments(length, values, &place, into: &result)
    default: throw fault
    }
  }

  private func repeatSegments(
    _ count: Int, _ values: [UInt16], _ place: inout Int, into result: inout [UInt16]
  ) throws {
    let parts = bits > 8 ? 2 : 4
    guard place + 2 + parts <= values.count else { throw fault }
    let offset = (0..<parts).reduce(0) { sum, part in
      sum | Int(values[place + 2 + part]) << (part * (bits > 8 ? 16 : 8))
    }
    var target = offset / (bits > 8 ? 2 : 1)
    // Repetitions beyond what the table holds are not expanded.
    for _ in 0..<count where result.count < self.count {
      try expand(values, &target, into: &result, mayRepeat: false)
    }
    place += 2 + parts
  }
}
