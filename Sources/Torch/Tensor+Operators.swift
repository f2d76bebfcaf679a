extension Tensor {
  /// Sum, element by element, with broadcasting.
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.add(b) }
  /// Sum with a number.
  public static func + (a: Tensor, b: Double) -> Tensor { a.add(b) }
  /// Sum with a number.
  public static func + (a: Tensor, b: Int) -> Tensor { a.add(b) }
  /// Sum with a number.
  public static func + (a: Double, b: Tensor) -> Tensor { b.add(a) }
  /// Sum with a number.
  public static func + (a: Int, b: Tensor) -> Tensor { b.add(a) }

  /// Difference, element by element, with broadcasting.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.sub(b) }
  /// Difference with a number.
  public static func - (a: Tensor, b: Double) -> Tensor { a.sub(b) }
  /// Difference with a number.
  public static func - (a: Tensor, b: Int) -> Tensor { a.sub(b) }
  /// Difference with a number.
  public static func - (a: Double, b: Tensor) -> Tensor { b.rsub(a) }
  /// Difference with a number.
  public static func - (a: Int, b: Tensor) -> Tensor { b.rsub(a) }

  /// Product, element by element, with broadcasting.
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.mul(b) }
  /// Product with a number.
  public static func * (a: Tensor, b: Double) -> Tensor { a.mul(b) }
  /// Product with a number.
  public static func * (a: Tensor, b: Int) -> Tensor { a.mul(b) }
  /// Product with a number.
  public static func * (a: Double, b: Tensor) -> Tensor { b.mul(a) }
  /// Product with a number.
  public static func * (a: Int, b: Tensor) -> Tensor { b.mul(a) }

  /// Quotient, element by element, with broadcasting; of integers a float32.
  public static func / (a: Tensor, b: Tensor) -> Tensor { a.div(b) }
  /// Quotient by a number.
  public static func / (a: Tensor, b: Double) -> Tensor { a.div(b) }
  /// Quotient by a number.
  public static func / (a: Tensor, b: Int) -> Tensor { a.div(b) }
  /// A number divided by every element.
  public static func / (a: Double, b: Tensor) -> Tensor { b.reciprocal().mul(a) }
  /// A number divided by every element.
  public static func / (a: Int, b: Tensor) -> Tensor { b.reciprocal().mul(a) }

  /// The negative of every element.
  public static prefix func - (a: Tensor) -> Tensor { a.neg() }

  /// Adds in place; not on a leaf that requires a gradient.
  public static func += (a: inout Tensor, b: Tensor) { a.add_(b) }
  /// Adds in place; not on a leaf that requires a gradient.
  public static func += (a: inout Tensor, b: Double) { a.add_(b) }
  /// Subtracts in place; not on a leaf that requires a gradient.
  public static func -= (a: inout Tensor, b: Tensor) { a.sub_(b) }
  /// Subtracts in place; not on a leaf that requires a gradient.
  public static func -= (a: inout Tensor, b: Double) { a.sub_(b) }
  /// Multiplies in place; not on a leaf that requires a gradient.
  public static func *= (a: inout Tensor, b: Tensor) { a.mul_(b) }
  /// Multiplies in place; not on a leaf that requires a gradient.
  public static func *= (a: inout Tensor, b: Double) { a.mul_(b) }
  /// Divides in place; not on a leaf that requires a gradient.
  public static func /= (a: inout Tensor, b: Tensor) { a.div_(b) }
  /// Divides in place; not on a leaf that requires a gradient.
  public static func /= (a: inout Tensor, b: Double) { a.div_(b) }
}
