import Base
import Foundation
import Testing
import Torch

/// A file in the temporary folder that goes away with the value that holds it.
final class TemporaryFile {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("torch-\(UUID().uuidString).safetensors")

  init(_ data: Data? = nil) throws {
    try data?.write(to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

@Suite("Safetensors")
struct SafetensorsTests {
  private func sample() -> [(name: String, tensor: Tensor)] {
    [
      ("z.flags", Tensor([true, false, true], [3])),
      ("a.weight", Tensor([1, -2, 3.5, .infinity] as [Float], [2, 2])),
      ("naïve \"name\"\n🩻", Tensor([7, 8] as [UInt8], [2, 1])),
      ("empty", Tensor([] as [Float], [0, 3])),
      ("scalar", Tensor([0.1] as [Double], [])),
      ("half", Tensor([1.5, 2] as [Float], [2]).to(.float16)),
      ("brain", Tensor([1.5, 2] as [Float], [2]).to(.bfloat16)),
      ("ids", Tensor([Int.max, Int.min], [2])),
    ]
  }

  @Test("gives back names in order, types, shapes, values and metadata")
  func roundTrip() throws {
    let file = try TemporaryFile()
    let metadata = ["format": "pt", "note": "a \"b\"\t\u{1}"]
    try Safetensors.save(sample(), metadata: metadata, to: file.url)
    let (loaded, read) = try Safetensors.load(file.url)
    #expect(read == metadata)
    #expect(loaded.map(\.name) == sample().map(\.name))
    for (before, after) in zip(sample(), loaded) {
      #expect(before.tensor.shape == after.tensor.shape)
      #expect(before.tensor.dtype == after.tensor.dtype)
      #expect(before.tensor.doubles() == after.tensor.doubles())
    }
    #expect(loaded.last?.tensor.ints() == [.max, .min])
  }

  @Test("writes a tensor that is a view as its elements, and the same bytes each time")
  func views() throws {
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3])
    let (first, second) = (try TemporaryFile(), try TemporaryFile())
    for file in [first, second] { try Safetensors.save([("x", x.t())], to: file.url) }
    #expect(try Safetensors.load(first.url).tensors[0].tensor.floats() == [1, 4, 2, 5, 3, 6])
    #expect(try Data(contentsOf: first.url) == Data(contentsOf: second.url))
  }

  @Test("a file cut at any byte is refused")
  func truncation() throws {
    let whole = try TemporaryFile()
    try Safetensors.save(sample(), metadata: ["k": "v"], to: whole.url)
    let data = try Data(contentsOf: whole.url)
    for length in 0..<data.count {
      let cut = try TemporaryFile(data.prefix(length))
      #expect(throws: Diagnostic.self, "cut at \(length)") { try Safetensors.load(cut.url) }
    }
    let long = try TemporaryFile(data + [0])
    #expect(throws: Diagnostic.self) { try Safetensors.load(long.url) }
  }

  static let hostileHeaders: [(header: String, bytes: Int, says: String)] = [
    (#"[]"#, 0, "no '{'"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}"#, 4, "more than one value"),
    (#"{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}"#, 4, "F8_E4M3"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "needs 8 bytes"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "lies at 4–0"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "lies at 0–8"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "whole number"),
    (#"{"a":{"dtype":"F32","shape":[1e9],"data_offsets":[0,4]}}"#, 4, "no ']'"),
    (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, 4, "64 bits"),
    (
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4,
      "beyond all memory"
    ),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, 4, "lacks"),
    (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, 4, "lacks"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, 4, "unexpected field 'x'"),
    (
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"#
        + #""data_offsets":[2,4]}}"#, 4, "occurs twice"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"#
        + #""data_offsets":[2,4]}}"#, 4, "'b' overlaps"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"#
        + #""data_offsets":[2,4]}}"#, 4, "'b' follows a gap"
    ),
    (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 4, "3 bytes at the end"),
    (#"{"__metadata__":{"k":1}}"#, 0, #"no '"'"#),
    (#"{"a\ud800":{}}"#, 0, "surrogate"),
    (#"{"a\x":{}}"#, 0, "unknown escape"),
    ("{\"a\u{1}\":{}}", 0, "control character"),
    (#"{"a"#, 0, "does not end"),
    (#"{"a\"#, 0, "unfinished string"),
    (#"{"a\u00g0":{}}"#, 0, #"wrong \u escape"#),
    (String(repeating: "{\"a\":", count: 50_000), 0, "unexpected field"),
  ]

  @Test("a hostile header is refused with the reason", arguments: hostileHeaders)
  func hostile(_ header: String, _ bytes: Int, _ says: String) throws {
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    let file = try TemporaryFile(length + Data(header.utf8) + Data(count: bytes))
    let error = #expect(throws: Diagnostic.self) { try Safetensors.load(file.url) }
    #expect(error?.what.contains(says) == true, "\(error?.what ?? "")")
    #expect(error?.place == file.url.path && error?.remedy != nil)
  }

  @Test("a header longer than the file is refused, whatever length it claims")
  func lengths() throws {
    for claimed in [UInt64.max, UInt64(Int64.max), 100_000_001, 9] {
      let file = try TemporaryFile(withUnsafeBytes(of: claimed.littleEndian) { Data($0) })
      let error = #expect(throws: Diagnostic.self) { try Safetensors.load(file.url) }
      #expect(error?.what.contains("the header claims \(claimed) bytes") == true)
    }
    let short = try TemporaryFile(Data(count: 7))
    let error = #expect(throws: Diagnostic.self) { try Safetensors.load(short.url) }
    #expect(error?.what.contains("within its first 8 bytes") == true)
  }

  @Test("one name for two tensors is refused before anything is written")
  func duplicates() throws {
    let file = try TemporaryFile()
    let x = Tensor.zeros([1])
    let error = #expect(throws: Diagnostic.self) {
      try Safetensors.save([("a", x), ("a", x)], to: file.url)
    }
    #expect(error?.what.contains("two tensors would bear the name 'a'") == true)
    #expect(error?.remedy?.contains("a name of its own") == true && error?.exitCode == .bug)
    #expect(throws: Diagnostic.self) { try Safetensors.save([("__metadata__", x)], to: file.url) }
    #expect(!FileManager.default.fileExists(atPath: file.url.path))
  }

  @Test("a missing file or folder is an error, and a failed write leaves the old file")
  func missing() throws {
    let nowhere = URL(fileURLWithPath: "/nonexistent/x.safetensors")
    #expect(throws: (any Error).self) { try Safetensors.load(nowhere) }
    #expect(throws: (any Error).self) { try Safetensors.save([], to: nowhere) }
  }
}
