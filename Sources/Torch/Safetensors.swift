public import Foundation
import Base

/// Tensors by name in one file: <https://github.com/huggingface/safetensors>.
///
/// Eight bytes with the length of the header, the header in JSON, then the elements. Nothing in
/// such a file can run. A file is used only if its header describes it to the last byte.
public enum Safetensors {
  /// Reads all tensors of a file, in the header's order, and its free-form strings.
  ///
  /// - Throws: a `Diagnostic` for a file that is cut short, damaged, or holds unknown types.
  public static func load(
    _ url: URL
  ) throws -> (tensors: [(name: String, tensor: Tensor)], metadata: [String: String]) {
    let file = try MappedFile(url)
    defer { withExtendedLifetime(file) {} }
    do {
      let header = try SafetensorsHeader(file.bytes)
      let tensors = header.entries.map { entry in
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes])
        return (name: entry.name, tensor: Tensor(bytes: bytes, entry.shape, entry.dtype))
      }
      return (tensors, header.metadata)
    } catch let fault as SafetensorsFault {
      throw Diagnostic(
        fault.text, at: url.path,
        fix: "the file is damaged or of another kind: fetch or write it again")
    }
  }

  /// Writes tensors under their names; the file is the old or the new one, never half of it.
  ///
  /// Names keep their order in the header; elements are laid out by size, so that each tensor
  /// begins where a reader may map it.
  /// - Throws: a `Diagnostic` where a name occurs twice or the file cannot be written.
  public static func save(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:], to url: URL
  ) throws {
    try refuseDuplicates(tensors.map(\.name), url)
    let order = tensors.indices.sorted {
      (-tensors[$0].tensor.dtype.byteCount, $0) < (-tensors[$1].tensor.dtype.byteCount, $1)
    }
    let header = SafetensorsHeader.encode(tensors, order: order, metadata: metadata)
    try AtomicFile.replace(url) { temporary in
      let file = try OutputFile(creating: temporary)
      try file.write(header)
      for position in order { try write(tensors[position].tensor, to: file) }
    }
  }

  private static func write(_ tensor: Tensor, to file: OutputFile) throws {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: tensor.count * tensor.dtype.byteCount, alignment: 64)
    defer { bytes.deallocate() }
    tensor.copy(to: bytes, as: tensor.dtype)
    try file.write(UnsafeRawBufferPointer(bytes))
  }

  private static func refuseDuplicates(_ names: [String], _ url: URL) throws {
    var seen: Set<String> = []
    for name in names where name == "__metadata__" || !seen.insert(name).inserted {
      throw Diagnostic(
        "two tensors would bear the name '\(name)'", at: url.path,
        fix: "give every tensor a name of its own", exit: .bug)
    }
  }
}
