/// What is out of range in settings that methods share.
enum MethodFaults {
  /// Of a weight and the share of the steps over which it rises.
  static func rising(_ weight: Double, _ ramp: Double) -> [String] {
    (weight >= 0 ? [] : ["weight must not be negative"])
      + (ramp >= 0 ? [] : ["ramp must not be negative"])
  }

  /// Of an average's momentum.
  static func momentum(_ momentum: Double?) -> [String] {
    guard let momentum, !(0..<1).contains(momentum) else { return [] }
    return ["momentum must lie in 0 ..< 1"]
  }
}
