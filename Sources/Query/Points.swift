import Base
import Foundation

/// Prepared features of some places, row after row in memory, with their squared lengths.
///
/// Up to 256 MB they are held in memory, beyond that in a mapped temporary file without a name, so
/// that anonymous memory does not grow with the pool. Not `Sendable`: written once, then read.
final class Points {
  /// The place of each point.
  let places: [Int]
  let width: Int
  let base: UnsafeMutablePointer<Float>
  /// The squared length of each point.
  private(set) var squares: [Float]
  private let file: MappedFile?

  private static let mostInMemory = 256 << 20

  /// Room for the points of the given places.
  init(places: [Int], width: Int) throws {
    let bytes = max(places.count * width, 1) * MemoryLayout<Float>.stride
    (self.places, self.width) = (places, width)
    squares = Array(repeating: 0, count: places.count)
    if bytes <= Self.mostInMemory {
      file = nil
      base = .allocate(capacity: bytes / MemoryLayout<Float>.stride)
    } else {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("query-\(UUID().uuidString)")
      let file = try MappedFile(creating: url, byteCount: bytes)
      try FileManager.default.removeItem(at: url)
      self.file = file
      guard let start = file.mutableBytes.baseAddress else {
        preconditionFailure("a file of \(bytes) bytes is mapped")
      }
      base = start.assumingMemoryBound(to: Float.self)
    }
  }

  /// Points given by their coordinates, at places 0, 1, ….
  convenience init(_ rows: [[Float]]) throws {
    try self.init(places: Array(rows.indices), width: rows.first?.count ?? 0)
    for (index, row) in rows.enumerated() { self[index].update(from: row, count: width) }
    measure()
  }

  /// Some of the points of another set, in the given order.
  convenience init(gathering indices: [Int], of points: Points) throws {
    try self.init(places: indices.map { points.places[$0] }, width: points.width)
    for (slot, index) in indices.enumerated() {
      self[slot].update(from: points[index], count: width)
      squares[slot] = points.squares[index]
    }
  }

  deinit {
    if file == nil { base.deallocate() }
  }

  var count: Int { places.count }

  /// The coordinates of a point.
  subscript(index: Int) -> UnsafeMutablePointer<Float> { base + index * width }

  /// Computes the squared lengths; to be called once, after the coordinates are written.
  func measure() {
    squares.withUnsafeMutableBufferPointer { squares in
      BLAS.concurrently((count + 4095) / 4096) { [squares] part in
        for index in part * 4096..<min((part + 1) * 4096, count) {
          squares[index] = BLAS.dot(self[index], self[index], width)
        }
      }
    }
  }

  /// Copies points next to one another, followed by zeros up to `columns` points.
  func gather(_ indices: ArraySlice<Int>, into target: UnsafeMutablePointer<Float>, columns: Int) {
    for (slot, index) in indices.enumerated() {
      (target + slot * width).update(from: self[index], count: width)
    }
    (target + indices.count * width)
      .update(repeating: 0, count: (columns - indices.count) * width)
  }

  /// The squared distance between two points.
  func squaredDistance(_ a: Int, _ b: Int) -> Float {
    var sum: Float = 0
    let (p, q) = (self[a], self[b])
    for column in 0..<width { sum += (p[column] - q[column]) * (p[column] - q[column]) }
    return sum
  }

  /// The mean of all points.
  func mean() -> [Float] {
    var sums = [Double](repeating: 0, count: width)
    sums.withUnsafeMutableBufferPointer { sums in
      for index in 0..<count {
        let point = self[index]
        for column in 0..<width { sums[column] += Double(point[column]) }
      }
    }
    return sums.map { Float($0 / Double(max(count, 1))) }
  }

  /// The squared distance of every point from a location.
  func squaredDistances(from location: [Float]) -> [Float] {
    let square = BLAS.dot(location, location, width)
    return (0..<count).map {
      max(0, squares[$0] + square - 2 * BLAS.dot(self[$0], location, width))
    }
  }

  /// Runs `body` on blocks of the products of the first `rows` points with `columns` (`[n, width]`),
  /// concurrently: it gets the numbers of the points and their products `[points, n]`.
  func sweep(
    rows: Int, columns: UnsafePointer<Float>, _ n: Int,
    _ body: (Range<Int>, UnsafePointer<Float>) -> Void
  ) {
    let part = 1024
    BLAS.concurrently((rows + part - 1) / part) { number in
      sweep(number * part..<min((number + 1) * part, rows), columns: columns, n, body)
    }
  }

  /// The same for a range of points, one block after the other.
  func sweep(
    _ range: Range<Int>, columns: UnsafePointer<Float>, _ n: Int,
    _ body: (Range<Int>, UnsafePointer<Float>) -> Void
  ) {
    let height = 256
    withUnsafeTemporaryAllocation(of: Float.self, capacity: height * n) { products in
      guard let products = products.baseAddress else { return }
      for start in stride(from: range.lowerBound, to: range.upperBound, by: height) {
        let rows = start..<min(start + height, range.upperBound)
        if n == 1 {
          BLAS.multiply(self[start], vector: columns, into: products, rows.count, width)
        } else {
          BLAS.multiply(self[start], transposed: columns, into: products, rows.count, n, width)
        }
        body(rows, products)
      }
    }
  }

  /// The squared distance of every point from the nearest of some points; infinite from none.
  ///
  /// - Complexity: O(N · m · width) for m points.
  func squaredDistances(toNearestOf indices: [Int]) -> [Float] {
    var nearest = [Float](repeating: .infinity, count: count)
    lower(&nearest, toNearestOf: indices)
    return nearest
  }

  /// Lowers squared distances, of the first points as many as there are, to those from the nearest
  /// of some further points.
  func lower(_ nearest: inout [Float], toNearestOf indices: [Int]) {
    let rows = nearest.count
    let most = 256
    var columns = [Float](repeating: 0, count: min(most, indices.count) * width)
    nearest.withUnsafeMutableBufferPointer { nearest in
      for start in stride(from: 0, to: indices.count, by: most) {
        let block = indices[start..<min(start + most, indices.count)]
        gather(block, into: &columns, columns: block.count)
        let squares = block.map { self.squares[$0] }
        sweep(rows: rows, columns: columns, block.count) { [nearest] rows, products in
          for row in rows {
            let line = products + (row - rows.lowerBound) * squares.count
            var least = nearest[row]
            for slot in squares.indices {
              let distance = max(0, self.squares[row] + squares[slot] - 2 * line[slot])
              if distance < least { least = distance }
            }
            nearest[row] = least
          }
        }
        for index in block where index < rows { nearest[index] = 0 }
      }
    }
  }
}
