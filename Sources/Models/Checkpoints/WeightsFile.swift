import Base
public import Foundation
public import Torch

/// Named tensors in a file: safetensors, or what `torch.save(model.state_dict())` wrote.
///
/// The format is told by the content, not by the name. No code of a file is ever run.
public struct WeightsFile {
  /// How the tensors are written.
  public enum Format: String, Sendable {
    /// Hugging Face's format: a table, then bytes.
    case safetensors
    /// PyTorch's archive, written since 2020.
    case archive = "pytorch-archive"
    /// PyTorch's format before that.
    case legacy = "pytorch-legacy"
  }

  /// How the tensors were written.
  public let format: Format
  /// The tensors, in the order of the file.
  public let tensors: [(name: String, tensor: Torch.Tensor)]
  /// What a safetensors file says about itself.
  public let metadata: [String: String]

  /// Reads a file.
  ///
  /// - Throws: a diagnostic that names the file and what is wrong with it.
  public init(_ url: URL) throws {
    let file = try MappedFile(url)
    defer { withExtendedLifetime(file) {} }
    format = Self.format(of: file.bytes)
    if format == .safetensors {
      (tensors, metadata) = try Safetensors.load(url)
      return
    }
    do {
      tensors = try PyTorchCheckpoint.read(file.bytes)
      metadata = [:]
    } catch let error as CheckpointError {
      throw Diagnostic(
        error.what, at: url.lastPathComponent + (error.place.map { ": " + $0 } ?? ""),
        fix: error.remedy)
    }
  }

  /// A safetensors file begins with the length of its table, which may be any number: only the whole
  /// beginnings of the other two tell them apart.
  private static func format(of bytes: UnsafeRawBufferPointer) -> Format {
    if bytes.starts(with: PyTorchCheckpoint.archiveMagic) { return .archive }
    return bytes.starts(with: PyTorchCheckpoint.legacyMagic) ? .legacy : .safetensors
  }

  /// Writes tensors as safetensors, whole or not at all.
  public static func write(
    _ tensors: [(name: String, tensor: Torch.Tensor)], metadata: [String: String] = [:],
    to url: URL
  ) throws {
    let labels = metadata.merging(["format": "pt"]) { own, _ in own }
    try Safetensors.save(tensors, metadata: labels, to: url)
  }
}
