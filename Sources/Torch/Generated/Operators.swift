// swift-format-ignore-file
// Written by scripts/generate-torch.py from libtorch's schemas; not edited by hand.

import CTorch

extension Tensor {
  /// libtorch: `add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`.
  public func add(_ other: Tensor, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_add_Tensor(&out, self.handle, other.handle, alpha.scalar)
    check(status, "add", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`.
  public func add(_ other: any Scalar, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_add_Scalar(&out, self.handle, other.scalar, alpha.scalar)
    check(status, "add", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)`.
  @discardableResult
  public func add_(_ other: Tensor, alpha: any Scalar = 1) -> Tensor {
    let status = ct_add__Tensor(self.handle, other.handle, alpha.scalar)
    check(status, "add_", [self, other])
    return self
  }

  /// libtorch: `add_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)`.
  @discardableResult
  public func add_(_ other: any Scalar, alpha: any Scalar = 1) -> Tensor {
    let status = ct_add__Scalar(self.handle, other.scalar, alpha.scalar)
    check(status, "add_", [self])
    return self
  }

  /// libtorch: `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`.
  public func sub(_ other: Tensor, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_sub_Tensor(&out, self.handle, other.handle, alpha.scalar)
    check(status, "sub", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`.
  public func sub(_ other: any Scalar, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_sub_Scalar(&out, self.handle, other.scalar, alpha.scalar)
    check(status, "sub", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sub_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)`.
  @discardableResult
  public func sub_(_ other: Tensor, alpha: any Scalar = 1) -> Tensor {
    let status = ct_sub__Tensor(self.handle, other.handle, alpha.scalar)
    check(status, "sub_", [self, other])
    return self
  }

  /// libtorch: `sub_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)`.
  @discardableResult
  public func sub_(_ other: any Scalar, alpha: any Scalar = 1) -> Tensor {
    let status = ct_sub__Scalar(self.handle, other.scalar, alpha.scalar)
    check(status, "sub_", [self])
    return self
  }

  /// libtorch: `rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`.
  public func rsub(_ other: any Scalar, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_rsub_Scalar(&out, self.handle, other.scalar, alpha.scalar)
    check(status, "rsub", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `mul.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func mul(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mul_Tensor(&out, self.handle, other.handle)
    check(status, "mul", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `mul.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func mul(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mul_Scalar(&out, self.handle, other.scalar)
    check(status, "mul", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`.
  @discardableResult
  public func mul_(_ other: Tensor) -> Tensor {
    let status = ct_mul__Tensor(self.handle, other.handle)
    check(status, "mul_", [self, other])
    return self
  }

  /// libtorch: `mul_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`.
  @discardableResult
  public func mul_(_ other: any Scalar) -> Tensor {
    let status = ct_mul__Scalar(self.handle, other.scalar)
    check(status, "mul_", [self])
    return self
  }

  /// libtorch: `div.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func div(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_div_Tensor(&out, self.handle, other.handle)
    check(status, "div", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `div.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func div(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_div_Scalar(&out, self.handle, other.scalar)
    check(status, "div", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`.
  @discardableResult
  public func div_(_ other: Tensor) -> Tensor {
    let status = ct_div__Tensor(self.handle, other.handle)
    check(status, "div_", [self, other])
    return self
  }

  /// libtorch: `div_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`.
  @discardableResult
  public func div_(_ other: any Scalar) -> Tensor {
    let status = ct_div__Scalar(self.handle, other.scalar)
    check(status, "div_", [self])
    return self
  }

  /// libtorch: `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor`.
  public func div(_ other: Tensor, rounding roundingMode: String?) -> Tensor {
    var out: OpaquePointer?
    let status = ct_div_Tensor_mode(&out, self.handle, other.handle, roundingMode)
    check(status, "div", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `floor_divide(Tensor self, Tensor other) -> Tensor`.
  public func floorDivide(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_floor_divide(&out, self.handle, other.handle)
    check(status, "floorDivide", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `floor_divide.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func floorDivide(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_floor_divide_Scalar(&out, self.handle, other.scalar)
    check(status, "floorDivide", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `remainder.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func remainder(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_remainder_Tensor(&out, self.handle, other.handle)
    check(status, "remainder", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `remainder.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func remainder(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_remainder_Scalar(&out, self.handle, other.scalar)
    check(status, "remainder", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor`.
  public func addcmul(_ tensor1: Tensor, _ tensor2: Tensor, value: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_addcmul(&out, self.handle, tensor1.handle, tensor2.handle, value.scalar)
    check(status, "addcmul", [self, tensor1, tensor2])
    return Tensor(adopting: out)
  }

  /// libtorch: `addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)`.
  @discardableResult
  public func addcmul_(_ tensor1: Tensor, _ tensor2: Tensor, value: any Scalar = 1) -> Tensor {
    let status = ct_addcmul_(self.handle, tensor1.handle, tensor2.handle, value.scalar)
    check(status, "addcmul_", [self, tensor1, tensor2])
    return self
  }

  /// libtorch: `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor`.
  public func addcdiv(_ tensor1: Tensor, _ tensor2: Tensor, value: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_addcdiv(&out, self.handle, tensor1.handle, tensor2.handle, value.scalar)
    check(status, "addcdiv", [self, tensor1, tensor2])
    return Tensor(adopting: out)
  }

  /// libtorch: `addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)`.
  @discardableResult
  public func addcdiv_(_ tensor1: Tensor, _ tensor2: Tensor, value: any Scalar = 1) -> Tensor {
    let status = ct_addcdiv_(self.handle, tensor1.handle, tensor2.handle, value.scalar)
    check(status, "addcdiv_", [self, tensor1, tensor2])
    return self
  }

  /// libtorch: `lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor`.
  public func lerp(_ end: Tensor, weight: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_lerp_Scalar(&out, self.handle, end.handle, weight.scalar)
    check(status, "lerp", [self, end])
    return Tensor(adopting: out)
  }

  /// libtorch: `lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor`.
  public func lerp(_ end: Tensor, weight: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_lerp_Tensor(&out, self.handle, end.handle, weight.handle)
    check(status, "lerp", [self, end, weight])
    return Tensor(adopting: out)
  }

  /// libtorch: `lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!)`.
  @discardableResult
  public func lerp_(_ end: Tensor, weight: any Scalar) -> Tensor {
    let status = ct_lerp__Scalar(self.handle, end.handle, weight.scalar)
    check(status, "lerp_", [self, end])
    return self
  }

  /// libtorch: `lerp_.Tensor(Tensor(a!) self, Tensor end, Tensor weight) -> Tensor(a!)`.
  @discardableResult
  public func lerp_(_ end: Tensor, weight: Tensor) -> Tensor {
    let status = ct_lerp__Tensor(self.handle, end.handle, weight.handle)
    check(status, "lerp_", [self, end, weight])
    return self
  }

  /// libtorch: `pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor`.
  public func pow(_ exponent: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_pow_Tensor_Scalar(&out, self.handle, exponent.scalar)
    check(status, "pow", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor`.
  public func pow(_ exponent: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_pow_Tensor_Tensor(&out, self.handle, exponent.handle)
    check(status, "pow", [self, exponent])
    return Tensor(adopting: out)
  }

  /// libtorch: `pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)`.
  @discardableResult
  public func pow_(_ exponent: any Scalar) -> Tensor {
    let status = ct_pow__Scalar(self.handle, exponent.scalar)
    check(status, "pow_", [self])
    return self
  }

  /// libtorch: `neg(Tensor self) -> Tensor`.
  public func neg() -> Tensor {
    var out: OpaquePointer?
    let status = ct_neg(&out, self.handle)
    check(status, "neg", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `neg_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func neg_() -> Tensor {
    let status = ct_neg_(self.handle)
    check(status, "neg_", [self])
    return self
  }

  /// libtorch: `abs(Tensor self) -> Tensor`.
  public func abs() -> Tensor {
    var out: OpaquePointer?
    let status = ct_abs(&out, self.handle)
    check(status, "abs", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `abs_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func abs_() -> Tensor {
    let status = ct_abs_(self.handle)
    check(status, "abs_", [self])
    return self
  }

  /// libtorch: `sign(Tensor self) -> Tensor`.
  public func sign() -> Tensor {
    var out: OpaquePointer?
    let status = ct_sign(&out, self.handle)
    check(status, "sign", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `floor(Tensor self) -> Tensor`.
  public func floor() -> Tensor {
    var out: OpaquePointer?
    let status = ct_floor(&out, self.handle)
    check(status, "floor", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `ceil(Tensor self) -> Tensor`.
  public func ceil() -> Tensor {
    var out: OpaquePointer?
    let status = ct_ceil(&out, self.handle)
    check(status, "ceil", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `round(Tensor self) -> Tensor`.
  public func round() -> Tensor {
    var out: OpaquePointer?
    let status = ct_round(&out, self.handle)
    check(status, "round", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `trunc(Tensor self) -> Tensor`.
  public func trunc() -> Tensor {
    var out: OpaquePointer?
    let status = ct_trunc(&out, self.handle)
    check(status, "trunc", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `frac(Tensor self) -> Tensor`.
  public func frac() -> Tensor {
    var out: OpaquePointer?
    let status = ct_frac(&out, self.handle)
    check(status, "frac", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `square(Tensor self) -> Tensor`.
  public func square() -> Tensor {
    var out: OpaquePointer?
    let status = ct_square(&out, self.handle)
    check(status, "square", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sqrt(Tensor self) -> Tensor`.
  public func sqrt() -> Tensor {
    var out: OpaquePointer?
    let status = ct_sqrt(&out, self.handle)
    check(status, "sqrt", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sqrt_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func sqrt_() -> Tensor {
    let status = ct_sqrt_(self.handle)
    check(status, "sqrt_", [self])
    return self
  }

  /// libtorch: `rsqrt(Tensor self) -> Tensor`.
  public func rsqrt() -> Tensor {
    var out: OpaquePointer?
    let status = ct_rsqrt(&out, self.handle)
    check(status, "rsqrt", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `reciprocal(Tensor self) -> Tensor`.
  public func reciprocal() -> Tensor {
    var out: OpaquePointer?
    let status = ct_reciprocal(&out, self.handle)
    check(status, "reciprocal", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `exp(Tensor self) -> Tensor`.
  public func exp() -> Tensor {
    var out: OpaquePointer?
    let status = ct_exp(&out, self.handle)
    check(status, "exp", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `exp_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func exp_() -> Tensor {
    let status = ct_exp_(self.handle)
    check(status, "exp_", [self])
    return self
  }

  /// libtorch: `exp2(Tensor self) -> Tensor`.
  public func exp2() -> Tensor {
    var out: OpaquePointer?
    let status = ct_exp2(&out, self.handle)
    check(status, "exp2", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `expm1(Tensor self) -> Tensor`.
  public func expm1() -> Tensor {
    var out: OpaquePointer?
    let status = ct_expm1(&out, self.handle)
    check(status, "expm1", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `log(Tensor self) -> Tensor`.
  public func log() -> Tensor {
    var out: OpaquePointer?
    let status = ct_log(&out, self.handle)
    check(status, "log", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `log2(Tensor self) -> Tensor`.
  public func log2() -> Tensor {
    var out: OpaquePointer?
    let status = ct_log2(&out, self.handle)
    check(status, "log2", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `log10(Tensor self) -> Tensor`.
  public func log10() -> Tensor {
    var out: OpaquePointer?
    let status = ct_log10(&out, self.handle)
    check(status, "log10", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `log1p(Tensor self) -> Tensor`.
  public func log1p() -> Tensor {
    var out: OpaquePointer?
    let status = ct_log1p(&out, self.handle)
    check(status, "log1p", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sin(Tensor self) -> Tensor`.
  public func sin() -> Tensor {
    var out: OpaquePointer?
    let status = ct_sin(&out, self.handle)
    check(status, "sin", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `cos(Tensor self) -> Tensor`.
  public func cos() -> Tensor {
    var out: OpaquePointer?
    let status = ct_cos(&out, self.handle)
    check(status, "cos", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `tan(Tensor self) -> Tensor`.
  public func tan() -> Tensor {
    var out: OpaquePointer?
    let status = ct_tan(&out, self.handle)
    check(status, "tan", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `atan(Tensor self) -> Tensor`.
  public func atan() -> Tensor {
    var out: OpaquePointer?
    let status = ct_atan(&out, self.handle)
    check(status, "atan", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `atan2(Tensor self, Tensor other) -> Tensor`.
  public func atan2(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_atan2(&out, self.handle, other.handle)
    check(status, "atan2", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `erf(Tensor self) -> Tensor`.
  public func erf() -> Tensor {
    var out: OpaquePointer?
    let status = ct_erf(&out, self.handle)
    check(status, "erf", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `erfinv(Tensor self) -> Tensor`.
  public func erfinv() -> Tensor {
    var out: OpaquePointer?
    let status = ct_erfinv(&out, self.handle)
    check(status, "erfinv", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `digamma(Tensor self) -> Tensor`.
  public func digamma() -> Tensor {
    var out: OpaquePointer?
    let status = ct_digamma(&out, self.handle)
    check(status, "digamma", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `lgamma(Tensor self) -> Tensor`.
  public func lgamma() -> Tensor {
    var out: OpaquePointer?
    let status = ct_lgamma(&out, self.handle)
    check(status, "lgamma", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor`.
  public func clamp(min: (any Scalar)? = nil, max: (any Scalar)? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_clamp(&out, self.handle, min.scalar, max.scalar)
    check(status, "clamp", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor`.
  public func clamp(min: Tensor? = nil, max: Tensor? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_clamp_Tensor(&out, self.handle, min?.handle, max?.handle)
    check(status, "clamp", [self, min, max])
    return Tensor(adopting: out)
  }

  /// libtorch: `clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)`.
  @discardableResult
  public func clamp_(min: (any Scalar)? = nil, max: (any Scalar)? = nil) -> Tensor {
    let status = ct_clamp_(self.handle, min.scalar, max.scalar)
    check(status, "clamp_", [self])
    return self
  }

  /// libtorch: `clamp_min(Tensor self, Scalar min) -> Tensor`.
  public func clampMin(_ min: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_clamp_min(&out, self.handle, min.scalar)
    check(status, "clampMin", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `clamp_max(Tensor self, Scalar max) -> Tensor`.
  public func clampMax(_ max: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_clamp_max(&out, self.handle, max.scalar)
    check(status, "clampMax", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `maximum(Tensor self, Tensor other) -> Tensor`.
  public func maximum(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_maximum(&out, self.handle, other.handle)
    check(status, "maximum", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `minimum(Tensor self, Tensor other) -> Tensor`.
  public func minimum(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_minimum(&out, self.handle, other.handle)
    check(status, "minimum", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor`.
  public func nanToNum(nan: Double? = nil, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_nan_to_num(&out, self.handle, nan.scalar, posinf.scalar, neginf.scalar)
    check(status, "nanToNum", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `copysign.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func copysign(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_copysign_Tensor(&out, self.handle, other.handle)
    check(status, "copysign", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `hypot(Tensor self, Tensor other) -> Tensor`.
  public func hypot(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_hypot(&out, self.handle, other.handle)
    check(status, "hypot", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `xlogy.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func xlogy(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_xlogy_Tensor(&out, self.handle, other.handle)
    check(status, "xlogy", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `relu(Tensor self) -> Tensor`.
  public func relu() -> Tensor {
    var out: OpaquePointer?
    let status = ct_relu(&out, self.handle)
    check(status, "relu", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `relu_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func relu_() -> Tensor {
    let status = ct_relu_(self.handle)
    check(status, "relu_", [self])
    return self
  }

  /// libtorch: `hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor`.
  public func hardtanh(min minVal: any Scalar = -1, max maxVal: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_hardtanh(&out, self.handle, minVal.scalar, maxVal.scalar)
    check(status, "hardtanh", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!)`.
  @discardableResult
  public func hardtanh_(min minVal: any Scalar = -1, max maxVal: any Scalar = 1) -> Tensor {
    let status = ct_hardtanh_(self.handle, minVal.scalar, maxVal.scalar)
    check(status, "hardtanh_", [self])
    return self
  }

  /// libtorch: `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor`.
  public func leakyReLU(slope negativeSlope: any Scalar = 0.01) -> Tensor {
    var out: OpaquePointer?
    let status = ct_leaky_relu(&out, self.handle, negativeSlope.scalar)
    check(status, "leakyReLU", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!)`.
  @discardableResult
  public func leakyReLU_(slope negativeSlope: any Scalar = 0.01) -> Tensor {
    let status = ct_leaky_relu_(self.handle, negativeSlope.scalar)
    check(status, "leakyReLU_", [self])
    return self
  }

  /// libtorch: `elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor`.
  public func elu(alpha: any Scalar = 1, scale: any Scalar = 1, inputScale: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_elu(&out, self.handle, alpha.scalar, scale.scalar, inputScale.scalar)
    check(status, "elu", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `celu(Tensor self, Scalar alpha=1.0) -> Tensor`.
  public func celu(alpha: any Scalar = 1.0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_celu(&out, self.handle, alpha.scalar)
    check(status, "celu", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `hardswish(Tensor self) -> Tensor`.
  public func hardswish() -> Tensor {
    var out: OpaquePointer?
    let status = ct_hardswish(&out, self.handle)
    check(status, "hardswish", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `hardsigmoid(Tensor self) -> Tensor`.
  public func hardsigmoid() -> Tensor {
    var out: OpaquePointer?
    let status = ct_hardsigmoid(&out, self.handle)
    check(status, "hardsigmoid", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `gelu(Tensor self, *, str approximate='none') -> Tensor`.
  public func gelu(approximate: String = "none") -> Tensor {
    var out: OpaquePointer?
    let status = ct_gelu(&out, self.handle, approximate)
    check(status, "gelu", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `silu(Tensor self) -> Tensor`.
  public func silu() -> Tensor {
    var out: OpaquePointer?
    let status = ct_silu(&out, self.handle)
    check(status, "silu", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `silu_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func silu_() -> Tensor {
    let status = ct_silu_(self.handle)
    check(status, "silu_", [self])
    return self
  }

  /// libtorch: `mish(Tensor self) -> Tensor`.
  public func mish() -> Tensor {
    var out: OpaquePointer?
    let status = ct_mish(&out, self.handle)
    check(status, "mish", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor`.
  public func softplus(beta: any Scalar = 1, threshold: any Scalar = 20) -> Tensor {
    var out: OpaquePointer?
    let status = ct_softplus(&out, self.handle, beta.scalar, threshold.scalar)
    check(status, "softplus", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `log_sigmoid(Tensor self) -> Tensor`.
  public func logSigmoid() -> Tensor {
    var out: OpaquePointer?
    let status = ct_log_sigmoid(&out, self.handle)
    check(status, "logSigmoid", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sigmoid(Tensor self) -> Tensor`.
  public func sigmoid() -> Tensor {
    var out: OpaquePointer?
    let status = ct_sigmoid(&out, self.handle)
    check(status, "sigmoid", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sigmoid_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func sigmoid_() -> Tensor {
    let status = ct_sigmoid_(self.handle)
    check(status, "sigmoid_", [self])
    return self
  }

  /// libtorch: `tanh(Tensor self) -> Tensor`.
  public func tanh() -> Tensor {
    var out: OpaquePointer?
    let status = ct_tanh(&out, self.handle)
    check(status, "tanh", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `tanh_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func tanh_() -> Tensor {
    let status = ct_tanh_(self.handle)
    check(status, "tanh_", [self])
    return self
  }

  /// libtorch: `softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor`.
  public func softmax(dim: Int, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_softmax_int(&out, self.handle, dim, dtype.code)
    check(status, "softmax", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor`.
  public func logSoftmax(dim: Int, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_log_softmax_int(&out, self.handle, dim, dtype.code)
    check(status, "logSoftmax", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `logit(Tensor self, float? eps=None) -> Tensor`.
  public func logit(eps: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_logit(&out, self.handle, eps.scalar)
    check(status, "logit", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `eq.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func eq(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_eq_Tensor(&out, self.handle, other.handle)
    check(status, "eq", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `eq.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func eq(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_eq_Scalar(&out, self.handle, other.scalar)
    check(status, "eq", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `ne.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func ne(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_ne_Tensor(&out, self.handle, other.handle)
    check(status, "ne", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `ne.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func ne(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_ne_Scalar(&out, self.handle, other.scalar)
    check(status, "ne", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `lt.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func lt(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_lt_Tensor(&out, self.handle, other.handle)
    check(status, "lt", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `lt.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func lt(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_lt_Scalar(&out, self.handle, other.scalar)
    check(status, "lt", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `le.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func le(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_le_Tensor(&out, self.handle, other.handle)
    check(status, "le", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `le.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func le(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_le_Scalar(&out, self.handle, other.scalar)
    check(status, "le", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `gt.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func gt(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_gt_Tensor(&out, self.handle, other.handle)
    check(status, "gt", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `gt.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func gt(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_gt_Scalar(&out, self.handle, other.scalar)
    check(status, "gt", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `ge.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func ge(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_ge_Tensor(&out, self.handle, other.handle)
    check(status, "ge", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `ge.Scalar(Tensor self, Scalar other) -> Tensor`.
  public func ge(_ other: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_ge_Scalar(&out, self.handle, other.scalar)
    check(status, "ge", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `logical_and(Tensor self, Tensor other) -> Tensor`.
  public func logicalAnd(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_logical_and(&out, self.handle, other.handle)
    check(status, "logicalAnd", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `logical_or(Tensor self, Tensor other) -> Tensor`.
  public func logicalOr(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_logical_or(&out, self.handle, other.handle)
    check(status, "logicalOr", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `logical_xor(Tensor self, Tensor other) -> Tensor`.
  public func logicalXor(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_logical_xor(&out, self.handle, other.handle)
    check(status, "logicalXor", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `logical_not(Tensor self) -> Tensor`.
  public func logicalNot() -> Tensor {
    var out: OpaquePointer?
    let status = ct_logical_not(&out, self.handle)
    check(status, "logicalNot", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func bitwiseAnd(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bitwise_and_Tensor(&out, self.handle, other.handle)
    check(status, "bitwiseAnd", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func bitwiseOr(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bitwise_or_Tensor(&out, self.handle, other.handle)
    check(status, "bitwiseOr", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor`.
  public func bitwiseXor(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bitwise_xor_Tensor(&out, self.handle, other.handle)
    check(status, "bitwiseXor", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `bitwise_not(Tensor self) -> Tensor`.
  public func bitwiseNot() -> Tensor {
    var out: OpaquePointer?
    let status = ct_bitwise_not(&out, self.handle)
    check(status, "bitwiseNot", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `isfinite(Tensor self) -> Tensor`.
  public func isFinite() -> Tensor {
    var out: OpaquePointer?
    let status = ct_isfinite(&out, self.handle)
    check(status, "isFinite", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `isnan(Tensor self) -> Tensor`.
  public func isNaN() -> Tensor {
    var out: OpaquePointer?
    let status = ct_isnan(&out, self.handle)
    check(status, "isNaN", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `isinf(Tensor self) -> Tensor`.
  public func isInf() -> Tensor {
    var out: OpaquePointer?
    let status = ct_isinf(&out, self.handle)
    check(status, "isInf", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `all(Tensor self) -> Tensor`.
  public func all() -> Tensor {
    var out: OpaquePointer?
    let status = ct_all(&out, self.handle)
    check(status, "all", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`.
  public func all(dim: Int, keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_all_dim(&out, self.handle, dim, keepdim)
    check(status, "all", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `any(Tensor self) -> Tensor`.
  public func `any`() -> Tensor {
    var out: OpaquePointer?
    let status = ct_any(&out, self.handle)
    check(status, "any", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`.
  public func `any`(dim: Int, keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_any_dim(&out, self.handle, dim, keepdim)
    check(status, "any", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `equal(Tensor self, Tensor other) -> bool`.
  public func equals(_ other: Tensor) -> Bool {
    var out: Bool = false
    let status = ct_equal(&out, self.handle, other.handle)
    check(status, "equals", [self, other])
    return out
  }

  /// libtorch: `allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool`.
  public func isClose(to other: Tensor, rtol: Double = 1e-05, atol: Double = 1e-08, equalNan: Bool = false) -> Bool {
    var out: Bool = false
    let status = ct_allclose(&out, self.handle, other.handle, rtol, atol, equalNan)
    check(status, "isClose", [self, other])
    return out
  }

  /// libtorch: `isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor`.
  public func closeness(to other: Tensor, rtol: Double = 1e-05, atol: Double = 1e-08, equalNan: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_isclose(&out, self.handle, other.handle, rtol, atol, equalNan)
    check(status, "closeness", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor`.
  public func maskedFill(_ mask: Tensor, _ value: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_masked_fill_Scalar(&out, self.handle, mask.handle, value.scalar)
    check(status, "maskedFill", [self, mask])
    return Tensor(adopting: out)
  }

  /// libtorch: `masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor`.
  public func maskedFill(_ mask: Tensor, _ value: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_masked_fill_Tensor(&out, self.handle, mask.handle, value.handle)
    check(status, "maskedFill", [self, mask, value])
    return Tensor(adopting: out)
  }

  /// libtorch: `masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)`.
  @discardableResult
  public func maskedFill_(_ mask: Tensor, _ value: any Scalar) -> Tensor {
    let status = ct_masked_fill__Scalar(self.handle, mask.handle, value.scalar)
    check(status, "maskedFill_", [self, mask])
    return self
  }

  /// libtorch: `masked_select(Tensor self, Tensor mask) -> Tensor`.
  public func maskedSelect(_ mask: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_masked_select(&out, self.handle, mask.handle)
    check(status, "maskedSelect", [self, mask])
    return Tensor(adopting: out)
  }

  /// libtorch: `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor`.
  public func maskedScatter(_ mask: Tensor, _ source: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_masked_scatter(&out, self.handle, mask.handle, source.handle)
    check(status, "maskedScatter", [self, mask, source])
    return Tensor(adopting: out)
  }

  /// libtorch: `sum(Tensor self, *, ScalarType? dtype=None) -> Tensor`.
  public func sum(dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_sum(&out, self.handle, dtype.code)
    check(status, "sum", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`.
  public func sum(dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_sum_dim_IntList(&out, self.handle, dim, dim?.count ?? -1, keepdim, dtype.code)
    check(status, "sum", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `mean(Tensor self, *, ScalarType? dtype=None) -> Tensor`.
  public func mean(dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mean(&out, self.handle, dtype.code)
    check(status, "mean", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`.
  public func mean(dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mean_dim(&out, self.handle, dim, dim?.count ?? -1, keepdim, dtype.code)
    check(status, "mean", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `prod(Tensor self, *, ScalarType? dtype=None) -> Tensor`.
  public func prod(dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_prod(&out, self.handle, dtype.code)
    check(status, "prod", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`.
  public func prod(dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_prod_dim_int(&out, self.handle, dim, keepdim, dtype.code)
    check(status, "prod", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `var(Tensor self, bool unbiased=True) -> Tensor`.
  public func variance(unbiased: Bool = true) -> Tensor {
    var out: OpaquePointer?
    let status = ct_var(&out, self.handle, unbiased)
    check(status, "variance", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`.
  public func variance(dim: [Int]?, unbiased: Bool = true, keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_var_dim(&out, self.handle, dim, dim?.count ?? -1, unbiased, keepdim)
    check(status, "variance", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `std(Tensor self, bool unbiased=True) -> Tensor`.
  public func std(unbiased: Bool = true) -> Tensor {
    var out: OpaquePointer?
    let status = ct_std(&out, self.handle, unbiased)
    check(status, "std", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`.
  public func std(dim: [Int]?, unbiased: Bool = true, keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_std_dim(&out, self.handle, dim, dim?.count ?? -1, unbiased, keepdim)
    check(status, "std", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)`.
  public func varianceMean(dim: [Int]?, unbiased: Bool = true, keepdim: Bool = false) -> (Tensor, Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_var_mean_dim(&out0, &out1, self.handle, dim, dim?.count ?? -1, unbiased, keepdim)
    check(status, "varianceMean", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `norm.Scalar(Tensor self, Scalar p=2) -> Tensor`.
  public func norm(p: any Scalar = 2) -> Tensor {
    var out: OpaquePointer?
    let status = ct_norm_Scalar(&out, self.handle, p.scalar)
    check(status, "norm", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor`.
  public func norm(p: (any Scalar)?, dim: [Int], keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_norm_ScalarOpt_dim(&out, self.handle, p.scalar, dim, dim.count, keepdim)
    check(status, "norm", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`.
  public func vectorNorm(ord: any Scalar = 2, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_vector_norm(&out, self.handle, ord.scalar, dim, dim?.count ?? -1, keepdim, dtype.code)
    check(status, "vectorNorm", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor`.
  public func frobeniusNorm(dim: [Int], keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_frobenius_norm_dim(&out, self.handle, dim, dim.count, keepdim)
    check(status, "frobeniusNorm", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `max(Tensor self) -> Tensor`.
  public func max() -> Tensor {
    var out: OpaquePointer?
    let status = ct_max(&out, self.handle)
    check(status, "max", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`.
  public func max(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_max_dim(&out0, &out1, self.handle, dim, keepdim)
    check(status, "max", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `max.other(Tensor self, Tensor other) -> Tensor`.
  public func max(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_max_other(&out, self.handle, other.handle)
    check(status, "max", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `min(Tensor self) -> Tensor`.
  public func min() -> Tensor {
    var out: OpaquePointer?
    let status = ct_min(&out, self.handle)
    check(status, "min", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`.
  public func min(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_min_dim(&out0, &out1, self.handle, dim, keepdim)
    check(status, "min", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `min.other(Tensor self, Tensor other) -> Tensor`.
  public func min(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_min_other(&out, self.handle, other.handle)
    check(status, "min", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor`.
  public func amax(dim: [Int] = [], keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_amax(&out, self.handle, dim, dim.count, keepdim)
    check(status, "amax", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor`.
  public func amin(dim: [Int] = [], keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_amin(&out, self.handle, dim, dim.count, keepdim)
    check(status, "amin", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)`.
  public func aminmax(dim: Int? = nil, keepdim: Bool = false) -> (min: Tensor, max: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_aminmax(&out0, &out1, self.handle, dim.scalar, keepdim)
    check(status, "aminmax", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor`.
  public func argmax(dim: Int? = nil, keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_argmax(&out, self.handle, dim.scalar, keepdim)
    check(status, "argmax", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor`.
  public func argmin(dim: Int? = nil, keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_argmin(&out, self.handle, dim.scalar, keepdim)
    check(status, "argmin", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `median(Tensor self) -> Tensor`.
  public func median() -> Tensor {
    var out: OpaquePointer?
    let status = ct_median(&out, self.handle)
    check(status, "median", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`.
  public func median(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_median_dim(&out0, &out1, self.handle, dim, keepdim)
    check(status, "median", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `nanmedian(Tensor self) -> Tensor`.
  public func nanmedian() -> Tensor {
    var out: OpaquePointer?
    let status = ct_nanmedian(&out, self.handle)
    check(status, "nanmedian", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor`.
  public func quantile(q: Double, dim: Int? = nil, keepdim: Bool = false, interpolation: String = "linear") -> Tensor {
    var out: OpaquePointer?
    let status = ct_quantile_scalar(&out, self.handle, q, dim.scalar, keepdim, interpolation)
    check(status, "quantile", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor`.
  public func logSumExp(dim: [Int], keepdim: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_logsumexp(&out, self.handle, dim, dim.count, keepdim)
    check(status, "logSumExp", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `logcumsumexp(Tensor self, int dim) -> Tensor`.
  public func logCumSumExp(dim: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_logcumsumexp(&out, self.handle, dim)
    check(status, "logCumSumExp", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor`.
  public func cumsum(dim: Int, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_cumsum(&out, self.handle, dim, dtype.code)
    check(status, "cumsum", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor`.
  public func cumprod(dim: Int, dtype: DType? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_cumprod(&out, self.handle, dim, dtype.code)
    check(status, "cumprod", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)`.
  public func cummax(dim: Int) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_cummax(&out0, &out1, self.handle, dim)
    check(status, "cummax", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor`.
  public func diff(n: Int = 1, dim: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_diff(&out, self.handle, n, dim, prepend?.handle, append?.handle)
    check(status, "diff", [self, prepend, append])
    return Tensor(adopting: out)
  }

  /// libtorch: `count_nonzero(Tensor self, int? dim=None) -> Tensor`.
  public func countNonzero(dim: Int? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_count_nonzero(&out, self.handle, dim.scalar)
    check(status, "countNonzero", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `bincount(Tensor self, Tensor? weights=None, SymInt minlength=0) -> Tensor`.
  public func bincount(weights: Tensor? = nil, minlength: Int = 0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bincount(&out, self.handle, weights?.handle, minlength)
    check(status, "bincount", [self, weights])
    return Tensor(adopting: out)
  }

  /// libtorch: `histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor`.
  public func histc(bins: Int = 100, min: any Scalar = 0, max: any Scalar = 0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_histc(&out, self.handle, bins, min.scalar, max.scalar)
    check(status, "histc", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `nonzero(Tensor self) -> Tensor`.
  public func nonzero() -> Tensor {
    var out: OpaquePointer?
    let status = ct_nonzero(&out, self.handle)
    check(status, "nonzero", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `trace(Tensor self) -> Tensor`.
  public func trace() -> Tensor {
    var out: OpaquePointer?
    let status = ct_trace(&out, self.handle)
    check(status, "trace", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)`.
  public func sort(dim: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_sort(&out0, &out1, self.handle, dim, descending)
    check(status, "sort", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)`.
  public func sort(stable: Bool?, dim: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_sort_stable(&out0, &out1, self.handle, stable.scalar, dim, descending)
    check(status, "sort", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor`.
  public func argsort(dim: Int = -1, descending: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_argsort(&out, self.handle, dim, descending)
    check(status, "argsort", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor`.
  public func argsort(stable: Bool, dim: Int = -1, descending: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_argsort_stable(&out, self.handle, stable, dim, descending)
    check(status, "argsort", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)`.
  public func topk(_ k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_topk(&out0, &out1, self.handle, k, dim, largest, sorted)
    check(status, "topk", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)`.
  public func kthvalue(_ k: Int, dim: Int = -1, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_kthvalue(&out0, &out1, self.handle, k, dim, keepdim)
    check(status, "kthvalue", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)`.
  public func unique(dim: Int, sorted: Bool = true, returnInverse: Bool = false, returnCounts: Bool = false) -> (Tensor, Tensor, Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    var out2: OpaquePointer?
    let status = ct_unique_dim(&out0, &out1, &out2, self.handle, dim, sorted, returnInverse, returnCounts)
    check(status, "unique", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1), Tensor(adopting: out2))
  }

  /// libtorch: `_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)`.
  public func unique(sorted: Bool = true, returnInverse: Bool = false, returnCounts: Bool = false) -> (Tensor, Tensor, Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    var out2: OpaquePointer?
    let status = ct__unique2(&out0, &out1, &out2, self.handle, sorted, returnInverse, returnCounts)
    check(status, "unique", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1), Tensor(adopting: out2))
  }

  /// libtorch: `bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor`.
  public func bucketize(_ boundaries: Tensor, outInt32: Bool = false, right: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bucketize_Tensor(&out, self.handle, boundaries.handle, outInt32, right)
    check(status, "bucketize", [self, boundaries])
    return Tensor(adopting: out)
  }

  /// libtorch: `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor`.
  public func gather(dim: Int, index: Tensor, sparseGrad: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_gather(&out, self.handle, dim, index.handle, sparseGrad)
    check(status, "gather", [self, index])
    return Tensor(adopting: out)
  }

  /// libtorch: `scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor`.
  public func scatter(dim: Int, index: Tensor, source src: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_scatter_src(&out, self.handle, dim, index.handle, src.handle)
    check(status, "scatter", [self, index, src])
    return Tensor(adopting: out)
  }

  /// libtorch: `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor`.
  public func scatter(dim: Int, index: Tensor, value: any Scalar) -> Tensor {
    var out: OpaquePointer?
    let status = ct_scatter_value(&out, self.handle, dim, index.handle, value.scalar)
    check(status, "scatter", [self, index])
    return Tensor(adopting: out)
  }

  /// libtorch: `scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)`.
  @discardableResult
  public func scatter_(dim: Int, index: Tensor, source src: Tensor) -> Tensor {
    let status = ct_scatter__src(self.handle, dim, index.handle, src.handle)
    check(status, "scatter_", [self, index, src])
    return self
  }

  /// libtorch: `scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)`.
  @discardableResult
  public func scatter_(dim: Int, index: Tensor, value: any Scalar) -> Tensor {
    let status = ct_scatter__value(self.handle, dim, index.handle, value.scalar)
    check(status, "scatter_", [self, index])
    return self
  }

  /// libtorch: `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor`.
  public func scatterAdd(dim: Int, index: Tensor, source src: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_scatter_add(&out, self.handle, dim, index.handle, src.handle)
    check(status, "scatterAdd", [self, index, src])
    return Tensor(adopting: out)
  }

  /// libtorch: `scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)`.
  @discardableResult
  public func scatterAdd_(dim: Int, index: Tensor, source src: Tensor) -> Tensor {
    let status = ct_scatter_add_(self.handle, dim, index.handle, src.handle)
    check(status, "scatterAdd_", [self, index, src])
    return self
  }

  /// libtorch: `scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor`.
  public func scatterReduce(dim: Int, index: Tensor, source src: Tensor, reduce: String, includeSelf: Bool = true) -> Tensor {
    var out: OpaquePointer?
    let status = ct_scatter_reduce_two(&out, self.handle, dim, index.handle, src.handle, reduce, includeSelf)
    check(status, "scatterReduce", [self, index, src])
    return Tensor(adopting: out)
  }

  /// libtorch: `index_select(Tensor self, int dim, Tensor index) -> Tensor`.
  public func indexSelect(dim: Int, index: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_index_select(&out, self.handle, dim, index.handle)
    check(status, "indexSelect", [self, index])
    return Tensor(adopting: out)
  }

  /// libtorch: `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor`.
  public func indexAdd(dim: Int, index: Tensor, source: Tensor, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_index_add(&out, self.handle, dim, index.handle, source.handle, alpha.scalar)
    check(status, "indexAdd", [self, index, source])
    return Tensor(adopting: out)
  }

  /// libtorch: `index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)`.
  @discardableResult
  public func indexAdd_(dim: Int, index: Tensor, source: Tensor, alpha: any Scalar = 1) -> Tensor {
    let status = ct_index_add_(self.handle, dim, index.handle, source.handle, alpha.scalar)
    check(status, "indexAdd_", [self, index, source])
    return self
  }

  /// libtorch: `index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)`.
  @discardableResult
  public func indexCopy_(dim: Int, index: Tensor, source: Tensor) -> Tensor {
    let status = ct_index_copy_(self.handle, dim, index.handle, source.handle)
    check(status, "indexCopy_", [self, index, source])
    return self
  }

  /// libtorch: `index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)`.
  @discardableResult
  public func indexFill_(dim: Int, index: Tensor, value: any Scalar) -> Tensor {
    let status = ct_index_fill__int_Scalar(self.handle, dim, index.handle, value.scalar)
    check(status, "indexFill_", [self, index])
    return self
  }

  /// libtorch: `index.Tensor(Tensor self, Tensor?[] indices) -> Tensor`.
  public func index(_ indices: [Tensor?]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_index_Tensor(&out, self.handle, handles(indices), indices.count)
    check(status, "index", [self] + indices)
    return Tensor(adopting: out)
  }

  /// libtorch: `index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)`.
  @discardableResult
  public func indexPut_(_ indices: [Tensor?], values: Tensor, accumulate: Bool = false) -> Tensor {
    let status = ct_index_put_(self.handle, handles(indices), indices.count, values.handle, accumulate)
    check(status, "indexPut_", [self, values] + indices)
    return self
  }

  /// libtorch: `take(Tensor self, Tensor index) -> Tensor`.
  public func take(_ index: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_take(&out, self.handle, index.handle)
    check(status, "take", [self, index])
    return Tensor(adopting: out)
  }

  /// libtorch: `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor`.
  public func takeAlong(_ indices: Tensor, dim: Int? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_take_along_dim(&out, self.handle, indices.handle, dim.scalar)
    check(status, "takeAlong", [self, indices])
    return Tensor(adopting: out)
  }

  /// libtorch: `one_hot(Tensor self, int num_classes=-1) -> Tensor`.
  public func oneHot(classes numClasses: Int = -1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_one_hot(&out, self.handle, numClasses)
    check(status, "oneHot", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)`.
  public func reshape(_ shape: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_reshape(&out, self.handle, shape, shape.count)
    check(status, "reshape", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `view(Tensor(a) self, SymInt[] size) -> Tensor(a)`.
  public func view(_ size: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_view(&out, self.handle, size, size.count)
    check(status, "view", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `view_as(Tensor(a) self, Tensor other) -> Tensor(a)`.
  public func view(as other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_view_as(&out, self.handle, other.handle)
    check(status, "view", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `permute(Tensor(a) self, int[] dims) -> Tensor(a)`.
  public func permute(_ dims: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_permute(&out, self.handle, dims, dims.count)
    check(status, "permute", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)`.
  public func transpose(_ dim0: Int, _ dim1: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_transpose_int(&out, self.handle, dim0, dim1)
    check(status, "transpose", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `t(Tensor(a) self) -> Tensor(a)`.
  public func t() -> Tensor {
    var out: OpaquePointer?
    let status = ct_t(&out, self.handle)
    check(status, "t", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)`.
  public func movedim(_ source: Int, _ destination: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_movedim_int(&out, self.handle, source, destination)
    check(status, "movedim", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)`.
  public func flatten(start startDim: Int = 0, end endDim: Int = -1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_flatten_using_ints(&out, self.handle, startDim, endDim)
    check(status, "flatten", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)`.
  public func unflatten(dim: Int, sizes: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_unflatten_int(&out, self.handle, dim, sizes, sizes.count)
    check(status, "unflatten", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)`.
  public func unsqueeze(_ dim: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_unsqueeze(&out, self.handle, dim)
    check(status, "unsqueeze", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `squeeze(Tensor(a) self) -> Tensor(a)`.
  public func squeeze() -> Tensor {
    var out: OpaquePointer?
    let status = ct_squeeze(&out, self.handle)
    check(status, "squeeze", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)`.
  public func squeeze(dim: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_squeeze_dim(&out, self.handle, dim)
    check(status, "squeeze", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)`.
  public func expand(_ size: [Int], implicit: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_expand(&out, self.handle, size, size.count, implicit)
    check(status, "expand", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `expand_as(Tensor(a) self, Tensor other) -> Tensor(a)`.
  public func expand(as other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_expand_as(&out, self.handle, other.handle)
    check(status, "expand", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `repeat(Tensor self, SymInt[] repeats) -> Tensor`.
  public func `repeat`(_ repeats: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_repeat(&out, self.handle, repeats, repeats.count)
    check(status, "repeat", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor`.
  public func repeatInterleave(_ repeats: Int, dim: Int? = nil, outputSize: Int? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_repeat_interleave_self_int(&out, self.handle, repeats, dim.scalar, outputSize.scalar)
    check(status, "repeatInterleave", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor`.
  public func repeatInterleave(_ repeats: Tensor, dim: Int? = nil, outputSize: Int? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_repeat_interleave_self_Tensor(&out, self.handle, repeats.handle, dim.scalar, outputSize.scalar)
    check(status, "repeatInterleave", [self, repeats])
    return Tensor(adopting: out)
  }

  /// libtorch: `flip(Tensor self, int[] dims) -> Tensor`.
  public func flip(_ dims: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_flip(&out, self.handle, dims, dims.count)
    check(status, "flip", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor`.
  public func roll(_ shifts: [Int], dims: [Int] = []) -> Tensor {
    var out: OpaquePointer?
    let status = ct_roll(&out, self.handle, shifts, shifts.count, dims, dims.count)
    check(status, "roll", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor`.
  public func rot90(_ k: Int = 1, dims: [Int] = [0, 1]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_rot90(&out, self.handle, k, dims, dims.count)
    check(status, "rot90", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)`.
  public func narrow(dim: Int, start: Int, length: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_narrow(&out, self.handle, dim, start, length)
    check(status, "narrow", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)`.
  public func select(dim: Int, index: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_select_int(&out, self.handle, dim, index)
    check(status, "select", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)`.
  public func slice(dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_slice_Tensor(&out, self.handle, dim, start.scalar, end.scalar, step)
    check(status, "slice", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)`.
  public func diagonal(offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_diagonal(&out, self.handle, offset, dim1, dim2)
    check(status, "diagonal", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor`.
  public func diagEmbed(offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_diag_embed(&out, self.handle, offset, dim1, dim2)
    check(status, "diagEmbed", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `tril(Tensor self, SymInt diagonal=0) -> Tensor`.
  public func tril(diagonal: Int = 0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_tril(&out, self.handle, diagonal)
    check(status, "tril", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `triu(Tensor self, SymInt diagonal=0) -> Tensor`.
  public func triu(diagonal: Int = 0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_triu(&out, self.handle, diagonal)
    check(status, "triu", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]`.
  public func split(_ splitSize: Int, dim: Int = 0) -> [Tensor] {
    var out: UnsafeMutablePointer<OpaquePointer?>?
    var outCount = 0
    let status = ct_split_Tensor(&out, &outCount, self.handle, splitSize, dim)
    check(status, "split", [self])
    return adopt(out, outCount)
  }

  /// libtorch: `split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]`.
  public func split(sizes splitSize: [Int], dim: Int = 0) -> [Tensor] {
    var out: UnsafeMutablePointer<OpaquePointer?>?
    var outCount = 0
    let status = ct_split_sizes(&out, &outCount, self.handle, splitSize, splitSize.count, dim)
    check(status, "split", [self])
    return adopt(out, outCount)
  }

  /// libtorch: `chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]`.
  public func chunk(_ chunks: Int, dim: Int = 0) -> [Tensor] {
    var out: UnsafeMutablePointer<OpaquePointer?>?
    var outCount = 0
    let status = ct_chunk(&out, &outCount, self.handle, chunks, dim)
    check(status, "chunk", [self])
    return adopt(out, outCount)
  }

  /// libtorch: `unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]`.
  public func unbind(dim: Int = 0) -> [Tensor] {
    var out: UnsafeMutablePointer<OpaquePointer?>?
    var outCount = 0
    let status = ct_unbind_int(&out, &outCount, self.handle, dim)
    check(status, "unbind", [self])
    return adopt(out, outCount)
  }

  /// libtorch: `unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)`.
  public func unfold(dim dimension: Int, size: Int, step: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_unfold(&out, self.handle, dimension, size, step)
    check(status, "unfold", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `pixel_shuffle(Tensor self, int upscale_factor) -> Tensor`.
  public func pixelShuffle(_ upscaleFactor: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_pixel_shuffle(&out, self.handle, upscaleFactor)
    check(status, "pixelShuffle", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor`.
  public func pixelUnshuffle(_ downscaleFactor: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_pixel_unshuffle(&out, self.handle, downscaleFactor)
    check(status, "pixelUnshuffle", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `channel_shuffle(Tensor self, SymInt groups) -> Tensor`.
  public func channelShuffle(groups: Int) -> Tensor {
    var out: OpaquePointer?
    let status = ct_channel_shuffle(&out, self.handle, groups)
    check(status, "channelShuffle", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor`.
  public func constantPad(_ pad: [Int], value: any Scalar = 0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_constant_pad_nd(&out, self.handle, pad, pad.count, value.scalar)
    check(status, "constantPad", [self])
    return Tensor(adopting: out)
  }

  func rawPad(_ pad: [Int], mode: String = "constant", value: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_pad(&out, self.handle, pad, pad.count, mode, value.scalar)
    check(status, "rawPad", [self])
    return Tensor(adopting: out)
  }

  func rawContiguous(memoryFormat: MemoryFormat = .contiguous) -> Tensor {
    var out: OpaquePointer?
    let status = ct_contiguous(&out, self.handle, memoryFormat.code)
    check(status, "rawContiguous", [self])
    return Tensor(adopting: out)
  }

  func rawClone(memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_clone(&out, self.handle, memoryFormat.code)
    check(status, "rawClone", [self])
    return Tensor(adopting: out)
  }

  func rawTo(_ dtype: DType, nonBlocking: Bool = false, copy: Bool = false, memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_to_dtype(&out, self.handle, dtype.code, nonBlocking, copy, memoryFormat.code)
    check(status, "rawTo", [self])
    return Tensor(adopting: out)
  }

  func rawTo(_ device: Device, _ dtype: DType, nonBlocking: Bool = false, copy: Bool = false, memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_to_device(&out, self.handle, device.code, dtype.code, nonBlocking, copy, memoryFormat.code)
    check(status, "rawTo", [self])
    return Tensor(adopting: out)
  }

  func rawDetach() -> Tensor {
    var out: OpaquePointer?
    let status = ct_detach(&out, self.handle)
    check(status, "rawDetach", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)`.
  @discardableResult
  public func copy_(from src: Tensor, nonBlocking: Bool = false) -> Tensor {
    let status = ct_copy_(self.handle, src.handle, nonBlocking)
    check(status, "copy_", [self, src])
    return self
  }

  /// libtorch: `zero_(Tensor(a!) self) -> Tensor(a!)`.
  @discardableResult
  public func zero_() -> Tensor {
    let status = ct_zero_(self.handle)
    check(status, "zero_", [self])
    return self
  }

  /// libtorch: `fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)`.
  @discardableResult
  public func fill_(_ value: any Scalar) -> Tensor {
    let status = ct_fill__Scalar(self.handle, value.scalar)
    check(status, "fill_", [self])
    return self
  }

  /// libtorch: `fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)`.
  @discardableResult
  public func fill_(_ value: Tensor) -> Tensor {
    let status = ct_fill__Tensor(self.handle, value.handle)
    check(status, "fill_", [self, value])
    return self
  }

  /// libtorch: `zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`.
  public func zerosLike(dtype: DType? = nil, device: Device? = nil, memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_zeros_like(&out, self.handle, dtype.code, device.code, memoryFormat.code)
    check(status, "zerosLike", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`.
  public func onesLike(dtype: DType? = nil, device: Device? = nil, memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_ones_like(&out, self.handle, dtype.code, device.code, memoryFormat.code)
    check(status, "onesLike", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`.
  public func emptyLike(dtype: DType? = nil, device: Device? = nil, memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_empty_like(&out, self.handle, dtype.code, device.code, memoryFormat.code)
    check(status, "emptyLike", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`.
  public func fullLike(_ fillValue: any Scalar, dtype: DType? = nil, device: Device? = nil, memoryFormat: MemoryFormat? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_full_like(&out, self.handle, fillValue.scalar, dtype.code, device.code, memoryFormat.code)
    check(status, "fullLike", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor`.
  public func bernoulli(generator: Generator) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bernoulli(&out, self.handle, generator.handle)
    check(status, "bernoulli", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)`.
  @discardableResult
  public func bernoulli_(p: Double = 0.5, generator: Generator) -> Tensor {
    let status = ct_bernoulli__float(self.handle, p, generator.handle)
    check(status, "bernoulli_", [self])
    return self
  }

  /// libtorch: `bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)`.
  @discardableResult
  public func bernoulli_(p: Tensor, generator: Generator) -> Tensor {
    let status = ct_bernoulli__Tensor(self.handle, p.handle, generator.handle)
    check(status, "bernoulli_", [self, p])
    return self
  }

  /// libtorch: `uniform_(Tensor(a!) self, float from=0, float to=1, *, Generator? generator=None) -> Tensor(a!)`.
  @discardableResult
  public func uniform_(from: Double = 0, to: Double = 1, generator: Generator) -> Tensor {
    let status = ct_uniform_(self.handle, from, to, generator.handle)
    check(status, "uniform_", [self])
    return self
  }

  /// libtorch: `normal_(Tensor(a!) self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(a!)`.
  @discardableResult
  public func normal_(mean: Double = 0, std: Double = 1, generator: Generator) -> Tensor {
    let status = ct_normal_(self.handle, mean, std, generator.handle)
    check(status, "normal_", [self])
    return self
  }

  /// libtorch: `random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)`.
  @discardableResult
  public func random_(from: Int, to: Int?, generator: Generator) -> Tensor {
    let status = ct_random__from(self.handle, from, to.scalar, generator.handle)
    check(status, "random_", [self])
    return self
  }

  /// libtorch: `exponential_(Tensor(a!) self, float lambd=1, *, Generator? generator=None) -> Tensor(a!)`.
  @discardableResult
  public func exponential_(lambd: Double = 1, generator: Generator) -> Tensor {
    let status = ct_exponential_(self.handle, lambd, generator.handle)
    check(status, "exponential_", [self])
    return self
  }

  /// libtorch: `multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor`.
  public func multinomial(_ numSamples: Int, replacement: Bool = false, generator: Generator) -> Tensor {
    var out: OpaquePointer?
    let status = ct_multinomial(&out, self.handle, numSamples, replacement, generator.handle)
    check(status, "multinomial", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `_standard_gamma(Tensor self, Generator? generator=None) -> Tensor`.
  public func standardGamma(generator: Generator) -> Tensor {
    var out: OpaquePointer?
    let status = ct__standard_gamma(&out, self.handle, generator.handle)
    check(status, "standardGamma", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `poisson(Tensor self, Generator? generator=None) -> Tensor`.
  public func poisson(generator: Generator) -> Tensor {
    var out: OpaquePointer?
    let status = ct_poisson(&out, self.handle, generator.handle)
    check(status, "poisson", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `matmul(Tensor self, Tensor other) -> Tensor`.
  public func matmul(_ other: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_matmul(&out, self.handle, other.handle)
    check(status, "matmul", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `mm(Tensor self, Tensor mat2) -> Tensor`.
  public func mm(_ mat2: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mm(&out, self.handle, mat2.handle)
    check(status, "mm", [self, mat2])
    return Tensor(adopting: out)
  }

  /// libtorch: `bmm(Tensor self, Tensor mat2) -> Tensor`.
  public func bmm(_ mat2: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_bmm(&out, self.handle, mat2.handle)
    check(status, "bmm", [self, mat2])
    return Tensor(adopting: out)
  }

  /// libtorch: `mv(Tensor self, Tensor vec) -> Tensor`.
  public func mv(_ vec: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mv(&out, self.handle, vec.handle)
    check(status, "mv", [self, vec])
    return Tensor(adopting: out)
  }

  /// libtorch: `dot(Tensor self, Tensor tensor) -> Tensor`.
  public func dot(_ tensor: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_dot(&out, self.handle, tensor.handle)
    check(status, "dot", [self, tensor])
    return Tensor(adopting: out)
  }

  /// libtorch: `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor`.
  public func addmm(_ mat1: Tensor, _ mat2: Tensor, beta: any Scalar = 1, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_addmm(&out, self.handle, mat1.handle, mat2.handle, beta.scalar, alpha.scalar)
    check(status, "addmm", [self, mat1, mat2])
    return Tensor(adopting: out)
  }

  /// libtorch: `addmm_(Tensor(a!) self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)`.
  @discardableResult
  public func addmm_(_ mat1: Tensor, _ mat2: Tensor, beta: any Scalar = 1, alpha: any Scalar = 1) -> Tensor {
    let status = ct_addmm_(self.handle, mat1.handle, mat2.handle, beta.scalar, alpha.scalar)
    check(status, "addmm_", [self, mat1, mat2])
    return self
  }

  /// libtorch: `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor`.
  public func baddbmm(_ batch1: Tensor, _ batch2: Tensor, beta: any Scalar = 1, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_baddbmm(&out, self.handle, batch1.handle, batch2.handle, beta.scalar, alpha.scalar)
    check(status, "baddbmm", [self, batch1, batch2])
    return Tensor(adopting: out)
  }

  /// libtorch: `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor`.
  public func addmv(_ mat: Tensor, _ vec: Tensor, beta: any Scalar = 1, alpha: any Scalar = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_addmv(&out, self.handle, mat.handle, vec.handle, beta.scalar, alpha.scalar)
    check(status, "addmv", [self, mat, vec])
    return Tensor(adopting: out)
  }

  /// libtorch: `outer(Tensor self, Tensor vec2) -> Tensor`.
  public func outer(_ vec2: Tensor) -> Tensor {
    var out: OpaquePointer?
    let status = ct_outer(&out, self.handle, vec2.handle)
    check(status, "outer", [self, vec2])
    return Tensor(adopting: out)
  }

  /// libtorch: `tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor`.
  public func tensordot(_ other: Tensor, dims dimsSelf: [Int], _ dimsOther: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_tensordot(&out, self.handle, other.handle, dimsSelf, dimsSelf.count, dimsOther, dimsOther.count)
    check(status, "tensordot", [self, other])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)`.
  public func svd(fullMatrices: Bool = true, driver: String? = nil) -> (u: Tensor, s: Tensor, vh: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    var out2: OpaquePointer?
    let status = ct_linalg_svd(&out0, &out1, &out2, self.handle, fullMatrices, driver)
    check(status, "svd", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1), Tensor(adopting: out2))
  }

  /// libtorch: `linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor`.
  public func svdvals(driver: String? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_svdvals(&out, self.handle, driver)
    check(status, "svdvals", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_qr(Tensor A, str mode='reduced') -> (Tensor Q, Tensor R)`.
  public func qr(mode: String = "reduced") -> (q: Tensor, r: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_linalg_qr(&out0, &out1, self.handle, mode)
    check(status, "qr", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `linalg_eigh(Tensor self, str UPLO="L") -> (Tensor eigenvalues, Tensor eigenvectors)`.
  public func eigh(uplo: String = "L") -> (eigenvalues: Tensor, eigenvectors: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_linalg_eigh(&out0, &out1, self.handle, uplo)
    check(status, "eigh", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `linalg_eigvalsh(Tensor self, str UPLO="L") -> Tensor`.
  public func eigvalsh(uplo: String = "L") -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_eigvalsh(&out, self.handle, uplo)
    check(status, "eigvalsh", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor`.
  public func cholesky(upper: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_cholesky(&out, self.handle, upper)
    check(status, "cholesky", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor`.
  public func choleskySolve(_ input2: Tensor, upper: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_cholesky_solve(&out, self.handle, input2.handle, upper)
    check(status, "choleskySolve", [self, input2])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_inv(Tensor A) -> Tensor`.
  public func inverse() -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_inv(&out, self.handle)
    check(status, "inverse", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor`.
  public func solve(_ b: Tensor, left: Bool = true) -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_solve(&out, self.handle, b.handle, left)
    check(status, "solve", [self, b])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)`.
  public func leastSquares(_ b: Tensor, rcond: Double? = nil, driver: String? = nil) -> (solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    var out2: OpaquePointer?
    var out3: OpaquePointer?
    let status = ct_linalg_lstsq(&out0, &out1, &out2, &out3, self.handle, b.handle, rcond.scalar, driver)
    check(status, "leastSquares", [self, b])
    return (Tensor(adopting: out0), Tensor(adopting: out1), Tensor(adopting: out2), Tensor(adopting: out3))
  }

  /// libtorch: `linalg_det(Tensor A) -> Tensor`.
  public func det() -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_det(&out, self.handle)
    check(status, "det", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet)`.
  public func slogdet() -> (sign: Tensor, logabsdet: Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_linalg_slogdet(&out0, &out1, self.handle)
    check(status, "slogdet", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  /// libtorch: `linalg_pinv.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor`.
  public func pinv(atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_linalg_pinv_atol_rtol_float(&out, self.handle, atol.scalar, rtol.scalar, hermitian)
    check(status, "pinv", [self])
    return Tensor(adopting: out)
  }

  func rawMaxPool2d(_ kernelSize: [Int], stride: [Int] = [], padding: [Int] = [0, 0], dilation: [Int] = [1, 1], ceilMode: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_max_pool2d(&out, self.handle, kernelSize, kernelSize.count, stride, stride.count, padding, padding.count, dilation, dilation.count, ceilMode)
    check(status, "rawMaxPool2d", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)`.
  public func maxPool2dWithIndices(_ kernelSize: [Int], stride: [Int] = [], padding: [Int] = [0, 0], dilation: [Int] = [1, 1], ceilMode: Bool = false) -> (Tensor, Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_max_pool2d_with_indices(&out0, &out1, self.handle, kernelSize, kernelSize.count, stride, stride.count, padding, padding.count, dilation, dilation.count, ceilMode)
    check(status, "maxPool2dWithIndices", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  func rawAvgPool2d(_ kernelSize: [Int], stride: [Int] = [], padding: [Int] = [0, 0], ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_avg_pool2d(&out, self.handle, kernelSize, kernelSize.count, stride, stride.count, padding, padding.count, ceilMode, countIncludePad, divisorOverride.scalar)
    check(status, "rawAvgPool2d", [self])
    return Tensor(adopting: out)
  }

  func rawAdaptiveAvgPool2d(_ outputSize: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_adaptive_avg_pool2d(&out, self.handle, outputSize, outputSize.count)
    check(status, "rawAdaptiveAvgPool2d", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)`.
  public func adaptiveMaxPool2d(_ outputSize: [Int]) -> (Tensor, Tensor) {
    var out0: OpaquePointer?
    var out1: OpaquePointer?
    let status = ct_adaptive_max_pool2d(&out0, &out1, self.handle, outputSize, outputSize.count)
    check(status, "adaptiveMaxPool2d", [self])
    return (Tensor(adopting: out0), Tensor(adopting: out1))
  }

  func rawUpsampleBilinear2d(_ outputSize: [Int], alignCorners: Bool, _ scalesH: Double? = nil, _ scalesW: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_upsample_bilinear2d(&out, self.handle, outputSize, outputSize.count, alignCorners, scalesH.scalar, scalesW.scalar)
    check(status, "rawUpsampleBilinear2d", [self])
    return Tensor(adopting: out)
  }

  func rawUpsampleBilinear2dAA(_ outputSize: [Int], alignCorners: Bool, _ scalesH: Double? = nil, _ scalesW: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct__upsample_bilinear2d_aa(&out, self.handle, outputSize, outputSize.count, alignCorners, scalesH.scalar, scalesW.scalar)
    check(status, "rawUpsampleBilinear2dAA", [self])
    return Tensor(adopting: out)
  }

  func rawUpsampleNearest2d(_ outputSize: [Int], _ scalesH: Double? = nil, _ scalesW: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_upsample_nearest2d(&out, self.handle, outputSize, outputSize.count, scalesH.scalar, scalesW.scalar)
    check(status, "rawUpsampleNearest2d", [self])
    return Tensor(adopting: out)
  }

  func rawUpsampleBicubic2d(_ outputSize: [Int], alignCorners: Bool, _ scalesH: Double? = nil, _ scalesW: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct_upsample_bicubic2d(&out, self.handle, outputSize, outputSize.count, alignCorners, scalesH.scalar, scalesW.scalar)
    check(status, "rawUpsampleBicubic2d", [self])
    return Tensor(adopting: out)
  }

  func rawUpsampleBicubic2dAA(_ outputSize: [Int], alignCorners: Bool, _ scalesH: Double? = nil, _ scalesW: Double? = nil) -> Tensor {
    var out: OpaquePointer?
    let status = ct__upsample_bicubic2d_aa(&out, self.handle, outputSize, outputSize.count, alignCorners, scalesH.scalar, scalesW.scalar)
    check(status, "rawUpsampleBicubic2dAA", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor`.
  public func im2col(kernel kernelSize: [Int], dilation: [Int], padding: [Int], stride: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_im2col(&out, self.handle, kernelSize, kernelSize.count, dilation, dilation.count, padding, padding.count, stride, stride.count)
    check(status, "im2col", [self])
    return Tensor(adopting: out)
  }

  /// libtorch: `col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor`.
  public func col2im(size outputSize: [Int], kernel kernelSize: [Int], dilation: [Int], padding: [Int], stride: [Int]) -> Tensor {
    var out: OpaquePointer?
    let status = ct_col2im(&out, self.handle, outputSize, outputSize.count, kernelSize, kernelSize.count, dilation, dilation.count, padding, padding.count, stride, stride.count)
    check(status, "col2im", [self])
    return Tensor(adopting: out)
  }

  func rawNLLLoss(_ target: Tensor, weight: Tensor? = nil, reduction: Int = 1, ignoreIndex: Int = -100) -> Tensor {
    var out: OpaquePointer?
    let status = ct_nll_loss_nd(&out, self.handle, target.handle, weight?.handle, reduction, ignoreIndex)
    check(status, "rawNLLLoss", [self, target, weight])
    return Tensor(adopting: out)
  }

  func rawCrossEntropy(_ target: Tensor, weight: Tensor? = nil, reduction: Int = 1, ignoreIndex: Int = -100, labelSmoothing: Double = 0.0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_cross_entropy_loss(&out, self.handle, target.handle, weight?.handle, reduction, ignoreIndex, labelSmoothing)
    check(status, "rawCrossEntropy", [self, target, weight])
    return Tensor(adopting: out)
  }

  func rawBinaryCrossEntropy(_ target: Tensor, weight: Tensor? = nil, posWeight: Tensor? = nil, reduction: Int = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_binary_cross_entropy_with_logits(&out, self.handle, target.handle, weight?.handle, posWeight?.handle, reduction)
    check(status, "rawBinaryCrossEntropy", [self, target, weight, posWeight])
    return Tensor(adopting: out)
  }

  func rawMSELoss(_ target: Tensor, reduction: Int = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_mse_loss(&out, self.handle, target.handle, reduction)
    check(status, "rawMSELoss", [self, target])
    return Tensor(adopting: out)
  }

  func rawL1Loss(_ target: Tensor, reduction: Int = 1) -> Tensor {
    var out: OpaquePointer?
    let status = ct_l1_loss(&out, self.handle, target.handle, reduction)
    check(status, "rawL1Loss", [self, target])
    return Tensor(adopting: out)
  }

  func rawSmoothL1Loss(_ target: Tensor, reduction: Int = 1, beta: Double = 1.0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_smooth_l1_loss(&out, self.handle, target.handle, reduction, beta)
    check(status, "rawSmoothL1Loss", [self, target])
    return Tensor(adopting: out)
  }

  func rawHuberLoss(_ target: Tensor, reduction: Int = 1, delta: Double = 1.0) -> Tensor {
    var out: OpaquePointer?
    let status = ct_huber_loss(&out, self.handle, target.handle, reduction, delta)
    check(status, "rawHuberLoss", [self, target])
    return Tensor(adopting: out)
  }

  func rawKLDivergence(_ target: Tensor, reduction: Int = 1, logTarget: Bool = false) -> Tensor {
    var out: OpaquePointer?
    let status = ct_kl_div(&out, self.handle, target.handle, reduction, logTarget)
    check(status, "rawKLDivergence", [self, target])
    return Tensor(adopting: out)
  }
}

/// libtorch: `dropout(Tensor input, float p, bool train) -> Tensor`.
public func dropout(p input: Tensor, train p: Double, train: Bool) -> Tensor {
  var out: OpaquePointer?
  let status = ct_dropout(&out, input.handle, p, train)
  check(status, "dropout", [input])
  return Tensor(adopting: out)
}

/// libtorch: `where.self(Tensor condition, Tensor self, Tensor other) -> Tensor`.
public func where_(_ condition: Tensor, _ input: Tensor, _ other: Tensor) -> Tensor {
  var out: OpaquePointer?
  let status = ct_where_self(&out, condition.handle, input.handle, other.handle)
  check(status, "where_", [condition, input, other])
  return Tensor(adopting: out)
}

/// libtorch: `where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor`.
public func where_(_ condition: Tensor, _ input: Tensor, _ other: any Scalar) -> Tensor {
  var out: OpaquePointer?
  let status = ct_where_ScalarOther(&out, condition.handle, input.handle, other.scalar)
  check(status, "where_", [condition, input])
  return Tensor(adopting: out)
}

/// libtorch: `where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor`.
public func where_(_ condition: Tensor, _ input: any Scalar, _ other: Tensor) -> Tensor {
  var out: OpaquePointer?
  let status = ct_where_ScalarSelf(&out, condition.handle, input.scalar, other.handle)
  check(status, "where_", [condition, other])
  return Tensor(adopting: out)
}

/// libtorch: `searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor`.
public func searchSorted(_ sortedSequence: Tensor, outInt32 input: Tensor, right outInt32: Bool = false, side right: Bool = false, sorter side: String? = nil, sorter: Tensor? = nil) -> Tensor {
  var out: OpaquePointer?
  let status = ct_searchsorted_Tensor(&out, sortedSequence.handle, input.handle, outInt32, right, side, sorter?.handle)
  check(status, "searchSorted", [sortedSequence, input, sorter])
  return Tensor(adopting: out)
}

/// libtorch: `embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor`.
public func embedding(weight: Tensor, indices: Tensor, paddingIdx: Int = -1, scaleGradByFreq: Bool = false, sparse: Bool = false) -> Tensor {
  var out: OpaquePointer?
  let status = ct_embedding(&out, weight.handle, indices.handle, paddingIdx, scaleGradByFreq, sparse)
  check(status, "embedding", [weight, indices])
  return Tensor(adopting: out)
}

/// libtorch: `cat(Tensor[] tensors, int dim=0) -> Tensor`.
public func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  var out: OpaquePointer?
  let status = ct_cat(&out, handles(tensors), tensors.count, dim)
  check(status, "cat", tensors)
  return Tensor(adopting: out)
}

/// libtorch: `stack(Tensor[] tensors, int dim=0) -> Tensor`.
public func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  var out: OpaquePointer?
  let status = ct_stack(&out, handles(tensors), tensors.count, dim)
  check(status, "stack", tensors)
  return Tensor(adopting: out)
}

/// libtorch: `broadcast_tensors(Tensor[] tensors) -> Tensor[]`.
public func broadcast(_ tensors: [Tensor]) -> [Tensor] {
  var out: UnsafeMutablePointer<OpaquePointer?>?
  var outCount = 0
  let status = ct_broadcast_tensors(&out, &outCount, handles(tensors), tensors.count)
  check(status, "broadcast", tensors)
  return adopt(out, outCount)
}

/// libtorch: `meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]`.
public func meshgrid(_ tensors: [Tensor], indexing: String) -> [Tensor] {
  var out: UnsafeMutablePointer<OpaquePointer?>?
  var outCount = 0
  let status = ct_meshgrid_indexing(&out, &outCount, handles(tensors), tensors.count, indexing)
  check(status, "meshgrid", tensors)
  return adopt(out, outCount)
}

func rawZeros(_ size: [Int], dtype: DType? = nil, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_zeros(&out, size, size.count, dtype.code, device.code)
  check(status, "rawZeros", [])
  return Tensor(adopting: out)
}

func rawOnes(_ size: [Int], dtype: DType? = nil, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_ones(&out, size, size.count, dtype.code, device.code)
  check(status, "rawOnes", [])
  return Tensor(adopting: out)
}

func rawFull(_ size: [Int], _ fillValue: any Scalar, dtype: DType? = nil, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_full(&out, size, size.count, fillValue.scalar, dtype.code, device.code)
  check(status, "rawFull", [])
  return Tensor(adopting: out)
}

func rawEmpty(_ size: [Int], dtype: DType? = nil, device: Device? = nil, memoryFormat: MemoryFormat? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_empty_memory_format(&out, size, size.count, dtype.code, device.code, memoryFormat.code)
  check(status, "rawEmpty", [])
  return Tensor(adopting: out)
}

func rawArange(_ start: any Scalar, _ end: any Scalar, _ step: any Scalar = 1, dtype: DType? = nil, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_arange_start_step(&out, start.scalar, end.scalar, step.scalar, dtype.code, device.code)
  check(status, "rawArange", [])
  return Tensor(adopting: out)
}

func rawLinspace(_ start: any Scalar, _ end: any Scalar, steps: Int, dtype: DType? = nil, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_linspace(&out, start.scalar, end.scalar, steps, dtype.code, device.code)
  check(status, "rawLinspace", [])
  return Tensor(adopting: out)
}

func rawEye(_ n: Int, _ m: Int, dtype: DType? = nil, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_eye_m(&out, n, m, dtype.code, device.code)
  check(status, "rawEye", [])
  return Tensor(adopting: out)
}

func rawRandperm(_ n: Int, generator: Generator, dtype: DType? = .int64, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_randperm_generator(&out, n, generator.handle, dtype.code, device.code)
  check(status, "rawRandperm", [])
  return Tensor(adopting: out)
}

func rawRandint(_ low: Int, _ high: Int, _ size: [Int], generator: Generator, dtype: DType? = .int64, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_randint_low_generator(&out, low, high, size, size.count, generator.handle, dtype.code, device.code)
  check(status, "rawRandint", [])
  return Tensor(adopting: out)
}

/// libtorch: `tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`.
public func trilIndices(_ row: Int, _ col: Int, offset: Int = 0, dtype: DType? = .int64, device: Device? = nil) -> Tensor {
  Library.require()
  var out: OpaquePointer?
  let status = ct_tril_indices(&out, row, col, offset, dtype.code, device.code)
  check(status, "trilIndices", [])
  return Tensor(adopting: out)
}

/// libtorch: `einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor`.
public func einsum(_ equation: String, _ tensors: [Tensor], path: [Int]? = nil) -> Tensor {
  var out: OpaquePointer?
  let status = ct_einsum(&out, equation, handles(tensors), tensors.count, path, path?.count ?? -1)
  check(status, "einsum", tensors)
  return Tensor(adopting: out)
}

/// libtorch: `cdist(Tensor x1, Tensor x2, float p=2, int? compute_mode=None) -> Tensor`.
public func cdist(_ x1: Tensor, _ x2: Tensor, p: Double = 2, computeMode: Int? = nil) -> Tensor {
  var out: OpaquePointer?
  let status = ct_cdist(&out, x1.handle, x2.handle, p, computeMode.scalar)
  check(status, "cdist", [x1, x2])
  return Tensor(adopting: out)
}

/// libtorch: `cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor`.
public func cosineSimilarity(_ x1: Tensor, _ x2: Tensor, dim: Int = 1, eps: Double = 1e-08) -> Tensor {
  var out: OpaquePointer?
  let status = ct_cosine_similarity(&out, x1.handle, x2.handle, dim, eps)
  check(status, "cosineSimilarity", [x1, x2])
  return Tensor(adopting: out)
}

/// libtorch: `pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor`.
public func pairwiseDistance(_ x1: Tensor, _ x2: Tensor, p: Double = 2, eps: Double = 1e-06, keepdim: Bool = false) -> Tensor {
  var out: OpaquePointer?
  let status = ct_pairwise_distance(&out, x1.handle, x2.handle, p, eps, keepdim)
  check(status, "pairwiseDistance", [x1, x2])
  return Tensor(adopting: out)
}

/// libtorch: `conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1, SymInt groups=1) -> Tensor`.
public func plainConv2d(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: [Int] = [1, 1], padding: [Int] = [0, 0], dilation: [Int] = [1, 1], groups: Int = 1) -> Tensor {
  var out: OpaquePointer?
  let status = ct_conv2d(&out, input.handle, weight.handle, bias?.handle, stride, stride.count, padding, padding.count, dilation, dilation.count, groups)
  check(status, "plainConv2d", [input, weight, bias])
  return Tensor(adopting: out)
}

func rawConvolution(_ input: Tensor, _ weight: Tensor, _ bias: Tensor?, stride: [Int], padding: [Int], dilation: [Int], transposed: Bool, outputPadding: [Int], groups: Int) -> Tensor {
  var out: OpaquePointer?
  let status = ct_convolution(&out, input.handle, weight.handle, bias?.handle, stride, stride.count, padding, padding.count, dilation, dilation.count, transposed, outputPadding, outputPadding.count, groups)
  check(status, "rawConvolution", [input, weight, bias])
  return Tensor(adopting: out)
}

/// libtorch: `conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] dilation=1, SymInt groups=1) -> Tensor`.
public func conv1d(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1], groups: Int = 1) -> Tensor {
  var out: OpaquePointer?
  let status = ct_conv1d(&out, input.handle, weight.handle, bias?.handle, stride, stride.count, padding, padding.count, dilation, dilation.count, groups)
  check(status, "conv1d", [input, weight, bias])
  return Tensor(adopting: out)
}

func rawConvTranspose2d(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: [Int] = [1, 1], padding: [Int] = [0, 0], outputPadding: [Int] = [0, 0], groups: Int = 1, dilation: [Int] = [1, 1]) -> Tensor {
  var out: OpaquePointer?
  let status = ct_conv_transpose2d_input(&out, input.handle, weight.handle, bias?.handle, stride, stride.count, padding, padding.count, outputPadding, outputPadding.count, groups, dilation, dilation.count)
  check(status, "rawConvTranspose2d", [input, weight, bias])
  return Tensor(adopting: out)
}

func rawBatchNorm(_ input: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ runningMean: Tensor?, _ runningVar: Tensor?, training: Bool, momentum: Double, eps: Double, cudnnEnabled: Bool) -> Tensor {
  var out: OpaquePointer?
  let status = ct_batch_norm(&out, input.handle, weight?.handle, bias?.handle, runningMean?.handle, runningVar?.handle, training, momentum, eps, cudnnEnabled)
  check(status, "rawBatchNorm", [input, weight, bias, runningMean, runningVar])
  return Tensor(adopting: out)
}

/// libtorch: `native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)`.
public func nativeBatchNorm(_ input: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ runningMean: Tensor?, _ runningVar: Tensor?, training: Bool, momentum: Double, eps: Double) -> (Tensor, Tensor, Tensor) {
  var out0: OpaquePointer?
  var out1: OpaquePointer?
  var out2: OpaquePointer?
  let status = ct_native_batch_norm(&out0, &out1, &out2, input.handle, weight?.handle, bias?.handle, runningMean?.handle, runningVar?.handle, training, momentum, eps)
  check(status, "nativeBatchNorm", [input, weight, bias, runningMean, runningVar])
  return (Tensor(adopting: out0), Tensor(adopting: out1), Tensor(adopting: out2))
}

func rawGroupNorm(_ input: Tensor, groups numGroups: Int, _ weight: Tensor? = nil, _ bias: Tensor? = nil, eps: Double = 1e-05, cudnnEnabled: Bool = true) -> Tensor {
  var out: OpaquePointer?
  let status = ct_group_norm(&out, input.handle, numGroups, weight?.handle, bias?.handle, eps, cudnnEnabled)
  check(status, "rawGroupNorm", [input, weight, bias])
  return Tensor(adopting: out)
}

func rawLayerNorm(_ input: Tensor, _ normalizedShape: [Int], _ weight: Tensor? = nil, _ bias: Tensor? = nil, eps: Double = 1e-05, cudnnEnable: Bool = true) -> Tensor {
  var out: OpaquePointer?
  let status = ct_layer_norm(&out, input.handle, normalizedShape, normalizedShape.count, weight?.handle, bias?.handle, eps, cudnnEnable)
  check(status, "rawLayerNorm", [input, weight, bias])
  return Tensor(adopting: out)
}

/// libtorch: `instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor`.
public func instanceNorm(_ input: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ runningMean: Tensor?, _ runningVar: Tensor?, useInputStats: Bool, momentum: Double, eps: Double, cudnnEnabled: Bool) -> Tensor {
  var out: OpaquePointer?
  let status = ct_instance_norm(&out, input.handle, weight?.handle, bias?.handle, runningMean?.handle, runningVar?.handle, useInputStats, momentum, eps, cudnnEnabled)
  check(status, "instanceNorm", [input, weight, bias, runningMean, runningVar])
  return Tensor(adopting: out)
}

/// libtorch: `linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor`.
public func linear(_ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
  var out: OpaquePointer?
  let status = ct_linear(&out, input.handle, weight.handle, bias?.handle)
  check(status, "linear", [input, weight, bias])
  return Tensor(adopting: out)
}

func rawGridSampler(_ input: Tensor, _ grid: Tensor, _ interpolationMode: Int, _ paddingMode: Int, _ alignCorners: Bool) -> Tensor {
  var out: OpaquePointer?
  let status = ct_grid_sampler(&out, input.handle, grid.handle, interpolationMode, paddingMode, alignCorners)
  check(status, "rawGridSampler", [input, grid])
  return Tensor(adopting: out)
}

func rawAffineGridGenerator(_ theta: Tensor, _ size: [Int], _ alignCorners: Bool) -> Tensor {
  var out: OpaquePointer?
  let status = ct_affine_grid_generator(&out, theta.handle, size, size.count, alignCorners)
  check(status, "rawAffineGridGenerator", [theta])
  return Tensor(adopting: out)
}

func rawScaledDotProductAttention(_ query: Tensor, _ key: Tensor, _ value: Tensor, mask attnMask: Tensor? = nil, dropoutP: Double = 0.0, isCausal: Bool = false, scale: Double? = nil, enableGqa: Bool = false) -> Tensor {
  var out: OpaquePointer?
  let status = ct_scaled_dot_product_attention(&out, query.handle, key.handle, value.handle, attnMask?.handle, dropoutP, isCausal, scale.scalar, enableGqa)
  check(status, "rawScaledDotProductAttention", [query, key, value, attnMask])
  return Tensor(adopting: out)
}

/// libtorch: `_foreach_add_.List(Tensor(a!)[] self, Tensor[] other, *, Scalar alpha=1) -> ()`.
public func foreachAdd_(_ input: [Tensor], _ other: [Tensor], alpha: any Scalar = 1) {
  let status = ct__foreach_add__List(handles(input), input.count, handles(other), other.count, alpha.scalar)
  check(status, "foreachAdd_", input + other)
}

/// libtorch: `_foreach_add_.Scalar(Tensor(a!)[] self, Scalar scalar) -> ()`.
public func foreachAdd_(_ input: [Tensor], _ scalar: any Scalar) {
  let status = ct__foreach_add__Scalar(handles(input), input.count, scalar.scalar)
  check(status, "foreachAdd_", input)
}

/// libtorch: `_foreach_mul_.Scalar(Tensor(a!)[] self, Scalar scalar) -> ()`.
public func foreachMul_(_ input: [Tensor], _ scalar: any Scalar) {
  let status = ct__foreach_mul__Scalar(handles(input), input.count, scalar.scalar)
  check(status, "foreachMul_", input)
}

/// libtorch: `_foreach_mul_.Tensor(Tensor(a!)[] self, Tensor other) -> ()`.
public func foreachMul_(_ input: [Tensor], _ other: Tensor) {
  let status = ct__foreach_mul__Tensor(handles(input), input.count, other.handle)
  check(status, "foreachMul_", [other] + input)
}

/// libtorch: `_foreach_mul_.List(Tensor(a!)[] self, Tensor[] other) -> ()`.
public func foreachMul_(_ input: [Tensor], _ other: [Tensor]) {
  let status = ct__foreach_mul__List(handles(input), input.count, handles(other), other.count)
  check(status, "foreachMul_", input + other)
}

/// libtorch: `_foreach_div_.Scalar(Tensor(a!)[] self, Scalar scalar) -> ()`.
public func foreachDiv_(_ input: [Tensor], _ scalar: any Scalar) {
  let status = ct__foreach_div__Scalar(handles(input), input.count, scalar.scalar)
  check(status, "foreachDiv_", input)
}

/// libtorch: `_foreach_sub_.List(Tensor(a!)[] self, Tensor[] other, *, Scalar alpha=1) -> ()`.
public func foreachSub_(_ input: [Tensor], _ other: [Tensor], alpha: any Scalar = 1) {
  let status = ct__foreach_sub__List(handles(input), input.count, handles(other), other.count, alpha.scalar)
  check(status, "foreachSub_", input + other)
}

/// libtorch: `_foreach_addcmul_.Scalar(Tensor(a!)[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> ()`.
public func foreachAddcmul_(_ input: [Tensor], _ tensor1: [Tensor], _ tensor2: [Tensor], value: any Scalar = 1) {
  let status = ct__foreach_addcmul__Scalar(handles(input), input.count, handles(tensor1), tensor1.count, handles(tensor2), tensor2.count, value.scalar)
  check(status, "foreachAddcmul_", input + tensor1 + tensor2)
}

/// libtorch: `_foreach_addcdiv_.Scalar(Tensor(a!)[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> ()`.
public func foreachAddcdiv_(_ input: [Tensor], _ tensor1: [Tensor], _ tensor2: [Tensor], value: any Scalar = 1) {
  let status = ct__foreach_addcdiv__Scalar(handles(input), input.count, handles(tensor1), tensor1.count, handles(tensor2), tensor2.count, value.scalar)
  check(status, "foreachAddcdiv_", input + tensor1 + tensor2)
}

/// libtorch: `_foreach_lerp_.Scalar(Tensor(a!)[] self, Tensor[] tensors1, Scalar weight) -> ()`.
public func foreachLerp_(_ input: [Tensor], _ tensors1: [Tensor], weight: any Scalar) {
  let status = ct__foreach_lerp__Scalar(handles(input), input.count, handles(tensors1), tensors1.count, weight.scalar)
  check(status, "foreachLerp_", input + tensors1)
}

/// libtorch: `_foreach_sqrt(Tensor[] self) -> Tensor[]`.
public func foreachSqrt(_ input: [Tensor]) -> [Tensor] {
  var out: UnsafeMutablePointer<OpaquePointer?>?
  var outCount = 0
  let status = ct__foreach_sqrt(&out, &outCount, handles(input), input.count)
  check(status, "foreachSqrt", input)
  return adopt(out, outCount)
}

/// libtorch: `_foreach_norm.Scalar(Tensor[] self, Scalar ord=2, ScalarType? dtype=None) -> Tensor[]`.
public func foreachNorm(_ input: [Tensor], ord: any Scalar = 2, dtype: DType? = nil) -> [Tensor] {
  var out: UnsafeMutablePointer<OpaquePointer?>?
  var outCount = 0
  let status = ct__foreach_norm_Scalar(&out, &outCount, handles(input), input.count, ord.scalar, dtype.code)
  check(status, "foreachNorm", input)
  return adopt(out, outCount)
}

/// libtorch: `_foreach_copy_(Tensor(a!)[] self, Tensor[] src, bool non_blocking=False) -> ()`.
public func foreachCopy_(_ input: [Tensor], _ src: [Tensor], nonBlocking: Bool = false) {
  let status = ct__foreach_copy_(handles(input), input.count, handles(src), src.count, nonBlocking)
  check(status, "foreachCopy_", input + src)
}

/// libtorch: `_foreach_zero_(Tensor(a!)[] self) -> ()`.
public func foreachZero_(_ input: [Tensor]) {
  let status = ct__foreach_zero_(handles(input), input.count)
  check(status, "foreachZero_", input)
}

func rawFusedSGD_(_ input: [Tensor], gradients grads: [Tensor], momentum momentumBufferList: [Tensor], weightDecay: Double, momentum: Double, lr: Double, dampening: Double, nesterov: Bool, maximize: Bool, isFirstStep: Bool, gradScale: Tensor? = nil, foundInf: Tensor? = nil) {
  let status = ct__fused_sgd_(handles(input), input.count, handles(grads), grads.count, handles(momentumBufferList), momentumBufferList.count, weightDecay, momentum, lr, dampening, nesterov, maximize, isFirstStep, gradScale?.handle, foundInf?.handle)
  check(status, "rawFusedSGD_", [gradScale, foundInf] + input + grads + momentumBufferList)
}

func rawFusedAdamW_(_ input: [Tensor], gradients grads: [Tensor], expAvgs: [Tensor], expAvgSqs: [Tensor], maxExpAvgSqs: [Tensor], stateSteps: [Tensor], lr: Double, beta1: Double, beta2: Double, weightDecay: Double, eps: Double, amsgrad: Bool, maximize: Bool, gradScale: Tensor? = nil, foundInf: Tensor? = nil) {
  let status = ct__fused_adamw_(handles(input), input.count, handles(grads), grads.count, handles(expAvgs), expAvgs.count, handles(expAvgSqs), expAvgSqs.count, handles(maxExpAvgSqs), maxExpAvgSqs.count, handles(stateSteps), stateSteps.count, lr, beta1, beta2, weightDecay, eps, amsgrad, maximize, gradScale?.handle, foundInf?.handle)
  check(status, "rawFusedAdamW_", [gradScale, foundInf] + input + grads + expAvgs + expAvgSqs + maxExpAvgSqs + stateSteps)
}

func rawFusedAdam_(_ input: [Tensor], gradients grads: [Tensor], expAvgs: [Tensor], expAvgSqs: [Tensor], maxExpAvgSqs: [Tensor], stateSteps: [Tensor], lr: Double, beta1: Double, beta2: Double, weightDecay: Double, eps: Double, amsgrad: Bool, maximize: Bool, gradScale: Tensor? = nil, foundInf: Tensor? = nil) {
  let status = ct__fused_adam_(handles(input), input.count, handles(grads), grads.count, handles(expAvgs), expAvgs.count, handles(expAvgSqs), expAvgSqs.count, handles(maxExpAvgSqs), maxExpAvgSqs.count, handles(stateSteps), stateSteps.count, lr, beta1, beta2, weightDecay, eps, amsgrad, maximize, gradScale?.handle, foundInf?.handle)
  check(status, "rawFusedAdam_", [gradScale, foundInf] + input + grads + expAvgs + expAvgSqs + maxExpAvgSqs + stateSteps)
}
