package import Base
import CTorch
import Foundation

/// Finds and opens libCTorchLibrary.so, the only part of the program that links libtorch.
package enum Library {
  private static let file = "libCTorchLibrary.so"
  private static let opened: Result<Void, Diagnostic> = Result { () throws(Diagnostic) in
    try open(candidates())
  }

  /// Opens the library once; later calls answer what the first one found.
  static func load() throws(Diagnostic) {
    try opened.get()
  }

  /// Opens the library, or stops the program with the reason.
  static func require() {
    if !ct_is_open(), case .failure(let diagnostic) = opened { fatal(diagnostic) }
  }

  /// The first of `paths` that can be used is kept; else the error says why none can.
  package static func open(_ paths: [String]) throws(Diagnostic) {
    var reasons: [String] = []
    for path in paths {
      guard let reason = ct_open(path) else { return }
      reasons.append("\(path): \(String(cString: reason))")
    }
    throw Diagnostic(
      "libtorch cannot be used", at: reasons.joined(separator: "\n       "),
      fix: "run scripts/setup.sh, then build again; or name the file in MODICUM_CTORCH")
  }

  /// What the environment names, and nothing else; or else beside the program, in the build folder,
  /// on the loader's path.
  private static func candidates() -> [String] {
    if let named = ProcessInfo.processInfo.environment["MODICUM_CTORCH"] { return [named] }
    let places = [folder, ".build/release"].compactMap { $0 }.map { $0 + "/" + file }
    return places.filter { FileManager.default.fileExists(atPath: $0) } + [file]
  }

  private static var folder: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard ct_folder(&buffer, buffer.count) else { return nil }
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }
}

/// Prints `diagnostic` and traps: the caller's code is at fault, or nothing can be computed at all.
func fatal(_ diagnostic: Diagnostic) -> Never {
  fatalError("\n\(diagnostic)")
}
