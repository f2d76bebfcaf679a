public import Foundation

/// The folder of one run: its resolved configuration, record, log, measurements and checkpoints.
///
/// ```
/// runs/NAME/config.yaml      what ran, complete
///           run.json         stage, versions, seed, device, threads, digests; written last
///           log.txt          dated lines
///           metrics.jsonl    measurements
///           tensorboard/     the same for TensorBoard
///           checkpoints/
/// ```
///
/// One process works in it at a time, as long as the value lives. A run goes on only with the
/// configuration, the seed and the inputs that it began with.
public struct RunFolder: Sendable {
  /// The folder.
  public let url: URL
  /// Stage, seed, device and what else `run.json` holds.
  public let record: RunRecord
  /// Whether there was a run before, which now goes on.
  public let isResumed: Bool
  /// The log, `log.txt`.
  public let log: RunLog
  private let lock: RunLock

  /// The measurements, for `MetricsLog`.
  public var metrics: URL { url.appendingPathComponent("metrics.jsonl") }
  /// The folder for `MetricsLog`'s event files.
  public var tensorBoard: URL { url.appendingPathComponent("tensorboard") }
  /// The folder of checkpoints.
  public var checkpoints: URL { url.appendingPathComponent("checkpoints") }
  /// The resolved configuration.
  public var configuration: URL { url.appendingPathComponent("config.yaml") }

  /// Starts a run in a new or empty folder, or goes on with the run that is there.
  ///
  /// `name` is what the run is called for good; without one, as the folder. `versions` and
  /// `digests` (SHA-256 of the pool, of weights) go into `run.json`; a digest that changed stops a
  /// run from going on, another version, device or thread count is only told.
  ///
  /// - Throws: a `Diagnostic` where the folder is in use, holds another run or other files, or where
  ///   a run is there and `resume` is false; a `SystemError` where the folder cannot be written.
  public static func open<Configuration: Codable & Equatable>(
    _ url: URL, configuration: Configuration, stage: String, name: String? = nil, resume: Bool,
    seed: UInt64, device: String, threads: Int, versions: [String: String] = [:],
    digests: [String: String] = [:]
  ) throws -> RunFolder {
    try refuseForeign(url)
    try Folder.create(url)
    let lock = try RunLock(url)
    Folder.removeLeftovers(in: url)
    Folder.removeLeftovers(in: url.appendingPathComponent("checkpoints"))
    let text = try StrictYAML.encode(configuration)
    let record = RunRecord(
      stage: stage, name: name ?? url.standardizedFileURL.lastPathComponent, seed: seed,
      device: device, threads: threads, versions: versions,
      configuration: sha256(text), digests: digests)
    if isRun(url) {
      try allow(record, text, resume, at: url)
      return try goOn(url, lock, record)
    }
    return try begin(url, lock, record, text)
  }

  /// Whether a folder holds a run.
  public static func isRun(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent("run.json").path)
  }

  /// Whether a process is working in the folder.
  public static func isInUse(_ url: URL) -> Bool { RunLock.isTaken(url) }

  /// The record of the run in a folder.
  ///
  /// - Throws: a `Diagnostic` where there is none, or a damaged one.
  public static func record(_ url: URL) throws -> RunRecord {
    guard isRun(url) else {
      throw Diagnostic(
        "the folder holds no run", at: url.path, fix: "give a folder that a stage wrote (--out)")
    }
    return try RunRecord(url.appendingPathComponent("run.json"))
  }

  /// Notes in `run.json` that the run is complete.
  public func markFinished() throws {
    var record = try RunRecord(url.appendingPathComponent("run.json"))
    record.finished = Date()
    try record.write(to: url.appendingPathComponent("run.json"))
  }

  private init(
    _ url: URL, _ lock: RunLock, _ record: RunRecord, isResumed: Bool
  ) throws {
    self.url = url
    self.lock = lock
    self.record = record
    self.isResumed = isResumed
    log = try RunLog(url.appendingPathComponent("log.txt"))
    try Folder.create(checkpoints)
  }

  private static func begin(
    _ url: URL, _ lock: RunLock, _ record: RunRecord, _ text: String
  ) throws -> RunFolder {
    let run = try RunFolder(url, lock, record, isResumed: false)
    try AtomicFile.write(text, to: run.configuration)
    try record.write(to: url.appendingPathComponent("run.json"))
    run.log.info(
      "\(record.stage) begins: seed \(record.seed), \(record.device), \(record.threads) threads")
    return run
  }

  private static func goOn(_ url: URL, _ lock: RunLock, _ now: RunRecord) throws -> RunFolder {
    var record = try RunRecord(url.appendingPathComponent("run.json"))
    let differences = record.differences(to: now)
    (record.device, record.threads, record.versions) = (now.device, now.threads, now.versions)
    record.resumed.append(Date())
    record.finished = nil
    try record.write(to: url.appendingPathComponent("run.json"))
    let run = try RunFolder(url, lock, record, isResumed: true)
    run.log.info("\(record.stage) goes on")
    for difference in differences {
      run.log.warning("the last bits may differ from an unbroken run; \(difference)")
    }
    return run
  }
}

// MARK: - What stops a run

extension RunFolder {
  /// The names that a folder may hold before its run has begun.
  private static let ownNames = [".lock", "config.yaml", "log.txt", "checkpoints"]

  private static func refuseForeign(_ url: URL) throws {
    let names = Folder.names(in: url).filter {
      !ownNames.contains($0) && !$0.hasSuffix(".partial")
    }
    if !names.isEmpty, !isRun(url) {
      throw Diagnostic(
        "the folder is not empty and holds no run", at: url.path,
        fix: "choose a new folder for the run", exit: .cannotWrite)
    }
  }

  private static func allow(
    _ now: RunRecord, _ text: String, _ resume: Bool, at url: URL
  ) throws {
    let there = try RunRecord(url.appendingPathComponent("run.json"))
    if there.stage != now.stage {
      throw Diagnostic(
        "the folder holds a run of '\(there.stage)', not of '\(now.stage)'", at: url.path,
        fix: "choose another folder")
    }
    if !resume {
      throw Diagnostic(
        "the folder holds a run already", at: url.path,
        fix: "--resume goes on with it; another folder starts anew")
    }
    let before = try String(readingFile: url.appendingPathComponent("config.yaml"))
    let lines = try StrictYAML.differences(before, text) + there.obstacles(to: now)
    if !lines.isEmpty {
      throw Diagnostic(
        "the run in this folder is another one\n" + lines.joined(separator: "\n"), at: url.path,
        fix: "give what the run began with (its config.yaml), or choose another folder")
    }
  }
}
