import Models
import Training

/// Training on labels alone: what a method is compared with, or falls back on.
struct LabelsOnly: SemiSupMethod {
  let student: Network
  var average: AveragedNetwork?
  let unlabelled: [Int] = []

  func weight(_ step: StepContext) -> Double { 0 }

  func terms(_ step: SemiSupStep) -> StepTerms {
    preconditionFailure("there are no unlabelled images in a training on labels")
  }
}
