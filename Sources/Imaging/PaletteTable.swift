/// One colour of a DICOM palette as it is stored, and what it means (PS3.3, C.7.9).
struct PaletteTable {
  let stored: [UInt8]
  let count: Int
  let bits: Int

  /// The entries of a plain table; 8-bit ones stand in words or close together.
  func entries() throws -> [UInt16] {
    let areWords = stored.count >= count * 2
    guard areWords || stored.count >= count else { throw Self.fault }
    return scaled((0..<count).map { areWords ? word($0) : UInt16(stored[$0]) })
  }

  /// The entries of a table in segments: discrete values, straight lines, and repetitions of
  /// segments before (C.7.9.2).
  func expanded() throws -> [UInt16] {
    let values = bits > 8 ? (0..<stored.count / 2).map { word($0) } : stored.map { UInt16($0) }
    var result: [UInt16] = []
    var place = 0
    while result.count < count {
      try expand(values, &place, into: &result, mayRepeat: true)
    }
    return scaled(Array(result.prefix(count)))
  }

  private static let fault = ImageError(
    .invalid("Palette Color Lookup Table Data (0028,1201) to (0028,1223)"), format: .dicom)

  private func word(_ index: Int) -> UInt16 {
    UInt16(stored[index * 2]) | UInt16(stored[index * 2 + 1]) << 8
  }

  private func scaled(_ values: [UInt16]) -> [UInt16] {
    bits > 8 ? values : values.map { ($0 & 255) * 257 }
  }

  private func expand(
    _ values: [UInt16], _ place: inout Int, into result: inout [UInt16], mayRepeat: Bool
  ) throws {
    guard place >= 0, place + 2 < values.count else { throw Self.fault }
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
    default: throw Self.fault
    }
  }

  private func repeatSegments(
    _ count: Int, _ values: [UInt16], _ place: inout Int, into result: inout [UInt16]
  ) throws {
    let parts = bits > 8 ? 2 : 4
    guard place + 2 + parts <= values.count else { throw Self.fault }
    let offset = (0..<parts).reduce(0) { sum, part in
      sum | Int(values[place + 2 + part]) << (part * (bits > 8 ? 16 : 8))
    }
    var target = offset / (bits > 8 ? 2 : 1)
    for _ in 0..<count { try expand(values, &target, into: &result, mayRepeat: false) }
    place += 2 + parts
  }
}
