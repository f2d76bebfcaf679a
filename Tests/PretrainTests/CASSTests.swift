import Base
import Foundation
import Models
import NN
import Pretrain
import Testing
import Torch
import Training

@Suite struct CASSTests {
  private let pool = SmallPool.halves(40, size: 32)

  private func settings(
    _ architecture: Architecture = .resnet18, partner: Architecture = .vitTiny,
    guarding: CASS.Guarding = .variance, head: CASS.Head = .mlp
  ) -> PretrainConfiguration {
    var method = CASS.Settings()
    (method.partner, method.guarding, method.head) = (partner, guarding, head)
    return pool.settings(.cass(method), architecture)
  }

  @Test("the loss equals the reference")
  func reference() {
    let loss = Loss.cosineDistance(portable(1, [4, 8]), portable(2, [4, 8])).item()
    #expect(abs(loss - Golden.cass) < 1e-9)
  }

  @Test("equal constant outputs have no loss, the guard has, and the detector fires")
  func constant() {
    let rows = portable(3, [1, 8]).expand([16, 8])
    #expect(abs(Loss.cosineDistance(rows, rows).item()) < 1e-12)
    #expect(abs(CASS.guardTerm(rows).item() - 0.99) < 1e-12)
    #expect(CollapseStatistics(rows).hasCollapsed)
  }

  @Test("the guard asks nothing of spread directions, whatever their length, and much of a bundle")
  func spread() {
    let signs = Tensor((0..<32).map { ($0 / 8) % 2 == 0 ? 1.0 : -1 }, [4, 8])
    #expect(CASS.guardTerm(signs).item() == 0)
    #expect(abs(CASS.guardTerm(signs * 0.01).item()) < 1e-12)
    // Features that vary by 1, on a mean of 100: what a guard of raw projections would let pass.
    #expect(FeatureSpread.hinge(signs + 100).item() == 0)
    #expect(CASS.guardTerm(signs + 100).item() > 0.95)
  }

  @Test(
    "two networks are trained and kept, either way round; one key, one result",
    arguments: [
      (Architecture.resnet18, Architecture.vitTiny, CASS.Head.mlp), (.vitTiny, .resnet18, .mlp),
      (.resnet18, .vitTiny, .logits1000),
    ])
  func both(architecture: Architecture, partner: Architecture, head: CASS.Head) throws {
    var settings = settings(architecture, partner: partner, head: head)
    settings.steps = 2
    let runs = try (0..<2).map { _ in try pool.stage(settings).run(folder: nil) }
    let networks = runs.map { [$0.network] + $0.companions }
    #expect(networks[0].map(\.configuration.architecture) == [architecture, partner])
    let weights = networks.map { $0.flatMap { $0.store.all.flatMap { $0.tensor.floats() } } }
    #expect(weights[0] == weights[1])
    settings.steps = 1
    let early = try pool.stage(settings).run(folder: nil)
    for (one, other) in zip([early.network] + early.companions, networks[0]) {
      #expect(
        one.store.all.map { $0.tensor.floats() } != other.store.all.map { $0.tensor.floats() })
    }
  }

  @Test("two networks of one kind are refused, with what to set instead")
  func kinds() {
    #expect(settings().faults().isEmpty)
    for (model, partner, instead) in [
      (Architecture.resnet18, Architecture.resnet34, "vit-tiny"), (.vitTiny, .vitSmall, "resnet18"),
    ] {
      let faults = settings(model, partner: partner).faults()
      #expect(faults.count == 1 && faults[0].contains("method.cass.partner to \(instead)"))
    }
  }
}

/// What the method does from random weights: minutes, so only where `MODICUM_SLOW` is 1.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MODICUM_SLOW"] == "1"))
struct CASSCollapseTests {
  /// Discs of different places, sizes and greys.
  private let pool = SmallPool(400, size: 32) { item, row, column in
    let key = RandomKey(seed: 7).folding(item)
    let (x, y, radius, grey) = (
      4 + 24 * key.folding(0).uniform(), 4 + 24 * key.folding(1).uniform(),
      3 + 8 * key.folding(2).uniform(), 0.3 + 0.6 * key.folding(3).uniform()
    )
    let inside = hypot(Double(column) - x, Double(row) - y) < radius
    return (inside ? grey : 0.2) + 0.1 * key.folding(4 + 32 * row + column).uniform()
  }

  private func settings(_ guarding: CASS.Guarding) -> PretrainConfiguration {
    var method = CASS.Settings()
    method.guarding = guarding
    var settings = pool.settings(.cass(method))
    settings.model.patch = 16
    (settings.steps, settings.batch, settings.checkEvery) = (200, 16, 200)
    return settings
  }

  @Test("without the guard the loss goes to nothing, and so does the spread")
  func collapse() throws {
    let plain = try pool.stage(settings(.none)).run(folder: nil)
    #expect(plain.summary.lastLoss < 0.01)
    #expect(try #require(plain.metrics["spread"]) < CollapseStatistics.collapsedSpread)
  }

  @Test("with it both networks end spread, from the same bundled start", arguments: [8, 1])
  func guarded(seed: UInt64) throws {
    let guarded = try pool.stage(settings(.variance), seed: seed).run(folder: nil)
    #expect(try #require(guarded.metrics["spread"]) > 0.5)
    #expect(try #require(guarded.metrics["mean_cosine"]) < 0.5)
  }
}
