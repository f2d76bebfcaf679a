import ArgumentParser
import Foundation
import Imaging

/// `pipeline bench decode`: reads lines with a number of passes over some files, answers each with
/// their seconds.
struct DecodeBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Time decoding on request: one line in, one line out.")

  @Argument(help: "Image files, decoded one after the other.")
  var files: [String]

  @Option(help: "Make each image a square of this side, by areas.")
  var side: Int?

  func run() throws {
    let urls = files.map { URL(fileURLWithPath: $0) }
    while let line = readLine(), let count = Int(line) {
      let times = try (0..<count).map { _ in try BenchClock.seconds { try decode(urls) } }
      try BenchClock.answer(times)
    }
  }

  private func decode(_ urls: [URL]) throws {
    var options = ReadOptions()
    options.enough = side
    for url in urls {
      let image = try ImageReader.read(url, options: options)
      guard let side else { continue }
      precondition(image.resized(height: side, width: side).height == side)
    }
  }
}

/// Seconds of a piece of work: on the clock, and of all threads on a processor.
enum BenchClock {
  static func seconds(_ work: () throws -> Void) rethrows -> [Double] {
    let (start, processor) = (ContinuousClock.now, processorSeconds)
    try work()
    return [(ContinuousClock.now - start) / .seconds(1), processorSeconds - processor]
  }

  /// Writes a line of JSON at once, unbuffered: someone waits for it.
  static func answer(_ value: some Encodable) throws {
    try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(value) + Data("\n".utf8))
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
