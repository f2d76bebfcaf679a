public import Base
public import Foundation

/// Pseudonyms of files and groups: all that the pool keeps of their names.
///
/// A file has two: one of its relative path, by which `pool quarantine --reveal` finds it again
/// wherever the folder stands, and one of its full path, size and time of change, by which a file
/// that changed is told from one that was imported. A file that was moved is decoded again and
/// merges with its own copy.
struct SourceNames: Sendable {
  let listing: SourceListing
  let key: PseudonymKey

  func pseudonym(_ entry: ImportPlan.Entry) -> Data {
    Self.file(entry.relative, key)
  }

  static func file(_ relative: String, _ key: PseudonymKey) -> Data {
    bytes(key.pseudonym("file\0" + relative))
  }

  /// - Throws: `SystemError` where the file is gone.
  func version(_ entry: ImportPlan.Entry) throws -> Data {
    let url = listing.url(entry.relative)
    var status = stat()
    if stat(url.path, &status) != 0 {
      throw SystemError.reading(url, "an image vanished during the import", code: errno)
    }
    let change = "\(status.st_size)\0\(status.st_mtim.tv_sec)\0\(status.st_mtim.tv_nsec)"
    return Self.bytes(key.pseudonym("version\0" + url.path + "\0" + change))
  }

  /// The pseudonym of the group of a frame: a named group, else the frames of one file; in an
  /// archive, each image by itself.
  func group(_ entry: ImportPlan.Entry, frame: Int) -> Data {
    if let group = entry.group { return Self.bytes(key.pseudonym("group\0" + group)) }
    let path = listing.url(entry.relative).path
    return Self.bytes(key.pseudonym("only\0" + path + (entry.block == nil ? "" : "\0\(frame)")))
  }

  /// The name by which the group's side is drawn; never stored.
  func drawName(_ entry: ImportPlan.Entry, frame: Int) -> String {
    entry.group ?? entry.relative + (entry.block == nil ? "" : "\0\(frame)")
  }

  private static func bytes(_ hex: String) -> Data { Data(hexadecimal: hex) ?? Data() }
}

extension PseudonymKey {
  /// The user's key: the file `given`, else the one that MODICUM_KEY names, else
  /// `modicum/pseudonym.key` under XDG_CONFIG_HOME or ~/.config, which is created when it is absent.
  ///
  /// - Throws: what `init(at:)` throws, and a `SystemError` where the folder cannot be created.
  public static func standard(
    _ given: URL? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> PseudonymKey {
    if let given { return try PseudonymKey(at: given) }
    if let named = environment["MODICUM_KEY"], !named.isEmpty {
      return try PseudonymKey(at: URL(fileURLWithPath: named))
    }
    let home = URL(fileURLWithPath: environment["HOME"] ?? NSHomeDirectory())
    let configuration =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      .map { URL(fileURLWithPath: $0) } ?? home.appendingPathComponent(".config")
    let folder = configuration.appendingPathComponent("modicum")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw SystemError.writing(
        folder, "cannot create the folder of the pseudonym key", code: errno)
    }
    return try PseudonymKey(at: folder.appendingPathComponent("pseudonym.key"))
  }
}
