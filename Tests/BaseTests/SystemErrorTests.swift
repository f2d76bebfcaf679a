import Base
import Foundation
import Testing

@Suite struct SystemErrorTests {
  private let file = URL(fileURLWithPath: "/data/a.png")

  @Test(
    "what could not be read says why, where and what to do",
    arguments: [
      (ENOENT, "no such file or directory", "check the path"),
      (EACCES, "permission denied", "give yourself the right to read it"),
      (EISDIR, "is a directory", "name a file, not a folder"),
      (ENOTDIR, "not a directory", "a part of the path is a file"),
      (EIO, "input/output error", "copy the file to a disk of this machine"),
    ])
  func reading(code: Int32, reason: String, remedy: String) {
    let error = SystemError.reading(file, "cannot list the folder", code: code)
    #expect(error.what == "cannot list the folder: \(reason)" && error.place == "/data/a.png")
    #expect(error.remedy?.hasPrefix(remedy) == true && error.exitCode == .badInput)
  }

  @Test(
    "what could not be written says why, where and what to do",
    arguments: [
      (ENOSPC, "no space left on device", "free some space"),
      (EFBIG, "file too large", "raise the limit"),
      (EACCES, "permission denied", "choose a folder that you may write to"),
      (EROFS, "read-only file system", "choose a folder that you may write to"),
      (ENOENT, "no such file or directory", "create the folder first"),
      (ENOTDIR, "not a directory", "a part of the path is a file"),
      (EIO, "input/output error", "check the disk"),
    ])
  func writing(code: Int32, reason: String, remedy: String) {
    let error = SystemError.writing(file, "cannot replace the file", code: code)
    #expect(error.what == "cannot replace the file: \(reason)" && error.place == "/data/a.png")
    #expect(error.remedy?.hasPrefix(remedy) == true && error.exitCode == .cannotWrite)
  }

  @Test(
    "errors of Foundation are put into the system's words",
    arguments: [
      (.fileWriteOutOfSpace, "no space left on device"),
      (.fileWriteNoPermission, "permission denied"),
      (.fileWriteVolumeReadOnly, "read-only file system"),
      (.fileNoSuchFile, "no such file or directory"), (.featureUnsupported, "input/output error"),
    ] as [(CocoaError.Code, String)])
  func foundation(code: CocoaError.Code, reason: String) {
    let error = SystemError.writing(file, "cannot write the backup", cause: CocoaError(code))
    #expect(error.what == "cannot write the backup: \(reason)" && error.remedy != nil)
    let inner = CocoaError(code, userInfo: [NSUnderlyingErrorKey: POSIXError(.EFBIG)])
    #expect(
      SystemError.writing(file, "cannot write the backup", cause: inner).what
        == "cannot write the backup: file too large")
  }

  @Test("files that cannot be replaced or made say why")
  func atomic() throws {
    try withFolder { folder in
      try Folder.create(folder["taken/inside"])
      let replaced = message(in: folder) { try AtomicFile.write("x", to: folder["taken"]) }
      #expect(
        replaced.hasPrefix("error: cannot replace the file: is a directory\n  at:  FOLDER/taken"))
      #expect(folder.names == ["taken"])
      try AtomicFile.write("x", to: folder["file"])
      #expect(
        message(in: folder) { _ = try PseudonymKey(at: folder["file/key"]) }.hasPrefix(
          "error: cannot create the pseudonym key: not a directory\n  at:  FOLDER/file/key\n  fix: "
        ))
      #expect(
        message(in: folder) { _ = try PseudonymKey(at: folder["none/key"]) }
          .hasSuffix("fix: create the folder first"))
      #expect(
        message { _ = try MappedFile(URL(fileURLWithPath: "/dev/null")) } == """
          error: this is no file: invalid argument
            at:  /dev/null
            fix: copy the file to a disk of this machine, and name the copy
          """)
    }
  }

  @Test("a run whose lock or log cannot be made says why")
  func run() throws {
    for (name, words) in [
      (".lock", "cannot create the lock file"), ("log.txt", "cannot open the log"),
    ] {
      try withFolder { folder in
        try Folder.create(folder["run/\(name)"])
        let text = message(in: folder) {
          _ = try RunFolder.open(
            folder["run"], configuration: Stage(), stage: "pretrain", resume: true, seed: 1,
            device: "cpu", threads: 1, versions: [:], digests: [:])
        }
        #expect(
          text.hasPrefix("error: \(words): is a directory\n  at:  FOLDER/run/\(name)"), "\(text)")
        #expect(text.contains("fix: "), "\(text)")
      }
    }
  }
}
