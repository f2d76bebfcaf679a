import ArgumentParser
import Base
import Foundation
import Torch

/// `pipeline doctor`: what is here, what is missing, and what to do about it.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Print versions, devices, threads, memory, and what is missing with its remedy.",
    discussion: "Example: pipeline doctor --json")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let findings = Self.findings()
    print(json ? try encoded(findings) : Self.table(findings))
    if findings.contains(where: { $0.remedy != nil }) {
      throw ArgumentParser.ExitCode(Base.ExitCode.badInput.rawValue)
    }
  }

  struct Finding: Encodable {
    let name: String
    let value: String
    var remedy: String?
  }

  private static func findings() -> [Finding] {
    [
      Finding(name: "modicum", value: Version.current), torch(), device(), memory(),
      Finding(name: "cores", value: "\(ProcessInfo.processInfo.activeProcessorCount)"),
    ]
  }

  private static func torch() -> Finding {
    do {
      try TorchRuntime.load()
      return Finding(
        name: "libtorch", value: "\(TorchRuntime.version), \(TorchRuntime.threads) threads")
    } catch let error as any Diagnosable {
      return Finding(name: "libtorch", value: error.what, remedy: error.remedy ?? "run: make setup")
    } catch {
      return Finding(name: "libtorch", value: "cannot be loaded", remedy: "run: make setup")
    }
  }

  private static func device() -> Finding {
    let count = (try? TorchRuntime.load()) == nil ? 0 : TorchRuntime.cudaDeviceCount
    return Finding(name: "devices", value: count == 0 ? "cpu" : "cpu, \(count) cuda")
  }

  private static func memory() -> Finding {
    let bytes = Double(ProcessInfo.processInfo.physicalMemory)
    return Finding(name: "memory", value: String(format: "%.1f GiB", bytes / 1_073_741_824))
  }

  private static func table(_ findings: [Finding]) -> String {
    findings.map { finding in
      let name = finding.name.padding(toLength: 10, withPad: " ", startingAt: 0)
      return "\(name) \(finding.value)" + (finding.remedy.map { "\n           fix: \($0)" } ?? "")
    }.joined(separator: "\n")
  }
}
