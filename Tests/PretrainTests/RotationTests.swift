import Base
import Models
import NN
import Pretrain
import Testing
import Torch
import Training

@Suite struct RotationTests {
  private func configuration(_ pool: SmallPool) -> PretrainConfiguration {
    pool.settings(.rotation(.init()))
  }

  @Test("the loss equals the reference")
  func reference() {
    let loss = Loss.crossEntropy(portable(12, [4, 4]), Tensor([0, 1, 2, 3], [4]))
    #expect(abs(loss.item() - Golden.rotation) < 1e-9)
  }

  @Test("turns equal the reference; four make none, and a mirrored one is no other turn")
  func turns() {
    let square = Tensor((0..<18).map(Double.init), [1, 2, 3, 3])
    let turned = Rotation.turned(square)
    #expect(turned.doubles().map { Int($0) } == Golden.turned)
    let once = turned.narrow(dim: 0, start: 1, length: 1)
    let more = Rotation.turned(once).narrow(dim: 0, start: 3, length: 1)
    #expect(more.doubles() == square.doubles())
    let mirrored = once.flip([3])
    for turn in 0..<4 {
      #expect(mirrored.doubles() != turned.narrow(dim: 0, start: turn, length: 1).doubles())
    }
  }

  @Test(
    "a run stops where turns cannot be told after a fifth of it, or are told at once",
    arguments: [
      (0.25, 99, nil), (0.25, 199, nil), (0.25, 200, "no way up"), (0.39, 900, "no way up"),
      (0.41, 900, nil), (0.995, 0, nil), (0.995, 40, "too easily"), (0.995, 41, nil),
      (0.98, 40, nil),
    ] as [(Double, Int, String?)])
  func gate(accuracy: Double, step: Int, reason: String?) {
    let refusal = Rotation.refusal(accuracy, step: step, of: 1000, early: 40)
    #expect((refusal == nil) == (reason == nil))
    if let reason { #expect(refusal?.what.contains(reason) == true) }
    #expect(refusal?.remedy?.contains("simclr") ?? true)
  }

  @Test("a run of a few steps is too short for a judgement")
  func short() {
    #expect(Rotation.refusal(0.1, step: 2, of: 2, early: 0) == nil)
    #expect(Rotation.refusal(1, step: 2, of: 2, early: 0) == nil)
  }

  @Test("noise has no way up: the run ends after a hundred steps, with what to use instead")
  func noise() {
    let noise = RandomKey(seed: 5)
    let pool = SmallPool(200, size: 16) { item, row, column in
      noise.folding(item).folding(row * 16 + column).uniform()
    }
    var settings = configuration(pool)
    (settings.steps, settings.checkEvery) = (200, 50)
    let error = #expect(throws: Diagnostic.self) { try pool.stage(settings).run(folder: nil) }
    #expect(error?.what.contains("no way up") == true)
    #expect(error?.what.contains("after 100 steps") == true)
    #expect(error?.remedy?.contains("simclr") == true)
  }

  @Test("a mark that gives every turn away ends the run at the first check")
  func marked() {
    let noise = RandomKey(seed: 6)
    let pool = SmallPool(40, size: 16) { item, row, column in
      row < 8 ? 1 : 0.2 * noise.folding(item).folding(row * 16 + column).uniform()
    }
    var settings = configuration(pool)
    (settings.steps, settings.checkEvery, settings.baseRate) = (1500, 150, 0.3)
    let error = #expect(throws: Diagnostic.self) { try pool.stage(settings).run(folder: nil) }
    #expect(error?.what.contains("too easily") == true)
    #expect(error?.what.contains("after 150 steps") == true)
  }

  @Test("modalities without a way up are refused before any work", arguments: Modality.allCases)
  func modality(modality: Modality) {
    var settings = configuration(SmallPool.halves(4, size: 32))
    settings.augmentation.modality = modality
    let faults = settings.faults()
    if modality == .dermoscopy || modality == .histology {
      #expect(faults.count == 1 && faults[0].contains("way up, which \(modality.rawValue)"))
      #expect(faults.first?.contains("use simclr") == true)
    } else {
      #expect(faults.isEmpty)
    }
  }

  @Test("one key, the same weights")
  func deterministic() throws {
    let pool = SmallPool.halves(24, size: 16)
    let runs = try (0..<2).map { _ in
      try pool.stage(configuration(pool)).run(folder: nil).network.store.all
        .flatMap { $0.tensor.floats() }
    }
    #expect(runs[0] == runs[1])
  }
}

@Suite struct HeldOutItemsTests {
  private let key = RandomKey(seed: 2)

  @Test("whole groups are held out, about a tenth of the items and no more")
  func groups() throws {
    let items = Array(0..<200)
    let groups = ItemTable(Dictionary(uniqueKeysWithValues: items.map { ($0, $0 / 4) }))
    for limit in [8, 512] {
      let held = try HeldOutItems(items, groups: groups, limit: limit, key: key)
      #expect((held.learnt + held.measuring).sorted() == items)
      #expect(held.measuring.count == min(limit, 20))
      #expect(Set(held.measuring.map { $0 / 4 }).isDisjoint(with: held.learnt.map { $0 / 4 }))
      let again = try HeldOutItems(items, groups: groups, limit: limit, key: key)
      #expect(again.measuring == held.measuring)
    }
  }

  @Test("items without a group are their own; two are enough")
  func alone() throws {
    let held = try HeldOutItems([3, 7], groups: [:], limit: 512, key: key)
    #expect(held.learnt.count == 1 && held.measuring.count == 1)
  }

  @Test("a single group cannot be divided")
  func single() {
    let groups = ItemTable(Dictionary(uniqueKeysWithValues: (0..<9).map { ($0, 1) }))
    let error = #expect(throws: Diagnostic.self) {
      try HeldOutItems(Array(0..<9), groups: groups, limit: 512, key: key)
    }
    #expect(error?.what.contains("one group") == true)
  }
}
