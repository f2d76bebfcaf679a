import Base
import Foundation
import Testing
import Training

/// Kills a training process with SIGKILL, again and again, in the middle of its work.
///
/// The process is this test program itself, told by its environment to run `victim` alone.
@Suite("Sudden death")
struct KillTests {
  private static let variable = "MODICUM_TEST_VICTIM"
  private static let steps = 40

  @Test("is what the victim waits for", .enabled(if: folderOfVictim != nil))
  func victim() throws {
    let rig = Rig()
    let loop = rig.loop(steps: Self.steps, folder: Self.folderOfVictim, checkpointEvery: 3)
    StopSignal.install()
    do {
      _ = try loop.run { step in
        usleep(5000)
        return rig.loss(step)
      }
    } catch is Stopped {}
  }

  @Test("announced by SIGTERM comes after a checkpoint", .enabled(if: folderOfVictim == nil))
  func announced() throws {
    let folder = try TemporaryFolder()
    let process = try startVictim(folder.url)
    _ = newestStep(folder.url, after: 0, process)
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    let survivor = Rig()
    let loop = survivor.loop(steps: Self.steps, folder: folder.url, checkpointEvery: 3)
    #expect(try loop.run(loss: survivor.loss).resumedAt >= 3)
    #expect(try survivor.bits == undisturbed())
  }

  @Test("five times over ends in the same bits", .enabled(if: folderOfVictim == nil))
  func fiveDeaths() throws {
    let folder = try TemporaryFolder()
    let key = RandomKey(seed: UInt64(getpid()))
    var last = 0
    for death in 0..<5 {
      let process = try startVictim(folder.url)
      last = newestStep(folder.url, after: last, process)
      usleep(UInt32(30_000 * key.folding(death).uniform()))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let survivor = Rig()
    let loop = survivor.loop(steps: Self.steps, folder: folder.url, checkpointEvery: 3)
    let summary = try loop.run(loss: survivor.loss)
    #expect(summary.resumedAt >= 5 * 3)
    #expect(try survivor.bits == undisturbed())
  }

  private func undisturbed() throws -> [Float] {
    let rig = Rig()
    _ = try rig.loop(steps: Self.steps, folder: nil).run(loss: rig.loss)
    return rig.bits
  }

  private static var folderOfVictim: URL? {
    ProcessInfo.processInfo.environment[variable].map { URL(fileURLWithPath: $0) }
  }

  private func startVictim(_ folder: URL) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = ["--testing-library", "swift-testing", "--filter", "KillTests/victim"]
    process.environment = ProcessInfo.processInfo.environment.merging(
      [Self.variable: folder.path]
    ) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Waits for a checkpoint of a later step than `step`, at most a minute.
  private func newestStep(_ folder: URL, after step: Int, _ process: Process) -> Int {
    for _ in 0..<6000 {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      let steps = names.filter { $0.hasPrefix("step-") }.compactMap {
        Int($0.dropFirst(5).prefix(9))
      }
      if let newest = steps.max(), newest > step { return newest }
      if !process.isRunning { break }
      usleep(10_000)
    }
    Issue.record("the victim wrote no checkpoint after step \(step)")
    return step
  }
}
