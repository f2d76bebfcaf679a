/// The weights by which actively chosen labels still give an unbiased risk.
///
/// Farquhar, Gal, Rainforth. *On Statistical Bias in Active Learning.* ICLR 2021 (LURE):
///
///     v_m = 1 + (N − M) / (N − m) · (1 / ((N − m + 1) q_m) − 1),   R̂ = 1/M Σ v_m ℓ_m
///
/// - Parameters:
///   - probabilities: q_m, the probability of the m-th pick among the items then left, in the order
///     of the picks. Every item left must have had a positive one, or the risk is biased again.
///   - poolSize: N, at least the number of picks.
/// - Returns: one weight per pick; all 1 once the pool is exhausted.
public func unbiasedRiskWeights(probabilities: [Double], poolSize: Int) -> [Double] {
  precondition(probabilities.count <= poolSize, "more picks than items")
  precondition(probabilities.allSatisfy { $0 > 0 && $0 <= 1 }, "every pick had a positive chance")
  let (n, picks) = (Double(poolSize), Double(probabilities.count))
  return probabilities.enumerated().map { place, q in
    let m = Double(place + 1)
    return n == picks ? 1 : 1 + (n - picks) / (n - m) * (1 / ((n - m + 1) * q) - 1)
  }
}
