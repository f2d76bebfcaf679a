import COpenBLAS
import Dispatch

/// Matrix products of single precision, on one thread per call: what runs side by side is the
/// caller's blocks, so that no sum depends on the number of threads.
enum BLAS {
  /// c = a · bᵀ with a `[m, k]`, b `[n, k]`, c `[m, n]`, all in row-major order.
  static func multiply(
    _ a: UnsafePointer<Float>, transposed b: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>, _ m: Int, _ n: Int, _ k: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b,
      Int32(k), 0, c, Int32(n))
  }

  /// c = a · b with a `[m, k]`, b `[k, n]`, c `[m, n]`.
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    _ m: Int, _ n: Int, _ k: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b,
      Int32(n), 0, c, Int32(n))
  }

  /// c += aᵀ · b with a `[k, m]`, b `[k, n]`, c `[m, n]`.
  static func accumulate(
    transposed a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>, _ m: Int, _ n: Int, _ k: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(m), b,
      Int32(n), 1, c, Int32(n))
  }

  /// y = a · x with a `[m, k]` in row-major order.
  static func multiply(
    _ a: UnsafePointer<Float>, vector x: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, _ m: Int, _ k: Int
  ) {
    cblas_sgemv(
      CblasRowMajor, CblasNoTrans, Int32(m), Int32(k), 1, a, Int32(k), x, 1, 0, y, 1)
  }

  /// The product of two vectors.
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    cblas_sdot(Int32(count), a, 1, b, 1)
  }

  /// Runs `body` for 0 ..< count on all cores, each call on one thread of the products above.
  static func concurrently(_ count: Int, _ body: (Int) -> Void) {
    openblas_set_num_threads(1)
    if count == 1 { return body(0) }
    withoutActuallyEscaping(body) { body in
      let work = Work(body: body)
      DispatchQueue.concurrentPerform(iterations: count) { work.body($0) }
    }
  }

  /// Runs `body`, which may fail, for blocks of up to `height` of 0 ..< count, as `concurrently`.
  ///
  /// - Throws: the error of the first block that failed.
  static func inBlocks(
    of height: Int, _ count: Int, _ body: (Range<Int>) throws -> Void
  ) throws {
    var faults = [(any Error)?](repeating: nil, count: (count + height - 1) / height)
    faults.withUnsafeMutableBufferPointer { faults in
      concurrently(faults.count) { [faults] number in
        do {
          try body(number * height..<min((number + 1) * height, count))
        } catch {
          faults[number] = error
        }
      }
    }
    if let fault = faults.lazy.compactMap(\.self).first { throw fault }
  }

  /// Calls write to ranges of their own, which the compiler cannot see.
  private struct Work: @unchecked Sendable {
    let body: (Int) -> Void
  }
}
