import ActiveLearning
import ArgumentParser
import Base
import Foundation
import Pretrain
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
    case compare
  }

  @Argument(help: "pretrain, al-finetune or compare.")
  var stage: Stage

  func run() throws {
    print(try Self.text(stage), terminator: "")
  }

  /// The settings as YAML with comments.
  static func text(_ stage: Stage) throws -> String {
    switch stage {
    case .pretrain: try StrictYAML.document(PretrainConfiguration())
    case .alFinetune: try StrictYAML.document(ActiveLearningConfiguration())
    case .compare: try StrictYAML.document(StudyConfiguration())
    }
  }
}
