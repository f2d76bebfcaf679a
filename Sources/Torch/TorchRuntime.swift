public import Base
import CTorch

/// The libtorch that this process runs on.
public enum TorchRuntime {
  /// Opens libtorch.
  ///
  /// Everything else in this module opens it on first use and traps where that fails.
  /// - Throws: a `Diagnostic` that says which files were tried and why none fits.
  public static func load() throws(Diagnostic) {
    try Library.load()
  }

  /// libtorch's version, such as `2.13.0`.
  public static var version: String {
    Library.require()
    return String(cString: ct_version())
  }

  /// Threads that one operator may use on the CPU, at least 1.
  public static var threads: Int {
    get {
      Library.require()
      return Int(ct_threads())
    }
    set {
      Library.require()
      check(ct_set_threads(Int32(clamping: newValue)), "setThreads", [])
    }
  }

  /// Number of CUDA devices; 0 without a GPU or without libtorch's CUDA libraries.
  public static var cudaDeviceCount: Int {
    Library.require()
    return Int(ct_cuda_devices())
  }

  /// Waits until `device` has done all that it was given; at once on the CPU.
  public static func synchronize(_ device: Device) {
    Library.require()
    check(ct_synchronize(device.code), "synchronize", [])
  }
}
