import CTorch

/// A number that an operator takes beside tensors.
///
/// An integer keeps the element type of an integer tensor, a real number makes it floating point.
public protocol Scalar {
  /// The number as a `Double`.
  var real: Double { get }
  /// The number as an integer, if it is one by type.
  var whole: Int? { get }
}

extension Double: Scalar {
  /// The number itself.
  public var real: Double { self }
  /// Always `nil`.
  public var whole: Int? { nil }
}

extension Float: Scalar {
  /// The number as a `Double`.
  public var real: Double { Double(self) }
  /// Always `nil`.
  public var whole: Int? { nil }
}

extension Int: Scalar {
  /// The number as a `Double`.
  public var real: Double { Double(self) }
  /// The number itself.
  public var whole: Int? { self }
}

extension Scalar {
  var scalar: ct_scalar {
    if let whole { return ct_scalar(kind: 1, integer: Int64(whole), real: 0) }
    return ct_scalar(kind: 2, integer: 0, real: real)
  }
}

extension (any Scalar)? {
  var scalar: ct_scalar { self?.scalar ?? ct_scalar() }
}

extension Int? {
  var scalar: ct_scalar { self?.scalar ?? ct_scalar() }
}

extension Double? {
  var scalar: ct_scalar { self?.scalar ?? ct_scalar() }
}

extension Bool? {
  var scalar: ct_scalar {
    guard let self else { return ct_scalar() }
    return ct_scalar(kind: 3, integer: self ? 1 : 0, real: 0)
  }
}
