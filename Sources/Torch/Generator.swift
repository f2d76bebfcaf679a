public import Base
import CTorch

/// A source of random numbers for libtorch's own sampling, fixed by a key.
///
/// Nothing here draws from a global generator. A generator advances as it is used, so one is made
/// per use from a derived key rather than passed around. Not safe across threads.
public final class Generator {
  let handle: OpaquePointer?

  /// The generator whose stream is fixed by `key`, for tensors on `device`.
  public init(_ key: RandomKey, device: Device = .cpu) {
    Library.require()
    var out: OpaquePointer?
    check(ct_make_generator(&out, key.seed, device.code), "Generator", [])
    handle = out
  }

  deinit { ct_release_generator(handle) }
}
