import Base
import Foundation
import Models
import NN
import Pretrain
import Testing
import Torch
import Training

@Suite struct PretrainStageTests {
  private static let size = 32
  private let items = Array(0..<40)
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("pretrain-tests-\(UUID().uuidString)")

  /// Grey images with a bright half, above in even ones.
  private var pixels: PixelArray {
    let noise = RandomKey(seed: 3)
    let images = items.map { item in
      (
        item,
        (0..<Self.size * Self.size).map { place -> UInt8 in
          let isBright = (place < Self.size * Self.size / 2) == (item % 2 == 0)
          return UInt8((isBright ? 140 : 40) + 60 * noise.folding(item).folding(place).uniform())
        }
      )
    }
    return PixelArray(
      Dictionary(uniqueKeysWithValues: images), channels: 1, height: Self.size, width: Self.size)
  }

  private var contrastive: PretrainConfiguration {
    var settings = PretrainConfiguration()
    settings.model = ModelConfiguration(
      architecture: .resnet18, channels: 1, imageSize: Self.size, widthFactor: 0.125)
    (settings.steps, settings.batch, settings.checkEvery) = (4, 8, 2)
    return settings
  }

  private func restoring(_ corruption: ImageCorruption) -> PretrainConfiguration {
    var settings = contrastive
    (settings.model.architecture, settings.model.widthFactor) = (.unetResNet18, 0.25)
    var method = DecoderRestore.Settings()
    method.corruption = corruption
    settings.method = .decoderRestore(method)
    settings.adamRate = 0.01
    return settings
  }

  private func stage(
    _ settings: PretrainConfiguration? = nil, items: [Int]? = nil, labels: [Int: Int] = [:],
    pixels: PixelArray? = nil
  ) -> PretrainStage {
    let (settings, items) = (settings ?? contrastive, items ?? self.items)
    return PretrainStage(
      settings, pixels: pixels ?? self.pixels, normalization: .half(channels: 1), items: items,
      groups: ItemTable(Dictionary(uniqueKeysWithValues: items.map { ($0, $0) })),
      labels: ItemTable(labels),
      device: .cpu, key: RandomKey(seed: 8))
  }

  /// Items whose images differ in their noise only.
  private var alike: [Int] { items.filter { $0.isMultiple(of: 2) } }

  private var labels: [Int: Int] {
    Dictionary(uniqueKeysWithValues: items.prefix(24).map { ($0, $0 % 2) })
  }

  private func bits(_ network: Network) -> [Float] {
    network.store.all.flatMap { $0.tensor.floats() }
  }

  @Test("labels measure the start and every check, and change no weight")
  func measured() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("metrics.jsonl")
    let with = try stage(labels: labels).run(folder: nil, metrics: MetricsLog(file))
    let without = try stage().run(folder: nil)
    #expect(bits(with.network) == bits(without.network))
    #expect(without.verdict == nil)
    let checks = try MetricsLog.rows(of: file).filter { $0.kind == "check" }
    #expect(checks.map(\.step) == [0, 1, 3])
    for check in checks {
      for name in ["health_knn", "health_knn_auroc", "health_spread"] {
        #expect(check.fields[name] != nil, "\(name) at step \(check.step)")
      }
    }
    let verdict = try #require(with.verdict)
    #expect(checks.first?.fields["health_knn"] == verdict.before.balancedAccuracy)
    #expect(checks.last?.fields["health_knn"] == verdict.after.balancedAccuracy)
    #expect(verdict.labels == 24 && verdict.before.folds.count == 5)
    #expect(verdict.start == .untrained)
  }

  @Test("a run that is taken up again is judged against the same start")
  func resumed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = restoring(ImageCorruption())
    (settings.steps, settings.checkEvery) = (30, 30)
    let labels = Dictionary(uniqueKeysWithValues: alike.map { ($0, $0 / 4 % 2) })
    let first = try stage(settings, items: alike, labels: labels).run(folder: folder)
    let again = try stage(settings, items: alike, labels: labels).run(folder: folder)
    #expect(again.summary.resumedAt == 30)
    #expect(first.verdict != nil)
    #expect(first.verdict == again.verdict)
  }

  @Test("what collapses twice is given up, with vicreg as the way out")
  func collapsedTwice() throws {
    var settings = contrastive
    settings.method = .byol(.init())
    (settings.steps, settings.batch, settings.checkEvery) = (102, 4, 1)
    settings.checkImages = 4
    // No network tells equal images apart.
    let black = PixelArray(
      Dictionary(
        uniqueKeysWithValues: items.map {
          ($0, [UInt8](repeating: 0, count: Self.size * Self.size))
        }), channels: 1, height: Self.size, width: Self.size)
    let error = #expect(throws: CollapsedPretraining.self) {
      try stage(settings, pixels: black).run(folder: nil)
    }
    #expect(error?.what.contains("tells images no longer apart after 102 steps") == true)
    #expect(error?.remedy?.contains("use method vicreg") == true)
    #expect(error?.remedy?.contains("lower baseRate") == true)
  }

  @Test("forty steps restore images better than they were corrupted, and than an even grey")
  func restores() throws {
    var settings = restoring(ImageCorruption())
    (settings.steps, settings.checkEvery) = (40, 40)
    // All images are bright above and dark below: grey everywhere is off by 0.2, which is 14 dB.
    let metrics = try stage(settings, items: alike).run(folder: nil).metrics
    let (restored, corrupted) = (metrics["psnr"], metrics["psnr_of_corrupted"])
    #expect(try #require(restored) > #require(corrupted) + 3, "\(metrics)")
    #expect(try #require(restored) > 17)
  }

  @Test("a network that restores nothing is given up, with what to do")
  func nothingToRestore() {
    var nothing = ImageCorruption()
    (nothing.shuffle, nothing.curve, nothing.paint) = (0, 0, 0)
    var settings = restoring(nothing)
    (settings.steps, settings.checkEvery) = (6, 1)
    let error = #expect(throws: CollapsedPretraining.self) {
      try stage(settings).run(folder: nil)
    }
    #expect(error?.what.contains("hardly better than they were corrupted after 5 steps") == true)
    #expect(error?.remedy?.contains("adamRate") == true)
  }
}
