import CSandbox
import Foundation

/// The program as its own decoding helper: reads files of strangers so that nobody else has to.
///
/// It answers requests on descriptor 0, a socket, until that is closed. It gives up what it does not
/// need (writing files, new rights, more memory and time than a file may take), and dies with the
/// thread that started it.
public enum DecodeHelper {
  /// The hidden subcommand that calls `run`.
  public static let command = "decode-helper"

  /// How the program is started as a helper.
  public static func arguments(_ limits: DecodeLimits) -> [String] {
    [
      command, "--decode-memory", "\(limits.memory >> 20)", "--decode-seconds",
      "\(limits.seconds)",
    ]
  }

  /// Serves requests until there are none.
  public static func run(_ limits: DecodeLimits) throws {
    enterSandbox()
    cs_keep_memory()
    let channel = Channel(descriptor: STDIN_FILENO)
    let decoder = FrameDecoder(sampleLimit: limits.samples)
    let start = addressSpace()
    try channel.send(.hello(version: WireReply.version))
    while let bytes = try channel.request() {
      let request = try WireRequest(bytes)
      let size = request.fileBytes
      limit(RLIMIT_AS, to: start + limits.memory + 2 * size)
      limit(RLIMIT_CPU, to: processorSeconds() + limits.seconds(forBytes: size) + 1)
      try answer(request, decoder, channel)
    }
  }

  private static func answer(
    _ request: WireRequest, _ decoder: FrameDecoder, _ channel: Channel
  ) throws {
    switch request {
    case .decode(let request):
      let outcome = try decoder.decode(request) { frame in
        try channel.send(.frame(FrameHeader(frame)))
        try channel.send(frame.packed)
        if let mask = frame.mask { try channel.send(Array(mask.png)) }
      }
      switch outcome {
      case .done(let bytes, let place): try channel.send(.done(bytes: bytes, place))
      case .refused(let refusal): try channel.send(.refused(refusal))
      }
    case .labels(let path):
      switch try decoder.labels(ofArchive: path) {
      case .success(let labels): try channel.send(.labels(labels))
      case .failure(let refusal): try channel.send(.refused(refusal))
      }
    }
  }

  private static func enterSandbox() {
    _ = cs_die_with_parent()
    _ = cs_gain_no_privileges()
    _ = cs_change_no_files()
    limit(RLIMIT_CORE, to: 0)
    limit(RLIMIT_FSIZE, to: 0)
    limit(RLIMIT_NOFILE, to: 32)
  }

  private static func limit(_ resource: __rlimit_resource, to value: Int) {
    let number = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    getrlimit(number, &limit)
    limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
    setrlimit(number, &limit)
  }

  /// Bytes of address space in use.
  private static func addressSpace() -> Int {
    let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return (text?.split(separator: " ").first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
  }

  private static func processorSeconds() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1
  }
}

extension WireRequest {
  /// The bytes of the files that are read for it; one that is not there counts 0.
  var fileBytes: Int { files.reduce(0) { $0 + Self.byteCount($1) } }

  private var files: [String] {
    switch self {
    case .decode(let request): [request.path] + (request.mask.map { [$0] } ?? [])
    case .labels(let path): [path]
    }
  }

  private static func byteCount(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

/// The helper's end of the socket.
private struct Channel {
  struct Closed: Error {}

  let descriptor: Int32

  func send(_ reply: WireReply) throws {
    try send(WireLength.prefixed(reply.bytes))
  }

  func send(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno != EINTR { throw Closed() }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
      }
    }
  }

  /// The bytes of the next request; nil when there is none any more.
  func request() throws -> [UInt8]? {
    let length = try receive(WireLength.byteCount)
    return length.isEmpty ? nil : try receive(WireLength.value(length))
  }

  private func receive(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
        if read == 0, filled == 0 { return }
        if read == 0 || (read < 0 && errno != EINTR) { throw Closed() }
        filled += max(0, read)
      }
    }
  }
}
