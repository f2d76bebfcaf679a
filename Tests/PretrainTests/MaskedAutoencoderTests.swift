import Base
import Models
import NN
import Pretrain
import Testing
import Torch
import Training

@Suite struct MaskedAutoencoderTests {
  private let pool = SmallPool.halves(40, size: 32)

  private func settings(_ change: (inout MaskedAutoencoder.Settings) -> Void = { _ in })
    -> PretrainConfiguration
  {
    var method = MaskedAutoencoder.Settings()
    (method.width, method.depth) = (32, 1)
    change(&method)
    return pool.settings(.mae(method), .vitTiny)
  }

  private func positions(_ network: Network) throws -> [Float] {
    try #require(network.store["pos_embed"]).floats()
  }

  @Test("forty steps paint hidden patches better than evenly, and labels judge the class token")
  func learns() throws {
    // Ramps from corner to corner, of other contrasts: what a patch shows can be told from any other.
    let pool = SmallPool(40, size: 32) { item, row, column in
      0.1 + Double(row + column) / 62 * (0.3 + 0.5 * Double(item % 5) / 4)
    }
    var settings = settings { $0.rate = 2e-3 }
    (settings.steps, settings.checkEvery) = (40, 40)
    let pretrained = try pool.stage(settings, labels: pool.labels(24)).run(folder: nil)
    #expect(try #require(pretrained.metrics["explained"]) > 0.5, "\(pretrained.metrics)")
    #expect(try #require(pretrained.verdict).after.folds.count == 5)
  }

  @Test("one key, the same weights; another key, others")
  func deterministic() throws {
    let runs = try [8, 8, 9].map { seed in
      try pool.stage(settings(), seed: seed).run(folder: nil).network.store.all
        .flatMap { $0.tensor.floats() }
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] != runs[2])
  }

  @Test("positions are fixed: sines and cosines from nothing, the given ones from given weights")
  func fixed() throws {
    let untrained = try pool.stage(settings()).run(folder: nil)
    let table = GridPositions.table(rows: 4, columns: 4, width: 192)
    #expect(try positions(untrained.network) == table.floats())
    let given = try Network(settings().model, key: RandomKey(seed: 1))
    let start = given.store.snapshot()
    let trained = try pool.stage(settings()).run(start: start, folder: nil)
    #expect(try positions(trained.network) == positions(given))
    #expect(
      try #require(trained.network.store["cls_token"]).floats()
        != #require(given.store["cls_token"]).floats())
  }

  @Test("images of one colour leave nothing to paint, and the run is given up with what to do")
  func even() {
    let pool = SmallPool(8, size: 32) { item, _, _ in Double(item) / 8 }
    var settings = settings()
    (settings.steps, settings.batch, settings.checkEvery) = (104, 2, 2)
    let error = #expect(throws: CollapsedPretraining.self) {
      try pool.stage(settings).run(folder: nil)
    }
    #expect(error?.what.contains("no better than evenly after 104 steps") == true)
    #expect(error?.remedy?.contains("method.mae.rate") == true)
  }

  @Test("a convolutional network is refused, with what to use instead")
  func refused() {
    let faults = pool.settings(.mae(.init()), .resnet18).faults()
    #expect(faults.count == 1)
    #expect(faults.first?.contains("mae wants a vision transformer, such as vit-tiny") == true)
    #expect(faults.first?.contains("use simclr") == true)
  }

  @Test("settings out of range are refused", arguments: ["masked", "depth", "width", "rate"])
  func ranges(name: String) {
    var method = MaskedAutoencoder.Settings()
    #expect(method.faults().isEmpty)
    switch name {
    case "masked": method.masked = 1
    case "depth": method.depth = 0
    case "width": method.width = 30
    default: method.rate = 0
    }
    #expect(method.faults().count == 1 && method.faults()[0].contains(name))
  }
}
