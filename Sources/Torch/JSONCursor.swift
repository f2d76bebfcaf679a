/// Reads the JSON of a safetensors header: objects, strings and lists of whole numbers.
///
/// Keeps the order of names, sees names that occur twice, and never recurses, whatever it is given.
struct JSONCursor {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Reads an object; `body` reads the value of each name.
  mutating func object(_ body: (inout JSONCursor, String) throws -> Void) throws {
    try expect("{")
    if try accept("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try body(&self, name)
    } while try accept(",")
    try expect("}")
  }

  /// Reads a list of numbers of at least 0.
  mutating func integers() throws -> [Int] {
    try expect("[")
    if try accept("]") { return [] }
    var values: [Int] = []
    repeat { values.append(try integer()) } while try accept(",")
    try expect("]")
    return values
  }

  /// Reads a string.
  mutating func string() throws -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = take(), byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault("a control character in a string") }
      if byte == UInt8(ascii: "\\") {
        text += Array(try escape().utf8)
      } else {
        text.append(byte)
      }
    }
    guard position > 0, bytes[position - 1] == UInt8(ascii: "\""),
      let result = String(validating: text, as: UTF8.self)
    else { throw fault("a string that does not end or is not UTF-8") }
    return result
  }

  /// Nothing but blanks may be left.
  mutating func end() throws {
    skipBlanks()
    guard position == bytes.count else { throw fault("more than one value") }
  }

  private mutating func integer() throws -> Int {
    skipBlanks()
    let start = position
    var value = 0
    while let digit = peek(), (0x30...0x39).contains(digit) {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int(digit) - 0x30)
      guard !tooLarge, !overflow else { throw fault("a number beyond 64 bits") }
      value = sum
      position += 1
    }
    guard position > start else { throw fault("something else than a whole number of at least 0") }
    return value
  }

  private mutating func escape() throws -> String {
    let simple: [UInt8: String] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
      UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]
    guard let letter = take() else { throw fault("an unfinished string") }
    if let text = simple[letter] { return text }
    guard letter == UInt8(ascii: "u") else { throw fault("an unknown escape in a string") }
    var units = [try codeUnit()]
    if UTF16.isLeadSurrogate(units[0]), take() == UInt8(ascii: "\\"), take() == UInt8(ascii: "u") {
      units.append(try codeUnit())
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw fault("half a surrogate pair")
    }
    return text
  }

  private mutating func codeUnit() throws -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = take(), let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        throw fault("a wrong \\u escape")
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  private mutating func expect(_ character: Character) throws {
    guard try accept(character) else { throw fault("no '\(character)'") }
  }

  private mutating func accept(_ character: Character) throws -> Bool {
    skipBlanks()
    guard let byte = peek(), byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek(), [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private func peek() -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private mutating func take() -> UInt8? {
    guard let byte = peek() else { return nil }
    position += 1
    return byte
  }

  private func fault(_ found: String) -> SafetensorsFault {
    SafetensorsFault(text: "the header has \(found) at its byte \(position)")
  }
}
