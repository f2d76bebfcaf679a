import Base
import Foundation
import Testing

@Suite struct MetricsLogTests {
  @Test("writes one JSON object a line, keys in order, null for what is not finite")
  func lines() throws {
    try withFolder { folder in
      let log = try MetricsLog(folder["m.jsonl"])
      try log.write(["rate": 0.1, "loss": 1e-7, "n": 3], step: 0, kind: "train")
      try log.write(["dice": .nan, "d\"x": .infinity], step: 12, kind: "vali\ndation")
      #expect(
        folder["m.jsonl"].text == """
          {"step":0,"kind":"train","loss":1e-07,"n":3.0,"rate":0.1}
          {"step":12,"kind":"vali\\u000adation","d\\"x":null,"dice":null}

          """)
      let rows = try MetricsLog.rows(of: folder["m.jsonl"])
      #expect(rows.map(\.step) == [0, 12])
      #expect(rows.map(\.kind) == ["train", "vali\ndation"])
      #expect(rows[0].fields == ["loss": 1e-7, "n": 3, "rate": 0.1])
      #expect(rows[1].fields == [:])
    }
  }

  @Test("forgets what a resumed run will do again, and half a line of a killed one")
  func rewind() throws {
    try withFolder { folder in
      do {
        let log = try MetricsLog(folder["m"])
        for step in 0..<5 { try log.write(["x": 1], step: step, kind: "a") }
      }
      let text = folder["m"].text
      for cut in [0, 3, 60, text.utf8.count - 1, text.utf8.count] {
        try OutputFile(creating: folder["m"]).write(Data(text.utf8.prefix(cut)))
        let log = try MetricsLog(folder["m"])
        try log.rewind(to: 3)
        try log.write(["x": 2], step: 3, kind: "a")
        let whole = text.utf8.prefix(cut).count { $0 == UInt8(ascii: "\n") }
        let rows = try MetricsLog.rows(of: folder["m"])
        #expect(rows.map(\.step) == Array(0..<min(3, whole)) + [3])
        #expect(rows.last?.fields == ["x": 2])
      }
      #expect(folder.names == ["m"])
    }
  }

  /// Bytes of Tests/Fixtures/make-event-file.py, which shares no code with the type.
  @Test("writes event files as TensorBoard reads them")
  func eventFile() throws {
    try withFolder { folder in
      let log = try MetricsLog(folder["m"], tensorBoard: folder["tb"], now: { 1_234_567_890.5 })
      try log.write(["rate": 0.1, "loss": 2.5], step: 0, kind: "train")
      try log.write(["dice": -1e-3], step: 300, kind: "validation")
      try log.rewind(to: 200)
      #expect(folder["tb"].names.count == 1)
      let name = try #require(folder["tb"].names.first)
      #expect(name.hasPrefix("events.out.tfevents."))
      let bytes = try Data(contentsOf: folder["tb"][name])
      #expect(try bytes == Data(contentsOf: fixture("events.bin")))
    }
  }

  @Test("starts a new event file each time it is opened")
  func severalEventFiles() throws {
    try withFolder { folder in
      for _ in 0..<3 { _ = try MetricsLog(folder["m"], tensorBoard: folder["tb"], now: { 5 }) }
      #expect(folder["tb"].names.count == 3)
    }
  }

  @Test("a full disk stops the run with exit code 73")
  func fullDisk() throws {
    try withFolder { folder in
      symlink("/dev/full", folder["events"].path)
      let file = try OutputFile(appendingTo: folder["events"])
      do {
        try file.write("{}\n")
        Issue.record("the disk was not full")
      } catch let error as SystemError {
        #expect(error.exitCode == .cannotWrite)
      }
    }
  }
}
