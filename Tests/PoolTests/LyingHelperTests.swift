import Base
import Foundation
import Pool
import Testing

/// Helpers that somebody took over: shell scripts that say what they like.
@Suite("Lying helpers")
struct LyingHelperTests {
  /// A message of 64-bit words.
  private static func words(_ words: Int...) -> [UInt8] {
    let body = words.flatMap { word in withUnsafeBytes(of: Int64(word)) { Array($0) } }
    return withUnsafeBytes(of: UInt32(body.count)) { Array($0) } + body
  }

  private static let hello = words(0, 2)

  private func run(_ answers: [[UInt8]]) throws -> (ImportSummary, [SetAside]) {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.image("2.png", 2)
    let script = bench.scratch.url.appendingPathComponent("helper")
    var text = "#!/bin/sh\n"
    for (place, answer) in answers.enumerated() {
      if place > 0 { text += "head -c 4 > /dev/null\n" }
      text += "printf '\(Self.text(answer))' >&0\n"
    }
    try Data((text + "sleep 60\n").utf8).write(to: script)
    chmod(script.path, 0o700)
    var limits = DecodeLimits()
    limits.seconds = 1
    let summary = try bench.run {
      $0.threads = 1
      $0.decoding = .helper(program: script.path, limits)
    }
    return (summary, try bench.pool().setAside())
  }

  private static func text(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  @Test(
    "nonsense is a reason for the file, not for the import",
    arguments: [
      words(99), words(0, 1), words(2, -1), words(4, 1 << 40), words(1, 0, 32),
      [255, 255, 255, 255], [8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8],
    ])
  func nonsense(answer: [UInt8]) throws {
    let (summary, aside) = try run([Self.hello, answer])
    #expect([summary.items, summary.quarantined] as [Int] == [0, 2])
    #expect(aside.map(\.reason) == ["decoding it broke off", "decoding it broke off"])
  }

  @Test("a helper that says it is done without an image is not believed")
  func nothing() throws {
    let (summary, aside) = try run([Self.hello, Self.words(2, 100, 0)])
    #expect([summary.items, summary.quarantined] as [Int] == [0, 2])
    #expect(aside.first?.reason == "the file holds no image")
  }

  @Test("what a helper says of a file is cut to printable text")
  func reason() throws {
    let reason = Array("bad\u{1b}[31m\nnews".utf8)
    var body = Self.words(3, reason.count).dropFirst(4) + reason
    body += Self.words(-1).dropFirst(4)
    let message = withUnsafeBytes(of: UInt32(body.count)) { Array($0) } + body
    let (_, aside) = try run([Self.hello, message])
    #expect(aside.first?.reason == "bad[31m news")
  }

  @Test("a helper of another version, or none, ends the import with what to do")
  func versions() throws {
    for hello in [Self.words(0, 3), Self.words(7)] {
      let error = #expect(throws: Diagnostic.self) { try run([hello]) }
      #expect(error?.what == "the decoding helper does not start")
      #expect(error?.remedy != nil)
    }
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    let error = #expect(throws: SystemError.self) {
      try bench.run { $0.decoding = .helper(program: "/nowhere", DecodeLimits()) }
    }
    #expect(error?.what == "cannot start the decoding helper: no such file or directory")
  }
}
