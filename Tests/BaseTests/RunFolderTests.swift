import Base
import Foundation
import Testing

@Suite struct RunFolderTests {
  private func open(
    _ url: URL, _ stage: Stage = Stage(), named name: String = "pretrain", resume: Bool = false,
    seed: UInt64 = 1, device: String = "cpu", threads: Int = 2, digests: [String: String] = [:]
  ) throws -> RunFolder {
    try RunFolder.open(
      url, configuration: stage, stage: name, resume: resume, seed: seed, device: device,
      threads: threads, versions: ["libtorch": "2.13.0"], digests: digests)
  }

  @Test("a new run has its configuration, record, log and folders")
  func new() throws {
    try withFolder { folder in
      let run = try open(folder["runs/a"])
      #expect(
        folder["runs/a"].names == [".lock", "checkpoints", "config.yaml", "log.txt", "run.json"])
      #expect(!run.isResumed)
      let text = run.configuration.text
      #expect(try StrictYAML.decode(Stage.self, from: text, file: "config.yaml") == Stage())
      let record = try RunRecord(folder["runs/a/run.json"])
      #expect(record.stage == "pretrain" && record.seed == 1 && record.device == "cpu")
      #expect(record.threads == 2 && record.versions == ["libtorch": "2.13.0"])
      #expect(record.configuration == sha256(text))
      #expect(record.finished == nil)
      try run.markFinished()
      #expect(try RunRecord(folder["runs/a/run.json"]).finished != nil)
    }
  }

  @Test("goes on with the same configuration, and says so")
  func resume() throws {
    try withFolder { folder in
      do { _ = try open(folder["a"]) }
      let run = try open(folder["a"], resume: true)
      #expect(run.isResumed)
      #expect(run.record.resumed.count == 1)
      let lines = run.url["log.txt"].text.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines[0].hasSuffix(" info: pretrain begins: seed 1, cpu, 2 threads"))
      #expect(lines[1].hasSuffix(" info: pretrain goes on"))
      let date = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /#
      #expect(lines[0].prefixMatch(of: date) != nil)
    }
  }

  @Test("resuming where nothing is starts a run")
  func resumeNothing() throws {
    try withFolder { folder in
      let run = try open(folder["a"], resume: true)
      #expect(!run.isResumed)
    }
  }

  @Test("refuses a run that is there, unless asked to go on")
  func existing() throws {
    try withFolder { folder in
      do { _ = try open(folder["a"]) }
      #expect(
        message(in: folder) { _ = try open(folder["a"]) } == """
          error: the folder holds a run already
            at:  FOLDER/a
            fix: --resume goes on with it; another folder starts anew
          """)
      #expect(
        message(in: folder) { _ = try open(folder["a"], named: "semisup", resume: true) } == """
          error: the folder holds a run of 'pretrain', not of 'semisup'
            at:  FOLDER/a
            fix: choose another folder
          """)
    }
  }

  @Test("refuses another configuration, seed or input, and shows the differences")
  func differing() throws {
    try withFolder { folder in
      do { _ = try open(folder["a"], digests: ["pool": "abc", "weights": "x"]) }
      var stage = Stage()
      stage.training.steps = 7
      stage.query = .hybrid(.init())
      stage.weights = [:]
      #expect(
        message(in: folder) {
          _ = try open(folder["a"], stage, resume: true, seed: 2, digests: ["pool": "abd"])
        } == """
          error: the run in this folder is another one
                 training.steps: 400 there, 7 now
                 query.hybrid.candidates: absent there, 16 now
                 query.hybrid.members: absent there, 4 now
                 weights: absent there, {} now
                 query: random there, absent now
                 weights.tumour: 2.0 there, absent now
                 seed: 1 there, 2 now
                 pool: abc there, abd now
                 weights: x there, absent now
            at:  FOLDER/a
            fix: give what the run began with (its config.yaml), or choose another folder
          """)
    }
  }

  @Test("another device or thread count is only noted")
  func otherMachine() throws {
    try withFolder { folder in
      do { _ = try open(folder["a"]) }
      let run = try open(folder["a"], resume: true, device: "cuda:0", threads: 8)
      #expect(run.record.device == "cuda:0" && run.record.threads == 8)
      let log = run.url["log.txt"].text
      #expect(log.contains("warning: the last bits may differ from an unbroken run;"))
      #expect(log.contains("device: cpu before, cuda:0 now"))
      #expect(log.contains("threads: 2 before, 8 now"))
    }
  }

  @Test("one at a time; the lock of a dead process stops nobody")
  func locking() throws {
    try withFolder { folder in
      do {
        let run = try open(folder["a"])
        #expect(
          message(in: folder) { _ = try open(folder["a"], resume: true) } == """
            error: another process (\(getpid())) is working in this folder
              at:  FOLDER/a
              fix: wait until it has ended, or choose another folder
            """)
        withExtendedLifetime(run) {}
      }
      try Data("999999999\n".utf8).write(to: folder["a/.lock"])
      #expect(try open(folder["a"], resume: true).isResumed)
    }
  }

  @Test("begins anew where a process was killed before the record was written")
  func killedEarly() throws {
    try withFolder { folder in
      do { _ = try open(folder["a"]) }
      unlink(folder["a/run.json"].path)
      try Data().write(to: folder["a/.run.json.77.partial"])
      var stage = Stage()
      stage.patch = 3
      let run = try open(folder["a"], stage)
      #expect(!run.isResumed)
      #expect(run.configuration.text.contains("patch: 3"))
      #expect(!run.url.names.contains(".run.json.77.partial"))
    }
  }

  @Test("leaves a folder with other files alone")
  func foreign() throws {
    try withFolder { folder in
      try Data().write(to: folder["thesis.doc"])
      #expect(
        message(in: folder) { _ = try open(folder) } == """
          error: the folder is not empty and holds no run
            at:  FOLDER
            fix: choose a new folder for the run
          """)
      #expect(folder.names == ["thesis.doc"])
    }
  }

  @Test("a folder that cannot be created, or a damaged record, says what to do")
  func broken() throws {
    try withFolder { folder in
      try Data().write(to: folder["file"])
      do {
        _ = try open(folder["file/run"])
        Issue.record("a folder in a file")
      } catch let error as SystemError {
        #expect(error.exitCode == .cannotWrite)
      }
      do { _ = try open(folder["a"]) }
      try Data("{".utf8).write(to: folder["a/run.json"])
      #expect(
        message(in: folder) { _ = try open(folder["a"], resume: true) } == """
          error: the record of the run is damaged
            at:  FOLDER/a/run.json
            fix: start the run in a new folder
          """)
    }
  }
}
