import Base
import Models
import NN
import Testing
import Torch

@Suite struct PretrainedWeightsTests {
  private func network(
    _ architecture: Architecture, classes: Int = 3, channels: Int = 3, imageSize: Int = 32,
    seed: UInt64 = 1
  ) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: architecture, classes: classes, channels: channels, imageSize: imageSize,
        patch: architecture.isVisionTransformer ? 8 : nil, stem: .small, widthFactor: 0.25),
      key: RandomKey(seed: seed))
  }

  private func image(_ shape: [Int]) -> Tensor {
    Tensor.normal(shape, generator: Generator(RandomKey(seed: 9)))
  }

  @Test(
    "a trunk with another head gives the same features",
    arguments: [
      Architecture.resnet18, .alexnet, .densenet121, .vitTiny, .tfEfficientNetLite0,
    ])
  func sameFeatures(architecture: Architecture) throws {
    let source = try network(architecture, classes: 10, seed: 2)
    let target = try network(architecture)
    let head = try #require(target.store.all.last).tensor.floats()
    try target.loadTrunk(source.store.state())
    let x = image([2, 3, 32, 32])
    withoutGradients {
      #expect(target.embedding(x, .evaluate).equals(source.embedding(x, .evaluate)))
    }
    #expect(target.store.all.last?.tensor.floats() == head)
  }

  @Test("a bare trunk becomes the encoder of a U-Net, and goes back")
  func encoder() throws {
    let source = try network(.resnet18, classes: 10, seed: 2)
    let unet = try network(.unetResNet18)
    try unet.loadTrunk(source.store.state())
    let back = try network(.resnet18, seed: 3)
    try back.loadTrunk(unet.store.state())
    let x = image([1, 3, 64, 64])
    withoutGradients {
      let features = source.embedding(x, .evaluate)
      #expect(unet.embedding(x, .evaluate).equals(features))
      #expect(back.embedding(x, .evaluate).equals(features))
    }
    let whole = try network(.unetResNet18, classes: 2, seed: 4)
    try whole.loadTrunk(unet.store.state())
    let name = "decoder.blocks.0.0.conv.weight"
    #expect(try #require(whole.store[name]).equals(try #require(unet.store[name])))
    let encoder = unet.store.state().filter { $0.name.hasPrefix("encoder.") }
    try network(.unetResNet18, seed: 5).loadTrunk(encoder)
  }

  @Test("three channels summed to one see a grey image as the three did")
  func channels() throws {
    let source = try network(.resnet18, seed: 2)
    let grey = try network(.resnet18, channels: 1)
    try grey.loadTrunk(source.store.state())
    let colour = try network(.resnet18, seed: 4)
    try colour.loadTrunk(grey.store.state())
    let x = image([1, 1, 32, 32])
    withoutGradients {
      let features = source.embedding(x.repeat([1, 3, 1, 1]), .evaluate)
      // Another order of summation: relative 1e-5 in float32.
      #expect(grey.embedding(x, .evaluate).isClose(to: features, rtol: 1e-5, atol: 1e-5))
      let spread = colour.embedding(x.repeat([1, 3, 1, 1]), .evaluate)
      #expect(spread.isClose(to: features, rtol: 1e-5, atol: 1e-5))
    }
  }

  @Test("positions are interpolated to another grid")
  func positions() throws {
    let source = try network(.vitTiny, imageSize: 32, seed: 2)
    let target = try network(.vitTiny, imageSize: 48)
    try target.loadTrunk(source.store.state())
    #expect(target.store["pos_embed"]?.shape == [1, 37, 192])
    let x = image([1, 3, 48, 48])
    withoutGradients {
      let features = source.embedding(x, .evaluate)
      #expect(target.embedding(x, .evaluate).isClose(to: features, rtol: 1e-5, atol: 1e-5))
    }
  }

  @Test("what does not fit is listed by name, and ignoring is exact")
  func strictness() throws {
    let target = try network(.resnet18)
    let source = try network(.resnet18, seed: 2).store.state()
    let more = source + [("projection.weight", Tensor.zeros([2, 2]))]
    let error = #expect(throws: WeightsMismatch.self) { try target.loadTrunk(more) }
    #expect(error?.unexpected == ["projection.weight"])
    try target.loadTrunk(more, ignoring: ["projection"])
    let absent = #expect(throws: WeightsMismatch.self) {
      try target.loadTrunk(source, ignoring: ["projection"])
    }
    #expect(absent?.ignoredButAbsent == ["projection"])
    let less = source.filter { $0.name != "bn1.weight" }
    let missing = #expect(throws: WeightsMismatch.self) { try target.loadTrunk(less) }
    #expect(missing?.missing == ["bn1.weight"])
    #expect(throws: WeightsMismatch.self) {
      try target.loadTrunk(network(.vitTiny).store.state())
    }
  }

  @Test("dialects are bijections onto the reference's names")
  func dialects() throws {
    let names = try network(.tfEfficientNetLite0).store.all.map(\.name)
    #expect(WeightsDialect.detected(in: names) == .reference)
    let parallel = names.map { "module." + $0 }
    #expect(WeightsDialect.detected(in: parallel) == .dataParallel)
    #expect(parallel.map(WeightsDialect.dataParallel.reference) == names)
    var port = ["_conv_stem.weight"] + Self.normalization("_bn0")
    for block in 0..<16 {
      let prefix = "_blocks.\(block)."
      if block > 0 {
        port += [prefix + "_expand_conv.weight"] + Self.normalization(prefix + "_bn0")
      }
      port += [prefix + "_depthwise_conv.weight"] + Self.normalization(prefix + "_bn1")
      port += [prefix + "_project_conv.weight"] + Self.normalization(prefix + "_bn2")
    }
    port += ["_conv_head.weight"] + Self.normalization("_bn1") + ["_fc.weight", "_fc.bias"]
    #expect(WeightsDialect.detected(in: port) == .efficientNetPyTorch)
    #expect(port.map(WeightsDialect.efficientNetPyTorch.reference) == names)
  }

  @Test("published DenseNets, whose layers are numbered and count no batches, are read")
  func numberedDenseLayers() throws {
    let source = try network(.densenet121, classes: 10, seed: 2)
    let published = source.store.state().filter { !$0.name.hasSuffix("num_batches_tracked") }
      .map { name, tensor in
        let layer = name.contains("denselayer")
        return (
          name: !layer
            ? name
            : ["norm", "conv"].reduce(name) { name, kind in
              ["1", "2"].reduce(name) {
                $0.replacing(".\(kind)\($1).", with: ".\(kind).\($1).")
              }
            }, tensor: tensor
        )
      }
    #expect(WeightsDialect.detected(in: published.map(\.name)) == .numberedDenseLayers)
    let target = try network(.densenet121)
    try target.loadTrunk(published)
    let x = image([2, 3, 32, 32])
    withoutGradients {
      #expect(target.embedding(x, .evaluate).equals(source.embedding(x, .evaluate)))
    }
    // Counters may be absent together, not one by one.
    let holed = source.store.state().filter { $0.name != "features.norm5.num_batches_tracked" }
    let error = #expect(throws: WeightsMismatch.self) { try target.loadTrunk(holed) }
    #expect(error?.missing == ["features.norm5.num_batches_tracked"])
  }

  @Test("a bare Swin encoder with timm's names becomes that of a Swin-UNet")
  func swinEncoder() throws {
    let source = try network(.swinUNet, classes: 4, seed: 2)
    let bare = source.store.state().filter { $0.name.hasPrefix("encoder.") }
      .map { (name: String($0.name.dropFirst("encoder.".count)), tensor: $0.tensor) }
    let head = (name: "head.fc.weight", tensor: Tensor.zeros([1000, source.width]))
    let target = try network(.swinUNet)
    try target.loadTrunk(bare + [head])
    let x = image([1, 3, 32, 32])
    withoutGradients {
      #expect(target.embedding(x, .evaluate).equals(source.embedding(x, .evaluate)))
    }
  }

  private static func normalization(_ name: String) -> [String] {
    ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"].map {
      name + "." + $0
    }
  }

  @Test("layers count from the first to the head", arguments: Architecture.allCases)
  func layers(architecture: Architecture) throws {
    let network = try network(architecture)
    let layers = network.store.parameters.map { network.layer(of: $0.name) }
    #expect(layers.first == 0)
    #expect(layers.last == network.layerCount - 1)
    #expect(Set(layers) == Set(0..<network.layerCount))
    #expect(layers == layers.sorted())
  }
}
