/// Counts the multiplications of the layers that run inside `counting`.
///
/// Linear layers, convolutions and attention report; normalisation, activations and pooling are
/// left out, as is customary.
public final class OperationCounter: @unchecked Sendable {
  @TaskLocal static var current: OperationCounter?

  /// Multiply-add pairs so far; twice as many floating-point operations.
  public private(set) var multiplications = 0

  private init() {}

  /// Runs `body` and says how many multiply-add pairs its layers took.
  public static func counting(_ body: () throws -> Void) rethrows -> Int {
    let counter = OperationCounter()
    try $current.withValue(counter) { try body() }
    return counter.multiplications
  }

  func add(multiplications count: Int) { multiplications += count }
}
