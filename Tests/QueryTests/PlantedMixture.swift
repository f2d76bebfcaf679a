import Base
import Query

/// Ten Gaussian components of 120, 110, …, 30 items in ten dimensions, 16/√2 from the origin along
/// one axis each, with unit noise.
struct PlantedMixture {
  let pool: PoolStatistics
  static let sizes = (0..<10).map { 120 - 10 * $0 }

  init(seed: UInt64) {
    var generator = RandomKey(seed: seed).folding("mixture").generator()
    var rows: [[Float]] = []
    for (component, size) in Self.sizes.enumerated() {
      for _ in 0..<size {
        rows.append(
          (0..<10).map { axis in
            Float(generator.normal() + (axis == component ? 16 / 2.0.squareRoot() : 0))
          })
      }
    }
    var pool = PoolStatistics(count: rows.count)
    pool.embeddings = Matrix(rows)
    self.pool = pool
  }

  static func component(of item: Int) -> Int {
    var rest = item
    for (component, size) in sizes.enumerated() {
      if rest < size { return component }
      rest -= size
    }
    return sizes.count
  }
}
