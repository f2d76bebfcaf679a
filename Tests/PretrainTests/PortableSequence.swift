import Torch

/// Numbers that every language makes alike.
///
/// A 31-bit linear congruential sequence from `seed`, scaled to lie between −1 and 1, as the
/// reference script makes them.
func portable(_ seed: Int, _ shape: [Int]) -> Tensor {
  var state = seed
  let values = (0..<shape.reduce(1, *)).map { _ -> Double in
    state = (1_103_515_245 * state + 12345) & 0x7fff_ffff
    return Double(state) / 1_073_741_824 - 1
  }
  return Tensor(values, shape)
}
