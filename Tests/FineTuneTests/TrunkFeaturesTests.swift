import Base
import FineTune
import Foundation
import Testing

@Suite struct TrunkFeaturesTests {
  @Test("a table of another pool is refused, and says what to do")
  func misfit() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("trunk-\(UUID().uuidString).npy")
    defer { try? FileManager.default.removeItem(at: url) }
    try ArrayFile.write([1, 2, 3, 4] as [Float], shape: [2, 2], to: url)
    #expect(try TrunkFeatures(url, items: [5, 8]).width == 2)
    let error = #expect(throws: Diagnostic.self) { try TrunkFeatures(url, items: [5, 8, 9]) }
    #expect(error?.what == "the table of trunk features has shape [2, 2], wanted [3, D]")
    #expect(error?.place == url.lastPathComponent)
    #expect(error?.remedy?.contains("delete the file") == true)
  }
}
