import Crypto
public import Foundation

/// The secret by which identifiers become pseudonyms: HMAC-SHA-256 with 256 random bits.
///
/// The key stands in a file that only its owner may read (mode 0600). Whoever has the key and a
/// list of identifiers can find out whom a pseudonym names; without it nobody can.
public struct PseudonymKey: Sendable {
  private let key: SymmetricKey

  /// Reads the key file, or creates it where there is none.
  ///
  /// - Throws: a `Diagnostic` where others may read the file or where it holds no key, a
  ///   `SystemError` where it can neither be read nor created.
  public init(at url: URL) throws {
    let fresh = SymmetricKey(size: .bits256)
    if try Self.create(url, holding: fresh) {
      key = fresh
    } else {
      key = try Self.read(url)
    }
  }

  /// The pseudonym of an identifier: 32 hexadecimal digits, the first half of its HMAC.
  public func pseudonym(_ identifier: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Data(identifier.utf8), using: key)
    return hexadecimal(Array(code).prefix(16))
  }

  /// Whether the file was created: false where there is one already.
  private static func create(_ url: URL, holding key: SymmetricKey) throws -> Bool {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 {
      if errno == EEXIST { return false }
      throw SystemError.writing(url, "cannot create the pseudonym key", code: errno)
    }
    defer { close(descriptor) }
    let written = key.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written != 32 || fsync(descriptor) != 0 {
      let code = errno
      unlink(url.path)
      throw SystemError.writing(url, "cannot write the pseudonym key", code: code)
    }
    return true
  }

  private static func read(_ url: URL) throws -> SymmetricKey {
    var status = stat()
    if stat(url.path, &status) != 0 {
      throw SystemError.reading(url, "cannot read the pseudonym key", code: errno)
    }
    if status.st_mode & 0o077 != 0 {
      throw Diagnostic(
        "others may read the pseudonym key", at: url.path, fix: "chmod 600 \(url.path)")
    }
    let bytes = try MappedFile(url).withBytes { Data($0) }
    if bytes.count != 32 {
      throw Diagnostic(
        "the pseudonym key has \(bytes.count) bytes, not 32", at: url.path,
        fix: "bring back the key from a backup; a new key gives new pseudonyms")
    }
    return SymmetricKey(data: bytes)
  }
}
