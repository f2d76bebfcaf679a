import Foundation

/// What an import did, in numbers.
public struct ImportSummary: Sendable, Codable, Equatable {
  /// Files of the source that were looked at.
  public var files = 0
  /// Files that are no images by their names.
  public var ignored = 0
  /// Images of the source that are items of the pool.
  public var items = 0
  /// Items that this import added.
  public var added = 0
  /// Images that are the exact copy of an item and agree with it.
  public var merged = 0
  /// Copies set aside because their labels or their splits differ.
  public var held = 0
  /// Files that cannot be read or do not fit their mask.
  public var quarantined = 0
  /// Slices of series that were not asked for.
  public var left = 0
  /// Labels that this import added.
  public var labels = 0
  /// Labels of the source that differ from the pool's, which was kept.
  public var differing = 0
  /// Groups of the whole pool.
  public var groups = 0
  /// Items of the whole pool on each side.
  public var splits: [String: Int] = [:]
  /// Items of the whole pool by the class they were said to be; empty for masks.
  public var classes: [PoolOverview.ClassCount] = []
  /// What the labels of the pool are.
  public var mode: PoolMode?
  /// How often each reason set something aside.
  public var reasons: [String: Int] = [:]
  /// Things worth telling.
  public var notes: [String] = []
  /// Seconds of decoding.
  public var seconds = 0.0
  /// Files decoded a second, by this import.
  public var filesPerSecond = 0.0
  /// Megabytes read a second, by this import.
  public var megabytesPerSecond = 0.0

  /// Whether something was set aside that should be looked at.
  public var isPartial: Bool { quarantined > 0 }
}
