import Torch

/// The inputs of `Tests/Reference/golden_losses.py`, bit for bit: a 31-bit congruential generator.
func portable(_ seed: Int, _ shape: [Int]) -> Tensor {
  var state = seed
  let values = (0..<shape.reduce(1, *)).map { _ in
    state = (1_103_515_245 * state + 12_345) & 0x7fff_ffff
    return Double(state) / 1_073_741_824 - 1
  }
  return Tensor(values, shape)
}

/// The golden values have twelve digits; the formulas are short.
let goldenTolerance = 1e-10

/// Whether every element is within the tolerance of its golden value.
func agrees(_ tensor: Tensor, _ golden: [Double]) -> Bool {
  let values = tensor.doubles()
  return values.count == golden.count
    && zip(values, golden).allSatisfy { abs($0 - $1) < goldenTolerance }
}
