import Foundation
import Testing

/// All randomness comes from a key: no global generator anywhere, or no run can be resumed.
@Suite struct RandomnessTests {
  /// What draws from a global generator or seeds one.
  private static let forbidden = [
    "SystemRandomNumberGenerator", ".shuffled()", ".shuffle()", ".randomElement()", "manual_seed",
    "manualSeed", "arc4random", "drand48", "srand(", " rand()", "std::random_device",
    "getDefaultCPUGenerator",
  ]

  @Test(
    "nothing draws from a global generator",
    arguments: SourceFile.code.filter { $0.path.hasPrefix("Sources") })
  func noGlobalGenerator(file: SourceFile) {
    for word in Self.forbidden {
      for (number, line) in file.lines(with: word) where Self.code(line).contains(word) {
        Issue.record("\(file.path):\(number) has \(word)")
      }
    }
    for (number, line) in file.lines(with: ".random(in:") where !line.contains("using:") {
      Issue.record("\(file.path):\(number) draws without a generator")
    }
  }

  /// A line without its comment.
  private static func code(_ line: Substring) -> Substring {
    line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
  }
}
