import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("DICOM series")
struct SeriesTests {
  /// A CT slice of 4 × 4 pixels, Explicit VR Little Endian, whose first pixel is `value`.
  static func slice(
    patient: String, series: String, height: Double?, number: Int, value: Int
  ) -> Data {
    func element(_ group: UInt16, _ tag: UInt16, _ kind: String, _ bytes: Data) -> Data {
      var data = Data()
      for word in [group, tag] { withUnsafeBytes(of: word) { data.append(contentsOf: $0) } }
      data += Data(kind.utf8)
      if kind == "OW" { data += Data(count: 2) }
      withUnsafeBytes(of: UInt32(bytes.count)) { data += $0.prefix(kind == "OW" ? 4 : 2) }
      return data + bytes
    }
    func text(_ group: UInt16, _ tag: UInt16, _ kind: String, _ text: String) -> Data {
      let padding = kind == "UI" ? "\0" : " "
      return element(
        group, tag, kind, Data((text.utf8.count % 2 == 0 ? text : text + padding).utf8))
    }
    func short(_ tag: UInt16, _ value: Int) -> Data {
      element(0x28, tag, "US", withUnsafeBytes(of: UInt16(value)) { Data($0) })
    }
    let meta = text(2, 0x10, "UI", "1.2.840.10008.1.2.1")
    var data = Data(count: 128) + Data("DICM".utf8)
    data += element(2, 0, "UL", withUnsafeBytes(of: UInt32(meta.count)) { Data($0) }) + meta
    data += text(0x10, 0x10, "PN", "Nobody^\(patient)") + text(0x10, 0x20, "LO", patient)
    data += text(0x20, 0xE, "UI", series) + text(0x20, 0x13, "IS", "\(number)")
    if let height {
      data += text(0x20, 0x32, "DS", "0\\0\\\(height)")
      data += text(0x20, 0x37, "DS", "1\\0\\0\\0\\1\\0")
    }
    data += short(0x2, 1) + text(0x28, 0x4, "CS", "MONOCHROME2") + short(0x10, 4) + short(0x11, 4)
    data += short(0x100, 16) + short(0x101, 16) + short(0x102, 15) + short(0x103, 0)
    var pixels = Data(count: 32)
    pixels[0] = UInt8(value)
    return data + element(0x7FE0, 0x10, "OW", pixels)
  }

  private func fill(_ bench: ImportBench) throws {
    // Heights fall while names and numbers rise.
    for number in 0..<10 {
      try bench.write(
        "a/\(number).dcm",
        Self.slice(
          patient: "P1", series: "1.2.1", height: -2.5 * Double(number), number: number,
          value: number))
    }
    // Without a position the instance number counts.
    for number in 0..<5 {
      try bench.write(
        "b/\(number).dcm",
        Self.slice(
          patient: "P1", series: "1.2.2", height: nil, number: 9 - number, value: 50 + number))
    }
    for number in 0..<3 {
      try bench.write(
        "c/\(number).dcm",
        Self.slice(
          patient: "", series: "1.2.3", height: Double(number), number: 0, value: 90 + number))
    }
  }

  private func values(_ pool: Pool) throws -> [Int] {
    try pool.ids().map { Int(try pool.image($0).bytes[0]) }
  }

  @Test("slices stand in anatomical order; a patient's series are one group")
  func order() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench)
    try bench.run()
    let pool = try bench.pool()
    let falling = Array((0..<10).reversed())
    #expect(try values(pool) == falling + [54, 53, 52, 51, 50] + [90, 91, 92])
    let groups = try pool.ids().map { try pool.item($0).group }
    #expect(Set(groups[..<15]).count == 1)
    #expect(Set(groups[15...]).count == 1)
    #expect(groups[0] != groups[15])
  }

  @Test("a part of every series comes in, and the rest later")
  func choice() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench)
    let summary = try bench.run { $0.frames = .middle }
    #expect([summary.items, summary.left] as [Int] == [3, 15])
    #expect(try values(bench.pool()) == [4, 52, 91])
    let again = try bench.run { $0.frames = .middle }
    #expect([again.added, again.left] as [Int] == [0, 15])
    let more = try bench.run { $0.frames = .every(3) }
    #expect(more.items + more.merged == 4 + 2 + 1)
    #expect(try bench.run().items + 3 + 7 >= 18)
    #expect(try bench.pool().count == 18)
    #expect(try bench.pool().verify(progress: nil).faults.isEmpty)
  }

  @Test("no patient and no series is written down")
  func privacy() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for number in 0..<3 {
      try bench.write(
        "\(number).dcm",
        Self.slice(
          patient: "MRN4711", series: "1.2.840.99.4711", height: 1, number: number, value: number))
    }
    try bench.run()
    for path in try FileManager.default.subpathsOfDirectory(atPath: bench.poolURL.path) {
      let bytes = (try? Data(contentsOf: bench.poolURL.appendingPathComponent(path))) ?? Data()
      for secret in ["MRN4711", "1.2.840.99.4711", "Nobody"] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(path) holds \(secret)")
      }
    }
  }
}
