import Base
import Foundation
import Testing

@Suite struct DigestTests {
  /// FIPS 180-2, appendix B.1 and B.2.
  @Test("equals the published examples")
  func published() {
    #expect(
      sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      sha256(Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test("is the same for a file and for bytes in pieces")
  func pieces() throws {
    try withFolder { folder in
      let data = Data((0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      try data.write(to: folder["data"])
      var digest = Digest()
      digest.update(data.prefix(17))
      data.dropFirst(17).withUnsafeBytes { digest.update($0) }
      #expect(digest.hex() == sha256(data))
      #expect(try sha256(file: folder["data"]) == sha256(data))
    }
  }

  @Test("a pseudonym is the HMAC with the key in the file")
  func pseudonyms() throws {
    try withFolder { folder in
      // Python: hmac.new(bytes(range(32)), b"Doe^Jane", "sha256").hexdigest()[:32]
      try Data(0..<32).write(to: folder["key"])
      chmod(folder["key"].path, 0o600)
      let key = try PseudonymKey(at: folder["key"])
      #expect(key.pseudonym("Doe^Jane") == "c93024e92ed5ebdfb305123c6b615985")
      #expect(key.pseudonym("Doe^John") != key.pseudonym("Doe^Jane"))
    }
  }

  @Test("a new key is random, stays, and only its owner may read it")
  func newKey() throws {
    try withFolder { folder in
      let key = try PseudonymKey(at: folder["key"])
      var status = stat()
      stat(folder["key"].path, &status)
      #expect(status.st_mode & 0o777 == 0o600 && status.st_size == 32)
      #expect(try PseudonymKey(at: folder["key"]).pseudonym("a") == key.pseudonym("a"))
      #expect(try PseudonymKey(at: folder["other"]).pseudonym("a") != key.pseudonym("a"))
    }
  }

  @Test("a key that others may read, or that is damaged, is refused")
  func badKeys() throws {
    try withFolder { folder in
      try Data(0..<32).write(to: folder["key"])
      chmod(folder["key"].path, 0o640)
      #expect(
        message(in: folder) { _ = try PseudonymKey(at: folder["key"]) } == """
          error: others may read the pseudonym key
            at:  FOLDER/key
            fix: chmod 600 FOLDER/key
          """)
      try Data(0..<31).write(to: folder["key"])
      chmod(folder["key"].path, 0o600)
      #expect(
        message(in: folder) { _ = try PseudonymKey(at: folder["key"]) } == """
          error: the pseudonym key has 31 bytes, not 32
            at:  FOLDER/key
            fix: bring back the key from a backup; a new key gives new pseudonyms
          """)
    }
  }
}
