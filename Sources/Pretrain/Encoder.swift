import Base
import Models
import NN
import Torch
import Training

/// A network and the head that reads it: what a joint-embedding method trains, and what follows it.
struct Encoder<Head> {
  /// The network.
  let network: Network
  /// What reads it.
  let head: Head
  /// The head's tensors.
  let store: ParameterStore
  private let make: (Scope) -> Head

  /// Puts a head on a network, with first values from `key`.
  init(_ network: Network, key: RandomKey, head make: @escaping (Scope) -> Head) {
    let store = ParameterStore(device: network.store.device, layout: network.store.layout)
    head = make(store.scope(key: key))
    (self.network, self.store, self.make) = (network, store, make)
  }

  /// A second encoder of the same kind with the same weights, which follows this one by the
  /// exponential moving average of its parameters and keeps running statistics of its own.
  ///
  /// - Parameter momentum: its weight of the past at a step.
  /// - Returns: the encoder, and what moves it.
  /// - Throws: what building a network throws.
  func target(
    momentum: @escaping (Int) -> Double
  ) throws -> (encoder: Encoder<Head>, teacher: Teacher) {
    let twin = try Network(
      network.configuration, key: RandomKey(seed: 0), device: network.store.device,
      layout: network.store.layout)
    let encoder = Encoder(twin, key: RandomKey(seed: 0), head: make)
    return (encoder, Teacher(encoder.joined, of: joined, momentum: momentum))
  }

  private var joined: ParameterStore {
    ParameterStore(joining: [("network", network.store), ("head", store)])
  }
}

extension Encoder where Head == MLP {
  /// Projections `[B, output]` of images `[B, C, H, W]`.
  func callAsFunction(_ images: Tensor, _ pass: Pass) -> Tensor {
    head(network.embedding(images, pass), pass)
  }
}

/// How slowly a target follows.
enum TargetMomentum {
  /// The first momentum where none is given: clamp(1 − 1 / (0.02 · steps), 0.9, 0.996).
  ///
  /// Published values suppose 10⁵ steps and more; in a shorter run such a target would hardly move.
  static func first(_ given: Double?, steps: Int) -> Double {
    given ?? ExponentialMovingAverage.firstMomentum(total: steps)
  }

  /// The same throughout.
  static func constant(_ given: Double?, steps: Int) -> (Int) -> Double {
    let first = first(given, steps: steps)
    return { _ in first }
  }

  /// Rising to 1 along a cosine.
  static func rising(_ given: Double?, steps: Int) -> (Int) -> Double {
    let first = first(given, steps: steps)
    return { ExponentialMovingAverage.rising(from: first, step: $0, total: steps) }
  }

  /// What is wrong with a setting `momentum` of a method.
  static func faults(_ momentum: Double?, of method: String) -> [String] {
    momentum.map { (0...1).contains($0) } ?? true
      ? [] : ["\(method): momentum must be from 0 to 1"]
  }

  /// What the setting means.
  static let documentation =
    "Weight of the target's past; null: by the number of steps, 1 - 1/(0.02 steps) between 0.9 "
    + "and 0.996."
}
