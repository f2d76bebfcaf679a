import Base
import Foundation
import Testing

@Suite struct FilesTests {
  @Test("a replaced file is whole, and a failed one leaves the old")
  func atomic() throws {
    try withFolder { folder in
      try AtomicFile.write(Data("old".utf8), to: folder["a"])
      struct Failure: Error {}
      #expect(throws: Failure.self) {
        try AtomicFile.replace(folder["a"]) { url in
          try Data("ne".utf8).write(to: url)
          throw Failure()
        }
      }
      #expect(folder["a"].text == "old")
      try AtomicFile.write("new", to: folder["a"])
      #expect(folder["a"].text == "new")
      #expect(folder.names == ["a"])
    }
  }

  @Test("a full disk is an error that says so, with exit code 73")
  func fullDisk() throws {
    let file = try OutputFile(appendingTo: URL(fileURLWithPath: "/dev/full"))
    #expect(
      message { try file.write("x") } == """
        error: cannot write to the file: no space left on device
          at:  /dev/full
          fix: free some space on this disk, or choose a folder on another one
        """)
    do { try file.write("x") } catch let error as SystemError {
      #expect(error.exitCode == .cannotWrite)
    }
  }

  @Test("more space than the disk has is refused before anything is written")
  func tooLarge() throws {
    try withFolder { folder in
      let text = message(in: folder) {
        _ = try MappedFile(creating: folder["huge"], byteCount: 1 << 56)
      }
      #expect(text.hasPrefix("error: cannot reserve \(1 << 56) bytes: "))
      #expect(folder.names == [])
    }
  }

  @Test("what cannot be written says why and what to do")
  func unwritable() throws {
    try withFolder { folder in
      try AtomicFile.write("x", to: folder["file"])
      #expect(
        message(in: folder) { try AtomicFile.write("x", to: folder["file/a"]) } == """
          error: cannot open the file for writing: not a directory
            at:  FOLDER/file/.a.\(getpid()).partial
            fix: a part of the path is a file; choose another path
          """)
      #expect(
        message(in: folder) { try Folder.create(folder["file/a/b"]) } == """
          error: cannot create the folder: not a directory
            at:  FOLDER/file/a/b
            fix: a part of the path is a file; choose another path
          """)
      #expect(
        message(in: folder) { try AtomicFile.write("x", to: folder["no/a"]) }
          .hasSuffix("fix: create the folder first"))
    }
  }

  @Test("what cannot be read says why and what to do")
  func unreadable() throws {
    try withFolder { folder in
      #expect(
        message(in: folder) { _ = try MappedFile(folder["none"]) } == """
          error: cannot open the file: no such file or directory
            at:  FOLDER/none
            fix: check the path
          """)
      #expect(
        message(in: folder) { _ = try MappedFile(folder) } == """
          error: this is no file: is a directory
            at:  FOLDER
            fix: name a file, not a folder
          """)
      try Data([0xff, 0xfe]).write(to: folder["latin"])
      #expect(
        message(in: folder) { _ = try String(readingFile: folder["latin"]) } == """
          error: the file is no text in UTF-8
            at:  FOLDER/latin
            fix: save it again with that encoding
          """)
    }
  }

  @Test("a mapped file shows what was written through another mapping")
  func mapping() throws {
    try withFolder { folder in
      let writer = try MappedFile(creating: folder["m"], byteCount: 5000)
      writer.withMutableBytes { $0[4999] = 7 }
      try writer.synchronize()
      let reader = try MappedFile(folder["m"])
      #expect(reader.withBytes { Array($0) } == [UInt8](repeating: 0, count: 4999) + [7])
      try MappedFile(updating: folder["m"]).withMutableBytes { $0[0] = 9 }
      #expect(reader.withBytes { $0[0] } == 9)
      try Data().write(to: folder["empty"])
      #expect(try MappedFile(folder["empty"]).count == 0)
    }
  }

  @Test("folders are created with those above, and once only")
  func folders() throws {
    try withFolder { folder in
      try Folder.create(folder["a/b/c"])
      try Folder.create(folder["a/b/c"])
      #expect(Folder.isFolder(folder["a/b/c"]))
      try AtomicFile.write("", to: folder["a/.x.1.partial"])
      Folder.removeLeftovers(in: folder["a"])
      #expect(Folder.names(in: folder["a"]) == ["b"])
      #expect(Folder.names(in: folder["none"]) == [])
    }
  }
}
