/// e to the power of x, to within two units in the last place for −87 ≤ x ≤ 0; numbers below give
/// e⁻⁸⁷.
///
/// Free of branches and calls, so that the compiler makes vector code of a loop around it; loops
/// over the C library's `exp` would dominate the queries. Range reduction by ln 2 in two parts, then
/// a polynomial of degree six on ±ln 2 / 2.
@inline(__always)
func exponential(_ x: Float) -> Float {
  let clamped = x > -87 ? x : -87
  // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
  let shifted = clamped * 1.442_695_04 + 12_582_912
  let whole = shifted - 12_582_912
  let r = clamped - whole * 0.693_359_375 + whole * 2.121_944_4e-4
  var p = r * 1.388_889e-3 + 8.333_334e-3
  p = p * r + 4.166_666_7e-2
  p = p * r + 0.166_666_67
  p = p * r + 0.5
  p = p * r + 1
  p = p * r + 1
  return p * Float(bitPattern: shifted.bitPattern &<< 23 &+ 0x3f80_0000)
}
