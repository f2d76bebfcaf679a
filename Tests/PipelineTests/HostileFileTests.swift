import Base
import Foundation
import Imaging
import Pool
import Testing

extension PipelineTests {
  /// Files that crash, fill or stop whatever decodes them.
  @Suite struct HostileFiles {
    private func fill(_ bench: ImportBench) throws {
      for seed in 0..<12 { try bench.image("good \(seed).png", seed) }
    }

    private func setAside(_ bench: ImportBench) throws -> SetAside {
      let aside = try bench.pool("pool").setAside()
      #expect(aside.count == 1)
      return try #require(aside.first)
    }

    @Test("the helper gives what decoding in this process gives")
    func sameness() throws {
      let bench = try ImportBench()
      try fill(bench)
      try bench.write("volume.nii", ImportBench.volume(frames: 9, side: 8))
      try bench.write("broken.dcm", Data("no image".utf8))
      try bench.program.run(bench.arguments("pool", ["--folders", "nothing"]), ends: 2)
      var options = ImportOptions()
      options.progress = nil
      options.folders = .nothing
      let other = try Pool.create(bench.folder.appendingPathComponent("here"))
      let key = try PseudonymKey(at: bench.folder.appendingPathComponent("pseudonym.key"))
      _ = try Importer(other, options: options, key: key).run(bench.source)
      #expect(try bench.fingerprint("pool") == bench.fingerprint("here"))
      #expect(try bench.pool("pool").count == 12 + 9)
    }

    @Test("an image too large for the limit of memory is set aside, with what to do")
    func bomb() throws {
      let bench = try ImportBench()
      try fill(bench)
      let side = 6000
      let zeros = ImageBuffer(
        height: side, width: side, sample: .uint16, photometric: .grey,
        bytes: Array(repeating: 0, count: 2 * side * side))
      try bench.write("bomb.png", PNGWriter.encode(zeros))
      try bench.program.run(bench.arguments("pool", ["--decode-memory", "64"]), ends: 2)
      #expect(try setAside(bench).reason.contains("samples"))
      #expect(try bench.pool("pool").count == 12)
      try bench.program.run(bench.arguments("pool"), ends: 2)
      try bench.program.run(bench.arguments("pool", ["--retry"]), ends: 0)
      #expect(try bench.pool("pool").count == 13)
    }

    @Test("a decoder that runs out of memory takes nothing with it")
    func memory() throws {
      let bench = try ImportBench()
      try fill(bench)
      try bench.write(
        "deep.nii", ImportBench.volume(frames: 1, side: 3300, type: 64, bytes: 8))
      let zip = Process()
      zip.executableURL = URL(fileURLWithPath: "/bin/gzip")
      zip.arguments = [bench.source.appendingPathComponent("deep.nii").path]
      try zip.run()
      zip.waitUntilExit()
      try bench.program.run(bench.arguments("pool", ["--decode-memory", "64"]), ends: 2)
      let aside = try setAside(bench)
      #expect(aside.reason.contains("memory"))
      #expect(aside.remedy?.contains("--decode-memory") == true)
      #expect(try bench.pool("pool").count == 12)
    }

    @Test("a file that never ends is given up after its time")
    func hang() throws {
      let bench = try ImportBench()
      try fill(bench)
      #expect(mkfifo(bench.source.appendingPathComponent("endless.png").path, 0o600) == 0)
      try bench.program.run(bench.arguments("pool", ["--decode-seconds", "1"]), ends: 2)
      let aside = try setAside(bench)
      #expect(aside.reason == "decoding it does not come to an end in 1 s")
      #expect(aside.remedy?.contains("--decode-seconds") == true)
      #expect(try bench.pool("pool").count == 12)
    }

    @Test("a crash is a reason; helpers never outlive the import", arguments: [false, true])
    func crash(parentDies: Bool) throws {
      let bench = try ImportBench()
      try fill(bench)
      #expect(mkfifo(bench.source.appendingPathComponent("0.png").path, 0o600) == 0)
      let (process, _, _) = try bench.program.start(bench.arguments("pool"))
      Thread.sleep(forTimeInterval: 2)
      let helpers = ImportBench.helpers(of: process.processIdentifier)
      #expect(!helpers.isEmpty)
      if parentDies {
        kill(process.processIdentifier, SIGKILL)
      } else {
        for helper in helpers { kill(helper, SIGSEGV) }
      }
      process.waitUntilExit()
      for _ in 0..<50 where helpers.contains(where: { ImportBench.isAlive($0) }) {
        Thread.sleep(forTimeInterval: 0.1)
      }
      #expect(!helpers.contains { ImportBench.isAlive($0) })
      if parentDies { return }
      #expect(process.terminationStatus == 2)
      #expect(try setAside(bench).reason.contains("crashed (signal 11)"))
      #expect(try bench.pool("pool").count == 12)
    }

    @Test("an import that waits for a hanging file stops when it is asked to")
    func stop() throws {
      let bench = try ImportBench()
      try fill(bench)
      #expect(mkfifo(bench.source.appendingPathComponent("zz.png").path, 0o600) == 0)
      let (process, _, _) = try bench.program.start(bench.arguments("pool"))
      Thread.sleep(forTimeInterval: 2)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      try FileManager.default.removeItem(at: bench.source.appendingPathComponent("zz.png"))
      try bench.program.run(bench.arguments("pool"), ends: 0)
      #expect(try bench.pool("pool").count == 12)
    }

    @Test("frames that are asked for come in, and others later")
    func volumes() throws {
      let bench = try ImportBench()
      try bench.write("volume.nii", ImportBench.volume(frames: 10, side: 8))
      let counts = try ["middle", "every:4", "slices", "middle"].map { choice in
        try bench.program.run(bench.arguments("pool", ["--volumes", choice]), ends: 0)
        return try bench.pool("pool").count
      }
      #expect(counts == [1, 4, 10, 10])
      #expect(try bench.pool("pool").image(0).bytes[0] == 5)
      try bench.program.run(bench.arguments("pool", ["--volumes", "every:0"]), ends: 64)
    }
  }
}
