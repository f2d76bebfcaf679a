/// Numbers of half precision, eight at a time: the processor's own conversion is not part of every
/// processor that this is built for, and the library's goes number by number.
enum HalfPrecision {
  /// Writes `count` numbers that begin at `source`, in any alignment, as 32-bit ones.
  static func widen(
    _ source: UnsafeRawPointer, _ count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index + 8 <= count {
      let halves = (source + 2 * index).loadUnaligned(as: SIMD8<UInt16>.self)
      UnsafeMutableRawPointer(target + index)
        .storeBytes(of: widened(halves), as: SIMD8<Float>.self)
      index += 8
    }
    for index in index..<count {
      target[index] = Float((source + 2 * index).loadUnaligned(as: Float16.self))
    }
  }

  /// Exponent and fraction move to their places in 32 bits, and a factor of 2¹¹² makes up for the
  /// exponents' other zero point, below the least normal number too; what is infinite or no number
  /// stays so.
  @inline(__always)
  static func widened(_ halves: SIMD8<UInt16>) -> SIMD8<Float> {
    let bits = SIMD8<UInt32>(truncatingIfNeeded: halves)
    let scaled = SIMD8<Float>(bitPattern: (bits & 0x7fff) &<< 13) * 0x1p112
    var result = SIMD8<UInt32>(bitPattern: scaled)
    result.replace(
      with: result | 0x7f80_0000, where: (bits & 0x7c00) .== SIMD8(repeating: 0x7c00))
    return SIMD8<Float>(bitPattern: result | (bits & 0x8000) &<< 16)
  }
}

extension SIMD8<Float> {
  fileprivate init(bitPattern: SIMD8<UInt32>) {
    self = unsafeBitCast(bitPattern, to: SIMD8<Float>.self)
  }
}

extension SIMD8<UInt32> {
  fileprivate init(bitPattern: SIMD8<Float>) {
    self = unsafeBitCast(bitPattern, to: SIMD8<UInt32>.self)
  }
}
