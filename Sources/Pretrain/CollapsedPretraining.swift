public import Base
import Foundation

/// Check after check finds that the network learns nothing: it maps all images to almost the same
/// point, or restores none.
public struct CollapsedPretraining: Diagnosable {
  /// What happened, when, and what the last check measured.
  public let what: String
  /// What to do.
  public let remedy: String?

  init(_ failure: (what: String, remedy: String), steps: Int, metrics: [String: Double]) {
    let measured = metrics.sorted { $0.key < $1.key }
      .map { "\($0.key) \(String(format: "%.3g", $0.value))" }.joined(separator: ", ")
    what = "\(failure.what) after \(steps) steps (\(measured))"
    remedy = failure.remedy
  }
}

/// Remembers on disk that a run has collapsed once, so that a resumed run goes on at the same rate.
struct Setback {
  private let file: URL?

  init(_ folder: URL?) {
    file = folder?.appendingPathComponent("collapsed-once")
  }

  var slowing: Double {
    file.map { FileManager.default.fileExists(atPath: $0.path) } ?? false ? 2 : 1
  }

  func record() throws {
    if let file { try AtomicFile.write(Data(), to: file) }
  }
}
