import Base
import FineTune
import Foundation
import Models
import NN
import Pool
import Torch
import Training

/// The pretrained trunk's features, computed once and shared: by the rounds of a run, by the runs
/// of a study.
struct TrunkStore {
  let data: RunData
  let device: Device
  /// What runs on one pool with one start share.
  let shared: URL
  /// What is this run's own.
  let run: URL

  /// `[N, D]`, a row for each candidate.
  func candidates() throws -> URL {
    let all = try data.pool.ids(in: .train)
    let whole = try file("trunk", items: all)
    guard data.candidates != all else { return whole }
    let part = run.appendingPathComponent("statistics/trunk.npy")
    if FileManager.default.fileExists(atPath: part.path) { return part }
    try RoundFolder.make(part.deletingLastPathComponent())
    try select(data.candidates, of: all, from: ArrayFile(whole), to: part)
    return part
  }

  /// The candidates' features, standardised, for logistic heads.
  func scaled() throws -> TrunkFeatures {
    try TrunkFeatures(candidates(), items: data.candidates)
  }

  /// `[T, D]`, a row for each test item.
  func test() throws -> ArrayFile { try ArrayFile(file("trunk-test", items: data.test)) }

  private func file(_ name: String, items: [Int]) throws -> URL {
    let file = shared.appendingPathComponent("\(name).npy")
    if FileManager.default.fileExists(atPath: file.path) { return file }
    try RoundFolder.make(shared)
    let network = try Network(
      data.model, key: RandomKey(seed: 0).folding("trunk"), device: device)
    if let pretrained = data.pretrained { try network.loadTrunk(pretrained) }
    try PoolInference(data.pixels, normalization: data.normalization, device: device)
      .write(items, to: file) { network.embedding($0, .evaluate) }
    return file
  }

  private func select(_ items: [Int], of all: [Int], from table: ArrayFile, to url: URL) throws {
    let rowOf = ItemTable(placesOf: all)
    let writer = try ArrayFile.Writer(url, rowShape: Array(table.shape.dropFirst()))
    for item in items {
      guard let row = rowOf[item] else {
        preconditionFailure("item \(item) is not in the training split")
      }
      try writer.append(table.floats(rows: row..<row + 1))
    }
    try writer.close()
  }
}
