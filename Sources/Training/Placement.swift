public import Torch

/// Where a run computes, and with how many threads.
public struct Placement: Sendable, Equatable {
  /// The device.
  public let device: Device
  /// Threads of libtorch's operators on the CPU; results are the same bits only at the same number.
  public let threads: Int

  /// Opens libtorch and sets its threads for this process.
  ///
  /// - Parameters:
  ///   - device: `auto` (a GPU if there is one), `cpu`, `cuda` or `cuda:N`.
  ///   - threads: 0 leaves libtorch's own number, one per core.
  /// - Throws: a `Diagnostic` where libtorch or the device is missing.
  public init(device: String = "auto", threads: Int = 0) throws {
    try TorchRuntime.load()
    self.device = try Device(device)
    if threads > 0 { TorchRuntime.threads = threads }
    self.threads = TorchRuntime.threads
  }
}
