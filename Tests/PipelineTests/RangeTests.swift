import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Every range that a setting must keep to.
  @Suite struct Ranges {
    /// A setting of `run` beyond its range, and what is said of it.
    private static let faults: [(setting: String, says: String)] = [
      ("compareSeeds=0", "compareSeeds must be at least 1"),
      ("stages=[pretrain, pretrain]", "stages must hold al-finetune"),
      ("stages=[pretrain, pretrain]", "stages must not repeat"),
      ("pretrain.baseRate=0", "baseRate and adamRate must be above 0"),
      ("pretrain.weightDecay=-1", "weightDecay must not be negative"),
      ("pretrain.checkEvery=0", "checkEvery must be at least 1 and checkImages at least 2"),
      ("pretrain.method={simclr: {temperature: 0}}", "temperature, hidden and output"),
      ("pretrain.model={architecture: resnet34}", "set model instead, which every stage follows"),
      ("pretrain.augmentation.lesionFraction=2", "lesionFraction must be from 0 to 1, not 2.0"),
      ("alFinetune.rounds.first=0", "first must be at least 1"),
      ("alFinetune.rounds.growth=-1", "growth must not be negative"),
      ("alFinetune.rounds.labels=0", "labels must be at least 1"),
      ("alFinetune.rounds.target=2", "target must lie in 0 ... 1"),
      ("alFinetune.rounds.budgets=[5, 5]", "budgets must ascend from 1 or more"),
      ("alFinetune.fineTune.steps.minimum=0", "minimum must be at least 1 and at most maximum"),
      ("alFinetune.fineTune.steps.continued=0", "continued must be above 0 and at most 1"),
      ("alFinetune.fineTune.batch=0", "batch must be at least 1"),
      ("alFinetune.fineTune.headRate=0", "headRate and continuedRate must be above 0"),
      ("alFinetune.fineTune.lambda=0", "fineTune.lambda must be above 0"),
      ("alFinetune.fineTune.balance=2", "balance must lie in 0 ... 1"),
      ("alFinetune.fineTune.folds=1", "fineTune.folds must be at least 2"),
      ("semisup.thresholds.precision=2", "thresholds.precision must lie in 0 ... 1"),
      ("semisup.thresholds.lowest=1", "0 ≤ lowest ≤ highest ≤ 1"),
      ("semisup.rounds=0", "semisup.rounds must be at least 1"),
      ("semisup.quota=0", "quota must be above 0 and at most 1"),
      ("semisup.lambda=0", "semisup.lambda must be above 0"),
      ("semisup.steps=0", "steps and supervisedSteps must be at least 1"),
      ("semisup.unlabelledBatch=0", "batch and unlabelledBatch must be at least 1"),
      ("semisup.freshRate=0", "rate and freshRate must be above 0, trunkRate not negative"),
      ("semisup.weight=-1", "weight must not be negative"),
      ("semisup.ramp=2", "ramp must lie in 0 ... 1"),
      ("semisup.offSwitch.folds=1", "offSwitch.folds must be at least 2"),
      ("semisup.offSwitch.share=0", "share must be above 0 and at most 1"),
      ("semisup.offSwitch.classLoss=-1", "classLoss must not be negative"),
      ("semisup.offSwitch.precision=2", "offSwitch.precision must lie in 0 ... 1"),
      ("semisup.offSwitch.coverage=2", "coverage must lie in 0 ... 1"),
      ("semisup.offSwitch.needs.unlabelledPerLabel=-1", "unlabelledPerLabel must not be negative"),
      ("semisup.offSwitch.needs.aboveChance=2", "aboveChance must lie in 0 ... 1"),
      ("semisup.offSwitch.needs.dice=2", "dice must lie in 0 ... 1"),
      ("semisup.offSwitch.needs.alike=2", "alike must lie in 0 ... 1"),
      ("semisup.guardrail.evaluations=0", "evaluations must be at least 1"),
      ("semisup.guardrail.shortfall=-1", "shortfall must not be negative"),
      ("semisup.guardrail.shortfalls=0", "shortfalls must be at least 1"),
      ("semisup.guardrail.leastForeground=3", "leastForeground must lie between 0 and"),
      ("semisup.guardrail.divergence=0", "divergence must be above 0"),
    ]

    @Test("every setting of a run that is out of range is told, all of them at once")
    func run() throws {
      let tiny = try TinyPool(.classification)
      let outcome = try tiny.program.run(
        tiny.whole("run", .classification, sets: Self.faults.map(\.setting)), ends: 65)
      for (setting, says) in Self.faults {
        #expect(outcome.errors.contains(says), "\(setting): \(outcome.errors)")
      }
      #expect(outcome.errors.contains("pipeline config STAGE") && !tiny.has("run"))
      try tiny.program.refuse(
        tiny.whole(
          "run", .classification,
          sets: ["stages=[al-finetune, compare]", "alFinetune.annotator=folder"]),
        saying: ["compare wants a pool with truth and alFinetune.annotator oracle"])
    }

    @Test("a run's one network is what its pretraining is checked against, without repeating it")
    func oneNetwork() throws {
      let tiny = try TinyPool(.classification)
      let mae = ["stages=[pretrain, al-finetune]", "pretrain.method=mae"]
      let transformer = ["model.architecture=vit-tiny", "model.patch=8"]
      let arguments = tiny.whole("run", .classification, sets: mae + transformer) + ["--dry-run"]
      try tiny.program.run(arguments, ends: 0)
      try tiny.program.refuse(
        tiny.whole("run", .classification, sets: mae), saying: ["pretrain.method mae", "vit-tiny"])
    }

    @Test("a study's data sets have names and pools, and its arms names of their own")
    func study() throws {
      let tiny = try TinyPool(.classification)
      let study = try tiny.study("study", of: tiny.pool)
      for (setting, says) in [
        ("datasets=[{name: tiny, pool: \"\"}]", "datasets must each have a name and a pool"),
        (
          "datasets=[{name: a, pool: b}, {name: a, pool: c}]",
          "datasets must have different names"
        ),
        (
          "arms=[{name: random, query: random}, {name: full, query: margin}]",
          "arms must have different names, none of them full"
        ),
        ("share=0", "share must be above 0 and at most 1"),
        ("fullSteps=0.5", "fullSteps must be at least 1"),
        ("moreRandomSeeds=-1", "seeds must be at least 1, moreRandomSeeds at least 0"),
      ] {
        try tiny.program.refuse(study + ["--set", setting], saying: [says])
      }
    }

    @Test("probabilities of a corruption lie between 0 and 1")
    func corruption() throws {
      let tiny = try TinyPool(.classification)
      let all = ["shuffle", "curve", "paint", "outside"]
      let method = all.map { "\($0): 2" }.joined(separator: ", ")
      try tiny.program.refuse(
        tiny.pretrain("run") + [
          "--set", "method={decoder-restore: {corruption: {\(method)}}}", "--set",
          "model.architecture=unet-resnet18",
        ], saying: all.map { "\($0) must lie between 0 and 1" })
    }
  }
}
