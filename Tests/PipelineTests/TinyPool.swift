import Base
import Foundation
import Imaging
import Pool
import Testing

/// A folder of its own with a tiny pool of images that the test draws, removed with the value.
final class TinyPool {
  let folder: URL
  let program: Program
  private static let side = 32
  private static let count = 32
  /// The modes that images are drawn for.
  static let modes = [PoolMode.classification, .segmentation]

  /// The pool's folder.
  var pool: URL { folder.appendingPathComponent("pool") }

  /// Draws the images and imports them.
  init(_ mode: PoolMode) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-pipeline-\(UUID().uuidString)")
    program = Program(folder: folder)
    let source = folder.appendingPathComponent("source")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    try Self.draw(mode, in: source)
    try imported(mode, as: "pool")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The images in a pool of that name.
  @discardableResult
  func imported(_ mode: PoolMode, as name: String, options: [String] = []) throws -> URL {
    let source = folder.appendingPathComponent("source")
    let pool = folder.appendingPathComponent(name)
    try program.run(
      [
        "import", source.path, "--labels", source.appendingPathComponent("labels.csv").path,
        "--pool", pool.path, "--mode", "\(mode)", "--threads", "1",
      ] + options, ends: 0)
    return pool
  }

  /// A copy of the pool as it is now, for runs that must not see each other's labels.
  func copy(_ name: String) throws -> URL {
    let copy = folder.appendingPathComponent(name)
    try FileManager.default.copyItem(at: pool, to: copy)
    return copy
  }

  /// A file below the folder.
  func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(path))
  }

  func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  @discardableResult
  func write(_ text: String, to path: String) throws -> String {
    let url = folder.appendingPathComponent(path)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// Writes the true classes into a table that people fill in; returns its path.
  func answer(_ table: String, from copy: URL? = nil) throws -> String {
    let pool = try Pool.open(copy ?? pool)
    let (truth, classes) = (try pool.truth(of: pool.ids()), try pool.classes)
    let text = String(decoding: try bytes(table), as: UTF8.self)
    let lines = try text.split(separator: "\n").enumerated().map { number, line in
      var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard number > 0 else { return String(line) }
      let image = (table as NSString).deletingPathExtension + "/\(fields[0]).png"
      #expect(has(image))
      let label = try #require(Int(fields[0]).flatMap { truth[$0] })
      if case .class(let value) = label { fields[1] = classes[value] }
      return fields.joined(separator: ",")
    }
    return try write(lines.joined(separator: "\n") + "\n", to: table)
  }

  // MARK: - Images

  private static func draw(_ mode: PoolMode, in source: URL) throws {
    var table = [mode == .segmentation ? "file,mask,group,split" : "file,label,group,split"]
    for number in 0..<count {
      let split = (number / 2) % 4 == 3 ? "test" : "train"
      let (image, mask) = mode == .segmentation ? disc(number) : (texture(number), nil)
      try PNGWriter.encode(image).write(to: source.appendingPathComponent("\(number).png"))
      if let mask {
        try PNGWriter.encode(mask).write(to: source.appendingPathComponent("\(number)-mask.png"))
      }
      let answer = mask == nil ? (number % 2 == 0 ? "dark" : "striped") : "\(number)-mask.png"
      table.append("\(number).png,\(answer),g\(number / 2),\(split)")
    }
    try Data((table.joined(separator: "\n") + "\n").utf8)
      .write(to: source.appendingPathComponent("labels.csv"))
  }

  /// Dark noise, or brighter noise with stripes.
  private static func texture(_ number: Int) -> ImageBuffer {
    grey(number) { _, column in number % 2 == 0 ? 50 : (column / 4 % 2 == 0 ? 180 : 90) }
  }

  /// A bright disc on dark noise, and its mask.
  private static func disc(_ number: Int) -> (ImageBuffer, ImageBuffer?) {
    let key = RandomKey(seed: 2).folding(number)
    let place = (0..<2).map { 10 + 12 * key.folding($0).uniform() }
    let radius = 5 + 4 * key.folding("radius").uniform()
    func isInside(_ row: Int, _ column: Int) -> Bool {
      hypot(Double(row) - place[0], Double(column) - place[1]) < radius
    }
    let mask = (0..<side * side).map { UInt8(isInside($0 / side, $0 % side) ? 1 : 0) }
    return (
      grey(number) { isInside($0, $1) ? 190 : 40 },
      ImageBuffer(height: side, width: side, photometric: .grey, bytes: mask)
    )
  }

  private static func grey(_ number: Int, _ value: (Int, Int) -> Int) -> ImageBuffer {
    var generator = RandomKey(seed: 1).folding(number).generator()
    let bytes = (0..<side * side).map {
      UInt8(value($0 / side, $0 % side) + Int.random(in: 0..<40, using: &generator))
    }
    return ImageBuffer(height: side, width: side, photometric: .grey, bytes: bytes)
  }

  // MARK: - Runs

  private static let model = [
    "model.imageSize=32", "model.channels=1", "model.stem=small", "model.widthFactor=0.125",
  ]

  /// Arguments of a small run of active learning in `run`.
  func rounds(_ run: String, _ mode: PoolMode, pool: URL? = nil, sets: [String] = []) -> [String] {
    let network = mode == .segmentation ? "unet-resnet18" : "resnet18"
    let settings = [
      "model.architecture=\(network)", "rounds.budgets=[4, 8]", "fineTune.trunk=full",
      "fineTune.steps.minimum=6", "fineTune.steps.maximum=6", "fineTune.batch=4", "query=margin",
    ]
    return ["al-finetune", "--mode", "\(mode)"] + stage(run, pool, Self.model + settings + sets)
  }

  /// Arguments of a small pretraining in `run`.
  func pretrain(_ run: String, pool: URL? = nil) -> [String] {
    let settings = [
      "model.architecture=resnet18", "steps=40", "batch=8", "checkEvery=5", "checkImages=8",
    ]
    return ["pretrain"] + stage(run, pool, Self.model + settings)
  }

  /// Arguments of all stages in `run`, small.
  func whole(_ run: String, _ mode: PoolMode, sets: [String] = []) -> [String] {
    let network = mode == .segmentation ? "unet-resnet18" : "resnet18"
    let settings = [
      "model.architecture=\(network)", "pretrain.steps=4", "pretrain.batch=8",
      "pretrain.checkEvery=2", "pretrain.checkImages=8", "alFinetune.rounds.budgets=[4, 8]",
      "alFinetune.fineTune.trunk=full", "alFinetune.fineTune.steps.minimum=4",
      "alFinetune.fineTune.steps.maximum=4", "alFinetune.fineTune.batch=4",
      "alFinetune.query=margin", "semisup.steps=2", "semisup.supervisedSteps=2",
      "semisup.offSwitch.folds=2", "semisup.offSwitch.needs.perClass=2",
      "semisup.offSwitch.needs.withForeground=2", "semisup.offSwitch.needs.unlabelledPerLabel=1",
    ]
    return ["run"] + stage(run, nil, Self.model + settings + sets)
  }

  func stage(_ run: String, _ pool: URL?, _ sets: [String]) -> [String] {
    [
      "--pool", (pool ?? self.pool).path, "--out", folder.appendingPathComponent(run).path,
      "--threads", "1", "--device", "cpu", "--seed", "3",
    ] + sets.flatMap { ["--set", $0] }
  }
}
