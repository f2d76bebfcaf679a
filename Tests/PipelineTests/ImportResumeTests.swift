import Base
import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Killed anywhere and given again, an import ends as if nothing had happened.
  @Suite struct ImportResume {
    private func fill(_ bench: ImportBench) throws {
      var rows = ["file,label,group"]
      for number in 0..<520 {
        try bench.image("\(number).png", number % 500)
        rows.append("\(number).png,\(number % 500 % 3),p\(number % 500 / 4)")
      }
      for number in 0..<4 {
        try bench.write("volume \(number).nii", ImportBench.volume(frames: 40, side: 16 + number))
        try bench.write("broken \(number).dcm", Data("no image \(number)".utf8))
      }
      try Data(rows.joined(separator: "\n").utf8).write(
        to: bench.folder.appendingPathComponent("labels.csv"))
    }

    @Test("ten random moments: the same ids, groups, splits, labels, pixels and caches")
    func killed() throws {
      let bench = try ImportBench()
      try fill(bench)
      let options = ["--labels", bench.folder.appendingPathComponent("labels.csv").path]
      let start = Date()
      try bench.program.run(bench.arguments("calm", options), ends: 2)
      let seconds = Date().timeIntervalSince(start)
      let calm = try bench.fingerprint("calm")
      #expect(try bench.pool("calm").count == 500 + 4 * 40)
      let key = RandomKey(seed: 9)
      for moment in 0..<10 {
        let name = "killed-\(moment)"
        let (process, _, _) = try bench.program.start(bench.arguments(name, options))
        Thread.sleep(forTimeInterval: key.folding(moment).uniform() * seconds)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try bench.program.run(bench.arguments(name, options), ends: 2)
        #expect(try bench.fingerprint(name) == calm, "moment \(moment)")
      }
    }

    @Test("an import given again adds nothing, and needs no source file that is gone")
    func again() throws {
      let bench = try ImportBench()
      for number in 0..<30 { try bench.image("\(number).png", number) }
      try bench.program.run(bench.arguments("pool"), ends: 0)
      let first = try bench.fingerprint("pool")
      try bench.program.run(bench.arguments("pool"), ends: 0)
      #expect(try bench.fingerprint("pool") == first)
      for number in 0..<20 {
        try FileManager.default.removeItem(at: bench.source.appendingPathComponent("\(number).png"))
      }
      try bench.program.run(bench.arguments("pool"), ends: 0)
      #expect(try bench.fingerprint("pool") == first)
      try bench.program.run(
        ["pool", "verify", "--pool", bench.folder.appendingPathComponent("pool").path], ends: 0)
    }
  }
}
