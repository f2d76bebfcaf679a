import Base
import CSandbox
import Foundation

/// How a helper came to its end.
enum HelperEnd: Error, Equatable {
  /// A signal killed it.
  case signal(Int32)
  /// It ended itself.
  case exit(Int32)
  /// It gave no answer in time.
  case silence
  /// It said what no sound helper says.
  case nonsense
}

/// A helper as the importing process sees it: a child with a socket, and nothing else of ours.
///
/// To be used by the thread that made it: the child dies with that.
final class HelperProcess {
  private let process: pid_t
  private let socket: Int32
  /// How it ended, once it has.
  private var known: HelperEnd?

  /// Starts `program`.
  ///
  /// - Throws: a `SystemError` where the system lets no process start.
  init(_ program: String, arguments: [String]) throws {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let url = URL(fileURLWithPath: program)
    if socketpair(AF_UNIX, type, 0, &ends) != 0 {
      throw SystemError.reading(url, "cannot start the decoding helper", code: errno)
    }
    var room: Int32 = 1 << 20
    for end in ends {
      setsockopt(end, SOL_SOCKET, SO_SNDBUF, &room, socklen_t(MemoryLayout<Int32>.size))
    }
    socket = ends[0]
    defer { close(ends[1]) }
    switch Self.spawn(program, ["pipeline"] + arguments, socket: ends[1]) {
    case .success(let process): self.process = process
    case .failure(let error):
      close(ends[0])
      throw SystemError.reading(url, "cannot start the decoding helper", code: error.code.rawValue)
    }
  }

  deinit { _ = end(isWanted: true) }

  /// Only what the libraries need, and a crash without a word.
  private static var environment: [String] {
    let kept = ["LD_LIBRARY_PATH", "LD_PRELOAD", "DCMDICTPATH"]
    let ours = ProcessInfo.processInfo.environment
    return kept.compactMap { name in ours[name].map { "\(name)=\($0)" } }
      + ["SWIFT_BACKTRACE=enable=no", "OPENBLAS_NUM_THREADS=1"]
  }

  /// `posix_spawn` in a process group of its own, so that Ctrl-C is for the importing process only.
  private static func spawn(
    _ program: String, _ arguments: [String], socket: Int32
  ) -> Result<pid_t, POSIXError> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO)
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    _ = cs_hand_down_only(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, &attributes, &words, &variables)
    return code == 0 ? .success(process) : .failure(POSIXError(.init(rawValue: code) ?? .EIO))
  }
}

// MARK: - Talking

extension HelperProcess {
  /// Sends a request.
  ///
  /// - Throws: `HelperEnd`.
  func send(_ request: WireRequest) throws {
    try WireLength.prefixed(request.bytes).withUnsafeBytes { message in
      var rest = message
      while !rest.isEmpty {
        let count = Foundation.send(
          socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        if count < 0, errno != EINTR { throw end() }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
      }
    }
  }

  /// The next reply; the time that it takes is subtracted from `patience` (seconds).
  ///
  /// - Throws: `HelperEnd`, `Stopped`.
  func reply(_ patience: inout Double) throws -> WireReply {
    let count = WireLength.value(try bytes(WireLength.byteCount, &patience))
    guard count <= WireReply.limit else { throw HelperEnd.nonsense }
    let bytes = try bytes(count, &patience)
    do { return try WireReply(bytes) } catch { throw HelperEnd.nonsense }
  }

  /// The next `count` bytes, as `reply`.
  func bytes(_ count: Int, _ patience: inout Double) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = recv(
          socket, buffer.baseAddress.map { $0 + filled }, count - filled,
          Int32(MSG_DONTWAIT))
        if read == 0 { throw end() }
        if read > 0 {
          filled += read
        } else if errno == EAGAIN {
          try wait(&patience)
        } else if errno != EINTR {
          throw end()
        }
      }
    }
  }

  private func wait(_ patience: inout Double) throws {
    if let signal = StopSignal.requested { throw Stopped(signal: signal) }
    if patience <= 0 { throw HelperEnd.silence }
    let start = DispatchTime.now().uptimeNanoseconds
    var event = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    poll(&event, 1, 100)
    patience -= Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }

  /// Ends it, if it has not ended, and tells how it came to its end.
  ///
  /// Who closed the socket unasked gets a moment to die of what made it do so.
  private func end(isWanted: Bool = false) -> HelperEnd {
    if let known { return known }
    close(socket)
    var status: Int32 = 0
    var ended = waitpid(process, &status, WNOHANG)
    for _ in 0..<500 where ended == 0 && !isWanted {
      usleep(1000)
      ended = waitpid(process, &status, WNOHANG)
    }
    if ended == 0 {
      kill(process, SIGKILL)
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    let signal = status & 0x7f
    let end: HelperEnd = signal != 0 ? .signal(signal) : .exit(status >> 8 & 0xff)
    known = end
    return end
  }
}
