import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Imports, labels and pools that cannot be used.
  @Suite struct RefusedPools {
    @Test("tables of labels are refused with all their faults, and nothing is written")
    func tables() throws {
      let tiny = try TinyPool(.classification)
      let cases: [([String], [String])] = [
        (["image,label", "0.png,a"], ["1 fault"]),
        (["file,label", "0.png,a", "none.png,b"], ["line 3", "no such image"]),
        (["file,label", "0.png,a", "0.png,b", ",c"], ["2 faults", "line 3", "line 4: no file"]),
        (["file,label,split", "0.png,a,sometimes"], ["line 2", "train, val, test"]),
        (["file,label", "\"0.png,a"], ["quotation mark"]),
      ]
      for (place, (table, words)) in cases.enumerated() {
        let name = "refused-\(place)"
        try tiny.program.refuse(try tiny.importing(name, table: table), saying: words)
        #expect(try !Pool.exists(at: name, tiny) || Pool.open(at: name, tiny).count == 0)
      }
    }

    @Test("a pool keeps its mode, its classes and its key")
    func agreement() throws {
      let tiny = try TinyPool(.classification)
      let table = ["file,label"] + tiny.lines { "\($0).png,dark" }
      let again = try tiny.importing("pool", table: table)
      try tiny.program.refuse(
        again.map { $0 == "classification" ? "segmentation" : $0 }, saying: ["one of"])
      try tiny.program.refuse(
        again + ["--classes", "x,y"], saying: ["are not those of the pool: dark, striped"])
      let key = tiny.folder.appendingPathComponent("other.key").path
      try tiny.program.refuse(again + ["--key", key], saying: ["another key", "MODICUM_KEY"])
      try tiny.write("short", to: "other.key")
      try tiny.program.refuse(again + ["--key", key], saying: ["the pseudonym key"])
    }

    @Test("there must be something to import, and one import at a time")
    func sources() throws {
      let tiny = try TinyPool(.classification)
      let none = tiny.folder.appendingPathComponent("nowhere").path
      let pool = ["--pool", tiny.pool.path, "--mode", "classification"]
      try tiny.program.refuse(["import", none] + pool, saying: ["cannot read the source", none])
      try FileManager.default.createDirectory(atPath: none, withIntermediateDirectories: true)
      try tiny.program.refuse(["import", none] + pool, saying: ["there is no image here"])
      let lock = open(tiny.pool.appendingPathComponent(".lock").path, O_RDWR)
      defer { close(lock) }
      #expect(flock(lock, LOCK_EX) == 0)
      try tiny.program.refuse(
        ["import", tiny.folder.appendingPathComponent("source").path] + pool,
        saying: ["another import or clean-up is writing"])
    }

    @Test("images that are damaged are set aside and counted, and an error where all are wanted")
    func damaged() throws {
      let tiny = try TinyPool(.classification)
      let whole = try tiny.bytes("source/0.png")
      try whole.prefix(whole.count / 2).write(
        to: tiny.folder.appendingPathComponent("source/0.png"))
      try tiny.write("no image at all", to: "source/1.png")
      let table = ["file,label"] + tiny.lines { "\($0).png,\($0 % 2)" }
      let arguments = try tiny.importing("partial", table: table)
      let outcome = try tiny.program.run(arguments, ends: 2)
      #expect(outcome.output.contains("2"))
      let list = try tiny.program.run(
        ["pool", "quarantine", "--pool", tiny.folder.appendingPathComponent("partial").path],
        ends: 0)
      #expect(list.output.contains("cut short"), "\(list.output)")
      #expect(!list.output.contains("0.png"), "\(list.output)")
      try tiny.program.refuse(
        try tiny.importing("strict", table: table) + ["--strict"],
        saying: ["2 files were set aside"])
      for (file, words) in [("0", "cut short"), ("1", "no PNG, JPEG, DICOM"), ("none", "cannot")] {
        let path = tiny.folder.appendingPathComponent("source/\(file).png").path
        let array = tiny.folder.appendingPathComponent("x.npy").path
        let image = try tiny.program.run(["image", path, "--npy", array])
        #expect(image.code == 65 && image.errors.contains(words), "\(image.errors)")
      }
    }

    @Test("pools that cannot be opened say why")
    func unreadable() throws {
      let tiny = try TinyPool(.classification)
      let none = tiny.folder.appendingPathComponent("none")
      for command in [["pool", "list"], ["pool", "verify"], ["labels", "export", "--out", "x"]] {
        try tiny.program.refuse(
          command + ["--pool", none.path], saying: ["there is no pool here", "pipeline import"])
      }
      let list = ["pool", "list", "--pool", tiny.pool.path, "--split"]
      try tiny.program.refuse(list + ["some"], code: 64, saying: ["--split is train"])
      let file = try tiny.write("", to: "file")
      try tiny.program.refuse(
        ["pool", "backup", "--pool", tiny.pool.path, "--to", file + "/copy"], code: 73,
        saying: ["cannot write the backup", "fix: a part of the path is a file"])
      try tiny.write("this is no database, and never was one", to: "pool/pool.sqlite")
      try tiny.program.refuse(
        ["pool", "list", "--pool", tiny.pool.path],
        saying: ["the pool is damaged", "pipeline pool verify"])
    }

    @Test("pools that a stage cannot learn from")
    func unfit() throws {
      let tiny = try TinyPool(.classification)
      func pool(_ name: String, _ line: (Int) -> String) throws -> URL {
        try tiny.imported(name, table: ["file,label,split"] + tiny.lines(line))
      }
      let one = try pool("one") { "\($0).png,same,train" }
      try tiny.program.refuse(
        tiny.rounds("a", .classification, pool: one), saying: ["the pool knows 1 class"])
      let test = try pool("test") { "\($0).png,\($0 % 2),test" }
      try tiny.program.refuse(
        tiny.rounds("b", .classification, pool: test), saying: ["the training split", "empty"])
      try tiny.program.refuse(
        tiny.pretrain("c", pool: test), saying: ["at least 2 images", "import more images"])
      let few = try pool("few") { "\($0).png,\($0 < 2 ? "\($0 % 2)" : ""),train" }
      try tiny.program.refuse(
        tiny.rounds("d", .classification, pool: few),
        saying: ["chosen images have no label in the pool", "annotator: folder"])
      let source = tiny.folder.appendingPathComponent("source").path
      let bare = tiny.folder.appendingPathComponent("bare")
      try FileManager.default.removeItem(atPath: source + "/labels.csv")
      try tiny.program.run(["import", source, "--pool", bare.path], ends: 0)
      try tiny.program.refuse(
        ["run", "--pool", bare.path, "--out", tiny.folder.appendingPathComponent("e").path],
        code: 64,
        saying: ["the pool does not know whether", "--mode"])
    }

    @Test("labels that people bring are refused with all their faults")
    func answers() throws {
      let tiny = try TinyPool(.classification)
      let cases: [(String, [String])] = [
        (
          "item,label\n0,dark\n99,dark\n1,light\n",
          ["line 3", "no item", "line 4", "dark, striped"]
        ),
        ("item,label\n0,dark\n0,striped\n", ["item 0 is named on line 2 already"]),
        ("image,class\n0,dark\n", ["the columns `item` and `label`"]),
      ]
      for (text, words) in cases {
        try tiny.program.refuse(
          ["labels", "add", try tiny.write(text, to: "answers.csv"), "--pool", tiny.pool.path],
          saying: words + ["nothing was written"])
      }
      let none = tiny.folder.appendingPathComponent("none.csv").path
      try tiny.program.refuse(
        ["labels", "add", none, "--pool", tiny.pool.path], saying: ["cannot read the labels"])
      let masks = try TinyPool(.segmentation)
      let table = try masks.write("item,label\n0,1\n", to: "answers.csv")
      try masks.program.refuse(
        ["labels", "add", table, "--pool", masks.pool.path], saying: ["the folder that holds"])
      let folder = masks.folder.appendingPathComponent("answers").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try masks.program.refuse(
        ["labels", "add", folder, "--pool", masks.pool.path], saying: ["there is no mask here"])
    }
  }
}

extension Pool {
  fileprivate static func exists(at name: String, _ tiny: TinyPool) -> Bool {
    exists(tiny.folder.appendingPathComponent(name))
  }

  fileprivate static func open(at name: String, _ tiny: TinyPool) throws -> Pool {
    try open(tiny.folder.appendingPathComponent(name))
  }
}
