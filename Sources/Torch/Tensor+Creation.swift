extension Tensor {
  /// Zeros.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    rawZeros(shape, dtype: dtype, device: device)
  }

  /// Ones.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    rawOnes(shape, dtype: dtype, device: device)
  }

  /// Memory as it comes; every element is to be written before it is read.
  public static func empty(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    rawEmpty(shape, dtype: dtype, device: device)
  }

  /// `value` everywhere.
  public static func full(
    _ shape: [Int], _ value: any Scalar, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    rawFull(shape, value, dtype: dtype, device: device)
  }

  /// 0, 1, … n − 1 as `[n]`.
  public static func arange(
    _ n: Int, dtype: DType = .int64, device: Device = .cpu
  ) -> Tensor {
    rawArange(0, n, 1, dtype: dtype, device: device)
  }

  /// `start`, `start + step`, … below `end`.
  public static func arange(
    _ start: any Scalar, _ end: any Scalar, step: any Scalar = 1, dtype: DType = .float32,
    device: Device = .cpu
  ) -> Tensor {
    rawArange(start, end, step, dtype: dtype, device: device)
  }

  /// `count` values at equal distances, both ends included.
  public static func linspace(
    _ start: any Scalar, _ end: any Scalar, count: Int, dtype: DType = .float32,
    device: Device = .cpu
  ) -> Tensor {
    rawLinspace(start, end, steps: count, dtype: dtype, device: device)
  }

  /// The identity matrix `[n, m]`; square without `m`.
  public static func eye(
    _ n: Int, _ m: Int? = nil, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    rawEye(n, m ?? n, dtype: dtype, device: device)
  }

  /// Uniform in `range`, float32, drawn from `generator`.
  public static func uniform(
    _ shape: [Int], in range: Range<Double> = 0..<1, generator: Generator, device: Device = .cpu
  ) -> Tensor {
    empty(shape, device: device)
      .uniform_(from: range.lowerBound, to: range.upperBound, generator: generator)
  }

  /// Normal, float32, drawn from `generator`.
  public static func normal(
    _ shape: [Int], mean: Double = 0, std: Double = 1, generator: Generator, device: Device = .cpu
  ) -> Tensor {
    empty(shape, device: device).normal_(mean: mean, std: std, generator: generator)
  }

  /// 1 with probability `p`, else 0; float32, drawn from `generator`.
  public static func bernoulli(
    _ shape: [Int], p: Double, generator: Generator, device: Device = .cpu
  ) -> Tensor {
    empty(shape, device: device).bernoulli_(p: p, generator: generator)
  }

  /// A random order of 0 … n − 1, int64, drawn from `generator`.
  public static func permutation(
    _ n: Int, generator: Generator, device: Device = .cpu
  ) -> Tensor {
    rawRandperm(n, generator: generator, dtype: .int64, device: device)
  }

  /// Integers uniform in `range`, int64, drawn from `generator`.
  public static func integers(
    _ shape: [Int], in range: Range<Int>, generator: Generator, device: Device = .cpu
  ) -> Tensor {
    rawRandint(
      range.lowerBound, range.upperBound, shape, generator: generator, dtype: .int64,
      device: device)
  }
}
