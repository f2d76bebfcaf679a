import Base
import Models

/// The settings of a method: what it can be used for, and how it is made for a training.
protocol MethodSettings: Codable, Sendable, Equatable {
  /// Why it does not go with this network, and what does; nil where it does.
  func objection(to model: ModelConfiguration) -> Objection?
  /// Trainings one after the other, each of which labels the images for the next.
  var rounds: Int { get }
  /// Whether what it learns from are predictions of classes that held-out images show to be precise.
  var needsConfidentClasses: Bool { get }
  /// Whether what comes out is a moving average, so that the training on labels alone that it is
  /// compared with gives one too; nil: it is the student itself.
  func momentum(steps: Int) -> Double?
  /// Why it leaves the unlabelled images alone before anything is measured; nil where it does not.
  func refusal(_ request: SemiSupRequest) -> Verdict?
  /// The same by the out-of-fold score of the labels alone.
  func refusal(score: Double) -> Verdict?
  /// The rule of self-training a head on a frozen trunk; nil: the method wants views of images.
  ///
  /// `request` is nil where the question is only whether there is one.
  func headRule(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest?
  ) -> (any PseudoLabelRule)?
  /// The method of one training.
  func make(_ setup: MethodSetup) throws -> any SemiSupMethod
}

/// Why a method does not go with something, and what to do instead.
struct Objection: Equatable {
  let what: String
  let remedy: String
}

extension MethodSettings {
  func objection(to model: ModelConfiguration) -> Objection? { nil }
  var rounds: Int { 1 }
  var needsConfidentClasses: Bool { false }
  func momentum(steps: Int) -> Double? { nil }
  func refusal(_ request: SemiSupRequest) -> Verdict? { nil }
  func refusal(score: Double) -> Verdict? { nil }
  func headRule(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest?
  ) -> (any PseudoLabelRule)? { nil }
}
