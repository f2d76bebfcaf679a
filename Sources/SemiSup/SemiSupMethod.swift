import Models
import NN
import Torch
import Training

/// One way of learning from unlabelled images through the loop: which networks there are, and what
/// unlabelled images say in a step.
///
/// A value serves one training and is made of a ``MethodSetup``. What methods have in common is the
/// driver's (``NetworkTraining``): labelled images, off-switch, guardrail, calibration, checkpoints
/// and the log.
protocol SemiSupMethod {
  /// The network that learns from the start on.
  var student: Network { get }
  /// A second network that learns beside it; nil: there is none.
  var peer: Network? { get }
  /// The moving average of the student, which is what comes out then; nil: there is none.
  var average: AveragedNetwork? { get }
  /// Tensors of the method that a checkpoint holds; changed in place.
  var extras: [(name: String, tensor: Tensor)] { get }
  /// The unlabelled items that steps look at; where there are none, only labels are learnt from.
  var unlabelled: [Int] { get }
  /// Batches of unlabelled images that a step takes.
  var streams: Int { get }
  /// λ(t).
  func weight(_ step: StepContext) -> Double
  /// L_x and L_u of a step.
  func terms(_ step: SemiSupStep) -> StepTerms
}

extension SemiSupMethod {
  var peer: Network? { nil }
  var average: AveragedNetwork? { nil }
  var extras: [(name: String, tensor: Tensor)] { [] }
  var streams: Int { 1 }

  /// The network that comes out.
  var result: Network { average?.network ?? student }

  /// Whose score the log compares with the result's: the student of an average, or the peer.
  var counterpart: Network? { average == nil ? peer : student }
}

/// A network and what makes it follow another.
struct AveragedNetwork {
  let network: Network
  let teacher: Teacher
}

extension StepContext {
  /// The Gaussian ramp over a share of the run, however long it is; a share above 1 is never
  /// climbed to the end.
  func gaussianRamp(_ share: Double) -> Double {
    Schedule.ramp(step: step, length: Int((share * Double(total)).rounded()))
  }

  /// The straight ramp from 0 to 1 over a share of the run.
  func linearRamp(_ share: Double) -> Double {
    share == 0 ? 1 : min(Double(step) / (share * Double(total)), 1)
  }
}
