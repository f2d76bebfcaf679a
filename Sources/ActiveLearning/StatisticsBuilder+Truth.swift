import Base
import Pool
import Query
import Training

/// True classes and true areas, for the controls of a simulation.
extension StatisticsBuilder {
  /// The class of every candidate, `[N, 1]`.
  func trueClasses() throws -> Matrix {
    var values: [Float] = []
    for (item, label) in try truth() {
      guard case .class(let number) = label else { throw Self.untold(item) }
      values.append(Float(number))
    }
    return Matrix(values, shape: [values.count, 1])
  }

  /// The share of each class in every candidate's mask at the network's size, `[N, C]`; pixels of
  /// which nothing is known do not count.
  func trueAreas() throws -> Matrix {
    let truth = try truth()
    let masks = try data.masks(Dictionary(uniqueKeysWithValues: truth))
    var bytes = [UInt8](repeating: 0, count: masks.height * masks.width)
    var values: [Float] = []
    for (item, label) in truth {
      guard case .mask = label else { throw Self.untold(item) }
      bytes.withUnsafeMutableBufferPointer { masks.copyMask(item: item, into: $0) }
      var counts = [Int](repeating: 0, count: data.classes.count)
      for byte in bytes where Int(byte) < counts.count { counts[Int(byte)] += 1 }
      let total = max(counts.reduce(0, +), 1)
      values += counts.map { Float($0) / Float(total) }
    }
    return Matrix(values, shape: [truth.count, data.classes.count])
  }

  /// What is known for certain of every candidate.
  private func truth() throws -> [(Int, Label)] {
    var pairs: [(Int, Label)] = []
    for first in stride(from: 0, to: data.candidates.count, by: 1024) {
      let items = data.candidates[first..<min(first + 1024, data.candidates.count)]
      let truth = try data.pool.truth(of: items)
      pairs += try items.map { item in
        guard let label = truth[item] else { throw Self.untold(item) }
        return (item, label)
      }
    }
    return pairs
  }

  private static func untold(_ item: Int) -> Diagnostic {
    Diagnostic(
      "the control rule wants the truth of every image", at: "item \(item)",
      fix: "import labels for every training image, or choose a rule that is no control")
  }
}
