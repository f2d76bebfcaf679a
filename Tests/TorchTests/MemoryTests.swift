import Base
import Foundation
import Testing
import Torch

@Suite("Memory")
struct MemoryTests {
  @Test("a hundred thousand small operators leave nothing behind")
  func noLeak() async throws {
    await #expect(processExitsWith: .success) {
      work(2000)
      let before = try residentBytes()
      work(12_500)
      let growth = try residentBytes() - before
      precondition(growth < 2 << 20, "\(growth) bytes more")
    }
  }
}

/// Eight operators, a backward pass and a generator, `times` times.
private func work(_ times: Int) {
  let x = Tensor([1, 2, 3, 4] as [Float], [2, 2])
  x.requiresGradient = true
  for _ in 0..<times {
    let parts = (x.matmul(x) + 1).relu().split(1, dim: 0)
    cat(parts, dim: 0).topk(1).values.sum().backward()
    x.zeroGradient()
    _ = Generator(RandomKey(seed: 1))
  }
}

private func residentBytes() throws -> Int {
  let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
  return (Int(text.split(separator: " ")[1]) ?? 0) * 4096
}
