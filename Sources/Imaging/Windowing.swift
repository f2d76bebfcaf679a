import Foundation

/// A range of physical values that is spread over the display's brightness.
public struct Window: Sendable, Equatable, Codable {
  /// The function that spreads it (DICOM PS3.3, C.11.2).
  public enum Shape: String, Sendable, Codable {
    /// C.11.2.1.2.1, whose ends lie half a value inside.
    case linear
    /// C.11.2.1.3.2.
    case exact
    /// C.11.2.1.3.1.
    case sigmoid
  }

  /// Its middle.
  public var centre: Double
  /// Its width; above 0.
  public var width: Double
  /// The function.
  public var shape: Shape

  /// A window on physical values.
  public init(centre: Double, width: Double, shape: Shape = .linear) {
    self.centre = centre
    self.width = width
    self.shape = shape
  }

  /// The window that begins and ends at two values.
  public init(from low: Double, to high: Double) {
    self.init(centre: (low + high) / 2, width: high - low, shape: .exact)
  }

  /// The brightness of a value, 0 to 1; a window of no width is a threshold.
  public func brightness(_ value: Double) -> Double {
    switch shape {
    case .linear where width > 1:
      return clamp((value - (centre - 0.5)) / (width - 1) + 0.5)
    case .linear: return value <= centre - 0.5 ? 0 : 1
    case .exact where width > 0: return clamp((value - centre) / width + 0.5)
    case .exact: return value <= centre ? 0 : 1
    case .sigmoid: return 1 / (1 + exp(-4 * (value - centre) / width))
    }
  }

  private func clamp(_ value: Double) -> Double { min(1, max(0, value)) }
}
