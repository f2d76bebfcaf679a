import Base
import Foundation
import NN
import Testing
import Torch
import Training

private struct Crash: Error {}

@Suite("Training loop")
struct TrainingLoopTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func undisturbed(steps: Int = 20) throws -> [Float] {
    let rig = Rig()
    _ = try rig.loop(steps: steps, folder: nil).run(loss: rig.loss)
    return rig.bits
  }

  private func fileNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
  }

  @Test("learns")
  func learns() throws {
    let rig = Rig()
    let summary = try rig.loop(steps: 40, folder: nil).run(loss: rig.loss)
    #expect(summary.lastLoss < 0.4)
    #expect(summary.steps == 40 && summary.resumedAt == 0)
    #expect(summary.imagesPerSecond > 0)
  }

  @Test("ends in the same bits when it dies at any moment and is started again")
  func resumes() throws {
    let expected = try undisturbed()
    for death in [1, 5, 6, 13, 19] {
      let place = folder.file("die-\(death)")
      let first = Rig()
      #expect(throws: Crash.self) {
        try first.loop(folder: place).run { step in
          if step.step == death { throw Crash() }
          return first.loss(step)
        }
      }
      let second = Rig(depth: 0)
      let summary = try second.loop(folder: place).run(loss: second.loss)
      #expect(summary.resumedAt == death / 5 * 5)
      #expect(second.bits == expected, "after dying at step \(death)")
    }
  }

  @Test("takes a finished run up at its end")
  func finished() throws {
    let first = Rig()
    let before = try first.loop(folder: folder.url).run(loss: first.loss)
    let second = Rig()
    let after = try second.loop(folder: folder.url).run { _ in throw Crash() }
    #expect(second.bits == first.bits)
    #expect(after.resumedAt == 20 && after.lastLoss == before.lastLoss)
  }

  @Test("falls back to the earlier checkpoint when the newest is cut short or spoilt, and says so")
  func fallsBack() throws {
    let expected = try undisturbed()
    for (name, spoil) in [("cut", Self.cut), ("spoilt", Self.spoil)] {
      let place = folder.file(name)
      let first = Rig()
      #expect(throws: Crash.self) {
        try first.loop(folder: place).run { step in
          if step.step == 12 { throw Crash() }
          return first.loss(step)
        }
      }
      try spoil(place.appendingPathComponent("step-000000010.safetensors"))
      var warnings: [String] = []
      let second = Rig()
      let loop = second.loop(folder: place) { warnings.append($0) }
      #expect(try loop.run(loss: second.loss).resumedAt == 5)
      #expect(second.bits == expected)
      #expect(warnings.count == 1 && warnings[0].contains("cannot be used"))
    }
  }

  private static func cut(_ url: URL) throws {
    let data = try Data(contentsOf: url)
    try data.prefix(data.count - 7).write(to: url)
  }

  private static func spoil(_ url: URL) throws {
    var data = try Data(contentsOf: url)
    data[data.count - 9] ^= 0x10
    try data.write(to: url)
  }

  @Test("keeps the last two checkpoints")
  func keepsTwo() throws {
    let rig = Rig()
    _ = try rig.loop(folder: folder.url).run(loss: rig.loss)
    #expect(try fileNames() == ["step-000000015.safetensors", "step-000000020.safetensors"])
  }

  @Test("refuses the checkpoint of another run")
  func otherRun() throws {
    let first = Rig()
    _ = try first.loop(folder: folder.url).run(loss: first.loss)
    let second = Rig()
    let error = #expect(throws: Diagnostic.self) {
      try second.loop(steps: 30, folder: folder.url).run(loss: second.loss)
    }
    #expect(error?.what.contains("belongs to another run") == true)
  }

  @Test("stops on a signal with a checkpoint, and goes on from there to the same bits")
  func stops() throws {
    let expected = try undisturbed()
    let first = Rig()
    var signal: Int32?
    var loop = first.loop(folder: folder.url)
    loop.stopSignal = { signal }
    let error = #expect(throws: Stopped.self) {
      try loop.run { step in
        if step.step == 7 { signal = SIGTERM }
        return first.loss(step)
      }
    }
    #expect(error?.exitCode == .terminated && error?.place == "step 8 of 20")
    #expect(try fileNames().contains("step-000000008.safetensors"))
    let second = Rig()
    #expect(try second.loop(folder: folder.url).run(loss: second.loss).resumedAt == 8)
    #expect(second.bits == expected)
  }

  @Test("stops at a loss that is not finite, naming step and key")
  func nonFinite() throws {
    let rig = Rig()
    let error = #expect(throws: NonFiniteLoss.self) {
      try rig.loop(folder: folder.url).run { step in
        let loss = rig.loss(step)
        return step.step == 7 ? StepLoss(rig.network.store.parameters[0].tensor.sum() / 0) : loss
      }
    }
    let key = RandomKey(seed: 9).folding("step").folding(7).seed
    #expect(error?.place == "step 7 of 20, key \(String(key, radix: 16))")
    #expect(try fileNames() == ["step-000000005.safetensors"])
  }

  @Test("writes measurements, and none twice after a crash")
  func metrics() throws {
    let log = folder.file("metrics.jsonl")
    let first = Rig()
    #expect(throws: Crash.self) {
      try first.loop(folder: folder.url, metrics: MetricsLog(log), checkpointEvery: 10).run {
        if $0.step == 18 { throw Crash() }
        return first.loss($0)
      }
    }
    let second = Rig()
    let metrics = try MetricsLog(log)
    _ = try second.loop(folder: folder.url, metrics: metrics, checkpointEvery: 10)
      .run(loss: second.loss)
    let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 4)
    for (line, step) in zip(lines, [4, 9, 14, 19]) {
      #expect(line.contains("\"step\":\(step),"))
      for field in ["loss", "half", "gradient_norm", "data_wait", "images_per_second", "lr_scale"] {
        #expect(line.contains("\"\(field)\":"))
      }
    }
  }

  @Test("makes checks when they are due and keeps the best state")
  func checks() throws {
    let rig = Rig()
    let scores = [5: 0.5, 10: 0.9, 15: 0.7, 20: 0.8]
    var seen: [Int] = []
    var bitsAtBest: [Float] = []
    let check = Check("probe", every: 5) { done in
      seen.append(done)
      if done == 10 { bitsAtBest = rig.network.store.all.flatMap { $0.tensor.floats() } }
      return CheckResult(["accuracy": scores[done] ?? 0], score: scores[done])
    }
    let loop = rig.loop(folder: folder.url)
    let summary = try loop.run(checks: [check], loss: rig.loss)
    #expect(seen == [5, 10, 15, 20] && summary.bestScore == 0.9)
    #expect(try loop.restoreBest() == 10)
    #expect(rig.network.store.all.flatMap { $0.tensor.floats() } == bitsAtBest)
  }

  @Test("a check at the start is made once, before the first step of the run")
  func start() throws {
    let file = folder.file("metrics.jsonl")
    for steps in [20, 20] {
      let rig = Rig()
      let check = Check("probe", every: 10, atStart: true) { CheckResult(["done": Double($0)]) }
      _ = try rig.loop(steps: steps, folder: folder.url, metrics: MetricsLog(file))
        .run(checks: [check], loss: rig.loss)
    }
    let checks = try MetricsLog.rows(of: file).filter { $0.kind == "check" }
    #expect(checks.map(\.step) == [0, 9, 19])
    #expect(checks.map { $0.fields["probe_done"] } == [0, 10, 20])
  }

  @Test("writes no checkpoint of an unhealthy state")
  func unhealthy() throws {
    let rig = Rig()
    let check = Check("collapse", every: 1) { done in
      if done == 14 { throw Crash() }
      return CheckResult(healthy: done < 8)
    }
    #expect(throws: Crash.self) {
      try rig.loop(folder: folder.url).run(checks: [check], loss: rig.loss)
    }
    #expect(try fileNames() == ["step-000000005.safetensors"])
  }

  @Test("measures the time that it waits for data")
  func dataWait() throws {
    let slow = SlowPixels()
    let stream = BatchStream(
      BatchSampler(TinySet.items, batch: 8, key: TinySet.key), pixels: slow,
      targets: .classes(TinySet.classes), normalization: .half(channels: 1))
    let rig = Rig()
    let loop = TrainingLoop(
      TrainingPlan(label: "slow", steps: 5), state: rig.state,
      loader: BatchLoader(stream, depth: 0), key: RandomKey(seed: 1))
    let summary = try loop.run(loss: rig.loss)
    // Eight images of at least 2 ms each before every step, however busy the machine is.
    #expect(summary.dataWaitShare * summary.seconds > 5 * 8 * 0.002)
    #expect(summary.dataWaitShare < 1)
  }
}

/// Images that take two milliseconds each to read.
private struct SlowPixels: PixelSource {
  let channels = 1
  let height = TinySet.size
  let width = TinySet.size

  func copy(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>) {
    usleep(2000)
    TinySet.pixels.copy(item: item, into: bytes)
  }
}
