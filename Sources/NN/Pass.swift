public import Base

/// How a network is run: mode and randomness are an argument, never hidden state.
public enum Pass: Sendable {
  /// Running statistics, nothing dropped.
  case evaluate
  /// Batch statistics (running ones are updated), units dropped by the key.
  case train(RandomKey)
  /// Running statistics, units dropped by the key: Monte-Carlo dropout, and fine-tuning with
  /// frozen statistics.
  case stochastic(RandomKey)

  /// Whether normalisation uses the batch's own statistics and updates the running ones.
  public var isTraining: Bool {
    if case .train = self { return true }
    return false
  }

  /// What dropping is drawn from; nil when nothing is dropped.
  public var key: RandomKey? {
    switch self {
    case .evaluate: nil
    case .train(let key), .stochastic(let key): key
    }
  }

  /// The same mode with the key of a part of the computation.
  public func folding(_ name: String) -> Pass {
    switch self {
    case .evaluate: .evaluate
    case .train(let key): .train(key.folding(name))
    case .stochastic(let key): .stochastic(key.folding(name))
    }
  }

  /// The same mode with the key of the part at a position.
  public func folding(_ position: Int) -> Pass { folding("#\(position)") }
}
