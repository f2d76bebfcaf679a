/// A 64-bit checksum that finds damage (not malice): words of eight bytes, each multiplied and
/// folded in, as in the FNV and wyhash families.
///
/// - Complexity: O(n), about a byte per quarter of a clock tick.
func checksum(_ bytes: UnsafeRawBufferPointer) -> Int64 {
  var state: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
  let words = bytes.count / 8
  for place in 0..<words {
    state = step(state, bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
  }
  var rest: UInt64 = 0
  for place in 8 * words..<bytes.count { rest = rest << 8 | UInt64(bytes[place]) }
  return Int64(bitPattern: step(state, rest))
}

private func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
  let mixed = (state ^ UInt64(littleEndian: word)) &* 0x9e37_79b9_7f4a_7c15
  return mixed ^ mixed >> 29
}
