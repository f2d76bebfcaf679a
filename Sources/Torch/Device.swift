import Base
import CTorch

/// Where a tensor lies and is computed with.
public struct Device: Sendable, Hashable, CustomStringConvertible {
  private enum Kind: Int32 {
    case cpu = 0
    case cuda = 1
  }

  private let kind: Kind
  private let index: Int

  /// The CPU.
  public static let cpu = Device(kind: .cpu, index: 0)

  /// The CUDA device of that number, counted from 0.
  public static func cuda(_ index: Int) -> Device {
    Device(kind: .cuda, index: index)
  }

  private init(kind: Kind, index: Int) {
    self.kind = kind
    self.index = index
  }

  /// Reads `auto` (a GPU if there is one), `cpu`, `cuda` or `cuda:N`.
  ///
  /// - Throws: a `Diagnostic` for another name, and for a GPU that is not there.
  public init(_ name: String) throws {
    if name == "auto" {
      self = TorchRuntime.cudaDeviceCount > 0 ? .cuda(0) : .cpu
      return
    }
    self = try Device.named(name)
    let count = TorchRuntime.cudaDeviceCount
    guard kind == .cpu || index < count else {
      throw Diagnostic(
        "there is no device '\(name)': libtorch sees \(count) CUDA devices", at: "--device",
        fix: "use 'cpu' or 'auto'; for a GPU run `make setup CUDA=1`", exit: .usage)
    }
  }

  private static func named(_ name: String) throws -> Device {
    if name == "cpu" { return .cpu }
    if name == "cuda" { return .cuda(0) }
    if name.hasPrefix("cuda:"), let index = Int(name.dropFirst(5)), (0..<128).contains(index) {
      return .cuda(index)
    }
    throw Diagnostic(
      "'\(name)' names no device", at: "--device", fix: "use auto, cpu, cuda or cuda:N",
      exit: .usage)
  }

  /// Whether it is the CPU.
  public var isCPU: Bool { kind == .cpu }

  /// `cpu` or `cuda:N`.
  public var description: String {
    kind == .cpu ? "cpu" : "cuda:\(index)"
  }

  /// The number by which the C layer knows it.
  var code: Int32 { kind.rawValue << 8 | Int32(index) }

  init(code: Int32) {
    self.init(kind: Kind(rawValue: code >> 8) ?? .cpu, index: Int(code & 0xff))
  }
}

extension Device? {
  var code: Int32 { self?.code ?? -1 }
}
