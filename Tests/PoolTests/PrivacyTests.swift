import Base
import Foundation
import Pool
import Testing

@Suite("Privacy")
struct PrivacyTests {
  private static let secrets = ["DOE_JOHN", "4711-0815", "Mueller", "ward7"]

  /// A source in which names of files, folders, groups and columns hold identifiers.
  private func fill(_ bench: ImportBench) throws {
    var rows = ["file,label,group,DOE_JOHN"]
    for place in 0..<12 {
      let name = "ward7/DOE_JOHN_\(place)-4711-0815.png"
      try bench.image(name, place)
      rows.append("\(name),c\(place % 2),Mueller \(place / 2),ward7")
    }
    try bench.write("ward7/4711-0815.png", "no image of DOE_JOHN")
    try bench.write("ward7/Mueller.dcm", try ImportBench.png(3).prefix(60))
    try bench.write("labels.csv", rows.joined(separator: "\n"))
  }

  private func leaks(under folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).flatMap { path in
      let url = folder.appendingPathComponent(path)
      let bytes = (try? Data(contentsOf: url)) ?? Data()
      return Self.secrets.filter { secret in
        path.contains(secret) || bytes.range(of: Data(secret.utf8)) != nil
          || bytes.range(of: Data(secret.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))
            != nil
      }.map { "\(path): \($0)" }
    }
  }

  @Test("no name of a file, folder, group or column is written anywhere in the pool")
  func nothingLeaks() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench)
    let summary = try bench.run()
    #expect([summary.items, summary.quarantined] as [Int] == [12, 2])
    let pool = try bench.pool()
    _ = try pool.cache(size: 8, channels: 1, progress: nil)
    let backup = bench.poolURL.appendingPathComponent("backup")
    try pool.backup(to: backup)
    #expect(try leaks(under: bench.poolURL).isEmpty)
    #expect(try leaks(under: bench.source).count > 12)
    let printed = try String(decoding: JSONEncoder().encode(summary), as: UTF8.self)
    #expect(!Self.secrets.contains { printed.contains($0) })
    let aside = try pool.setAside().map { "\($0)" }.joined()
    #expect(!Self.secrets.contains { aside.contains($0) })
  }

  @Test("the key is the owner's alone and stands where it was asked to")
  func key() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let environment = ["XDG_CONFIG_HOME": scratch.url.path, "HOME": "/nonexistent"]
    let key = try PseudonymKey.standard(environment: environment)
    let file = scratch.url.appendingPathComponent("modicum/pseudonym.key")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let other = scratch.url.appendingPathComponent("other.key")
    let named = try PseudonymKey.standard(
      environment: environment.merging(["MODICUM_KEY": other.path]) { $1 })
    #expect(named.pseudonym("a") != key.pseudonym("a"))
    #expect(
      try PseudonymKey.standard(environment: environment).pseudonym("a") == key.pseudonym("a"))
    #expect(
      try PseudonymKey.standard(other, environment: environment).pseudonym("a")
        == named.pseudonym("a"))
  }
}
