import Torch

/// The inputs of Tests/Reference/golden_semisup.py: values of −1 ..< 1 from seed `k`, row-major.
func portable(_ k: Int, _ shape: [Int]) -> Tensor {
  var state = k
  let values = (0..<shape.reduce(1, *)).map { _ -> Double in
    state = (1_103_515_245 * state + 12_345) & 0x7fff_ffff
    return Double(state) / Double(1 << 30) - 1
  }
  return Tensor(values, shape)
}
