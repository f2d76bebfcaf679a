import ActiveLearning
import ArgumentParser
import Base
import Models
import Pool

/// `pipeline al-finetune`: rounds of query, labels and fine-tuning.
struct AlFinetuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "al-finetune",
    abstract: "Ask for the labels worth most, and fine-tune on them, round after round.",
    discussion: """
      Example: pipeline al-finetune --mode classification --pool pool --out runs/rounds \\
        --weights runs/pretrain --set query=hybrid --set rounds.labels=100
      With annotator: oracle the pool's own labels answer (simulation). With annotator: folder the \
      program writes rounds/NN/to-label.csv and a folder of images, and ends with code 3; bring \
      the labels with `pipeline labels add`, and go on with --resume.
      For segmentation, parts of images can be asked for instead of whole ones: \
      --set 'unit={tile: {side: 64, perImage: 4}}' --set query=clasp; budgets then count tiles, and \
      rounds/NN/scores.json says how many pixels were annotated.
      """)

  @Option(help: "classification, segmentation or multi-label; must be the pool's.")
  var mode: PoolMode

  @OptionGroup var stage: StageOptions

  @Option(help: ArgumentHelp("Weights to start from: a file or a run.", valueName: "path"))
  var weights: String?

  @Flag(help: "Print the rounds as JSON.")
  var json = false

  func run() throws {
    let settings = try stage.configuration(
      ActiveLearningConfiguration.self, over: .standard(mode))
    if stage.dryRun { return print(try estimate(settings)) }
    try Rounds(settings, mode: mode, stage: stage, json: json).perform(weights: weights)
  }

  private func estimate(_ settings: ActiveLearningConfiguration) throws -> String {
    let size = try Pool.open(stage.poolURL).counts()[.train] ?? 0
    let units = settings.units(in: size)
    var totals: [Int] = []
    while let total = settings.rounds.total(round: totals.count, size: units) {
      totals.append(total)
    }
    return
      "\(totals.count) rounds with \(totals.map(String.init).joined(separator: ", ")) "
      + (settings.unit == .image ? "labels" : "tiles") + " of \(size) images; nothing was done"
  }
}
