import Base
import Foundation

/// A pseudonym as the database holds it: 16 bytes, inline.
package struct Pseudonym: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  /// The pseudonym of `text` under `key`.
  init(_ text: String, _ key: PseudonymKey) {
    let digits = key.pseudonym(text)
    high = UInt64(digits.prefix(16), radix: 16) ?? 0
    low = UInt64(digits.suffix(16), radix: 16) ?? 0
  }

  /// The pseudonym of these 16 bytes; nil for another number of bytes.
  init?(_ data: Data) {
    guard data.count == 16 else { return nil }
    (high, low) = data.withUnsafeBytes { bytes in
      func word(_ place: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      }
      return (word(0), word(8))
    }
  }

  /// A made-up pseudonym.
  package init(high: UInt64 = 0, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The 16 bytes.
  var data: Data {
    var data = Data(capacity: 16)
    for word in [high, low] { withUnsafeBytes(of: word.bigEndian) { data.append(contentsOf: $0) } }
    return data
  }
}
