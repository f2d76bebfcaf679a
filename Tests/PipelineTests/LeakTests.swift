import Archive
import Foundation
import Imaging
import Testing

extension PipelineTests {
  /// Identifiers planted wherever a hospital's files hold them.
  @Suite struct Leak {
    @Test(
      "no identifier of a header, a name, a path or EXIF is in any byte that the program writes")
    func nothingLeaks() throws {
      let source = try PlantedSource()
      try source.work()
      let written = try source.written()
      #expect(written.count > 60)
      #expect(try written.flatMap(source.leaks).isEmpty)
    }

    @Test("the search finds what is planted")
    func search() throws {
      let source = try PlantedSource()
      let planted = try source.files(below: source.images)
      #expect(planted.count == PlantedSource.count + 5)
      let found = try planted.map { try source.leaks($0).count }
      #expect(found.allSatisfy { $0 > 0 })
    }
  }
}

/// Images with identifiers in them, and all that the program makes of them.
private final class PlantedSource {
  static let count = 24
  private static let secrets = ["Quillfeather", "4711-0815", "Zwieback", "ward7"]
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("modicum-leak-\(UUID().uuidString)")
  private let program: Program
  private let forms: [Data]

  var images: URL { folder.appendingPathComponent("source") }

  init() throws {
    program = Program(folder: folder)
    forms = Self.secrets.flatMap { secret in
      [
        Data(secret.utf8), Data(secret.lowercased().utf8),
        secret.data(using: .utf16LittleEndian) ?? Data(),
        Data(Data(secret.utf8).base64EncodedData()),
      ]
    }
    try FileManager.default.createDirectory(
      at: images.appendingPathComponent("ward7/Zwieback"), withIntermediateDirectories: true)
    var table = ["file,label,group,split,Quillfeather"]
    for number in 0..<Self.count {
      let (suffix, bytes) = try file(number)
      let name = "ward7/Zwieback/Quillfeather-\(number).\(suffix)"
      try bytes.write(to: images.appendingPathComponent(name))
      let split = (number / 2) % 4 == 3 ? "test" : "train"
      let label = number % 2 == 0 ? "dark" : "bright"
      table.append("\(name),\(label),4711-0815 \(number / 2),\(split),Zwieback")
    }
    try broken()
    try Data(table.joined(separator: "\n").utf8).write(
      to: images.appendingPathComponent("labels.csv"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  // MARK: - Files

  private func file(_ number: Int) throws -> (suffix: String, bytes: Data) {
    let base = number % 2 == 0 ? 40 : 170
    let pixels = (0..<32 * 32).map { UInt8(base + ($0 * 7 + number * 13) % 31) }
    let image = ImageBuffer(height: 32, width: 32, photometric: .grey, bytes: pixels)
    switch number % 3 {
    case 0: return ("png", try commented(PNGWriter.encode(image)))
    case 1: return ("jpg", exif(try JPEGWriter.encode(image)))
    default: return ("dcm", dicom(pixels))
    }
  }

  /// What is set aside: cut off, not an image, no number where one belongs, an unknown syntax.
  private func broken() throws {
    let pixels = [UInt8](repeating: 9, count: 32 * 32)
    let files = [
      "cut.dcm": dicom(pixels).prefix(700), "text.png": Data("Quillfeather, 4711-0815".utf8),
      "slope.dcm": dicom(pixels, slope: "Zwieback"),
      "syntax.dcm": dicom(pixels, syntax: "1.2.4711-0815"),
    ]
    for (name, bytes) in files {
      try bytes.write(to: images.appendingPathComponent("ward7/Quillfeather-" + name))
    }
  }

  private func commented(_ png: Data) -> Data {
    let chunk = Data("tEXtAuthor\0Quillfeather 4711-0815".utf8)
    let checksum = chunk.withUnsafeBytes { CRC32.of($0) }
    let parts = [bigEndian(UInt32(chunk.count - 4)), chunk, bigEndian(checksum)]
    return parts.reduce(png.prefix(33), +) + png.dropFirst(33)
  }

  private func exif(_ jpeg: Data) -> Data {
    let text = Data("Quillfeather^Zwieback 4711-0815\0".utf8)
    // One ASCII entry, ImageDescription, whose text follows the directory.
    let directory = Data([
      0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 14, 0, 2, 0, 0, 0, UInt8(text.count), 0, 0, 0, 26,
      0, 0, 0, 0,
    ])
    let segment = Data("Exif\0\0".utf8) + directory + text
    let marker = Data([0xFF, 0xE1, 0, UInt8(segment.count + 2)])
    return [marker, segment].reduce(jpeg.prefix(2), +) + jpeg.dropFirst(2)
  }

  private func dicom(
    _ pixels: [UInt8], slope: String = "1", syntax: String = "1.2.840.10008.1.2.1"
  ) -> Data {
    let meta = text(2, 0x10, "UI", syntax)
    var file = Data(count: 128) + Data("DICM".utf8)
    file += element(2, 0, "UL", littleEndian(UInt32(meta.count))) + meta
    file += text(8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.7") + text(8, 0x18, "UI", "1.2.4711.0815")
    file += text(8, 0x80, "LO", "ward7") + text(8, 0x1030, "LO", "Zwieback of 4711-0815")
    file += text(0x10, 0x10, "PN", "Quillfeather^Zwieback") + text(0x10, 0x20, "LO", "4711-0815")
    for (tag, value) in [(0x02, 1), (0x10, 32), (0x11, 32), (0x100, 8), (0x101, 8), (0x102, 7)] {
      if tag == 0x10 { file += text(0x28, 0x04, "CS", "MONOCHROME2") }
      file += element(0x28, UInt16(tag), "US", littleEndian(UInt16(value)))
    }
    file += element(0x28, 0x103, "US", littleEndian(UInt16(0)))
    file += text(0x28, 0x1052, "DS", "0") + text(0x28, 0x1053, "DS", slope)
    file += littleEndian(UInt16(0x7FE0)) + littleEndian(UInt16(0x10)) + Data("OB\0\0".utf8)
    return file + littleEndian(UInt32(pixels.count)) + Data(pixels)
  }

  private func text(_ group: UInt16, _ number: UInt16, _ kind: String, _ value: String) -> Data {
    let fill = value.utf8.count % 2 == 0 ? "" : kind == "UI" ? "\0" : " "
    return element(group, number, kind, Data((value + fill).utf8))
  }

  private func element(_ group: UInt16, _ number: UInt16, _ kind: String, _ value: Data) -> Data {
    [littleEndian(group), littleEndian(number), Data(kind.utf8), littleEndian(UInt16(value.count))]
      .reduce(Data(), +) + value
  }

  private func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
  }

  private func bigEndian(_ number: UInt32) -> Data { Data(littleEndian(number).reversed()) }

  // MARK: - Work

  /// Every command that reads images or what is known of them.
  func work() throws {
    let (pool, rounds) = (path("pool"), path("rounds"))
    try program.run(
      [
        "import", images.path, "--labels", path("source/labels.csv"), "--pool", pool, "--mode",
        "classification",
      ], ends: 2)
    let model = [
      "model.architecture=resnet18", "model.imageSize=32", "model.channels=1", "model.stem=small",
      "model.widthFactor=0.125",
    ]
    try stage("pretrain", "pretraining", model + ["steps=4", "batch=8"])
    let query = [
      "annotator=folder", "rounds.budgets=[4]", "fineTune.trunk=full", "fineTune.batch=4",
      "fineTune.steps.minimum=2", "fineTune.steps.maximum=2", "query=margin",
    ]
    let mode = ["--mode", "classification"]
    try stage("al-finetune", "rounds", model + query, more: mode, ends: 3)
    try program.run(["labels", "add", try answered(), "--pool", pool, "--run", "rounds"], ends: 0)
    try stage("al-finetune", "rounds", model + query, more: mode + ["--resume"])
    try stage("semisup", "semisup", ["steps=2", "supervisedSteps=2"], more: ["--from", rounds])
    let predictions = ["--weights", rounds, "--out"]
    try program.run(["predict", "--pool", pool] + predictions + [path("of-pool")], ends: 0)
    try program.run(
      ["predict", "--images", try renamed()] + predictions + [path("of-folder")], ends: 0)
    try program.run(["report", rounds, "--pool", pool], ends: 0)
    try program.run(["labels", "export", "--pool", pool, "--out", path("labels.csv")], ends: 0)
    for look in ["verify", "list", "quarantine"] {
      try program.run(["pool", look, "--pool", pool], ends: 0)
    }
    try program.run(["pool", "backup", "--pool", pool, "--to", path("backup")], ends: 0)
    try program.run(["status", rounds], ends: 0)
  }

  /// Some of the images under names of no one: a folder's predictions bear its names.
  private func renamed() throws -> String {
    let names = try (0..<6).map { try file($0) }
    try FileManager.default.createDirectory(
      atPath: path("source/renamed"), withIntermediateDirectories: true)
    for (number, (suffix, bytes)) in names.enumerated() {
      try bytes.write(to: images.appendingPathComponent("renamed/\(number).\(suffix)"))
    }
    return path("source/renamed")
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func stage(
    _ command: String, _ run: String, _ settings: [String], more: [String] = [],
    ends code: Int32 = 0
  ) throws {
    let places = ["--pool", path("pool"), "--out", path(run), "--threads", "1", "--device", "cpu"]
    try program.run([command] + places + more + settings.flatMap { ["--set", $0] }, ends: code)
  }

  private func answered() throws -> String {
    let table = path("rounds/rounds/00/to-label.csv")
    let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
    let filled = lines.enumerated().map { number, line in
      var fields = line.split(separator: ",", omittingEmptySubsequences: false)
      if number > 0 { fields[1] = number % 2 == 0 ? "dark" : "bright" }
      return fields.joined(separator: ",")
    }
    try Data((filled.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: table))
    return table
  }

  // MARK: - Search

  /// Everything beside the source.
  func written() throws -> [URL] {
    try files(below: folder).filter { !$0.path.hasPrefix(images.path + "/") }
  }

  func files(below folder: URL) throws -> [URL] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .map { folder.appendingPathComponent($0) }
      .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
  }

  /// The identifiers that a file or its name holds.
  func leaks(_ url: URL) throws -> [String] {
    let name = Data(url.path.dropFirst(folder.path.count).utf8)
    let bytes = try Data(contentsOf: url)
    return forms.filter { bytes.range(of: $0) != nil || name.range(of: $0) != nil }
      .map { "\(url.lastPathComponent): \(String(decoding: $0, as: UTF8.self))" }
  }
}
