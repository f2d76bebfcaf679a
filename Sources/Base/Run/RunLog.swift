public import Foundation
import Logging
import Synchronization

/// The log of a run: dated lines in `log.txt`; warnings and errors also on standard error.
///
/// What is written names items by their number in the pool, never by file or patient. A log that
/// cannot be written stops nothing; the checkpoint that comes after it will.
public struct RunLog: Sendable {
  private let logger: Logger

  /// A log that appends to a file.
  public init(_ url: URL) throws {
    let handler = FileLog(try LogFile(url))
    logger = Logger(label: "run", factory: { _ in handler })
  }

  /// Something worth knowing later.
  public func info(_ text: String) { logger.info("\(text)") }

  /// Something the user should look at; also shown.
  public func warning(_ text: String) { logger.warning("\(text)") }

  /// Something that went wrong; also shown.
  public func error(_ text: String) { logger.error("\(text)") }
}

/// The file behind a log, written by one thread at a time.
private final class LogFile: Sendable {
  private let descriptor: Int32
  private let isWriting = Mutex(())

  init(_ url: URL) throws {
    descriptor = open(url.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw SystemError.writing(url, "cannot open the log", code: errno) }
  }

  deinit { close(descriptor) }

  func write(_ line: String) {
    let bytes = Array(line.utf8)
    isWriting.withLock { _ in _ = Foundation.write(descriptor, bytes, bytes.count) }
  }
}

/// Writes `2027-01-31T12:00:00Z warning: text`.
private struct FileLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info
  private let file: LogFile

  init(_ file: LogFile) {
    self.file = file
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let line = "\(event.level): \(event.message)\n"
    file.write("\(Date().formatted(.iso8601)) \(line)")
    if event.level >= .warning {
      let bytes = Array(line.utf8)
      _ = write(STDERR_FILENO, bytes, bytes.count)
    }
  }
}
