import Models
import Testing

/// Counts against sums over the layers, worked out here from the papers' tables.
@Suite struct ComplexityTests {
  private func complexity(_ architecture: Architecture, classes: Int = 1000) throws -> Complexity {
    try Complexity(of: ModelConfiguration(architecture: architecture, classes: classes))
  }

  @Test("the multiplications of ResNet-18 and ResNet-50 are those of the literature")
  func residual() throws {
    let small = try complexity(.resnet18)
    #expect(small.parameters == 11_689_512)
    // torchvision's cards: 1.81 and 4.09 GFLOPs (multiply-adds).
    #expect(small.multiplyAdds == 1_814_073_344)
    #expect(try complexity(.resnet50).multiplyAdds == 4_089_184_256)
  }

  @Test("those of AlexNet are the sum over its layers")
  func alexNet() throws {
    // Rows of the map, outputs, inputs × kernel².
    let convolutions = [
      (55, 64, 3 * 121), (27, 192, 64 * 25), (13, 384, 192 * 9), (13, 256, 384 * 9),
      (13, 256, 256 * 9),
    ]
    let linears = [(256 * 36, 4096), (4096, 4096), (4096, 1000)]
    let complexity = try complexity(.alexnet)
    #expect(
      complexity.multiplyAdds == convolutions.reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.2 }
        + linears.reduce(0) { $0 + $1.0 * $1.1 })
    #expect(
      complexity.parameters == convolutions.reduce(0) { $0 + $1.1 * ($1.2 + 1) }
        + linears.reduce(0) { $0 + ($1.0 + 1) * $1.1 })
    // torchvision's card: 0.71 GFLOPs (multiply-adds).
    #expect(complexity.multiplyAdds == 714_188_480)
  }

  @Test("those of DenseNet-121 are the sum over its layers")
  func denseNet() throws {
    var (side, inputs) = (112, 64)
    var (products, weights) = (side * side * 64 * 147, 64 * 147 + 2 * 64)
    side /= 2
    for (block, depth) in [6, 12, 24, 16].enumerated() {
      for _ in 0..<depth {
        let layer = inputs * 128 + 128 * 9 * 32
        products += side * side * layer
        weights += layer + 2 * inputs + 2 * 128
        inputs += 32
      }
      weights += 2 * inputs
      guard block < 3 else { break }
      products += side * side * inputs * inputs / 2
      weights += inputs * inputs / 2
      (side, inputs) = (side / 2, inputs / 2)
    }
    let complexity = try complexity(.densenet121)
    #expect(complexity.multiplyAdds == products + 1024 * 1000)
    #expect(complexity.parameters == weights + 1024 * 1000 + 1000)
    // torchvision's card: 2.83 GFLOPs (multiply-adds).
    #expect((Double(complexity.multiplyAdds) / 1e7).rounded() == 283)
  }

  @Test("those of Swin-UNet are the sum over its layers")
  func swinUNet() throws {
    let (classes, window) = (9, 7)
    func blocks(_ width: Int, _ heads: Int, _ places: Int) -> (products: Int, weights: Int) {
      let span = 2 * window - 1
      return (
        2 * places * (12 * width * width + 2 * window * window * width),
        2 * (12 * width * width + 13 * width + span * span * heads)
      )
    }
    var (products, weights) = (56 * 56 * 96 * 48, 96 * 48 + 96 + 2 * 96)
    for level in 0..<4 {
      let (width, places) = (96 << level, (56 >> level) * (56 >> level))
      let own = blocks(width, 3 << level, places)
      products += own.products
      weights += own.weights
      guard level < 3 else { break }
      // Merging to the next level; expansion from it; joining; the decoder's blocks.
      products += places / 4 * 8 * width * width + places / 4 * 2 * width * 4 * width
      weights += 8 * width * width + 8 * width + 2 * width * 4 * width + 2 * width
      products += places * 2 * width * width + own.products
      weights += 2 * width * width + width + own.weights
    }
    products += 56 * 56 * 96 * 16 * 96 + 224 * 224 * 96 * classes
    weights += 96 * 16 * 96 + 2 * 96 + 96 * classes
    weights += 2 * 768 + 2 * 96
    let complexity = try complexity(.swinUNet, classes: classes)
    #expect(complexity.multiplyAdds == products)
    #expect(complexity.parameters == weights)
    // The literature's tables: 27.17 million.
    #expect((Double(weights) / 1e4).rounded() == 2717)
  }
}
