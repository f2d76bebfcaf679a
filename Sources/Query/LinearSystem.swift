/// A symmetric positive definite system of equations, solved by Cholesky's factorisation.
///
/// - Complexity: O(n³) for n unknowns.
struct LinearSystem {
  private var lower: [Double]
  private let size: Int

  /// The system A x = b with A `[size, size]`, row by row, to which `ridge` is added on the diagonal.
  init(_ matrix: [Double], size: Int, ridge: Double) {
    self.size = size
    lower = matrix
    for row in 0..<size { lower[row * size + row] += ridge }
    for row in 0..<size {
      for column in 0...row {
        var sum = lower[row * size + column]
        for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
        if row == column {
          lower[row * size + row] = max(sum, 1e-12).squareRoot()
        } else {
          lower[row * size + column] = sum / lower[column * size + column]
        }
      }
    }
  }

  /// x for a right side b.
  func solution(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for k in 0..<row { x[row] -= lower[row * size + k] * x[k] }
      x[row] /= lower[row * size + row]
    }
    for row in (0..<size).reversed() {
      for k in row + 1..<size { x[row] -= lower[k * size + row] * x[k] }
      x[row] /= lower[row * size + row]
    }
    return x
  }
}

extension Points {
  /// Some points, each followed by a one, `[indices, width + 1]`.
  func withIntercept(_ indices: [Int]) -> [Float] {
    var rows = [Float](repeating: 1, count: indices.count * (width + 1))
    for (slot, index) in indices.enumerated() {
      for column in 0..<width { rows[slot * (width + 1) + column] = self[index][column] }
    }
    return rows
  }

  /// The value of a linear function whose last coefficient stands alone.
  func value(_ coefficients: [Double], at index: Int) -> Double {
    (0..<width).reduce(coefficients[width]) { $0 + coefficients[$1] * Double(self[index][$1]) }
  }
}

/// Aᵀ · diag(weights) · A of rows A `[n, width]`.
func weightedProducts(_ rows: [Float], weights: [Double], width: Int) -> [Double] {
  var scaled = rows
  for (row, weight) in weights.enumerated() {
    for column in row * width..<(row + 1) * width { scaled[column] *= Float(weight) }
  }
  var products = [Float](repeating: 0, count: width * width)
  BLAS.concurrently(1) { _ in
    BLAS.accumulate(transposed: scaled, rows, into: &products, width, width, weights.count)
  }
  return products.map { Double($0) }
}
