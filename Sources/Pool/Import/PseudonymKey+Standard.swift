public import Base
public import Foundation

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
