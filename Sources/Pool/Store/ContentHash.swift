public import Foundation

/// The SHA-256 of decoded pixels and their meaning: what makes an image the same image.
///
/// Held inline in 32 bytes, since a pool of a million items holds as many.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// The hash whose 32 bytes are `data`; nil for another number of bytes.
  public init?(_ data: Data) {
    guard data.count == 32 else { return nil }
    words = data.withUnsafeBytes { bytes in
      func word(_ place: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// The hash written as 64 hexadecimal digits; nil for anything else.
  public init?(hex: String) {
    guard let data = Data(hexadecimal: hex) else { return nil }
    self.init(data)
  }

  /// The 32 bytes.
  public var data: Data {
    Data(
      [words.0, words.1, words.2, words.3].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
    )
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String { data.hexadecimal }

  /// Equal in all 256 bits.
  public static func == (left: ContentHash, right: ContentHash) -> Bool {
    left.words == right.words
  }

  /// Feeds the first word: a SHA-256 is mixed already.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Data {
  /// The bytes that pairs of hexadecimal digits spell; nil where the text is none.
  init?(hexadecimal text: String) {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    self.init(capacity: digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
      else { return nil }
      append(byte)
    }
  }

  /// Two lower-case hexadecimal digits a byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
