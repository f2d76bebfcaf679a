import Base
import Models
import NN
import Testing
import Torch

@Suite struct ArchitectureTests {
  private func network(
    _ architecture: Architecture, classes: Int = 1000, channels: Int = 3, imageSize: Int = 224,
    patch: Int? = nil, stem: Stem = .imagenet, widthFactor: Double = 1
  ) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: architecture, classes: classes, channels: channels, imageSize: imageSize,
        patch: patch, stem: stem, widthFactor: widthFactor),
      key: RandomKey(seed: 1))
  }

  /// For one-channel images of 32 × 32.
  private func small(_ architecture: Architecture, stem: Stem) throws -> Network {
    try network(
      architecture, classes: 3, channels: 1, imageSize: 32,
      patch: architecture.isVisionTransformer ? 8 : nil, stem: stem, widthFactor: 0.25)
  }

  @Test(
    "parameters are as many as in torchvision and timm",
    arguments: [
      (Architecture.resnet18, 11_689_512), (.resnet34, 21_797_672), (.resnet50, 25_557_032),
      (.alexnet, 61_100_840), (.densenet121, 7_978_856), (.vitTiny, 5_717_416),
      (.vitSmall, 22_050_664), (.vitBase, 86_567_656), (.efficientNetLite0, 4_652_008),
      (.tfEfficientNetLite0, 4_652_008),
    ])
  func parameterCounts(architecture: Architecture, count: Int) throws {
    #expect(try network(architecture).store.parameterCount == count)
  }

  @Test("fcn-sa has the size of its table")
  func fcnSASize() throws {
    let store = try network(.fcnSA, classes: 2).store
    func count(_ scope: String) -> Int {
      store.parameters.filter { ParameterStore.name($0.name, isUnder: scope) }
        .reduce(0) { $0 + $1.tensor.count }
    }
    #expect(count("encoder.entry") == 19_488)
    #expect(
      (0..<5).map { count("encoder.stages.\($0)") } == [
        41_984, 165_888, 659_456, 2_629_632, 2_234_368,
      ])
    #expect(count("encoder") == 5_750_816)
    #expect(count("decoder.branches") == 235_840)
    #expect(count("decoder.fuse") + count("head") == 110_720 + 65 * 2)
    #expect(store.parameterCount == 6_097_506)
    #expect(try network(.fcnSA, classes: 2, channels: 1).store.parameterCount == 6_097_506 - 576)
  }

  @Test("every network gives logits of its embedding", arguments: Architecture.allCases)
  func outputs(architecture: Architecture) throws {
    let network = try small(architecture, stem: architecture == .alexnet ? .small : .medium)
    let size = architecture.isSegmentation ? [40, 33] : [32, 32]
    let x = Tensor.normal([2, 1] + size, generator: Generator(RandomKey(seed: 2)))
    try withoutGradients {
      let (logits, embedding) = network.outputs(x, .evaluate)
      #expect(embedding.shape == [2, network.width])
      #expect(network.embedding(x, .evaluate).isClose(to: embedding, rtol: 0, atol: 1e-5))
      #expect(network.logits(x, .evaluate).isClose(to: logits, rtol: 0, atol: 1e-5))
      #expect(logits.shape == (architecture.isSegmentation ? [2, 3, 40, 33] : [2, 3]))
      #expect(logits.isFinite().all().item() == 1)
      if !architecture.isSegmentation {
        #expect(network.head(embedding, .evaluate).isClose(to: logits, rtol: 0, atol: 1e-5))
      }
      let other = try small(architecture, stem: network.configuration.stem)
      #expect(other.logits(x, .evaluate).equals(network.logits(x, .evaluate)))
    }
  }

  @Test("every parameter gets a gradient", arguments: Architecture.allCases)
  func gradients(architecture: Architecture) throws {
    let network = try small(architecture, stem: .small)
    let x = Tensor.normal([2, 1, 32, 32], generator: Generator(RandomKey(seed: 2)))
    network.logits(x, .train(RandomKey(seed: 3))).square().mean().backward()
    let idle = network.store.parameters.filter { $0.tensor.gradient == nil }.map(\.name)
    #expect(idle.isEmpty)
  }

  @Test("the descriptor of fcn-sa is unmoved by circular shifts by its stride")
  func shiftInvariance() {
    let store = ParameterStore()
    let model = FCNSA(
      classes: 2, padding: .circular, in: store.scope(key: RandomKey(seed: 4)))
    withoutGradients {
      let x = Tensor.normal([1, 3, 96, 128], generator: Generator(RandomKey(seed: 5)))
      func descriptor(_ x: Tensor) -> Tensor {
        Resolution.globalMean(model.encode(x, .evaluate)[5])
      }
      let (here, there) = (descriptor(x), descriptor(x.roll([32, -64], dims: [2, 3])))
      #expect(here.shape == [1, 1024])
      #expect(((here - there).norm() / here.norm()).item() < 1e-5)
      let odd = descriptor(x.roll([5], dims: [2]))
      #expect(((here - odd).norm() / here.norm()).item() > 1e-4)
    }
  }

  @Test("a transformer reads images of another size, and a part of the patches")
  func otherSizes() throws {
    let network = try network(.vitTiny, classes: 2, imageSize: 32, patch: 8)
    let transformer = try #require(network.backbone as? VisionTransformer)
    withoutGradients {
      let x = Tensor.normal([2, 3, 48, 64], generator: Generator(RandomKey(seed: 2)))
      #expect(network.logits(x, .evaluate).shape == [2, 2])
      #expect(transformer.featureMap(x, .evaluate).shape == [2, 192, 6, 8])
      let part = transformer.patches(x).narrow(dim: 1, start: 3, length: 10)
      #expect(transformer.encode(part, .evaluate).shape == [2, 11, 192])
    }
  }

  @Test("a configuration out of range is refused with every fault")
  func faults() {
    let configuration = ModelConfiguration(
      architecture: .vitTiny, classes: 0, imageSize: 30, patch: 8, dropout: 1)
    let error = #expect(throws: Diagnostic.self) {
      try Network(configuration, key: RandomKey(seed: 1))
    }
    #expect(error?.place?.contains("classes must be at least 1, not 0") == true)
    #expect(error?.place?.contains("patch must divide imageSize, but 8 not 30") == true)
    #expect(error?.place?.contains("dropout must be from 0 to below 1, not 1.0") == true)
  }

  @Test(
    "swin-unet takes images of 32, 64, 128 and 224 pixels, by its own choice of windows or ours",
    arguments: [
      (32, 2, 0), (32, 2, 4), (64, 2, 4), (64, 2, 8), (64, 4, 8), (128, 4, 8), (224, 4, 7),
    ])
  func swinSizes(imageSize: Int, patch: Int, window: Int) throws {
    var configuration = ModelConfiguration(
      architecture: .swinUNet, classes: 3, channels: 1, imageSize: imageSize, patch: patch,
      window: window, widthFactor: 0.125)
    let network = try Network(configuration, key: RandomKey(seed: 1))
    configuration.window = 0
    #expect(configuration.faults().isEmpty)
    let side = imageSize / patch / 8
    withoutGradients {
      let x = Tensor.normal(
        [1, 1, imageSize, imageSize], generator: Generator(RandomKey(seed: 2)))
      #expect(network.featureMap(x, .evaluate).shape == [1, 96, side, side])
      #expect(network.logits(x, .evaluate).shape == [1, 3, imageSize, imageSize])
    }
  }

  @Test("a place's logits depend on the whole image in swin-unet")
  func swinReach() throws {
    let network = try small(.swinUNet, stem: .imagenet)
    let x = Tensor.normal([1, 1, 32, 32], generator: Generator(RandomKey(seed: 2)))
    x.requiresGradient = true
    let corner = network.logits(x, .evaluate).narrow(dim: 2, start: 0, length: 1)
      .narrow(dim: 3, start: 0, length: 1)
    corner.sum().backward()
    let reached = try #require(x.gradient).floats().filter { $0 != 0 }
    #expect(reached.count == 32 * 32)
  }

  @Test("images that do not suit patches, windows or filters are refused, and why")
  func sizeFaults() {
    func fault(
      _ architecture: Architecture, _ imageSize: Int, patch: Int? = nil, window: Int = 0,
      stem: Stem = .imagenet
    ) -> String? {
      ModelConfiguration(
        architecture: architecture, imageSize: imageSize, patch: patch, window: window, stem: stem
      ).faults().first
    }
    #expect(
      fault(.swinUNet, 64, patch: 16)
        == "patch must be at most 4 for swin-unet (2 for 64 pixels, 4 for 128), not 16")
    #expect(
      fault(.swinUNet, 100, patch: 2)
        == "imageSize must be a multiple of 8 patches for swin-unet: 16, not 100")
    #expect(
      fault(.swinUNet, 64, patch: 2, window: 7)
        == "windows of 7 do not tile swin-unet's maps of 32, 16, 8, 4 patches: choose another "
        + "imageSize, patch or window")
    #expect(fault(.swinUNet, 288)?.hasPrefix("no window from 8 to 4 tiles") == true)
    #expect(fault(.swinUNet, 64, window: 1) == "window must be 0 or at least 2, not 1")
    #expect(fault(.vitBase, 60) == "patch must divide imageSize, but 16 not 60")
    for (stem, smallest) in [(Stem.imagenet, 63), (.medium, 35), (.small, 21)] {
      #expect(
        fault(.alexnet, smallest - 1, stem: stem)?.contains("must be at least \(smallest)") == true)
      #expect(fault(.alexnet, smallest, stem: stem) == nil)
    }
  }

  @Test("the smallest image of an AlexNet leaves one place", arguments: Stem.allCases)
  func smallestAlexNet(stem: Stem) throws {
    let smallest = try #require([Stem.imagenet: 63, .medium: 35, .small: 21][stem])
    let network = try network(
      .alexnet, classes: 2, imageSize: smallest, stem: stem, widthFactor: 0.125)
    withoutGradients {
      let x = Tensor.normal([1, 3, smallest, smallest], generator: Generator(RandomKey(seed: 2)))
      #expect(network.featureMap(x, .evaluate).shape == [1, 32, 1, 1])
    }
  }
}
