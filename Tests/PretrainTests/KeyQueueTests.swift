import Base
import Pretrain
import Testing
import Torch

@Suite struct KeyQueueTests {
  private let queries = portable(1, [4, 8])
  private let keys = portable(2, [4, 8])

  private func loss(_ queue: KeyQueue, _ owners: [Int]?) -> Double {
    queue.contrast(
      queries, keys, owners: owners.map { Tensor($0, [4]) }, temperature: 0.2
    ).item()
  }

  @Test("a key of the query's own group stands in no sum")
  func masked() {
    let queue = KeyQueue(portable(5, [4, 8]))
    queue.push(portable(6, [4, 8]), owners: Tensor([10, 11, 12, 13], [4]), step: 0)
    let all = loss(queue, nil)
    #expect(loss(queue, [0, 1, 2, 3]) == all)
    #expect(loss(queue, [10, 1, 2, 3]) < all)
    // Every key is the query's own: the positive alone is left.
    queue.push(portable(6, [4, 8]), owners: Tensor([5, 5, 5, 5], [4]), step: 1)
    #expect(abs(loss(queue, [5, 5, 5, 5])) < 1e-12)
  }

  @Test("first in, first out: after as many steps as it holds batches nothing old is left")
  func turnover() {
    let (one, other) = (KeyQueue(portable(5, [8, 8])), KeyQueue(portable(7, [8, 8])))
    let owners = Tensor([0, 1, 2, 3], [4])
    #expect(loss(one, nil) != loss(other, nil))
    for step in 3..<5 {
      let keys = portable(20 + step, [4, 8])
      for queue in [one, other] { queue.push(keys, owners: owners, step: step) }
      #expect((loss(one, nil) == loss(other, nil)) == (step == 4))
    }
  }

  @Test("a push after the loss does not spoil its gradient")
  func pushed() throws {
    func gradient(_ pushes: Bool) throws -> [Double] {
      let queue = KeyQueue(portable(5, [4, 8]))
      let x = portable(1, [4, 8])
      x.requiresGradient = true
      let loss = queue.contrast(x, keys, owners: nil, temperature: 0.2)
      if pushes { queue.push(keys, owners: Tensor([0, 1, 2, 3], [4]), step: 0) }
      loss.backward()
      return try #require(x.gradient).doubles()
    }
    #expect(try gradient(true) == gradient(false))
  }

  @Test(
    "is half of the images, at most 4096, in full batches, at least one",
    arguments: [
      (nil, 1000, 64, 448), (nil, 100_000, 64, 4096), (nil, 24, 8, 8), (nil, 64, 64, 64),
      (100, 1000, 32, 96), (5, 1000, 32, 32),
    ] as [(Int?, Int, Int, Int)])
  func length(asked: Int?, images: Int, batch: Int, expected: Int) {
    #expect(KeyQueue.length(asked, images: images, batch: batch) == expected)
  }
}

@Suite struct GhostBatchesTests {
  @Test("parts are as equal as can be and hold at least two rows", arguments: 2...33)
  func sizes(count: Int) {
    for parts in 1...6 {
      let sizes = GhostBatches(parts).sizes(count)
      #expect(sizes.reduce(0, +) == count)
      #expect(sizes.allSatisfy { $0 >= 2 } && sizes.count <= parts)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test("results come back in the order of the rows, whatever the parts; parts are apart")
  func order() {
    let rows = portable(1, [10, 3])
    var seen: [Int] = []
    let results = GhostBatches(4)(rows, key: RandomKey(seed: 5)) { part in
      seen.append(part.shape[0])
      return [part * 2, part - part.mean(dim: [0])]
    }
    #expect(results[0].equals(rows * 2))
    #expect(seen == [3, 3, 2, 2])
    #expect(!results[1].equals(rows - rows.mean(dim: [0])))
    let whole = GhostBatches(1)(rows, key: RandomKey(seed: 5)) { [$0 - $0.mean(dim: [0])] }
    #expect(whole[0].isClose(to: rows - rows.mean(dim: [0]), rtol: 0, atol: 1e-15))
  }
}
