import Base
import Models
import NN
import Torch
import Training

/// What a method is made of for one training.
struct MethodSetup {
  let configuration: SemiSupConfiguration
  let request: SemiSupRequest
  let images: ImageAccess
  /// The labelled items that are learnt from.
  let items: [Int]
  /// What their labels say of how often classes occur.
  let prior: LabelledPrior
  /// When predictions are believed.
  let calibration: Calibration
  /// What the student begins as.
  let start: Network
  /// What labels images before a training: the start, in later rounds the last round's result.
  let labeller: Network
  /// The round of this training, from 0.
  let round: Int
  /// Its steps.
  let steps: Int
  /// A network of another beginning, trained on the same labels alone.
  let makePeer: (ModelConfiguration) throws -> Network

  var isSegmentation: Bool { request.start.isSegmentation }
  var classes: Int { request.classes }

  /// A network of the same weights.
  func copy(_ network: Network) throws -> Network {
    try network.copy(on: images.device)
  }
}

extension AveragedNetwork {
  /// What follows a student, with momentum min(1 − 1 / (t + 1), limit); it runs in evaluation mode
  /// on averaged statistics.
  init(following student: Network, limit: Double) throws {
    network = try student.copy(on: student.store.device)
    teacher = Teacher(network.store, of: student.store, buffers: .averaged) {
      ExponentialMovingAverage.warmedUp(step: $0, limit: limit)
    }
  }

  /// The momentum for trainings of this length, where settings leave it open: 0.99 up to 10,000
  /// steps, 0.999 beyond.
  static func limit(_ given: Double?, steps: Int) -> Double {
    given ?? (steps > 10_000 ? 0.999 : 0.99)
  }
}

extension Network {
  /// A network of the same weights, in training.
  func copy(on device: Device) throws -> Network {
    let copy = try Network(configuration, key: RandomKey(seed: 0), device: device)
    try copy.store.load(store.state())
    return copy
  }
}
