import Base
import Models
import NN
import Testing
import Torch

@Suite("Probabilities over mirrored views")
struct MirrorViewsTests {
  private func network(_ architecture: Architecture) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: architecture, classes: 3, channels: 1, imageSize: 32, stem: .small,
        widthFactor: 0.125), key: RandomKey(seed: 4))
  }

  private let images = Tensor.normal([2, 1, 32, 32], generator: Generator(RandomKey(seed: 6)))

  private func difference(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.floats(), b.floats()).map { Double(abs($0 - $1)) }.max() ?? .nan
  }

  @Test("of an image are the mean of those of its views")
  func classes() throws {
    try withoutGradients {
      let network = try network(.resnet18)
      func shares(_ x: Tensor) -> Tensor { (network.logits(x, .evaluate) / 2).softmax(dim: 1) }
      let two = (shares(images) + shares(images.flip([3]))) * 0.5
      let all =
        (shares(images) + shares(images.flip([3])) + shares(images.flip([2]))
          + shares(images.flip([2, 3]))) * 0.25
      func measured(_ views: MirrorViews) -> Tensor {
        network.probabilities(images, temperature: 2, views: views)
      }
      #expect(difference(measured(.single), shares(images)) == 0)
      #expect(difference(measured(.horizontal), two) < 1e-6)
      #expect(difference(measured(.both), all) < 1e-6)
      #expect(difference(two, all) > 1e-6)
      #expect(
        difference(
          measured(.both),
          network.probabilities(
            images.flip([2]), temperature: 2, views: .both)) < 1e-6)
    }
  }

  @Test("of pixels are mirrored back: a mirrored image gets the mirrored map")
  func maps() throws {
    try withoutGradients {
      let network = try network(.unetResNet18)
      let map = network.probabilities(images, views: .horizontal)
      let mirrored = network.probabilities(images.flip([3]), views: .horizontal)
      #expect(map.shape == [2, 3, 32, 32])
      #expect(difference(mirrored.flip([3]), map) < 1e-6)
      #expect(difference(network.probabilities(images.flip([3])).flip([3]), map) > 1e-4)
    }
  }

  @Test("are as the card says, and a card without views means the image as it is")
  func card() throws {
    try withoutGradients {
      let network = try network(.resnet18)
      var card = ModelCard(
        model: network.configuration, classes: ["a", "b", "c"], mean: [0], deviation: [1],
        temperature: 3)
      #expect(
        difference(
          network.probabilities(images, as: card), network.probabilities(images, temperature: 3))
          == 0)
      card.views = .both
      #expect(
        difference(
          network.probabilities(images, as: card),
          network.probabilities(images, temperature: 3, views: .both)) == 0)
    }
  }
}
