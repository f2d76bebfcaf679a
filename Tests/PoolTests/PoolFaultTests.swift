import Base
import Foundation
import GRDB
import Pool
import Testing

@Suite("Messages about pools")
struct PoolFaultTests {
  private func refusal(
    says: String, fix: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) {
    let error = #expect(throws: (any Error).self, sourceLocation: sourceLocation) { try body() }
    let told = error as? any Diagnosable
    #expect(told?.what.contains(says) == true, "\(error as Any)", sourceLocation: sourceLocation)
    #expect(told?.remedy?.contains(fix) == true, "\(error as Any)", sourceLocation: sourceLocation)
  }

  private func label(_ item: Int, _ label: Label) -> LabelRow {
    LabelRow(item: item, label: label, author: "a", source: .annotator)
  }

  // MARK: - Masks

  /// A NIfTI-1 volume of 16-bit numbers, `[frames, 2, 2]`, all of them `value`.
  private func volume(frames: Int, value: UInt16) -> Data {
    var file = Data(count: 352)
    func put(_ number: some FixedWidthInteger, at place: Int) {
      let bytes = withUnsafeBytes(of: number.littleEndian) { Data($0) }
      file.replaceSubrange(place..<place + bytes.count, with: bytes)
    }
    put(Int32(348), at: 0)
    for (axis, length) in [3, 2, 2, frames].enumerated() { put(Int16(length), at: 40 + 2 * axis) }
    put(Int16(512), at: 70)
    put(Int16(16), at: 72)
    put(Float(352).bitPattern, at: 108)
    file.replaceSubrange(344..<348, with: Data("n+1\0".utf8))
    for _ in 0..<4 * frames { file += withUnsafeBytes(of: value.littleEndian) { Data($0) } }
    return file
  }

  @Test("a mask that cannot be used sets its image aside, with reason and remedy")
  func masks() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.write("images/short.nii", volume(frames: 3, value: 7))
    try bench.write("masks/short.nii", volume(frames: 2, value: 1))
    try bench.write("images/high.nii", volume(frames: 1, value: 8))
    try bench.write("masks/high.nii", volume(frames: 1, value: 300))
    try bench.image("images/small.png", 3)
    try bench.mask("masks/small.png", [0, 1], height: 5)
    try bench.image("images/text.png", 4)
    try bench.write("masks/text.png", "no image at all")
    try bench.image("images/whole.png", 5)
    try bench.mask("masks/whole.png", [0, 1])
    try bench.run()
    let told = try bench.pool().setAside().map { "\($0.reason): \($0.remedy ?? "")" }
    for words in [
      "its mask has 2 frames, the image more: give a mask with a frame for each",
      "its mask holds the value 300; values are 0 to 255: number the classes from 0",
      "its mask is 5 × 10, the image 12 × 10: draw the mask on the image's own pixels",
      "its mask cannot be used: the file is no PNG, JPEG, DICOM, NIfTI or npz: convert it",
    ] {
      #expect(told.contains { $0.hasPrefix(words) }, "\(told)")
    }
  }

  @Test("values of masks that mean no class are told")
  func maskValues() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("images/0.png", 0)
    try bench.mask("masks/0.png", [0, 2])
    refusal(says: "the masks hold class 2, but --classes names 2", fix: "nothing was written") {
      try bench.run { $0.classes = ["background", "tumour"] }
    }
    try bench.run { $0.maskValues = [0, 1] }
    let aside = try #require(try bench.pool().setAside().first)
    #expect(aside.reason == "its mask holds the value 2, which is no class")
    #expect(
      aside.remedy
        == "name all values, in the order of the classes (--mask-values, or dataset.json)")
    try bench.image("images/0.png", 1)
    try bench.mask("masks/0.png", [0, 255])
    try FileManager.default.removeItem(at: bench.poolURL)
    refusal(says: "the masks hold no value but 0 and 255", fix: "nothing was written") {
      try bench.run()
    }
    let others = bench.scratch.url.appendingPathComponent("source/others")
    try bench.mask("others/nobody.png", [0, 1])
    refusal(says: "no mask is named like an image", fix: "nothing was written") {
      try bench.run { $0.masks = others }
    }
  }

  @Test("masks that annotators bring are told apart by what is wrong with them")
  func answers() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for place in 0..<2 {
      try bench.image("images/\(place).png", place)
      try bench.mask("masks/\(place).png", [0, 1])
    }
    try bench.run()
    let pool = try bench.pool()
    try bench.mask("answers/0.png", [0, 7])
    try bench.mask("answers/1.png", [0, 1], height: 3)
    let answers = bench.source.appendingPathComponent("answers")
    for says in ["item 0: value 7 is no class; there are 2", "item 1: its mask is 3 × 10, the"] {
      refusal(says: says, fix: "nothing was written") { _ = try LabelAnswers(answers, pool: pool) }
    }
    try bench.mask("answers/0.png", [0, 255])
    try bench.mask("answers/1.png", [0, 255])
    refusal(says: "the masks hold no value but 0 and 255", fix: "nothing was written") {
      _ = try LabelAnswers(answers, pool: pool)
    }
  }

  @Test("an archive with several labels an image is set aside in a pool of one class an image")
  func severalLabels() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("alone.png", 1)
    let arrays = ["train", "val", "test"].flatMap { part in
      [
        ("\(part)_images", ArchiveTests.npy("|u1", "(2, 2, 2)", Data(count: 8))),
        ("\(part)_labels", ArchiveTests.npy("|u1", "(2, 3)", Data(count: 6))),
      ]
    }
    try bench.write("chest.npz", ArchiveTests.archive(arrays))
    let summary = try bench.run { $0.mode = .classification }
    #expect([summary.items, summary.quarantined] as [Int] == [1, 1])
    let aside = try #require(try bench.pool().setAside().first)
    #expect(aside.reason == "its images have several labels each")
    #expect(aside.remedy == "import it into a pool of its own, with --mode multi-label")
  }

  // MARK: - What the pool must agree to

  @Test("another mode, other classes and another key are refused by name")
  func agreement() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    refusal(says: "there is no image here", fix: "name a folder of images") { try bench.run() }
    try bench.image("1.png", 1)
    try bench.write("labels.csv", "file,label\n1.png,x\n")
    refusal(says: "1 classes of the source are not among --classes", fix: "nothing was written") {
      try bench.run { $0.classes = ["y", "z"] }
    }
    try bench.run { $0.classes = ["x", "y"] }
    refusal(says: "this pool is one of classification, not of seg", fix: "into another pool") {
      try bench.run { $0.mode = .segmentation }
    }
    refusal(says: "y, x are not those of the pool: x, y", fix: "pipeline pool list --classes") {
      try bench.run { $0.classes = ["y", "x"] }
    }
    try FileManager.default.removeItem(at: bench.keyURL)
    refusal(says: "pseudonyms were made with another key", fix: "--key FILE") { try bench.run() }
    refusal(says: "there is a pool here already", fix: "choose another folder") {
      _ = try Pool.create(bench.poolURL)
    }
    refusal(says: "there is a pool here already", fix: "choose another folder") {
      try bench.pool().backup(to: bench.source)
    }
  }

  @Test("a label that does not fit its item or the pool is refused")
  func labels() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(4)
    defer { scratch.remove() }
    func append(_ row: LabelRow) throws { try pool.append(labels: [row]) }
    refusal(says: "the pool has no item 9", fix: "pipeline pool list") {
      try append(label(9, .class(0)))
    }
    refusal(says: "the pool has no item 9", fix: "pipeline pool list") { _ = try pool.item(9) }
    refusal(says: "the pool has no item 9", fix: "pipeline pool list") { _ = try pool.image(9) }
    refusal(says: "class 2 is unknown: the pool has 2 classes", fix: "--classes") {
      try append(label(0, .class(2)))
    }
    refusal(
      says: "item 0 was given another kind of label than this pool's, which is one of class",
      fix: "pool's mode"
    ) {
      try append(label(0, .mask("00")))
    }
    let masks = try Pool.create(
      scratch.url.appendingPathComponent("masks"), mode: .segmentation, classes: ["a", "b"])
    try Self.write("INSERT INTO itemGroup SELECT 0, randomblob(16), 0", in: masks)
    try Self.write(
      "INSERT INTO content SELECT 0, randomblob(32), 1, 1, 1, 'uint8', 'grey', '{}', 0, 1, 0, 0",
      in: masks)
    try Self.write("INSERT INTO item SELECT 0, 0, 0, 0, randomblob(16)", in: masks)
    refusal(
      says: "item 0 was given another kind of label than this pool's, which is one of seg",
      fix: "pool's mode"
    ) {
      try masks.append(labels: [label(0, .class(0))])
    }
    refusal(says: "mask 00 is missing", fix: "from a backup") {
      try masks.append(labels: [label(0, .mask("00"))])
    }
    refusal(says: "mask 00 is missing", fix: "from a backup") { _ = try masks.mask("00") }
  }

  // MARK: - Damage

  private static func write(_ sql: String, in pool: Pool) throws {
    let file = pool.url.appendingPathComponent("pool.sqlite")
    try DatabaseQueue(path: file.path).write { try $0.execute(sql: sql) }
  }

  @Test("a pool of a newer program is not opened")
  func newer() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(1)
    defer { scratch.remove() }
    try Self.write("INSERT INTO grdb_migrations VALUES ('of the year 2099')", in: pool)
    refusal(says: "written by a newer version of the program", fix: "update this program") {
      _ = try Pool.open(pool.url)
    }
  }

  @Test("rows that make no sense are damage, and name themselves")
  func rows() throws {
    let (scratch, pool) = try LabelLedgerTests.pool(2)
    defer { scratch.remove() }
    try Self.write("UPDATE item SET pseudonym = x'00' WHERE id = 1", in: pool)
    refusal(says: "the pool is damaged: item 1", fix: "pool verify") { _ = try pool.items() }
    try Self.write("UPDATE content SET sample = 'uint9' WHERE id = 0", in: pool)
    try Self.write("UPDATE content SET hash = x'00' WHERE id = 1", in: pool)
    refusal(says: "the pool is damaged: image 1", fix: "pool verify") { _ = try pool.image(1) }
    try Self.write(
      "INSERT INTO label (item, run, class, author, time, source) VALUES (0, '', 0, 'a', 0, 99)",
      in: pool)
    refusal(says: "the pool is damaged: label row 1", fix: "pool verify") {
      _ = try pool.history()
    }
    refusal(says: "cannot open the pixels: no such file", fix: "check the path") {
      _ = try pool.image(0)
    }
    try Data([1]).write(to: pool.url.appendingPathComponent("pixels.dat"))
    refusal(says: "the pool is damaged: pixels at byte 0", fix: "pool verify") {
      _ = try pool.image(0)
    }
  }

  @Test("verification names what was changed")
  func verification() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    for place in 0..<2 {
      try bench.image("images/\(place).png", place)
      try bench.mask("masks/\(place).png", [0, 1, UInt8(place)])
    }
    try bench.run()
    let pool = try bench.pool()
    let masks = pool.url.appendingPathComponent("masks")
    let files = try FileManager.default.subpathsOfDirectory(atPath: masks.path)
      .filter { $0.hasSuffix(".png") }.sorted().map { masks.appendingPathComponent($0) }
    try Data(contentsOf: files[0]).write(to: files[1])
    try FileManager.default.removeItem(at: files[0])
    let pixels = pool.url.appendingPathComponent("pixels.dat")
    var bytes = try Data(contentsOf: pixels)
    bytes[5] ^= 1
    try bytes.write(to: pixels)
    try Self.write("UPDATE itemGroup SET split = 2 - split", in: pool)
    let faults = try pool.verify(progress: nil).faults.joined(separator: "\n")
    for words in ["pixels at byte 0", "was changed", "is missing", "on another side than their"] {
      #expect(faults.contains(words), "\(faults)")
    }
  }

  @Test("folders in the place of the pool's files, and a home that is none, are told")
  func places() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.image("1.png", 1)
    let pool = try bench.pool()
    for (name, says) in [
      (".lock", "cannot open the pool's lock: is a directory"),
      ("pixels.dat", "cannot cut off an unfinished write: is a directory"),
    ] {
      let url = pool.url.appendingPathComponent(name)
      try? FileManager.default.removeItem(at: url)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      refusal(says: says, fix: "a folder has this name") { try bench.run() }
      try FileManager.default.removeItem(at: url)
    }
    let masks = pool.url.appendingPathComponent("masks")
    try FileManager.default.removeItem(at: masks)
    try Data().write(to: masks)
    refusal(says: "cannot create the folder of masks", fix: "a part of the path is a file") {
      _ = try pool.store(mask: [0], height: 1, width: 1)
    }
    refusal(says: "cannot create the folder of the pseudonym key", fix: "a part of the path") {
      _ = try PseudonymKey.standard(environment: ["XDG_CONFIG_HOME": masks.path])
    }
  }
}
