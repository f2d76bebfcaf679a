import ActiveLearning
import ArgumentParser
import Base
import Foundation
import Pool
import Pretrain
import SemiSup
import Study

/// `pipeline config`: the complete settings of a stage, to start one's own file from.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print the complete default settings of a stage.",
    discussion: "Example: pipeline config al-finetune > my-settings.yaml")

  /// The stages that have settings.
  enum Stage: String, ExpressibleByArgument, CaseIterable {
    case pretrain
    case alFinetune = "al-finetune"
    case semisup
    case run
    case compare
    case laboratory
  }

  @Argument(help: "pretrain, al-finetune, semisup, run, compare or laboratory (compare --frozen).")
  var stage: Stage

  @Option(help: "What the settings are for: classification or segmentation.")
  var mode = PoolMode.classification

  func run() throws {
    print(
      "# Complete settings of pipeline \(stage.rawValue), for \(mode); a file may hold any part.\n")
    print(try text, terminator: "")
  }

  /// The settings as YAML with comments.
  private var text: String {
    get throws {
      switch stage {
      case .pretrain: try StrictYAML.document(PretrainConfiguration.standard(mode))
      case .alFinetune: try StrictYAML.document(ActiveLearningConfiguration.standard(mode))
      case .semisup: try StrictYAML.document(SemiSupConfiguration())
      case .run: try StrictYAML.document(RunConfiguration.standard(mode))
      case .compare: try StrictYAML.document(StudyConfiguration())
      case .laboratory: try StrictYAML.document(LaboratoryConfiguration())
      }
    }
  }
}
