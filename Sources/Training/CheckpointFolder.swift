import Base
import Foundation

/// The checkpoints of a run: the last two by step, and the best by score.
struct CheckpointFolder {
  let url: URL

  /// Files that are kept besides the best.
  private static let kept = 2

  var best: URL { url.appendingPathComponent("best.safetensors") }

  func file(step: Int) -> URL {
    url.appendingPathComponent(String(format: "step-%09d.safetensors", step))
  }

  /// Steps of which there is a file, newest first.
  private var steps: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.compactMap { name -> Int? in
      guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
      return Int(name.dropFirst(5).dropLast(12))
    }.sorted(by: >)
  }

  /// The newest checkpoint that can be read, and why newer ones cannot.
  func newest() -> (checkpoint: Checkpoint?, faults: [String]) {
    var faults: [String] = []
    for step in steps {
      do {
        return (try Checkpoint(file(step: step)), faults)
      } catch {
        faults.append("\(error)")
      }
    }
    return (nil, faults)
  }

  /// Writes a checkpoint under its step and removes those it replaces.
  func save(_ checkpoint: Checkpoint) throws {
    try Folder.create(url)
    let step = checkpoint.position.step
    try checkpoint.write(to: file(step: step))
    for old in steps.filter({ $0 <= step }).dropFirst(Self.kept) {
      try? FileManager.default.removeItem(at: file(step: old))
    }
  }

  /// Writes a checkpoint as the best.
  func saveBest(_ checkpoint: Checkpoint) throws {
    try Folder.create(url)
    try checkpoint.write(to: best)
  }
}
