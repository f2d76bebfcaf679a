import Base
import Models
import NN
import Pretrain
import Testing
import Torch
import Training

/// Every method of the catalogue on pools of which there is little to learn.
@Suite struct PretrainEdgeTests {
  private func settings(
    _ choice: Choice<PretrainMethodConfiguration>, _ pool: SmallPool
  ) -> PretrainConfiguration {
    var settings = pool.settings(choice.value, choice.value.networks.example)
    (settings.steps, settings.checkImages) = (3, 8)
    return settings
  }

  /// The run ends with numbers, or with what is wrong and what to do.
  private func check(
    _ run: () throws -> Pretrained, _ pool: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    switch Result(catching: run) {
    case .success(let pretrained):
      let isFinite = pretrained.network.store.all.allSatisfy {
        $0.tensor.floats().allSatisfy { $0.isFinite }
      }
      #expect(
        isFinite && pretrained.summary.lastLoss.isFinite, "\(pool)", sourceLocation: sourceLocation)
      #expect(
        pretrained.metrics.values.allSatisfy { $0.isFinite }, "\(pool)",
        sourceLocation: sourceLocation)
    case .failure(let error):
      let remedy = (error as? Diagnostic)?.remedy ?? (error as? CollapsedPretraining)?.remedy
      #expect(remedy?.isEmpty == false, "\(pool): \(error)", sourceLocation: sourceLocation)
    }
  }

  @Test(
    "images of one colour, two images, and images of one group",
    arguments: PretrainMethodConfiguration.choices)
  func poor(choice: Choice<PretrainMethodConfiguration>) {
    let size = 32
    let pools = [
      ("black", SmallPool(8, size: size) { _, _, _ in 0 }),
      ("of one grey", SmallPool(8, size: size) { _, _, _ in 0.6 }),
      ("each of one grey", SmallPool(8, size: size) { item, _, _ in Double(item) / 8 }),
      ("two", SmallPool.halves(2, size: size)),
    ]
    for (name, pool) in pools {
      check({ try pool.stage(settings(choice, pool)).run(folder: nil) }, name)
    }
    let pool = SmallPool.halves(8, size: size)
    check({ try pool.stage(settings(choice, pool)) { _ in 1 }.run(folder: nil) }, "one group")
  }

  @Test(
    "weights that are no numbers end the run at its first step",
    arguments: PretrainMethodConfiguration.choices)
  func notFinite(choice: Choice<PretrainMethodConfiguration>) throws {
    let pool = SmallPool.halves(8, size: 32)
    let settings = settings(choice, pool)
    let start = try Network(settings.model, key: RandomKey(seed: 1)).store.snapshot()
    for (_, tensor) in start where tensor.dtype == .float32 { tensor.fill_(Double.nan) }
    let error = #expect(throws: NonFiniteLoss.self) {
      try pool.stage(settings).run(start: start, folder: nil)
    }
    #expect(error?.place?.hasPrefix("step 0 of 3") == true, "\(error?.place ?? "")")
  }

  @Test("a single image is refused", arguments: PretrainMethodConfiguration.choices)
  func single(choice: Choice<PretrainMethodConfiguration>) {
    let pool = SmallPool.halves(1, size: 32)
    let error = #expect(throws: Diagnostic.self) {
      try pool.stage(settings(choice, pool)).run(folder: nil)
    }
    #expect(error?.what.contains("at least 2 images") == true)
  }
}
