import Base
import Models
import NN
import Pretrain
import Testing
import Torch

@Suite struct DINOTests {
  private let student = (41...44).map { portable($0, [4, 8]) }
  private let teacher = (51...52).map { portable($0, [4, 8]) }
  private let centre = portable(40, [8]) * 0.1

  private func loss(_ student: [Tensor], _ teacher: [Tensor]) -> Tensor {
    DINO.loss(
      student: student, teacher: teacher, centre: centre,
      temperatures: (student: 0.1, teacher: 0.04))
  }

  @Test("the loss of two large and two small crops equals the reference")
  func reference() {
    #expect(abs(loss(student, teacher).item() - Golden.dino) < 1e-9)
  }

  @Test("the centre moves by a tenth to the teacher's mean")
  func moves() {
    DINO.move(centre, by: cat(teacher, dim: 0))
    for (value, wanted) in zip(centre.doubles(), Golden.dinoCentre) {
      #expect(abs(value - wanted) < 1e-11)
    }
  }

  @Test("the gradient is the slope of the loss, and the teacher has none")
  func gradient() throws {
    let (x, t) = (portable(43, [4, 8]), portable(51, [4, 8]))
    (x.requiresGradient, t.requiresGradient) = (true, true)
    loss([student[0], student[1], x], [t, teacher[1]]).backward()
    #expect(t.gradient == nil)
    let slopes = try #require(x.gradient).doubles()
    for place in [0, 7, 13, 22, 31] {
      let sides = [1e-6, -1e-6].map { step in
        var values = portable(43, [4, 8]).doubles()
        values[place] += step
        return loss([student[0], student[1], Tensor(values, [4, 8])], teacher).item()
      }
      #expect(abs((sides[0] - sides[1]) / 2e-6 - slopes[place]) < 1e-6)
    }
  }

  @Test("a crop is never compared with itself")
  func pairs() {
    let one = [teacher[0]]
    let other = loss([portable(45, [4, 8]), student[1]], one).item()
    #expect(loss([student[0], student[1]], one).item() == other)
    #expect(loss([student[0], portable(45, [4, 8])], one).item() != other)
  }

  @Test(
    "prototypes go with the pool",
    arguments: [(2, 256), (100, 256), (1000, 512), (5000, 2048), (100_000, 4096)])
  func prototypes(images: Int, expected: Int) {
    #expect(DINO.prototypes(images: images) == expected)
  }

  @Test(
    "learns on convolutions and on transformers, with small crops and without; one key, one result",
    arguments: [(Architecture.resnet18, 2), (.vitTiny, 2), (.vitTiny, 0)])
  func runs(architecture: Architecture, smallCrops: Int) throws {
    let pool = SmallPool.halves(24, size: 32)
    var method = DINO.Settings()
    (method.hidden, method.bottleneck, method.smallCrops) = (32, 16, smallCrops)
    let settings = pool.settings(.dino(method), architecture)
    let runs = try (0..<2).map { _ in try pool.stage(settings).run(folder: nil) }
    let weights = runs.map { $0.network.store.all.flatMap { $0.tensor.floats() } }
    #expect(weights[0] == weights[1])
    let metrics = runs[0].metrics
    for name in ["image_entropy", "mean_entropy"] {
      let value = try #require(metrics[name])
      #expect(value > 0 && value <= 1.0001, "\(name) \(value)")
    }
    #expect(metrics["spread"] != nil)
  }

  @Test("prototypes that stand still learn nothing, and what is before them does")
  func frozen() throws {
    for isFrozen in [true, false] {
      let store = ParameterStore()
      let head = PrototypeHead(
        6, hidden: 4, bottleneck: 4, prototypes: 5, in: store.scope(key: RandomKey(seed: 1)))
      let vectors = head.bottleneck(portable(1, [2, 6]).to(.float32))
      for norm in vectors.vectorNorm(dim: [1]).floats() { #expect(abs(norm - 1) < 1e-6) }
      head.cosines(vectors, isFrozen: isFrozen).sum().backward()
      #expect((store["last_layer.weight_v"]?.gradient == nil) == isFrozen)
      #expect(store["mlp.0.weight"]?.gradient != nil)
    }
  }
}
