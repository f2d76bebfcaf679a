import Base
import Foundation
import NN
import Torch

/// What a run needs to go on: every tensor of its state, in one safetensors file whose metadata
/// says where the run stood.
///
/// Written to a temporary name, brought to the disk and renamed, so that a file is whole or absent;
/// a digest over all tensors finds what the disk has spoilt since. Random state is not stored: it
/// is derived from the step.
struct Checkpoint {
  /// Where the run stood.
  struct Position: Codable, Equatable {
    /// Steps done.
    var step: Int
    /// Which run it is: plan and key.
    var run: String
    /// Best score of a check so far.
    var best: Double?
    /// Loss read last.
    var loss: Double
    /// Seconds spent in steps so far.
    var seconds: Double
    /// SHA-256 over names, shapes and bytes of the tensors.
    var digest = ""
  }

  let position: Position
  let tensors: [(name: String, tensor: Tensor)]

  private static let metadataKey = "checkpoint"

  /// The checkpoint of a state.
  init(_ position: Position, of state: TrainingState) {
    var position = position
    let tensors = state.tensors.map { ($0.name, $0.tensor.to(.cpu)) }
    position.digest = Self.digest(tensors)
    self.position = position
    self.tensors = tensors
  }

  /// Reads and checks a file.
  ///
  /// - Throws: a `Diagnosable` where it is cut short, spoilt, or no checkpoint.
  init(_ url: URL) throws {
    let file = try Safetensors.load(url)
    guard let text = file.metadata[Self.metadataKey],
      let position = try? JSONDecoder().decode(Position.self, from: Data(text.utf8))
    else {
      throw Diagnostic(
        "the file is no checkpoint: its metadata does not say where the run stood",
        at: url.lastPathComponent, fix: "remove the file; the run goes on from an earlier one")
    }
    guard Self.digest(file.tensors) == position.digest else {
      throw Diagnostic(
        "the checkpoint is spoilt: its tensors do not have the digest that was written",
        at: url.lastPathComponent, fix: "check the disk; the run goes on from an earlier one")
    }
    self.position = position
    tensors = file.tensors
  }

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(position), as: UTF8.self)
    try Safetensors.save(tensors, metadata: [Self.metadataKey: text], to: url)
  }

  /// Copies the values into a state of the same names and shapes.
  func restore(_ state: TrainingState) throws {
    let target = Dictionary(uniqueKeysWithValues: state.tensors.map { ($0.name, $0.tensor) })
    let missing = Set(target.keys).subtracting(tensors.map(\.name)).sorted()
    let misfits = tensors.filter { target[$0.name]?.shape != $0.tensor.shape }.map(\.name)
    guard missing.isEmpty, misfits.isEmpty else {
      throw Diagnostic(
        "the checkpoint of step \(position.step) does not fit the run: missing "
          + "\(Self.list(missing)), unknown or of another shape \(Self.list(misfits))",
        at: "checkpoints", fix: "resume with the configuration it was made with, or start anew")
    }
    withoutGradients {
      for (name, tensor) in tensors { target[name]?.copy_(from: tensor) }
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty
      ? "nothing"
      : names.prefix(5).joined(separator: ", ")
        + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  private static func digest(_ tensors: [(name: String, tensor: Tensor)]) -> String {
    var digest = Digest()
    for (name, tensor) in tensors.sorted(by: { $0.name < $1.name }) {
      digest.update(Data("\(name) \(tensor.shape) \(tensor.dtype)\n".utf8))
      let size = tensor.count * tensor.dtype.byteCount
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
      defer { bytes.deallocate() }
      tensor.copy(to: bytes, as: tensor.dtype)
      digest.update(UnsafeRawBufferPointer(bytes))
    }
    return digest.hex()
  }
}
