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

  /// Calls write to ranges of their own, which the compiler cannot see.
  private struct Work: @unchecked Sendable {
    let body: (Int) -> Void
  }
}
