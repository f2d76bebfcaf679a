import Base
import NN
import Testing
import Torch

@Suite struct AveragingTests {
  private func build(_ seed: UInt64) -> ParameterStore {
    let store = ParameterStore()
    let scope = store.scope(key: RandomKey(seed: seed))
    _ = Linear(4, 3, in: scope("linear"))
    _ = BatchNorm1d(3, in: scope("bn"))
    return store
  }

  @Test("a teacher starts as its student, follows it by name, and is not trained")
  func following() throws {
    let (student, teacher) = (build(1), build(2))
    let average = ExponentialMovingAverage(of: student, in: teacher)
    let (source, target) = (
      try #require(student["linear.weight"]), try #require(teacher["linear.weight"])
    )
    #expect(target.equals(source))
    #expect(teacher.trainable.isEmpty)
    let before = target.floats()
    withoutGradients { _ = source.add_(1) }
    average.update(momentum: 0.75)
    #expect(zip(target.floats(), before).allSatisfy { abs($0 - $1 - 0.25) < 1e-6 })
    average.update(momentum: 0)
    #expect(target.equals(source))
    average.update(momentum: 1)
    #expect(target.equals(source))
  }

  @Test(
    "running statistics are the teacher's own, averaged, or copied",
    arguments: zip(ExponentialMovingAverage.Buffers.allCases, [0.0, 0.5, 1]))
  func buffers(treatment: ExponentialMovingAverage.Buffers, share: Double) throws {
    let (student, teacher) = (build(1), build(2))
    let average = ExponentialMovingAverage(of: student, in: teacher, buffers: treatment)
    withoutGradients {
      _ = student["bn.running_mean"]?.fill_(2)
      _ = student["bn.num_batches_tracked"]?.fill_(7)
    }
    average.update(momentum: 0.5)
    #expect(
      try #require(teacher["bn.running_mean"]).floats()
        == Array(repeating: Float(2 * share), count: 3))
    #expect(teacher["bn.num_batches_tracked"]?.item() == (treatment == .own ? 0 : 7))
  }

  @Test("momenta are those of Mean Teacher and of BYOL")
  func momenta() {
    let young = [0, 1, 9, 98, 99, 500].map {
      ExponentialMovingAverage.warmedUp(step: $0, limit: 0.99)
    }
    #expect(zip(young, [0, 0.5, 0.9, 0.989898990, 0.99, 0.99]).allSatisfy { abs($0 - $1) < 1e-9 })
    let rising = [0, 25, 50, 100].map {
      ExponentialMovingAverage.rising(from: 0.99, step: $0, total: 100)
    }
    #expect(zip(rising, [0.99, 0.991464466, 0.995, 1]).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(abs(ExponentialMovingAverage.firstMomentum(total: 1500) - 0.966666667) < 1e-9)
    #expect(ExponentialMovingAverage.firstMomentum(total: 10_000) == 0.995)
  }
}
