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
    var buckets: [UInt32: [Int32]] = [:]
    let labelled = draft.isLabelled.indices.filter { draft.isLabelled[$0] }
    for place in labelled + draft.unlabelled where !signatures.isZero[place] {
      let signature = signatures[place]
      let found = Self.candidates(for: signature, among: signatures, in: buckets).contains {
        signatures.cosine($0, place) > cosine
      }
      if found {
        isCopy[place] = true
      } else {
        for bucket in signature.buckets { buckets[bucket, default: []].append(Int32(place)) }
      }
    }
    self.isCopy = isCopy
  }

  private static func candidates(
    for signature: Signature, among signatures: Signatures, in buckets: [UInt32: [Int32]]
  ) -> [Int] {
    var near: [Int: Int] = [:]
    for bucket in signature.buckets {
      for leader in buckets[bucket] ?? [] {
        let distance = signature.distance(to: signatures[Int(leader)])
        if distance <= bits { near[Int(leader)] = distance }
      }
    }
    return near.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(compared).map(\.key)
  }
}

/// The signs of 128 projections.
struct Signature {
  var low: UInt64 = 0
  var high: UInt64 = 0

  func distance(to other: Signature) -> Int {
    (low ^ other.low).nonzeroBitCount + (high ^ other.high).nonzeroBitCount
  }

  /// The eight 16-bit parts, each with its number.
  var buckets: [UInt32] {
    (0..<8).map { part in
      let word = part < 4 ? low : high
      return UInt32(part) << 16 | UInt32(word >> (UInt64(part % 4) * 16) & 0xffff)
    }
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
    var centred = [Float](repeating: 0, count: Self.block * matrix.columns)
    var products = [Float](repeating: 0, count: Self.block * Self.planes)
    for start in stride(from: 0, to: draft.count, by: Self.block) {
      let places = start..<min(start + Self.block, draft.count)
      try fill(&centred, places, draft)
      BLAS.concurrently(1) { _ in
        BLAS.multiply(
          centred, transposed: planes, into: &products, places.count, Self.planes, matrix.columns)
      }
      for place in places { sign(place, products, (place - start) * Self.planes) }
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

  private mutating func fill(_ centred: inout [Float], _ places: Range<Int>, _ draft: Draft) throws
  {
    let columns = matrix.columns
    try centred.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for place in places {
        let row = base + (place - places.lowerBound) * columns
        try draft.copyRow(of: matrix, at: place, into: row, "the embedding")
        var largest: Float = 0
        for column in 0..<columns {
          row[column] -= mean[column]
          largest = max(largest, abs(row[column]))
        }
        isZero[place] = largest < 1e-12
      }
    }
  }

  private mutating func sign(_ place: Int, _ products: [Float], _ start: Int) {
    for plane in 0..<64 where products[start + plane] > 0 {
      signatures[place].low |= 1 << UInt64(plane)
    }
    for plane in 64..<128 where products[start + plane] > 0 {
      signatures[place].high |= 1 << UInt64(plane - 64)
    }
  }

  private static func randomPlanes(_ columns: Int) -> [Float] {
    var generator = RandomKey(seed: 0).folding("near copies").generator()
    return (0..<planes * columns).map { _ in Float(generator.normal()) }
  }
}
