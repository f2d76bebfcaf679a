import Base
import Foundation
import Models
import NN
import Testing
import Torch

@Suite struct CheckpointTests {
  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/checkpoints")

  private func read(_ name: String) throws -> WeightsFile {
    try WeightsFile(Self.fixtures.appendingPathComponent(name))
  }

  func temporary<R>(_ bytes: Data, _ body: (URL) throws -> R) throws -> R {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("checkpoint-\(UUID().uuidString).pth")
    try bytes.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url)
  }

  @Test(
    "state dicts are read, whatever their format, types, views and layout",
    arguments: ["archive.pth", "legacy.pth", "wrapped.pth"])
  func stateDicts(name: String) throws {
    let tensors = Dictionary(uniqueKeysWithValues: try read(name).tensors)
    #expect(tensors.count == 16)
    let types: [String: DType] = [
      "float": .float32, "double": .float64, "half": .float16, "bfloat": .bfloat16,
      "long": .int64, "int": .int32, "short": .int16, "char": .int8, "byte": .uint8,
      "bool": .bool,
    ]
    for (name, type) in types { #expect(tensors[name]?.dtype == type) }
    #expect(tensors["float"]?.shape == [2, 3])
    #expect(tensors["float"]?.floats() == [0, 1, 2, 3, 4, 5])
    #expect(tensors["half"]?.floats() == [0, 1, 2])
    #expect(tensors["bfloat"]?.floats() == [0, 1, 2])
    #expect(tensors["bool"]?.ints() == [1, 0])
    #expect(tensors["scalar"]?.shape == [])
    #expect(tensors["scalar"]?.item() == 7)
    #expect(tensors["empty"]?.shape == [0, 4])
    #expect(tensors["transposed"]?.floats() == [0, 3, 1, 4, 2, 5])
    #expect(tensors["view"]?.floats() == [2, 3, 4])
    #expect(tensors["whole"]?.floats() == [0, 1, 2, 3, 4, 5])
    #expect(tensors["channels_last"]?.floats() == (0..<12).map(Float.init))
  }

  @Test("safetensors are told from pickles whatever the length of their table")
  func formats() throws {
    // The first byte is the lowest of that length; names of growing length make it every value,
    // 0x80 and 0x50 among them, with which the other formats begin.
    for length in stride(from: 1, through: 256, by: 1) {
      try temporary(Data()) { url in
        let name = String(repeating: "n", count: length)
        try WeightsFile.write([(name, Tensor.ones([2]))], to: url)
        #expect(try WeightsFile(url).tensors.map(\.name) == [name])
      }
    }
  }

  @Test("the order is the file's, and the format is told by the content")
  func order() throws {
    let archive = try read("archive.pth")
    #expect(archive.tensors.map(\.name).prefix(3) == ["float", "double", "half"])
    #expect(archive.format == .archive)
    #expect(try read("legacy.pth").format == .legacy)
  }

  @Test(
    "a file that would run code is refused by the name of the code, and runs nothing",
    arguments: ["command.pth", "command-legacy.pth"])
  func command(name: String) throws {
    let error = #expect(throws: Diagnostic.self) { try read(name) }
    #expect(error?.place?.contains("posix.system") == true)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/the-file-ran-a-command"))
  }

  @Test(
    "files without a plain table of tensors are refused, and say why",
    arguments: [
      ("namespace.pth", "argparse.Namespace"), ("no-tensors.pth", "its keys are epoch, note"),
      ("mixed.pth", "other or doubled entries"), ("expanded.pth", "[1000, 1000]"),
    ])
  func refusals(name: String, reason: String) {
    let error = #expect(throws: Diagnostic.self) { try read(name) }
    #expect(error?.place?.contains(reason) == true)
    #expect(error?.exitCode == .badInput)
  }

  @Test("no truncation of a file is read or crashes", arguments: ["archive.pth", "legacy.pth"])
  func truncation(name: String) throws {
    let whole = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
    for count in stride(from: 1, to: whole.count - 1, by: 37) {
      try temporary(whole.prefix(count)) { url in
        _ = #expect(throws: (any Error).self) { try WeightsFile(url) }
      }
    }
  }

  @Test("no changed byte crashes", arguments: ["archive.pth", "legacy.pth"])
  func corruption(name: String) throws {
    let whole = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
    let key = RandomKey(seed: 11).folding(name)
    for trial in 0..<200 {
      var bytes = whole
      var generator = key.folding(trial).generator()
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      try temporary(bytes) { url in _ = try? WeightsFile(url) }
    }
  }

  /// A file of the old format whose third pickle is `program`.
  func legacy(_ program: String, _ bytes: [UInt8] = []) -> Data {
    var data = Data([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19])
    data += Data([0x2e, 0x80, 2, 0x4d, 0xe9, 3, 0x2e, 0x80, 2, 0x7d, 0x2e, 0x80, 2])
    return data + Data(program.utf8) + Data(bytes)
  }

  /// What a program does wrong, and what the message says of it.
  private static let hostile: [(program: String, reason: String)] = [
    ("cbuiltins\neval\n(X\u{1}\0\0\01tR.", "builtins.eval"),
    ("ctorch\nload\n.", "torch.load"),
    ("ctorch._utils\n_rebuild_parameter\n.", "torch._utils._rebuild_parameter"),
    ("ctorch\nFloatStorage\n)R.", "a call of"),
    ("ccollections\nOrderedDict\n(K\u{1}tR.", "a call of"),
    ("K\u{1}}b.", "an object with attributes"),
    ("}}R.", "a call of something that is no name"),
    ("R.", "stack is empty"),
    ("t.", "mark is missing"),
    ("(.", "stack is empty"),
    ("h\u{5}.", "a reference to nothing"),
    ("X\u{7f}\u{7f}\u{7f}\u{7f}a.", "more are needed"),
    ("i.", "instruction 0x69"),
    ("(K\u{1}K\u{2}tQ.", "a storage without"),
    ("}K\u{1}s.", "entries without a dictionary"),
    ("K\u{1}K\u{2}K\u{3}s.", "entries without a dictionary"),
    ("K\u{1}K\u{2}a.", "members without a list"),
    ("q\0.", "nothing to remember"),
    ("ctorch._utils\n_rebuild_tensor_v2\n(K\u{1}tR.", "a tensor without shape and strides"),
    ("c" + String(repeating: "x", count: 5000), "a line does not end"),
    ("K\u{1}.].", "the file's value is no dictionary"),
  ]

  @Test("hostile descriptions are refused with their fault", arguments: 0..<hostile.count)
  func hostilePrograms(index: Int) throws {
    let (program, reason) = Self.hostile[index]
    try temporary(legacy(program)) { url in
      let error = #expect(throws: Diagnostic.self) { try WeightsFile(url) }
      #expect(error?.place?.contains(reason) == true, "\(error?.place ?? "")")
    }
  }

  @Test("endless descriptions and deep nesting cost no more than their size")
  func exhaustion() throws {
    let nested = String(repeating: "]", count: 3_000_000) + "."
    try temporary(legacy(nested)) { url in
      let error = #expect(throws: Diagnostic.self) { try WeightsFile(url) }
      #expect(error?.what.contains("more memory") == true)
      #expect(error?.place?.contains("a description of more than 2000000 values") == true)
    }
    // A list that holds itself, then a tuple in a tuple in a tuple …, a million deep.
    try temporary(legacy("]q\0h\0a.", Array("].".utf8))) { url in
      _ = #expect(throws: (any Error).self) { try WeightsFile(url) }
    }
    let tuples = Array(")".utf8) + Array(repeating: 0x85, count: 1_000_000) + Array(".".utf8)
    try temporary(legacy("", tuples)) { url in
      _ = #expect(throws: (any Error).self) { try WeightsFile(url) }
    }
  }
}
