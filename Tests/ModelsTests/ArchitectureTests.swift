import Base
import Models
import NN
import Testing
import Torch

@Suite struct ArchitectureTests {
  private func network(
    _ architecture: Architecture, classes: Int = 1000, channels: Int = 3, imageSize: Int = 224,
    patch: Int = 16, stem: Stem = .imagenet, widthFactor: Double = 1
  ) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: architecture, classes: classes, channels: channels, imageSize: imageSize,
        patch: patch, stem: stem, widthFactor: widthFactor),
      key: RandomKey(seed: 1))
  }

  @Test(
    "parameters are as many as in torchvision and timm",
    arguments: [
      (Architecture.resnet18, 11_689_512), (.resnet34, 21_797_672), (.resnet50, 25_557_032),
      (.vitTiny, 5_717_416), (.vitSmall, 22_050_664), (.efficientNetLite0, 4_652_008),
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
    let network = try network(
      architecture, classes: 3, channels: 1, imageSize: 32, patch: 8, stem: .medium,
      widthFactor: 0.25)
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
      let other = try self.network(
        architecture, classes: 3, channels: 1, imageSize: 32, patch: 8, stem: .medium,
        widthFactor: 0.25)
      #expect(other.logits(x, .evaluate).equals(network.logits(x, .evaluate)))
    }
  }

  @Test("every parameter gets a gradient", arguments: Architecture.allCases)
  func gradients(architecture: Architecture) throws {
    let network = try network(
      architecture, classes: 3, channels: 1, imageSize: 32, patch: 8, stem: .small,
      widthFactor: 0.25)
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

  @Test("the multiplications of ResNet-18 and ResNet-50 are those of the literature")
  func multiplications() throws {
    let small = try Complexity(of: ModelConfiguration(architecture: .resnet18, classes: 1000))
    let large = try Complexity(of: ModelConfiguration(architecture: .resnet50, classes: 1000))
    #expect(small.parameters == 11_689_512)
    // torchvision's cards: 1.81 and 4.09 GFLOPs (multiply-adds).
    #expect(small.multiplyAdds == 1_814_073_344)
    #expect(large.multiplyAdds == 4_089_184_256)
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
}
