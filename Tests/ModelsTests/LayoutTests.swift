import Base
import Models
import NN
import Testing
import Torch

@Suite struct LayoutTests {
  private func network(
    _ architecture: Architecture, _ layout: TensorLayout, _ dtype: DType = .float32
  ) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: architecture, classes: 3, imageSize: 32,
        patch: architecture.isVisionTransformer ? 8 : nil, stem: .small, widthFactor: 0.25),
      key: RandomKey(seed: 1), dtype: dtype, layout: layout)
  }

  @Test(
    "a step gives the same weights in both layouts of memory",
    arguments: [
      Architecture.resnet18, .alexnet, .densenet121, .unetPlain, .unetResNet18, .vitTiny, .swinUNet,
    ])
  func step(architecture: Architecture) throws {
    let x = Tensor.normal([4, 3, 32, 32], generator: Generator(RandomKey(seed: 2)))
      .to(.float64)
    let updated = try TensorLayout.allCases.map { layout in
      let network = try network(architecture, layout, .float64)
      let groups = network.store.groups()
      for rule: any Optimizer in [
        SGD(groups, learningRate: 0.01), AdamW(groups, learningRate: 1e-4, epsilon: 1e-3),
      ] {
        network.store.zeroGradients()
        network.logits(x, .train(RandomKey(seed: 3))).square().mean().backward()
        rule.step()
      }
      return network
    }
    for (one, other) in zip(updated[0].store.all, updated[1].store.all) {
      // Sums in another order, in float64, through normalisations of four examples.
      #expect(one.tensor.isClose(to: other.tensor, rtol: 1e-6, atol: 1e-8), "\(one.name)")
    }
    #expect(
      updated[1].store.parameters.allSatisfy { $0.tensor.rank != 4 || $0.tensor.isChannelsLast })
  }

  @Test(
    "weights saved in one layout are read in the other",
    arguments: [
      Architecture.resnet18, .alexnet, .densenet121, .tfEfficientNetLite0, .fcnSA, .swinUNet,
    ])
  func exchange(architecture: Architecture) throws {
    let (source, target) = (
      try network(architecture, .channelsLast), try network(architecture, .contiguous)
    )
    try target.store.load(source.store.state())
    let x = Tensor.normal([1, 3, 32, 32], generator: Generator(RandomKey(seed: 2)))
    withoutGradients {
      let (one, other) = (source.logits(x, .evaluate), target.logits(x, .evaluate))
      #expect(one.isClose(to: other, rtol: 1e-4, atol: 1e-5))
    }
  }
}
