import Base
import Foundation

/// What the folds of a run have found out, so that a resumed run does not find it out again.
///
/// ```
/// labelled.json                    the items that had labels
/// shift.json                       the two-sample test
/// fold-0/supervised.safetensors    the fold's network, until its arms are measured
///        supervised/ …             checkpoints of the training that is under way
///        held-out.json             what the network says of the fold's held-out images
///        labels-only.json          scores of the arms
///        semi-supervised.json
/// ```
struct FoldRecords {
  /// Where they are; nil: nothing is kept.
  let folder: URL?

  /// Where a training's checkpoints go.
  func checkpoints(_ name: String) -> URL? { folder?.appendingPathComponent(name) }

  /// The value under a name, found out where it is not recorded yet; the checkpoints under that
  /// name are not needed any more.
  func value<Value: Codable>(_ name: String, _ find: () throws -> Value) throws -> Value {
    guard let file = try file("\(name).json") else { return try find() }
    defer { remove(name) }
    if let data = try? Data(contentsOf: file),
      let value = try? JSONDecoder().decode(Value.self, from: data)
    {
      return value
    }
    let value = try find()
    try AtomicFile.write(try JSONEncoder().encode(value), to: file)
    return value
  }

  /// A file of that name, its folder made; nil where nothing is kept.
  func file(_ name: String) throws -> URL? {
    guard let file = checkpoints(name) else { return nil }
    try Folder.create(file.deletingLastPathComponent())
    return file
  }

  func remove(_ name: String) {
    checkpoints(name).map { try? FileManager.default.removeItem(at: $0) }
  }
}
