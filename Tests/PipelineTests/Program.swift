import Base
import Foundation
import Testing

/// The built program, run as a user would.
struct Program {
  /// What a run of it left.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// Where it runs, and where its key of pseudonyms lies.
  let folder: URL

  /// The package's root.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let file = root.appendingPathComponent(".build/release/pipeline")

  /// Runs it to its end; no file may grow beyond `fileLimit` blocks of the shell's.
  func run(
    _ arguments: [String], fileLimit: Int? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let (process, output, errors) = try start(
      arguments, fileLimit: fileLimit, environment: environment)
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// Runs it to its end, which must be the one expected.
  @discardableResult
  func run(
    _ arguments: [String], ends code: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(arguments)
    #expect(
      outcome.code == code, "\(outcome.errors)\n\(outcome.output)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Kills it after each of these delays in seconds, then lets it go on to its end.
  ///
  /// A process that has come to its end before its delay is over is the last one; the first never
  /// may.
  func runKilled(_ arguments: [String], after delays: [Double]) throws {
    for (number, delay) in delays.enumerated() {
      let (process, _, _) = try start(arguments + ["--resume"])
      Thread.sleep(forTimeInterval: delay)
      guard process.isRunning else {
        #expect(number > 0, "it ended before it could be killed")
        break
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try run(arguments + ["--resume"], ends: 0)
  }

  /// Starts it; what it prints goes into files.
  func start(
    _ arguments: [String], fileLimit: Int? = nil, environment: [String: String] = [:]
  ) throws -> (Process, output: URL, errors: URL) {
    let process = Process()
    process.executableURL = fileLimit == nil ? Self.file : URL(fileURLWithPath: "/bin/sh")
    let limited = fileLimit.map { ["-c", "ulimit -f \($0) && exec \"$0\" \"$@\"", Self.file.path] }
    process.arguments = (limited ?? []) + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["MODICUM_KEY": folder.appendingPathComponent("pseudonym.key").path]) { $1 }
      .merging(environment) { $1 }
    let name = UUID().uuidString
    let output = folder.appendingPathComponent("\(name).out")
    let errors = folder.appendingPathComponent("\(name).err")
    process.standardOutput = try Self.handle(output)
    process.standardError = try Self.handle(errors)
    try process.run()
    return (process, output, errors)
  }

  private static func handle(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  /// Whether there is time.
  static let isSlow = ProcessInfo.processInfo.environment["MODICUM_SLOW"] == "1"

  /// Moments to kill at: five, or twenty where `MODICUM_SLOW` is 1.
  ///
  /// They lie in the first half of what an undisturbed run takes, since what is left after each
  /// one is less.
  static func delays(_ name: String, within seconds: Double) -> [Double] {
    let key = RandomKey(seed: 5).folding(name)
    return (0..<(isSlow ? 20 : 5)).map { key.folding($0).uniform() * seconds / 2 }
  }
}

/// Tests of the built program; one after the other, since each wants the machine.
@Suite(.serialized) struct PipelineTests {}
