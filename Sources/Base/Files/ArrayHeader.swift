import Foundation

/// The head of a `.npy` file: a magic word, a version, and a Python dictionary of element type,
/// order and shape (NumPy Enhancement Proposal 1).
struct ArrayHeader {
  let shape: [Int]
  let type: ArrayFile.ElementType
  let byteCount: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(_ bytes: UnsafeRawBufferPointer, url: URL) throws {
    let (text, end) = try Self.dictionary(bytes, url: url)
    guard let descriptor = Self.value("descr", in: text)?.between("'", "'"),
      let order = Self.value("fortran_order", in: text)?.prefix(while: \.isLetter),
      ["True", "False"].contains(order),
      let dimensions = Self.value("shape", in: text)?.between("(", ")")
    else {
      throw Self.fault("the header of the .npy file is damaged", url)
    }
    type = try Self.type(String(descriptor), url)
    if order == "True" {
      throw Self.fault(
        "the array is in Fortran order", url, fix: "save it with numpy.ascontiguousarray(x)")
    }
    shape = try Self.shape(dimensions, url)
    byteCount = end
  }

  /// What stands behind a key of the dictionary.
  private static func value(_ key: String, in text: String) -> Substring? {
    guard let range = text.range(of: "'\(key)':") else { return nil }
    return text[range.upperBound...].drop { $0 == " " }
  }

  private static func dictionary(
    _ bytes: UnsafeRawBufferPointer, url: URL
  ) throws -> (text: String, end: Int) {
    guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
      throw fault("this is no .npy file", url, fix: "save it with numpy.save(path, array)")
    }
    let isLong = bytes[6] > 1
    let start = isLong ? 12 : 10
    guard bytes[6] >= 1, bytes[6] <= 3, bytes.count >= start else {
      throw fault("the .npy file has the unknown version \(bytes[6])", url)
    }
    let length =
      isLong
      ? Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian)
      : Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self).littleEndian)
    guard bytes.count - start >= length else {
      throw fault("the .npy file ends within its header", url)
    }
    return (String(decoding: bytes[start..<start + length], as: UTF8.self), start + length)
  }

  private static func type(_ descriptor: String, _ url: URL) throws -> ArrayFile.ElementType {
    if let type = ArrayFile.ElementType.allCases.first(where: { $0.descriptor == descriptor }) {
      return type
    }
    let known = ArrayFile.ElementType.allCases.map(\.descriptor).joined(separator: " ")
    throw fault(
      "elements of type '\(descriptor)' are not supported", url,
      fix: "convert the array with x.astype(...) to one of \(known)")
  }

  private static func shape(_ text: Substring, _ url: URL) throws -> [Int] {
    var count = 1
    var shape: [Int] = []
    for part in text.split(separator: ",") {
      let part = part.trimmingCharacters(in: .whitespaces)
      if part.isEmpty { continue }
      let length = Int(part)
      let (product, overflow) = count.multipliedReportingOverflow(by: length ?? 0)
      guard let length, length >= 0, !overflow, product < 1 << 58 else {
        throw fault("the shape (\(text)) is impossible", url)
      }
      count = product
      shape.append(length)
    }
    return shape
  }

  private static func fault(
    _ what: String, _ url: URL, fix: String = "write the file again with numpy.save(path, array)"
  ) -> Diagnostic {
    Diagnostic(what, at: url.path, fix: fix)
  }

  /// The head of a file, as NumPy writes it; filled up to a multiple of 64 bytes, and to at least
  /// `reserving` so that a longer shape fits in later.
  static func encoded(
    shape: [Int], type: ArrayFile.ElementType, reserving: Int = 0
  ) -> Data {
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type.descriptor)', 'fortran_order': False, 'shape': (\(lengths)), }"
    let total = max(reserving, (10 + text.utf8.count + 1 + 63) / 64 * 64)
    text += String(repeating: " ", count: total - 10 - text.utf8.count - 1) + "\n"
    let length = UInt16(text.utf8.count)
    return Data(magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(text.utf8))
  }
}

extension Substring {
  /// What stands between two marks, of which the first must come at once.
  fileprivate func between(_ start: Character, _ end: Character) -> Substring? {
    guard first == start, let close = dropFirst().firstIndex(of: end) else { return nil }
    return self[index(after: startIndex)..<close]
  }
}
