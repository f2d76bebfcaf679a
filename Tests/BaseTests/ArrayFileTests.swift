import Base
import Foundation
import Testing

@Suite struct ArrayFileTests {
  @Test(
    "reads what NumPy wrote, rows at a time",
    arguments: ["i2", "i4", "i8", "u1", "u2"], [32767, 2_147_483_647, Int.max, 255, 65535])
  func integers(code: String, largest: Int) throws {
    let file = try ArrayFile(fixture("arrays/\(code).npy"))
    #expect(file.shape == [2, 3])
    #expect(file.type.code == code)
    guard file.ints().last == largest else { return }
    #expect(file.ints() == [0, 1, 2, 100, 101, largest])
    #expect(file.ints(rows: 1..<2) == [100, 101, largest])
    #expect(file.floats(rows: 0..<1) == [0, 1, 2])
    #expect(file.withFloat32 { _ in true } == nil)
  }

  @Test("knows the largest value of each integer type")
  func largest() throws {
    let largest = try ["i2", "i4", "i8", "u1", "u2"].map {
      try ArrayFile(fixture("arrays/\($0).npy")).ints()[5]
    }
    #expect(largest == [32767, 2_147_483_647, Int.max, 255, 65535])
  }

  @Test("reads floating-point numbers of any width", arguments: ["f2", "f4", "f8"])
  func floats(code: String) throws {
    let file = try ArrayFile(fixture("arrays/\(code).npy"))
    #expect(file.floats() == [0, 1, 2, 100, 101, 102])
    #expect(file.floats(rows: 1..<2) == [100, 101, 102])
    #expect((file.withFloat32 { Array($0) } != nil) == (code == "f4"))
    #expect(file.rowCount == 2 && file.rowSize == 3)
  }

  @Test("reads Booleans, single numbers and version 2 of the format")
  func others() throws {
    #expect(try ArrayFile(fixture("arrays/b1.npy")).ints() == [1, 0, 1])
    let single = try ArrayFile(fixture("arrays/single.npy"))
    #expect(single.shape == [])
    #expect(single.floats() == [2.5])
    #expect(try ArrayFile(fixture("arrays/version2.npy")).ints(rows: 1..<3) == [1, 2])
  }

  @Test(
    "refuses what it cannot read, and says what to do",
    arguments: [
      ("fortran.npy", "the array is in Fortran order", "save it with numpy.ascontiguousarray(x)"),
      ("big.npy", "elements of type '>f4' are not supported", "convert the array with x.astype"),
      ("complex.npy", "elements of type '<c8' are not supported", "convert the array"),
      ("../make-arrays.py", "this is no .npy file", "save it with numpy.save(path, array)"),
    ])
  func refused(name: String, what: String, fix: String) {
    let text = message { _ = try ArrayFile(fixture("arrays/\(name)")) }
    #expect(text.hasPrefix("error: \(what)\n  at:  "))
    #expect(text.contains("fix: \(fix)"))
  }

  @Test(
    "refuses a head that makes no sense, and says what to do",
    arguments: [
      ("'descr'", "'dscr', ", "the header of the .npy file is damaged"),
      ("(2, 3)", "(-2,3)", "the shape (-2,3) is impossible"),
      ("(2, 3)", "(x, 3)", "the shape (x, 3) is impossible"),
      ("\u{1}\0", "\u{9}\0", "the .npy file has the unknown version 9"),
      ("\u{1}\0v\0", "\u{1}\0v\u{7f}", "the .npy file ends within its header"),
    ])
  func senseless(old: String, new: String, what: String) throws {
    try withFolder { folder in
      var data = try Data(contentsOf: fixture("arrays/f4.npy"))
      let place = try #require(data.firstRange(of: Data(old.utf8)))
      data.replaceSubrange(place, with: Data(new.utf8))
      try data.write(to: folder["x.npy"])
      #expect(
        message(in: folder) { _ = try ArrayFile(folder["x.npy"]) } == """
          error: \(what)
            at:  FOLDER/x.npy
            fix: write the file again with numpy.save(path, array)
          """)
    }
  }

  @Test("refuses a file that was cut anywhere, or that goes on")
  func cut() throws {
    try withFolder { folder in
      let whole = try Data(contentsOf: fixture("arrays/f4.npy"))
      for length in 0..<whole.count {
        let url = folder["\(length).npy"]
        try OutputFile(creating: url).write(whole.prefix(length))
        #expect(throws: Diagnostic.self) { try ArrayFile(url) }
      }
      try (whole + Data([0])).write(to: folder["long.npy"])
      #expect(
        message(in: folder) { _ = try ArrayFile(folder["long.npy"]) } == """
          error: the array [2, 3] of f4 needs 152 bytes, the file has 153
            at:  FOLDER/long.npy
            fix: write the file again; it was cut short or something was added to it
          """)
    }
  }

  @Test("refuses headers that lie, without trapping")
  func lyingHeaders() throws {
    try withFolder { folder in
      let whole = [UInt8](try Data(contentsOf: fixture("arrays/f4.npy")))
      for trial in 0..<2000 {
        let key = RandomKey(seed: UInt64(trial))
        var bytes = whole
        for place in key.sample(2, outOf: 80) {
          bytes[place] = UInt8(truncatingIfNeeded: key.folding(place).seed)
        }
        let url = folder["\(trial).npy"]
        try OutputFile(creating: url).write(Data(bytes))
        // Either it is read, or a diagnostic says why not; nothing else may happen.
        do { _ = try ArrayFile(url).floats() } catch { #expect(error is Diagnostic) }
      }
    }
  }

  @Test("writes what it reads, whatever the shape")
  func roundTrip() throws {
    try withFolder { folder in
      for shape in [[6], [2, 3], [0, 4], [1, 2, 3], [], [4, 0]] {
        let values = (0..<shape.reduce(1, *)).map(Float.init)
        try ArrayFile.write(values, shape: shape, to: folder["x.npy"])
        let file = try ArrayFile(folder["x.npy"])
        #expect(file.shape == shape)
        #expect(file.floats() == values)
      }
      try ArrayFile.write([1, -2, Int.max], shape: [3], to: folder["i.npy"])
      #expect(try ArrayFile(folder["i.npy"]).ints() == [1, -2, Int.max])
      try ArrayFile.write([true, false], shape: [2], to: folder["b.npy"])
      #expect(try ArrayFile(folder["b.npy"]).type == .bool)
      #expect(folder.names == ["b.npy", "i.npy", "x.npy"])
    }
  }

  @Test("streams rows and appears only when it is closed")
  func writer() throws {
    try withFolder { folder in
      let writer = try ArrayFile.Writer(folder["rows.npy"], rowShape: [3])
      for row in 0..<100 { try writer.append((0..<3).map { Float(row * 3 + $0) }) }
      #expect(writer.rowCount == 100)
      #expect(!folder.names.contains("rows.npy"))
      try writer.close()
      #expect(folder.names == ["rows.npy"])
      let file = try ArrayFile(folder["rows.npy"])
      #expect(file.shape == [100, 3])
      #expect(file.floats() == (0..<300).map(Float.init))
    }
  }

  @Test("leaves nothing behind when it is not closed")
  func abandonedWriter() throws {
    try withFolder { folder in
      do {
        let writer = try ArrayFile.Writer(folder["rows.npy"], rowShape: [2])
        try writer.append([1, 2] as [Float])
      }
      #expect(folder.names == [])
    }
  }

  @Test("stores half precision and whole numbers, under a shape given at the end")
  func writerTypes() throws {
    try withFolder { folder in
      let half = try ArrayFile.Writer(folder["h.npy"], rowShape: [2], type: .float16)
      try half.append([0.5, 1, 2, 65504, 1, 2, 3, 4] as [Float])
      try half.close(shape: [2, 2, 2])
      #expect(try ArrayFile(folder["h.npy"]).shape == [2, 2, 2])
      #expect(try ArrayFile(folder["h.npy"]).floats(rows: 0..<1) == [0.5, 1, 2, 65504])
      let bytes = try ArrayFile.Writer(folder["u.npy"], rowShape: [], type: .uint8)
      try bytes.append([0, 7, 255])
      try bytes.close()
      #expect(try ArrayFile(folder["u.npy"]).ints() == [0, 7, 255])
      #expect(try ArrayFile(folder["u.npy"]).shape == [3])
    }
  }
}
