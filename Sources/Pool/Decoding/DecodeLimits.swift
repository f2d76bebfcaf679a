/// What the decoding of one file may take before it is given up.
public struct DecodeLimits: Sendable, Equatable {
  /// Bytes of memory, beside the file itself.
  public var memory = 2 << 30
  /// Seconds, on a processor as on the clock; every megabyte of the file adds one.
  public var seconds = 60

  /// The usual limits.
  public init() {}

  /// The seconds for files of that many bytes.
  func seconds(forBytes count: Int) -> Int { seconds + count / 1_000_000 }

  /// The most samples that are decoded at a time: pixels are held some three times on their way,
  /// two bytes each.
  var samples: Int { memory / 6 }
}

/// Where an import decodes.
public enum Decoding: Sendable {
  /// In this process: quick to start, and as safe as the files are.
  case inProcess
  /// In processes of their own, one a thread: `program` run with `DecodeHelper.arguments`.
  case helper(program: String, DecodeLimits)

  func decoder() -> any EntryDecoder {
    switch self {
    case .inProcess: FrameDecoder()
    case .helper(let program, let limits): HelperDecoder(program, limits)
    }
  }
}
