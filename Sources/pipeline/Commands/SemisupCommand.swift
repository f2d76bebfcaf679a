import ArgumentParser
import Base
import SemiSup

/// `pipeline semisup`: improve a trained model with the images that nobody labelled.
struct SemisupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "semisup",
    abstract: "Improve a trained model with the pool's unlabelled images, where that helps.",
    discussion: """
      Example: pipeline semisup --pool pool --from runs/rounds --out runs/semisup
      The labels are those of the run that --from names. Folds inside them decide whether the \
      unlabelled images help; where they do not, the model is passed on unchanged. The decision \
      stands in RUN/verdict.json, the model in RUN/model.safetensors and RUN/model.json, and what \
      it changed on the test split in RUN/scores.json.
      """)

  @OptionGroup var stage: StageOptions

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The run of al-finetune whose newest model is improved.", valueName: "run"))
  var source: String

  @Option(
    help: ArgumentHelp(
      "The pretrained weights that the run began with: folds begin there too.", valueName: "path"))
  var weights: String?

  @Flag(help: "Print the verdict as JSON.")
  var json = false

  func run() throws {
    let settings = try stage.configuration(
      SemiSupConfiguration.self, over: SemiSupConfiguration())
    if stage.dryRun { return print(Self.estimate(settings)) }
    try Improvement(settings, stage: stage, source: source, weights: weights, json: json).perform()
  }

  private static func estimate(_ settings: SemiSupConfiguration) -> String {
    let rule = settings.offSwitch
    let student = settings.method.rounds * settings.steps
    let short = rule.share * Double(settings.supervisedSteps + student + settings.steps)
    let total = student + (rule.enabled ? rule.folds * Int(short) : 0)
    return "at most \(total) steps (a classifier on a frozen trunk: none); nothing was done"
  }
}
