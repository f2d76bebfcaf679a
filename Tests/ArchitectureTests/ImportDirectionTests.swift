import Foundation
import Testing

/// Who may import whom.
///
/// SwiftPM does not stop an undeclared import of a transitive target, so the
/// rule of `docs/architecture.md` is checked here.
@Suite struct ImportDirectionTests {
  private static let stage: Set = [
    "Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation",
  ]
  private static let round = stage.union(["Query", "Pretrain", "FineTune", "SemiSup"])

  /// Our modules and the packages that each may import.
  private static let allowed: [String: Set<String>] = [
    // Foundations
    "Base": ["Yams", "Logging", "Crypto"],
    "Torch": ["Base", "CTorch"],
    "NN": ["Base", "Torch"],
    "Archive": ["CZlib"],
    "Imaging": ["Base", "Archive", "CImaging"],
    "Pool": ["Base", "Archive", "Imaging", "CSandbox", "GRDB", "SwiftCSV"],
    // Floor 1
    "Models": ["Base", "Archive", "NN", "Torch"],
    "Training": ["Base", "NN", "Torch", "Imaging", "Pool"],
    "Evaluation": ["Base"],
    // Floor 2
    "Query": ["Base", "Torch", "COpenBLAS"],
    "Pretrain": stage,
    "FineTune": stage,
    "SemiSup": stage,
    // Floor 3
    "ActiveLearning": round,
    // Floor 4
    "Study": round.union(["ActiveLearning"]),
    "Report": ["Base", "Imaging", "Pool", "Evaluation", "Mustache"],
    // Command line
    "pipeline": round.union(["ActiveLearning", "Study", "Report", "ArgumentParser"]),
  ]

  /// What comes with the toolchain.
  private static let system: Set = [
    "Dispatch", "Foundation", "FoundationNetworking", "FoundationXML", "Glibc", "RegexBuilder",
    "Swift", "Synchronization",
  ]

  /// The modules that a file imports.
  private static func imports(_ file: SourceFile) -> [String] {
    let modifiers: Set<Substring> = [
      "public", "package", "internal", "fileprivate", "private", "@preconcurrency", "@_exported",
      "@testable",
    ]
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
    return file.lines.compactMap { line in
      let words = line.split(separator: " ").drop { modifiers.contains($0) }
      guard words.first == "import" else { return nil }
      let name = words.dropFirst().drop { kinds.contains($0) }.first
      return name?.split(separator: ".").first.map(String.init)
    }
  }

  @Test("imports point down only", arguments: SourceFile.swiftSources)
  func direction(file: SourceFile) throws {
    let allowed = try #require(Self.allowed[file.module], "an unknown module: \(file.module)")
    for name in Self.imports(file) {
      #expect(
        allowed.contains(name) || Self.system.contains(name),
        "\(file.path) must not import \(name)")
    }
  }

  @Test("nobody re-exports or reaches into another module", arguments: SourceFile.swiftSources)
  func plainImports(file: SourceFile) {
    for line in file.lines {
      #expect(!line.hasPrefix("@_exported") && !line.hasPrefix("@testable"))
    }
  }

  @Test("the table has no cycle")
  func acyclic() {
    var rest = Self.allowed
    while let leaf = rest.first(where: { $0.value.isDisjoint(with: rest.keys) }) {
      rest[leaf.key] = nil
    }
    #expect(rest.isEmpty, "these modules import one another: \(rest.keys.sorted())")
  }

  /// `module("NN", ["Base", "Torch"])`, and the executable's list.
  @Test("the manifest declares no more than the table allows")
  func manifest() throws {
    let lines = try #require(SourceFile.read("Package.swift")).lines
    let text = lines.filter { !$0.contains("//") }.joined(separator: " ")
    let products = [
      "argumentParser": "ArgumentParser", "crypto": "Crypto", "grdb": "GRDB",
      "logging": "Logging", "mustache": "Mustache", "swiftCSV": "SwiftCSV", "yams": "Yams",
    ]
    let pattern =
      #/(?:module\(\s*|\.executableTarget\(\s*name:\s*)"(\w+)",\s*(?:dependencies:\s*)?\[([^\]]*)\]/#
    var seen: Set<String> = []
    for match in text.matches(of: pattern) {
      let names = match.2.split { ", \"".contains($0) }.map { products[String($0)] ?? String($0) }
      let allowed = Self.allowed[String(match.1)] ?? []
      #expect(Set(names).isSubset(of: allowed), "\(match.1) declares \(names)")
      seen.insert(String(match.1))
    }
    #expect(seen == Set(Self.allowed.keys))
  }
}
