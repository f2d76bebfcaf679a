import Base
import Foundation
import NN
import Torch
import Training

/// Forty 8×8 grey images in two classes: bright above, or bright below, over a keyed noise.
enum TinySet {
  static let size = 8
  static let items = Array(0..<40)
  static let key = RandomKey(seed: 11)

  static let pixels: PixelArray = {
    let images = items.map { item -> (Int, [UInt8]) in
      let image = (0..<64).map { place -> UInt8 in
        let isBright = (place < 32) == (item % 2 == 0)
        let noise = key.folding("pixel").folding(item).folding(place).uniform()
        return UInt8((isBright ? 120 : 30) + 60 * noise)
      }
      return (item, image)
    }
    return PixelArray(
      Dictionary(uniqueKeysWithValues: images), channels: 1, height: size, width: size)
  }()

  static let classes = Dictionary(uniqueKeysWithValues: items.map { ($0, $0 % 2) })

  static let masks = MaskArray(
    Dictionary(
      uniqueKeysWithValues: items.map { item in
        (item, (0..<64).map { UInt8(($0 < 32) == (item % 2 == 0) ? 1 : 0) })
      }), height: size, width: size)

  static func stream(batch: Int = 8, targets: Targets = .classes(classes)) -> BatchStream {
    BatchStream(
      BatchSampler(items, batch: batch, key: key.folding("order")), pixels: pixels,
      targets: targets, normalization: .half(channels: 1))
  }
}

/// Convolution, batch normalisation, dropout and a linear head.
struct TinyNetwork {
  let store = ParameterStore()
  private let convolution: Conv2d
  private let normalisation: BatchNorm2d
  private let dropout: Dropout
  private let head: Linear

  init(key: RandomKey = RandomKey(seed: 1)) {
    let scope = store.scope(key: key)
    convolution = Conv2d(1, 4, kernel: 3, padding: .zeros(1), in: scope("conv"))
    normalisation = BatchNorm2d(4, in: scope("bn"))
    dropout = Dropout(0.1, in: scope("drop"))
    head = Linear(16, 2, in: scope("fc"))
  }

  func logits(_ x: Tensor, _ pass: Pass) -> Tensor {
    let maps = normalisation(convolution(x), pass).relu()
    let pooled = adaptiveAvgPool2d(maps, [2, 2]).flatten(start: 1)
    return head(dropout(pooled, pass))
  }
}

/// A folder that goes when the test is over.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("training-tests-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }
}
