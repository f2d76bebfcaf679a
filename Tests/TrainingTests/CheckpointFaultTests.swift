import Base
import Foundation
import NN
import Testing
import Torch
import Training

@Suite struct CheckpointFaultTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func trained() throws -> URL {
    let rig = Rig()
    _ = try rig.loop(steps: 5, folder: folder.url).run(loss: rig.loss)
    return folder.file("step-000000005.safetensors")
  }

  @Test("a file that is no checkpoint, or a spoilt one, is named in a warning with a remedy")
  func files() throws {
    let file = try trained()
    let (tensors, metadata) = try Safetensors.load(file)
    let changed = tensors.map { (name: $0.name, tensor: $0.tensor + 1) }
    for (tensors, metadata, says, fix) in [
      (tensors, [:], "the file is no checkpoint", "remove the file"),
      (changed, metadata, "the checkpoint is spoilt", "check the disk"),
    ] {
      try Safetensors.save(tensors, metadata: metadata, to: file)
      var warnings: [String] = []
      let rig = Rig()
      _ = try rig.loop(steps: 1, folder: folder.url) { warnings.append($0) }.run(loss: rig.loss)
      #expect(warnings.count == 1)
      for words in [says, "at:  step-000000005.safetensors", "fix: " + fix] {
        #expect(warnings.first?.contains(words) == true, "\(warnings)")
      }
    }
  }

  @Test("a checkpoint of other tensors does not fit, and is not taken")
  func misfit() throws {
    _ = try trained()
    let rig = Rig()
    let state = TrainingState(
      store: rig.network.store,
      optimizer: SGD(rig.network.store.groups(), learningRate: 0.05, weightDecay: 1e-3),
      extras: [("queue", Tensor.zeros([9])), ("more", Tensor.zeros([1]))])
    let loop = TrainingLoop(
      TrainingPlan(label: "test", steps: 5), state: state, loader: rig.loader,
      folder: folder.url, key: RandomKey(seed: 9))
    let error = #expect(throws: Diagnostic.self) { try loop.run(loss: rig.loss) }
    #expect(error?.what.contains("the checkpoint of step 5 does not fit the run") == true)
    #expect(error?.place == "checkpoints")
    #expect(error?.remedy?.contains("the configuration it was made with") == true)
  }
}
