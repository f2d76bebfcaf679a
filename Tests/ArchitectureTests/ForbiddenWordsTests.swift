import Foundation
import Testing

/// Nothing unfinished, and nothing of the machine on which it was written.
@Suite struct ForbiddenWordsTests {
  /// Put together here, so that this file holds none of them.
  private static let forbidden = [
    "/wo" + "rk/", "/ho" + "me/", "TO" + "DO", "FIX" + "ME",
  ]

  @Test("no text holds a machine's path or unfinished work", arguments: SourceFile.texts)
  func words(file: SourceFile) {
    for word in Self.forbidden {
      for (number, _) in file.lines(with: word) {
        Issue.record("\(file.path):\(number) has \(word)")
      }
    }
  }

  @Test("the texts are found")
  func found() {
    let paths = SourceFile.texts.map(\.path)
    #expect(paths.contains("Sources/Base/Diagnostic.swift"))
    #expect(paths.contains("Package.swift"))
    #expect(Set(SourceFile.swiftSources.map(\.module)).count >= 15)
  }
}
