import Crypto
public import Foundation

/// The SHA-256 of bytes that arrive in pieces.
public struct Digest {
  private var hash = SHA256()

  /// The digest of nothing so far.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// Adds bytes.
  public mutating func update(_ data: some DataProtocol) {
    hash.update(data: data)
  }

  /// The digest of all bytes so far, 64 lower-case hexadecimal digits.
  public func hex() -> String { hexadecimal(hash.finalize()) }
}

/// The SHA-256 of `data`, 64 lower-case hexadecimal digits.
public func sha256(_ data: some DataProtocol) -> String {
  var digest = Digest()
  digest.update(data)
  return digest.hex()
}

/// The SHA-256 of the text's UTF-8, 64 lower-case hexadecimal digits.
public func sha256(_ text: String) -> String {
  sha256(Data(text.utf8))
}

/// The SHA-256 of a file's bytes, which are mapped, not loaded.
public func sha256(file url: URL) throws -> String {
  var digest = Digest()
  try MappedFile(url).withBytes { digest.update($0) }
  return digest.hex()
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
