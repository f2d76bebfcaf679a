import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("Stored pixels")
struct PixelCodecTests {
  private static let imaging = fixtures.appendingPathComponent("imaging")
  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  private static let files: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: imaging.path)) ?? []
    return names.filter { name in ["dcm", "nii", "png", "jpg"].contains { name.hasSuffix($0) } }
      .sorted()
  }()

  @Test("every kind of image comes back from the pool as it was read")
  func everyKind() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    var readable = 0
    for name in Self.files {
      let url = Self.imaging.appendingPathComponent(name)
      guard let image = try? ImageReader.read(url) else { continue }
      readable += 1
      try FileManager.default.removeItem(at: bench.source)
      try bench.write(name, try Data(contentsOf: url))
      try? FileManager.default.removeItem(at: bench.poolURL)
      try bench.run()
      let pool = try bench.pool()
      let hashes = Set((0..<image.frames).map { image.frame($0).contentHash() })
      #expect(Set(try pool.ids().map { try pool.image($0).contentHash() }) == hashes, "\(name)")
      #expect(try pool.image(0).frame(0) == image.frame(0), "\(name)")
    }
    #expect(readable > 40)
  }

  @Test("a pool of the first version opens with its pixels, and takes new ones")
  func firstVersion() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try FileManager.default.createDirectory(at: bench.poolURL, withIntermediateDirectories: true)
    let old = Self.fixtures.appendingPathComponent("pool-v1")
    for name in ["pool.sqlite", "pixels.dat"] {
      try FileManager.default.copyItem(
        at: old.appendingPathComponent(name), to: bench.poolURL.appendingPathComponent(name))
    }
    let pool = try Pool.open(bench.poolURL)
    let names = ["colour", "deep", "grey"]
    let images = try names.map {
      try ImageReader.read(old.appendingPathComponent("images/\($0).png"))
    }
    #expect(try pool.ids().map { try pool.image($0) } == images)
    #expect(try pool.classNames() == [0: "a", 1: "b", 2: "a"])
    #expect(try pool.verify(progress: nil).faults.isEmpty)
  }

  @Test("pixels that were damaged are found, not shown")
  func damaged() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    try bench.run()
    let file = bench.poolURL.appendingPathComponent("pixels.dat")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    #expect(throws: PoolError.self) { try bench.pool().image(0) }
  }
}
