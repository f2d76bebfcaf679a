import Base
import Foundation
import Testing

@Suite struct ConfigurationDocumentTests {
  @Test("prints the default with comments, names and their settings")
  func document() throws {
    let text = try StrictYAML.document(Stage())
    #expect(
      text == """
        # Fine-tuning.

        # The loop.
        training:
          # Optimizer steps.
          steps: 400
          # Peak learning rate.
          rate: 0.1
          amplified: false
          note: plain

        # One of: resnet18, vit-tiny.
        architecture: resnet18

        # One of, alone or with settings:
        #   random  – every item alike
        #   hybrid: {candidates: 16, members: 4}  – uncertain, then unlike
        #   margin
        query: random

        # Side of a patch in pixels.
        patch: null
        sizes: [32, 48]
        weights:
          tumour: 2.0
        arms: []

        """)
  }

  @Test("what is printed is read again as the default")
  func readable() throws {
    var stage = Stage()
    stage.arms = [Stage.Arm(), Stage.Arm(name: "b", query: .hybrid(.init()))]
    let text = try StrictYAML.document(stage)
    #expect(try decode(text, over: stage) == stage)
    #expect(try StrictYAML.decode(Stage.self, from: text, file: "a.yaml") == stage)
  }

  @Test("breaks long comments between words")
  func wrapping() throws {
    struct Long: Codable, Documented {
      var key = 1
      static let documentation = ["key": String(repeating: "word ", count: 50)]
    }
    let lines = try StrictYAML.document(Long()).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.count <= 100 })
  }
}
