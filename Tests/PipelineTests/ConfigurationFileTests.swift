import Foundation
import Testing

extension PipelineTests {
  /// The files in `Configs/`, which `make configs` writes.
  @Suite struct ConfigurationFiles {
    static let stages = ["pretrain", "al-finetune", "semisup", "run", "compare"]

    @Test("Configs/STAGE.yaml is what pipeline config STAGE prints", arguments: stages)
    func current(stage: String) throws {
      let file = Program.root.appendingPathComponent("Configs/\(stage).yaml")
      #expect(try String(contentsOf: file, encoding: .utf8) == printed(stage))
    }

    @Test(
      "Configs/methods/STAGE.yaml is what pipeline methods prints",
      arguments: ["pretrain", "query", "fine-tune", "semisup"])
    func currentMethods(stage: String) throws {
      let file = Program.root.appendingPathComponent("Configs/methods/\(stage).yaml")
      let printed = try Program(folder: FileManager.default.temporaryDirectory)
        .run(["methods", "--stage", stage, "--yaml"], ends: 0).output
      #expect(try String(contentsOf: file, encoding: .utf8) == printed)
    }

    @Test(
      "every setting is explained, where it stands or where it is referred to",
      arguments: stages + ["laboratory"])
    func explained(stage: String) throws {
      for mode in ["classification", "segmentation"] {
        let lines = try printed(stage, mode: mode).split(separator: "\n").map(String.init)
        #expect(unexplained(lines) == [], "\(mode)")
      }
    }

    private func printed(_ stage: String, mode: String = "classification") throws -> String {
      try Program(folder: FileManager.default.temporaryDirectory)
        .run(["config", stage, "--mode", mode], ends: 0).output
    }

    /// Keys without a comment; the keys below one that refers to an earlier place have theirs there,
    /// a chosen name stands in the list above it, and elements of a list are like the first.
    private func unexplained(_ lines: [String]) -> [String] {
      var (comment, faults) = ("", [String]())
      var covered: [(indent: Int, isName: Bool)] = []
      for line in lines {
        let text = line.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("#") || text.hasPrefix("- #") {
          comment += text
          continue
        }
        let isElement = text.hasPrefix("- ")
        let indent = line.prefix { $0 == " " }.count + (isElement ? 2 : 0)
        covered.removeAll { $0.indent >= indent }
        let isCovered = covered.contains { !$0.isName || $0.indent == indent - 2 }
        if comment.isEmpty, !isCovered, !isElement { faults.append(line) }
        if comment.contains(" above.") { covered.append((indent, false)) }
        if comment.contains("alone or with settings") { covered.append((indent, true)) }
        comment = ""
      }
      return faults
    }
  }
}
