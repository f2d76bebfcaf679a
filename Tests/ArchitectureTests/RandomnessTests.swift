import Foundation
import Testing

/// All randomness comes from a key: no global generator anywhere, or no run can be resumed.
@Suite struct RandomnessTests {
  /// What draws from a global generator or seeds one.
  private static let forbidden = [
    "SystemRandomNumberGenerator", ".shuffled()", ".shuffle()", ".randomElement()", "manual_seed",
    "manualSeed", "arc4random", "drand48", "srand(", " rand()", "std::random_device",
    "getDefaultCPUGenerator", "UUID()",
  ]

  @Test(
    "nothing draws from a global generator",
    arguments: SourceFile.code.filter { $0.path.hasPrefix("Sources") })
  func noGlobalGenerator(file: SourceFile) {
    for (number, line) in file.lines.enumerated() {
      let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
      for word in Self.forbidden {
        #expect(!code.contains(word), "\(file.path):\(number + 1) has \(word)")
      }
      if code.contains(#/\.random\(in:/#) {
        #expect(code.contains("using:"), "\(file.path):\(number + 1) draws without a generator")
      }
    }
  }
}
