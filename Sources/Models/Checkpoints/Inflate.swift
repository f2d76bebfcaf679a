/// Expands data compressed by deflate (RFC 1951) into a buffer of known size.
struct Inflate {
  private var bits: BitReader
  private let output: UnsafeMutableRawBufferPointer
  private var written = 0

  /// Expands `compressed`, which must fill `output` exactly.
  static func expand(
    _ compressed: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws {
    var inflate = Inflate(bits: BitReader(compressed), output: output)
    var last = false
    while !last {
      last = try inflate.bits.take(1) == 1
      switch try inflate.bits.take(2) {
      case 0: try inflate.stored()
      case 1: try inflate.coded(literals: fixedLiterals, distances: fixedDistances)
      case 2:
        let (literals, distances) = try inflate.codes()
        try inflate.coded(literals: literals, distances: distances)
      default: throw inflate.bits.damaged("an unknown kind of block")
      }
    }
    guard inflate.written == output.count else {
      throw inflate.bits.damaged("fewer bytes than announced")
    }
  }

  private init(bits: BitReader, output: UnsafeMutableRawBufferPointer) {
    self.bits = bits
    self.output = output
  }

  private mutating func stored() throws {
    bits.align()
    let count = try bits.take(16)
    guard try bits.take(16) == count ^ 0xffff else { throw bits.damaged("a damaged length") }
    try reserve(count)
    for _ in 0..<count {
      output[written] = UInt8(try bits.take(8))
      written += 1
    }
  }

  private mutating func coded(literals: HuffmanTable, distances: HuffmanTable) throws {
    while true {
      let symbol = try bits.symbol(literals)
      if symbol == 256 { return }
      if symbol < 256 {
        try reserve(1)
        output[written] = UInt8(symbol)
        written += 1
      } else {
        try copy(length: length(symbol), distance: distance(bits.symbol(distances)))
      }
    }
  }

  private mutating func copy(length: Int, distance: Int) throws {
    try reserve(length)
    guard distance <= written else { throw bits.damaged("a reference before the beginning") }
    for _ in 0..<length {
      output[written] = output[written - distance]
      written += 1
    }
  }

  private func reserve(_ count: Int) throws {
    guard count <= output.count - written else { throw bits.damaged("more bytes than announced") }
  }

  private mutating func length(_ symbol: Int) throws -> Int {
    guard symbol <= 285 else { throw bits.damaged("an unknown length") }
    if symbol == 285 { return 258 }
    if symbol < 265 { return symbol - 254 }
    let extra = (symbol - 261) / 4
    return 3 + ((4 + (symbol - 265) % 4) << extra) + (try bits.take(extra))
  }

  private mutating func distance(_ symbol: Int) throws -> Int {
    guard symbol <= 29 else { throw bits.damaged("an unknown distance") }
    if symbol < 4 { return symbol + 1 }
    let extra = symbol / 2 - 1
    return 1 + ((2 + symbol % 2) << extra) + (try bits.take(extra))
  }

  /// The codes of a block, themselves coded.
  private mutating func codes() throws -> (HuffmanTable, HuffmanTable) {
    let (literals, distances) = (try bits.take(5) + 257, try bits.take(5) + 1)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<(try bits.take(4) + 4) { lengths[order[index]] = try bits.take(3) }
    let table = try HuffmanTable(lengths, bits)
    lengths = []
    while lengths.count < literals + distances {
      let symbol = try bits.symbol(table)
      switch symbol {
      case 0...15: lengths.append(symbol)
      case 16:
        guard let last = lengths.last else { throw bits.damaged("nothing to repeat") }
        lengths += Array(repeating: last, count: 3 + (try bits.take(2)))
      case 17: lengths += Array(repeating: 0, count: 3 + (try bits.take(3)))
      default: lengths += Array(repeating: 0, count: 11 + (try bits.take(7)))
      }
    }
    guard lengths.count == literals + distances else { throw bits.damaged("too many codes") }
    return (
      try HuffmanTable(Array(lengths.prefix(literals)), bits),
      try HuffmanTable(Array(lengths.dropFirst(literals)), bits)
    )
  }

  private static let fixedLiterals = HuffmanTable(
    unchecked: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = HuffmanTable(unchecked: Array(repeating: 5, count: 30))
}

/// A canonical prefix code as one table over its longest code.
private struct HuffmanTable {
  /// By the next bits, first bit lowest: symbol · 16 + length; 0 where no code begins so.
  let entries: [UInt16]
  let width: Int

  init(_ lengths: [Int], _ bits: BitReader) throws {
    let used = lengths.filter { $0 > 0 }
    guard used.reduce(0, { $0 + (1 << (15 - $1)) }) <= 1 << 15 else {
      throw bits.damaged("a code with too many members")
    }
    self.init(unchecked: lengths)
  }

  init(unchecked lengths: [Int]) {
    width = max(lengths.max() ?? 0, 1)
    var entries = [UInt16](repeating: 0, count: 1 << width)
    var code = 0
    for length in 1...width {
      for (symbol, _) in lengths.enumerated() where lengths[symbol] == length {
        var place = Self.reversed(code, length)
        while place < entries.count {
          entries[place] = UInt16(symbol << 4 | length)
          place += 1 << length
        }
        code += 1
      }
      code <<= 1
    }
    self.entries = entries
  }

  private static func reversed(_ code: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 | (code >> $1 & 1) << (length - 1 - $1) }
  }
}

/// Bits of a byte sequence, lowest first.
private struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var held: UInt64 = 0
  private var count = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func damaged(_ what: String) -> CheckpointError {
    .malformed("the compressed data has \(what)", position: position)
  }

  private mutating func fill() {
    while count <= 48, position < bytes.count {
      held |= UInt64(bytes[position]) << UInt64(count)
      position += 1
      count += 8
    }
  }

  mutating func take(_ wanted: Int) throws -> Int {
    if count < wanted { fill() }
    guard count >= wanted else { throw damaged("no end") }
    let value = Int(held & (1 << UInt64(wanted) - 1))
    drop(wanted)
    return value
  }

  mutating func symbol(_ table: HuffmanTable) throws -> Int {
    if count < table.width { fill() }
    let entry = Int(table.entries[Int(held & (1 << UInt64(table.width) - 1))])
    let length = entry & 15
    guard length > 0, length <= count else { throw damaged("an unknown code") }
    drop(length)
    return entry >> 4
  }

  mutating func align() { drop(count % 8) }

  private mutating func drop(_ wanted: Int) {
    held >>= UInt64(wanted)
    count -= wanted
  }
}
