import Archive
import Base
import Foundation
import Torch

/// Reads what `torch.save(model.state_dict())` wrote, in the archive format (since 2020) and the one
/// before it, and makes tensors of it and nothing else.
///
/// The table may be the file's only value, or stand under one of the usual names (`state_dict`,
/// `model`, …) of a dictionary. Memory: the tensors together never take more than four times the
/// file's storages.
enum PyTorchCheckpoint {
  /// The names under which training programs keep the weights.
  private static let usualNames = ["state_dict", "model_state_dict", "model", "net", "module"]
  /// How an archive begins, and how the older format does.
  static let archiveMagic: [UInt8] = [0x50, 0x4b, 3, 4]
  static let legacyMagic: [UInt8] = [
    0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
  ]
  private static let magic = Int(truncatingIfNeeded: 0xa86a_20f9_469c_fc6c as UInt64)

  /// The named tensors of a file's bytes.
  static func read(_ bytes: UnsafeRawBufferPointer) throws -> [(name: String, tensor: Tensor)] {
    bytes.starts(with: archiveMagic) ? try readArchive(bytes) : try readLegacy(bytes)
  }

  private static func readArchive(
    _ bytes: UnsafeRawBufferPointer
  ) throws -> [(name: String, tensor: Tensor)] {
    let archive = try archived { () throws(ArchiveFault) in try ZipArchive(bytes) }
    let suffix = "/data.pkl"
    guard let description = archive.members.first(where: { $0.name.hasSuffix(suffix) }) else {
      throw CheckpointError.noTensors("an archive without data.pkl")
    }
    let root = description.name.dropLast(suffix.count)
    let byName = Dictionary(archive.members.map { ($0.name, $0) }) { first, _ in first }
    if let order = byName["\(root)/byteorder"] {
      guard try contents(order, of: archive, limit: 16) == Array("little".utf8) else {
        throw CheckpointError.noTensors("the file's byte order is not little-endian")
      }
    }
    let pickle = try contents(description, of: archive, limit: 32 << 20)
    return try pickle.withUnsafeBytes { pickle in
      var reader = PickleReader(pickle)
      let value = try reader.read()
      var checked: [String: UnsafeRawBufferPointer] = [:]
      return try TensorBuilder(heap: reader.heap, fileSize: bytes.count) { storage in
        if let contents = checked[storage.key] { return contents }
        guard let member = byName["\(root)/data/\(storage.key)"],
          let contents = try archived({ () throws(ArchiveFault) in try archive.stored(member) })
        else { throw CheckpointError.malformed("a storage is missing or packed", position: 0) }
        checked[storage.key] = contents
        return contents
      }.tensors(of: value, usualNames)
    }
  }

  private static func contents(
    _ member: ZipArchive.Member, of archive: ZipArchive, limit: Int
  ) throws(CheckpointError) -> [UInt8] {
    try archived { () throws(ArchiveFault) in try archive.contents(of: member, limit: limit) }
  }

  private static func readLegacy(
    _ bytes: UnsafeRawBufferPointer
  ) throws -> [(name: String, tensor: Tensor)] {
    var position = 0
    var heap = PickleHeap()
    func next() throws -> PickleValue {
      var reader = PickleReader(bytes, at: position, heap: heap)
      let value = try reader.read()
      (position, heap) = (reader.end, reader.heap)
      return value
    }
    guard try next() == .integer(magic), try next() == .integer(1001) else {
      throw CheckpointError.malformed("no file of PyTorch's", position: 0)
    }
    _ = try next()
    let value = try next()
    guard case .sequence(let keys) = try next() else {
      throw CheckpointError.malformed("the list of storages is missing", position: position)
    }
    let types = Dictionary(
      heap.tensors.map { ($0.storage.key, $0.storage.type) }
    ) { first, _ in first }
    var reader = ByteReader(bytes, at: position)
    var storages: [String: UnsafeRawBufferPointer] = [:]
    for case .text(let key) in heap.sequences[keys] {
      guard let type = types[key] else {
        throw CheckpointError.malformed("a storage without a tensor", position: reader.position)
      }
      let (size, overflow) = try reader.count(Int64.self)
        .multipliedReportingOverflow(by: type.dtype.byteCount)
      guard !overflow else { throw CheckpointError.tooLarge("storage \(key)") }
      storages[key] = try reader.take(size)
    }
    return try TensorBuilder(heap: heap, fileSize: bytes.count) { storage in
      guard let contents = storages[storage.key] else {
        throw CheckpointError.malformed("a storage is missing", position: position)
      }
      return contents
    }.tensors(of: value, usualNames)
  }
}

extension StorageType {
  /// The type of the elements.
  var dtype: DType {
    switch self {
    case .float: .float32
    case .double: .float64
    case .half: .float16
    case .bfloat16: .bfloat16
    case .long: .int64
    case .int: .int32
    case .short: .int16
    case .char: .int8
    case .byte: .uint8
    case .bool: .bool
    }
  }
}
