public import Foundation

/// What `run.json` holds: by what, on what and from what a run was made.
public struct RunRecord: Codable, Sendable, Equatable {
  /// The stage, such as "pretrain".
  public var stage: String
  /// What the run is called, in the pool's ledger of labels too; the folder may be moved.
  public var name: String
  /// The seed of all random numbers.
  public var seed: UInt64
  /// The device, such as "cpu".
  public var device: String
  /// The number of threads of computation.
  public var threads: Int
  /// The versions of the program and of what it computes with, by name.
  public var versions: [String: String]
  /// The SHA-256 of `config.yaml`.
  public var configuration: String
  /// SHA-256 of what the run reads (pool, weights), by role.
  public var digests: [String: String]
  /// When it began.
  public var started: Date
  /// When it was taken up again.
  public var resumed: [Date] = []
  /// When it was completed.
  public var finished: Date?

  /// Reads `run.json`.
  ///
  /// - Throws: a `Diagnostic` where it cannot be understood.
  public init(_ url: URL) throws {
    let text = try String(readingFile: url)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      self = try decoder.decode(Self.self, from: Data(text.utf8))
    } catch {
      throw Diagnostic(
        "the record of the run is damaged", at: url.path, fix: "start the run in a new folder")
    }
  }

  init(
    stage: String, name: String, seed: UInt64, device: String, threads: Int,
    versions: [String: String],
    configuration: String, digests: [String: String]
  ) {
    self.stage = stage
    self.name = name
    self.seed = seed
    self.device = device
    self.threads = threads
    self.versions = versions
    self.configuration = configuration
    self.digests = digests
    started = Date()
  }

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(try encoder.encode(self) + Data("\n".utf8), to: url)
  }

  /// What must be the same for a run to go on, where it is not: `seed: 1 there, 2 now`.
  func obstacles(to other: RunRecord) -> [String] {
    var lines: [String] = []
    if seed != other.seed { lines.append("seed: \(seed) there, \(other.seed) now") }
    for name in Set(digests.keys).union(other.digests.keys).sorted()
    where digests[name] != other.digests[name] {
      let (there, now) = (digests[name] ?? "absent", other.digests[name] ?? "absent")
      lines.append("\(name): \(there.prefix(12)) there, \(now.prefix(12)) now")
    }
    return lines
  }

  /// What may differ, but makes other last bits.
  func differences(to other: RunRecord) -> [String] {
    var lines: [String] = []
    if device != other.device { lines.append("device: \(device) before, \(other.device) now") }
    if threads != other.threads { lines.append("threads: \(threads) before, \(other.threads) now") }
    for name in Set(versions.keys).union(other.versions.keys).sorted()
    where versions[name] != other.versions[name] {
      let (before, now) = (versions[name] ?? "absent", other.versions[name] ?? "absent")
      lines.append("\(name): \(before) before, \(now) now")
    }
    return lines
  }
}
