import Foundation
import Imaging
import Testing

@Suite struct TruncationTests {
  static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: Fixture.folder.path))?
    .filter { name in [".png", ".jpg", ".dcm", ".nii", ".gz"].contains { name.hasSuffix($0) } }
    .sorted() ?? []

  @Test("there is something to cut")
  func someFiles() { #expect(Self.files.count > 50) }

  @Test("a file cut anywhere gives a reason", arguments: files)
  func cut(name: String) throws {
    let file = try Fixture.data(name)
    for percent in 0..<100 {
      let part = file.prefix(file.count * percent / 100)
      let error = #expect(throws: ImageError.self, "\(percent) %") {
        try ImageReader.read(data: Data(part))
      }
      #expect(error?.what.isEmpty == false)
    }
  }

  @Test("a damaged byte gives a reason or an image, never an end", arguments: files)
  func damage(name: String) throws {
    let file = try Fixture.data(name)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<60 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var damaged = Data(file)
      damaged[Int(state >> 33) % file.count] ^= UInt8(truncatingIfNeeded: state >> 25) | 1
      var options = ReadOptions()
      options.sampleLimit = 1 << 24
      if let image = try? ImageReader.read(data: damaged, options: options) {
        #expect(image.bytes.count == image.sampleCount * image.sample.byteCount)
      }
    }
  }

  @Test(
    "an archive cut anywhere gives a reason",
    arguments: ["stored.npz", "deflated.npz", "fortran.npz"])
  func cutArchive(name: String) throws {
    let file = try Fixture.data(name)
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-\(UUID().uuidString).npz")
    defer { try? FileManager.default.removeItem(at: place) }
    for percent in 1..<100 {
      try file.prefix(file.count * percent / 100).write(to: place)
      #expect(throws: ImageError.self) {
        let archive = try NPZReader(place)
        for name in archive.names { _ = try archive.array(name) }
      }
    }
  }
}
