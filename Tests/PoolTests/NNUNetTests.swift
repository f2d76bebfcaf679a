import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("nnU-Net raw data sets")
struct NNUNetTests {
  private static let description = """
    {"channel_names": {"0": "T2", "1": "ADC"}, "file_ending": ".png", "numTraining": 3,
     "labels": {"background": 0, "ignore": 3, "zone": 2, "gland": 1}}
    """

  private func fill(_ bench: ImportBench, _ description: String = Self.description) throws {
    try bench.write("dataset.json", description)
    for number in 0..<3 {
      for channel in 0..<2 {
        try bench.image("imagesTr/case_\(number)_000\(channel).png", 10 * channel + number)
      }
      try bench.mask("labelsTr/case_\(number).png", [0, 1, 2, 3])
    }
    try bench.image("imagesTs/case_9_0000.png", 99)
  }

  @Test("one channel of each case comes in with its mask; unlabelled pixels are ignored")
  func cases() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench)
    let summary = try bench.run()
    #expect([summary.items, summary.labels, summary.groups] as [Int] == [4, 3, 4])
    #expect(summary.notes.contains { $0.contains("channel 0 of 2") })
    let pool = try bench.pool()
    #expect(try pool.mode == .segmentation)
    #expect(try pool.classes == ["background", "gland", "zone"])
    guard case .mask(let hash)? = try pool.currentLabels()[0] else {
      Issue.record("no mask")
      return
    }
    #expect(Array(try pool.mask(hash).bytes.prefix(8)) == [0, 1, 2, 255, 0, 1, 2, 255])
    #expect(try pool.item(3).split == .test)
    let other = try ImportBench()
    defer { other.remove() }
    try fill(other)
    try other.run { $0.channel = 1 }
    #expect(try other.pool().count == 3)
    #expect(try other.pool().item(0).hash != pool.item(0).hash)
  }

  @Test(
    "a description that cannot be used is refused with every fault",
    arguments: [
      ("[]", ["no JSON object"]), ("{}", ["file_ending", "channel_names", "value 0"]),
      (
        #"{"file_ending": ".png", "channel_names": {"0": "x"}, "labels": {"a": 0, "b": [1, 2]}}"#,
        ["class 'b'"]
      ),
    ])
  func faults(description: String, words: [String]) throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try fill(bench, description)
    let error = #expect(throws: PoolError.self) { try bench.run() }
    for word in words { #expect(error?.what.contains(word) == true) }
    try bench.write("dataset.json", Self.description)
    #expect(throws: PoolError.self) { try bench.run { $0.channel = 2 } }
  }
}
