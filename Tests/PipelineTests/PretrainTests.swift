import Foundation
import Pool
import Testing

extension PipelineTests {
  /// What labels have to do with a pretraining.
  @Suite struct Pretraining {
    /// What `pipeline methods` says of a method.
    private struct Method: Decodable {
      let name: String
      let network: String
    }

    @Test("every method of the catalogue takes two steps on its network and leaves weights")
    func catalogue() throws {
      let tiny = try TinyPool(.classification)
      let listed = try tiny.program.run(["methods", "--stage", "pretrain", "--json"], ends: 0)
      let methods = try JSONDecoder().decode([Method].self, from: Data(listed.output.utf8))
      #expect(methods.count > 1)
      for method in methods {
        let sets = [
          "method=\(method.name)", "model.architecture=\(method.network)", "model.patch=8",
          "steps=2", "checkEvery=1",
        ]
        try tiny.program.run(
          tiny.pretrain(method.name) + sets.flatMap { ["--set", $0] }, ends: 0)
        #expect(tiny.has("\(method.name)/weights.safetensors"), "\(method.name)")
      }
    }

    @Test("given labels measure a pretraining, hidden ones only where asked; none changes a weight")
    func probe() throws {
      let tiny = try TinyPool(.classification)
      let hidden = try tiny.imported(.classification, as: "hidden-pool", options: ["--truth"])
      try tiny.program.run(tiny.pretrain("given"), ends: 0)
      try tiny.program.run(tiny.pretrain("hidden", pool: hidden), ends: 0)
      try tiny.program.run(
        tiny.pretrain("allowed", pool: hidden) + ["--set", "probe=truth"], ends: 0)
      try tiny.program.run(tiny.pretrain("refused") + ["--set", "probe=none"], ends: 0)
      #expect(tiny.has("given/probe.json") && tiny.has("allowed/probe.json"))
      #expect(!tiny.has("hidden/probe.json") && !tiny.has("refused/probe.json"))
      #expect(try tiny.bytes("given/probe.json") == tiny.bytes("allowed/probe.json"))
      let weights = try tiny.bytes("given/weights.safetensors")
      for run in ["hidden", "allowed", "refused"] {
        #expect(try tiny.bytes("\(run)/weights.safetensors") == weights, "\(run)")
      }
      let log = String(decoding: try tiny.bytes("hidden/log.txt"), as: UTF8.self)
      #expect(log.contains("no labels to measure the features with"))
    }

    @Test("a pretraining that is no better than the given weights says so and keeps both")
    func noGain() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(tiny.pretrain("first"), ends: 0)
      let weights = tiny.folder.appendingPathComponent("first").path
      let outcome = try tiny.program.run(
        tiny.pretrain("second") + ["--weights", weights, "--set", "baseRate=1e-12"], ends: 0)
      #expect(outcome.errors.contains("no better than the given weights"), "\(outcome.errors)")
      #expect(outcome.errors.contains("go on from the given weights"))
      let verdict = try JSONSerialization.jsonObject(with: try tiny.bytes("second/probe.json"))
      #expect((verdict as? [String: Any])?["isAccepted"] as? Bool == false)
      #expect(tiny.has("second/weights.safetensors"))
    }
  }
}
