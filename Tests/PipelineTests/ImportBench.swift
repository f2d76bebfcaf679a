import Base
import Foundation
import Imaging
import Pool
import Testing

/// A folder of images that the test draws, to be imported by the program.
final class ImportBench {
  let folder: URL
  let program: Program
  var source: URL { folder.appendingPathComponent("source") }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-import-\(UUID().uuidString)")
    program = Program(folder: folder)
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: source.appendingPathComponent(name))
  }

  /// A grey image; equal seeds are exact copies.
  func image(_ name: String, _ seed: Int) throws {
    let key = RandomKey(seed: UInt64(seed))
    let pixels = (0..<24 * 20).map { UInt8(truncatingIfNeeded: key.folding($0).seed) }
    try write(
      name,
      PNGWriter.encode(ImageBuffer(height: 24, width: 20, photometric: .grey, bytes: pixels)))
  }

  /// A NIfTI-1 volume of zeros but for the number of the frame in its first voxel.
  static func volume(frames: Int, side: Int, type: Int16 = 2, bytes: Int = 1) -> Data {
    var header = Data(count: 352)
    func put(_ value: some BitwiseCopyable, at place: Int) {
      withUnsafeBytes(of: value) { header.replaceSubrange(place..<place + $0.count, with: $0) }
    }
    put(Int32(348), at: 0)
    for (place, length) in [3, side, side, frames].enumerated() {
      put(Int16(length), at: 40 + 2 * place)
    }
    put(type, at: 70)
    put(Int16(8 * bytes), at: 72)
    put(Float(352), at: 108)
    header.replaceSubrange(344..<348, with: Data("n+1\0".utf8))
    var voxels = Data(count: frames * side * side * bytes)
    for frame in 0..<frames { voxels[frame * side * side * bytes] = UInt8(frame & 255) }
    return header + voxels
  }

  func arguments(_ pool: String, _ options: [String] = []) -> [String] {
    ["import", source.path, "--pool", folder.appendingPathComponent(pool).path] + options
  }

  func pool(_ name: String) throws -> Pool { try Pool.open(folder.appendingPathComponent(name)) }

  /// Everything that must be equal in equal pools.
  func fingerprint(_ name: String) throws -> [String] {
    let pool = try pool(name)
    let labels = try pool.currentLabels()
    var lines = try pool.ids().map { id in
      let item = try pool.item(id)
      return "\(id) \(item.hash) \(item.group) \(item.split) \(item.pseudonym) "
        + "\(labels[id].map { "\($0)" } ?? "")"
    }
    lines += try pool.setAside().map { "\($0.pseudonym) \($0.frame) \($0.kind) \($0.reason)" }
    lines += try pool.classes + [pool.digest]
    let folder = folder.appendingPathComponent(name)
    _ = try pool.cache(size: 16, channels: 1, progress: nil)
    lines.append(try sha256(file: folder.appendingPathComponent("pixels.dat")))
    let cache = folder.appendingPathComponent("cache")
    for file in try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted() {
      lines.append("\(file) \(try sha256(file: cache.appendingPathComponent(file)))")
    }
    return lines
  }

  /// The decoding helpers of a running program.
  static func helpers(of process: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { isAlive($0, child: process) }
  }

  /// Whether a process runs, as a child of `parent` where one is named.
  static func isAlive(_ process: Int32, child parent: Int32? = nil) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 1
    else { return false }
    return fields[0] != "Z" && (parent == nil || Int32(fields[1]) == parent)
  }
}
