import ActiveLearning
public import Foundation
import Evaluation
import Query

/// One run of a study: a data set, an arm, a seed.
public struct StudyCell: Sendable, Equatable {
  /// The data set.
  public let dataset: StudyConfiguration.Dataset
  /// The arm; its name is `full` for the reference with all labels.
  public let arm: StudyConfiguration.Arm
  /// The seed, from 0.
  public let seed: Int

  /// - Parameters: as the properties.
  public init(dataset: StudyConfiguration.Dataset, arm: StudyConfiguration.Arm, seed: Int) {
    self.dataset = dataset
    self.arm = arm
    self.seed = seed
  }

  /// Where the cell's rounds lie in the study's folder.
  public func folder(in study: URL) -> URL {
    study.appendingPathComponent("cells/\(dataset.name)/\(arm.name)/seed-\(seed)")
  }

  /// The cell's name in the pool's ledger of labels.
  public func ledger(of study: URL) -> String {
    "\(study.lastPathComponent)/\(dataset.name)/\(arm.name)/\(seed)"
  }

  /// Whether this is the reference with all labels.
  public var isFull: Bool { arm.name == ResultRow.fullArm }

  /// The cells of a study, the references first, in the order in which they run.
  public static func all(_ configuration: StudyConfiguration) -> [StudyCell] {
    configuration.datasets.flatMap { dataset in
      let full = StudyConfiguration.Arm(name: ResultRow.fullArm, query: .random)
      return ([full] + configuration.arms).flatMap { arm in
        let more = arm.name == ResultRow.randomArm ? configuration.moreRandomSeeds : 0
        return (0..<configuration.seeds + more).map {
          StudyCell(dataset: dataset, arm: arm, seed: $0)
        }
      }
    }
  }
}
