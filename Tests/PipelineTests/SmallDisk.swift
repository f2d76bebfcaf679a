import Foundation

/// A disk of a few megabytes in memory, on which a command runs out of room and is given again once
/// there is some.
///
/// The disk lives in a name space of its own, where an ordinary user may mount one if the system
/// allows it at all.
struct SmallDisk {
  /// What the two runs left.
  struct Outcome {
    let first: Int32
    let second: Int32
    let errors: String
    /// What the disk held in the end.
    let folder: URL
  }

  /// Whether this system lets us.
  static let isPossible: Bool = {
    let folder = FileManager.default.temporaryDirectory.path
    return (try? shell("mount -t tmpfs -o size=1m none '\(folder)'")) == 0
  }()

  /// Runs a command with `room` KiB left, then with room enough.
  ///
  /// - Parameters:
  ///   - tiny: where the copies go.
  ///   - name: of this trial.
  ///   - contents: what is copied to the disk before, by its name there.
  ///   - room: KiB.
  ///   - first: the command, with paths on the disk written `DISK/…`.
  ///   - again: the command that takes it up.
  /// - Returns: how both ended, and what the disk held then.
  /// - Throws: ``Failure`` where there is no such disk.
  static func run(
    _ tiny: TinyPool, _ name: String, holding contents: [String: URL], room: Int, first: [String],
    again: [String]
  ) throws -> Outcome {
    let trial = tiny.folder.appendingPathComponent(name)
    let disk = tiny.folder.appendingPathComponent("disk").path
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: trial, withIntermediateDirectories: true)
    func line(_ command: [String], _ number: Int) -> String {
      let words = ([Program.file.path] + command).map {
        "'\($0.replacingOccurrences(of: "DISK", with: disk))'"
      }
      let report = "'\(trial.path)/\(number)"
      return words.joined(separator: " ")
        + " >\(report).out' 2>\(report).err'; echo $? >\(report).code'"
    }
    let script = """
      export MODICUM_KEY='\(tiny.folder.path)/pseudonym.key'
      mount -t tmpfs -o size=48m none '\(disk)' || exit 9
      \(contents.map { "cp -r '\($1.path)' '\(disk)/\($0)' || exit 9" }.joined(separator: "\n"))
      free=$(df --output=avail -k '\(disk)' | tail -n 1)
      head -c $(((free - \(room)) * 1024)) /dev/zero >'\(disk)/ballast' || exit 9
      \(line(first, 1))
      rm '\(disk)/ballast'
      \(line(again, 2))
      cp -r '\(disk)/.' '\(trial.path)/disk'
      """
    guard try shell(script) == 0 else { throw Failure() }
    func read(_ file: String) throws -> String {
      try String(contentsOf: trial.appendingPathComponent(file), encoding: .utf8)
    }
    func code(_ file: String) throws -> Int32 {
      Int32(try read(file).trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    }
    return Outcome(
      first: try code("1.code"), second: try code("2.code"),
      errors: try read("1.err") + read("2.err"), folder: trial.appendingPathComponent("disk"))
  }

  /// The disk could not be made.
  struct Failure: Error {}

  /// Runs a script with the right to mount.
  private static func shell(_ script: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
