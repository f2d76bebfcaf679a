import Base

/// Finds items that tell the same as another one: by the angle between centred embeddings.
///
/// Items are gone through in the order of their places, labelled ones first; one that lies within
/// the angle of an earlier *leader* is a copy, else it is a leader itself. Leaders are found by the
/// signs of 128 random projections (Charikar. *Similarity Estimation Techniques from Rounding
/// Algorithms.* STOC 2002): compared are those that share one of eight 16-bit parts and differ in
/// at most eight bits, the nearest 32 of them exactly. A pair at a cosine of 0.999 is missed with a
/// probability of about 10⁻⁴, exact copies never.
///
/// - Complexity: O(N·D) time; 16 bytes an item and the buckets in memory.
struct NearCopies {
  /// By place: whether another item stands for this one.
  let isCopy: [Bool]

  /// Angles in fewer dimensions say little; such embeddings are not compared.
  private static let leastColumns = 16
  private static let compared = 32
  private static let bits = 8

  /// The copies in a pool; nil where there are no embeddings or the limits compare none.
  init?(_ draft: Draft) throws {
    guard let cosine = draft.pool.limits.nearCopy,
      let matrix = draft.pool.features(.embeddings), matrix.columns >= Self.leastColumns
    else { return nil }
    let signatures = try Signatures(draft, matrix)
    var isCopy = Array(repeating: false, count: draft.count)
    var buckets = Buckets(places: draft.count)
    let labelled = draft.isLabelled.indices.filter { draft.isLabelled[$0] }
    for place in labelled + draft.unlabelled where !signatures.isZero[place] {
      let signature = signatures[place]
      let found = Self.candidates(for: signature, among: signatures, in: buckets).contains {
        signatures.cosine($0, place) > cosine
      }
      if found {
        isCopy[place] = true
      } else {
        buckets.insert(place, signature)
      }
    }
    self.isCopy = isCopy
  }

  private static func candidates(
    for signature: Signature, among signatures: Signatures, in buckets: Buckets
  ) -> [Int] {
    var near: [(distance: Int, place: Int)] = []
    buckets.forEach(like: signature) { leader in
      let distance = signature.distance(to: signatures[leader])
      if distance <= bits { near.append((distance, leader)) }
    }
    var places: [Int] = []
    for (_, place) in near.sorted(by: <) where places.last != place {
      places.append(place)
      if places.count == compared { break }
    }
    return places
  }
}

/// The leaders by each 16-bit part of their signatures: chains from one to the next.
private struct Buckets {
  /// The newest leader of each part's value; −1 for none.
  private var heads = [Int32](repeating: -1, count: Signature.parts << 16)
  /// The leader before, by place and part.
  private var next: [Int32]

  init(places: Int) { next = Array(repeating: -1, count: Signature.parts * places) }

  mutating func insert(_ place: Int, _ signature: Signature) {
    for part in 0..<Signature.parts {
      let bucket = signature.bucket(part)
      next[Signature.parts * place + part] = heads[bucket]
      heads[bucket] = Int32(place)
    }
  }

  /// Leaders that share a part, some of them more than once.
  func forEach(like signature: Signature, _ body: (Int) -> Void) {
    for part in 0..<Signature.parts {
      var leader = Int(heads[signature.bucket(part)])
      while leader >= 0 {
        body(leader)
        leader = Int(next[Signature.parts * leader + part])
      }
    }
  }
}

/// The signs of 128 projections.
struct Signature {
  var low: UInt64 = 0
  var high: UInt64 = 0

  init() {}

  /// The signs of that many products.
  init(signs products: UnsafePointer<Float>) {
    for plane in 0..<64 where products[plane] > 0 { low |= 1 << UInt64(plane) }
    for plane in 64..<128 where products[plane] > 0 { high |= 1 << UInt64(plane - 64) }
  }

  func distance(to other: Signature) -> Int {
    (low ^ other.low).nonzeroBitCount + (high ^ other.high).nonzeroBitCount
  }

  /// The number of its 16-bit parts.
  static let parts = 8

  /// The number of a part and its value in one.
  func bucket(_ part: Int) -> Int {
    let word = part < 4 ? low : high
    return part << 16 | Int(word >> (UInt64(part % 4) * 16) & 0xffff)
  }
}

/// The signature of every place, and exact cosines where they are asked for.
struct Signatures {
  /// Whether a centred embedding vanishes, so that it has no direction.
  private(set) var isZero: [Bool]
  private var signatures: [Signature]
  private let mean: [Float]
  private let matrix: Matrix
  private let rows: [Int]

  static let planes = 128
  private static let block = 512

  init(_ draft: Draft, _ matrix: Matrix) throws {
    let moments = try Moments(draft, matrix)
    (self.matrix, rows, mean) = (matrix, draft.rows, moments.mean)
    signatures = Array(repeating: Signature(), count: draft.count)
    isZero = Array(repeating: false, count: draft.count)
    let planes = Self.randomPlanes(matrix.columns)
    let columns = matrix.columns
    try signatures.withUnsafeMutableBufferPointer { signatures in
      try isZero.withUnsafeMutableBufferPointer { isZero in
        try BLAS.inBlocks(of: Self.block, draft.count) { [mean, signatures, isZero] places in
          let room = places.count * (columns + Self.planes)
          try withUnsafeTemporaryAllocation(of: Float.self, capacity: room) {
            guard let centred = $0.baseAddress else { return }
            for place in places {
              let row = centred + (place - places.lowerBound) * columns
              try draft.copyRow(of: matrix, at: place, into: row, "the embedding")
              isZero[place] = Self.centre(row, mean) < 1e-12
            }
            let products = centred + places.count * columns
            BLAS.multiply(
              centred, transposed: planes, into: products, places.count, Self.planes, columns)
            for place in places {
              signatures[place] = Signature(
                signs: products + (place - places.lowerBound) * Self.planes)
            }
          }
        }
      }
    }
  }

  subscript(place: Int) -> Signature { signatures[place] }

  /// The cosine of two centred embeddings.
  func cosine(_ first: Int, _ second: Int) -> Double {
    let a = centredRow(first)
    let b = centredRow(second)
    let product = Double(BLAS.dot(a, b, a.count))
    return product
      / (Double(BLAS.dot(a, a, a.count)) * Double(BLAS.dot(b, b, b.count))).squareRoot()
  }

  private func centredRow(_ place: Int) -> [Float] {
    var row = matrix.row(rows[place])
    for column in row.indices { row[column] -= mean[column] }
    return row
  }

  /// Subtracts the mean from a row; returns the largest magnitude.
  private static func centre(_ row: UnsafeMutablePointer<Float>, _ mean: [Float]) -> Float {
    mean.withUnsafeBufferPointer { mean in
      var largest: Float = 0
      for column in 0..<mean.count {
        row[column] -= mean[column]
        largest = max(largest, abs(row[column]))
      }
      return largest
    }
  }

  private static func randomPlanes(_ columns: Int) -> [Float] {
    var generator = RandomKey(seed: 0).folding("near copies").generator()
    return (0..<planes * columns).map { _ in Float(generator.normal()) }
  }
}
