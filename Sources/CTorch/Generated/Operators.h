// Written by scripts/generate-torch.py from libtorch's schemas; not edited by hand.
#ifndef CT_GENERATED_OPERATORS_H
#define CT_GENERATED_OPERATORS_H

/// Names the set of operators and their signatures below.
#define CT_OPERATORS_DIGEST 236997412952283749ull

#define CT_OPERATORS(F) \
  F(int32_t, add_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other, ct_scalar alpha), \
    (out, self_, other, alpha)) \
  F(int32_t, add_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other, ct_scalar alpha), \
    (out, self_, other, alpha)) \
  F(int32_t, add__Tensor, (ct_tensor self_, ct_tensor other, ct_scalar alpha), \
    (self_, other, alpha)) \
  F(int32_t, add__Scalar, (ct_tensor self_, ct_scalar other, ct_scalar alpha), \
    (self_, other, alpha)) \
  F(int32_t, sub_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other, ct_scalar alpha), \
    (out, self_, other, alpha)) \
  F(int32_t, sub_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other, ct_scalar alpha), \
    (out, self_, other, alpha)) \
  F(int32_t, sub__Tensor, (ct_tensor self_, ct_tensor other, ct_scalar alpha), \
    (self_, other, alpha)) \
  F(int32_t, sub__Scalar, (ct_tensor self_, ct_scalar other, ct_scalar alpha), \
    (self_, other, alpha)) \
  F(int32_t, rsub_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other, ct_scalar alpha), \
    (out, self_, other, alpha)) \
  F(int32_t, mul_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, mul_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, mul__Tensor, (ct_tensor self_, ct_tensor other), \
    (self_, other)) \
  F(int32_t, mul__Scalar, (ct_tensor self_, ct_scalar other), \
    (self_, other)) \
  F(int32_t, div_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, div_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, div__Tensor, (ct_tensor self_, ct_tensor other), \
    (self_, other)) \
  F(int32_t, div__Scalar, (ct_tensor self_, ct_scalar other), \
    (self_, other)) \
  F(int32_t, div_Tensor_mode, (ct_tensor *out, ct_tensor self_, ct_tensor other, const char *rounding_mode), \
    (out, self_, other, rounding_mode)) \
  F(int32_t, floor_divide, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, floor_divide_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, remainder_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, remainder_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, addcmul, (ct_tensor *out, ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value), \
    (out, self_, tensor1, tensor2, value)) \
  F(int32_t, addcmul_, (ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value), \
    (self_, tensor1, tensor2, value)) \
  F(int32_t, addcdiv, (ct_tensor *out, ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value), \
    (out, self_, tensor1, tensor2, value)) \
  F(int32_t, addcdiv_, (ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value), \
    (self_, tensor1, tensor2, value)) \
  F(int32_t, lerp_Scalar, (ct_tensor *out, ct_tensor self_, ct_tensor end, ct_scalar weight), \
    (out, self_, end, weight)) \
  F(int32_t, lerp_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor end, ct_tensor weight), \
    (out, self_, end, weight)) \
  F(int32_t, lerp__Scalar, (ct_tensor self_, ct_tensor end, ct_scalar weight), \
    (self_, end, weight)) \
  F(int32_t, lerp__Tensor, (ct_tensor self_, ct_tensor end, ct_tensor weight), \
    (self_, end, weight)) \
  F(int32_t, pow_Tensor_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar exponent), \
    (out, self_, exponent)) \
  F(int32_t, pow_Tensor_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor exponent), \
    (out, self_, exponent)) \
  F(int32_t, pow__Scalar, (ct_tensor self_, ct_scalar exponent), \
    (self_, exponent)) \
  F(int32_t, neg, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, neg_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, abs, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, abs_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, sign, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, floor, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, ceil, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, round, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, trunc, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, frac, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, square, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, sqrt, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, sqrt_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, rsqrt, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, reciprocal, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, exp, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, exp_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, exp2, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, expm1, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, log, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, log2, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, log10, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, log1p, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, sin, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, cos, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, tan, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, atan, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, atan2, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, erf, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, erfinv, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, digamma, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, lgamma, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, clamp, (ct_tensor *out, ct_tensor self_, ct_scalar min, ct_scalar max), \
    (out, self_, min, max)) \
  F(int32_t, clamp_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor min, ct_tensor max), \
    (out, self_, min, max)) \
  F(int32_t, clamp_, (ct_tensor self_, ct_scalar min, ct_scalar max), \
    (self_, min, max)) \
  F(int32_t, clamp_min, (ct_tensor *out, ct_tensor self_, ct_scalar min), \
    (out, self_, min)) \
  F(int32_t, clamp_max, (ct_tensor *out, ct_tensor self_, ct_scalar max), \
    (out, self_, max)) \
  F(int32_t, maximum, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, minimum, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, nan_to_num, (ct_tensor *out, ct_tensor self_, ct_scalar nan, ct_scalar posinf, ct_scalar neginf), \
    (out, self_, nan, posinf, neginf)) \
  F(int32_t, copysign_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, hypot, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, xlogy_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, relu, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, relu_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, hardtanh, (ct_tensor *out, ct_tensor self_, ct_scalar min_val, ct_scalar max_val), \
    (out, self_, min_val, max_val)) \
  F(int32_t, hardtanh_, (ct_tensor self_, ct_scalar min_val, ct_scalar max_val), \
    (self_, min_val, max_val)) \
  F(int32_t, leaky_relu, (ct_tensor *out, ct_tensor self_, ct_scalar negative_slope), \
    (out, self_, negative_slope)) \
  F(int32_t, leaky_relu_, (ct_tensor self_, ct_scalar negative_slope), \
    (self_, negative_slope)) \
  F(int32_t, elu, (ct_tensor *out, ct_tensor self_, ct_scalar alpha, ct_scalar scale, ct_scalar input_scale), \
    (out, self_, alpha, scale, input_scale)) \
  F(int32_t, celu, (ct_tensor *out, ct_tensor self_, ct_scalar alpha), \
    (out, self_, alpha)) \
  F(int32_t, hardswish, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, hardsigmoid, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, gelu, (ct_tensor *out, ct_tensor self_, const char *approximate), \
    (out, self_, approximate)) \
  F(int32_t, silu, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, silu_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, mish, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, softplus, (ct_tensor *out, ct_tensor self_, ct_scalar beta, ct_scalar threshold), \
    (out, self_, beta, threshold)) \
  F(int32_t, log_sigmoid, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, sigmoid, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, sigmoid_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, tanh, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, tanh_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, softmax_int, (ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype), \
    (out, self_, dim, dtype)) \
  F(int32_t, log_softmax_int, (ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype), \
    (out, self_, dim, dtype)) \
  F(int32_t, logit, (ct_tensor *out, ct_tensor self_, ct_scalar eps), \
    (out, self_, eps)) \
  F(int32_t, dropout, (ct_tensor *out, ct_tensor input, double p, bool train), \
    (out, input, p, train)) \
  F(int32_t, eq_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, eq_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, ne_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, ne_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, lt_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, lt_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, le_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, le_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, gt_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, gt_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, ge_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, ge_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar other), \
    (out, self_, other)) \
  F(int32_t, logical_and, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, logical_or, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, logical_xor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, logical_not, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, bitwise_and_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, bitwise_or_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, bitwise_xor_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, bitwise_not, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, isfinite, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, isnan, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, isinf, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, all, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, all_dim, (ct_tensor *out, ct_tensor self_, intptr_t dim, bool keepdim), \
    (out, self_, dim, keepdim)) \
  F(int32_t, any, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, any_dim, (ct_tensor *out, ct_tensor self_, intptr_t dim, bool keepdim), \
    (out, self_, dim, keepdim)) \
  F(int32_t, equal, (bool *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, allclose, (bool *out, ct_tensor self_, ct_tensor other, double rtol, double atol, bool equal_nan), \
    (out, self_, other, rtol, atol, equal_nan)) \
  F(int32_t, isclose, (ct_tensor *out, ct_tensor self_, ct_tensor other, double rtol, double atol, bool equal_nan), \
    (out, self_, other, rtol, atol, equal_nan)) \
  F(int32_t, where_self, (ct_tensor *out, ct_tensor condition, ct_tensor self_, ct_tensor other), \
    (out, condition, self_, other)) \
  F(int32_t, where_ScalarOther, (ct_tensor *out, ct_tensor condition, ct_tensor self_, ct_scalar other), \
    (out, condition, self_, other)) \
  F(int32_t, where_ScalarSelf, (ct_tensor *out, ct_tensor condition, ct_scalar self_, ct_tensor other), \
    (out, condition, self_, other)) \
  F(int32_t, masked_fill_Scalar, (ct_tensor *out, ct_tensor self_, ct_tensor mask, ct_scalar value), \
    (out, self_, mask, value)) \
  F(int32_t, masked_fill_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor mask, ct_tensor value), \
    (out, self_, mask, value)) \
  F(int32_t, masked_fill__Scalar, (ct_tensor self_, ct_tensor mask, ct_scalar value), \
    (self_, mask, value)) \
  F(int32_t, masked_select, (ct_tensor *out, ct_tensor self_, ct_tensor mask), \
    (out, self_, mask)) \
  F(int32_t, masked_scatter, (ct_tensor *out, ct_tensor self_, ct_tensor mask, ct_tensor source), \
    (out, self_, mask, source)) \
  F(int32_t, sum, (ct_tensor *out, ct_tensor self_, int32_t dtype), \
    (out, self_, dtype)) \
  F(int32_t, sum_dim_IntList, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim, int32_t dtype), \
    (out, self_, dim, dim_count, keepdim, dtype)) \
  F(int32_t, mean, (ct_tensor *out, ct_tensor self_, int32_t dtype), \
    (out, self_, dtype)) \
  F(int32_t, mean_dim, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim, int32_t dtype), \
    (out, self_, dim, dim_count, keepdim, dtype)) \
  F(int32_t, prod, (ct_tensor *out, ct_tensor self_, int32_t dtype), \
    (out, self_, dtype)) \
  F(int32_t, prod_dim_int, (ct_tensor *out, ct_tensor self_, intptr_t dim, bool keepdim, int32_t dtype), \
    (out, self_, dim, keepdim, dtype)) \
  F(int32_t, var, (ct_tensor *out, ct_tensor self_, bool unbiased), \
    (out, self_, unbiased)) \
  F(int32_t, var_dim, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool unbiased, bool keepdim), \
    (out, self_, dim, dim_count, unbiased, keepdim)) \
  F(int32_t, std, (ct_tensor *out, ct_tensor self_, bool unbiased), \
    (out, self_, unbiased)) \
  F(int32_t, std_dim, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool unbiased, bool keepdim), \
    (out, self_, dim, dim_count, unbiased, keepdim)) \
  F(int32_t, var_mean_dim, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool unbiased, bool keepdim), \
    (out0, out1, self_, dim, dim_count, unbiased, keepdim)) \
  F(int32_t, norm_Scalar, (ct_tensor *out, ct_tensor self_, ct_scalar p), \
    (out, self_, p)) \
  F(int32_t, norm_ScalarOpt_dim, (ct_tensor *out, ct_tensor self_, ct_scalar p, const intptr_t *dim, intptr_t dim_count, bool keepdim), \
    (out, self_, p, dim, dim_count, keepdim)) \
  F(int32_t, linalg_vector_norm, (ct_tensor *out, ct_tensor self_, ct_scalar ord, const intptr_t *dim, intptr_t dim_count, bool keepdim, int32_t dtype), \
    (out, self_, ord, dim, dim_count, keepdim, dtype)) \
  F(int32_t, frobenius_norm_dim, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim), \
    (out, self_, dim, dim_count, keepdim)) \
  F(int32_t, max, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, max_dim, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool keepdim), \
    (out0, out1, self_, dim, keepdim)) \
  F(int32_t, max_other, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, min, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, min_dim, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool keepdim), \
    (out0, out1, self_, dim, keepdim)) \
  F(int32_t, min_other, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, amax, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim), \
    (out, self_, dim, dim_count, keepdim)) \
  F(int32_t, amin, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim), \
    (out, self_, dim, dim_count, keepdim)) \
  F(int32_t, aminmax, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, ct_scalar dim, bool keepdim), \
    (out0, out1, self_, dim, keepdim)) \
  F(int32_t, argmax, (ct_tensor *out, ct_tensor self_, ct_scalar dim, bool keepdim), \
    (out, self_, dim, keepdim)) \
  F(int32_t, argmin, (ct_tensor *out, ct_tensor self_, ct_scalar dim, bool keepdim), \
    (out, self_, dim, keepdim)) \
  F(int32_t, median, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, median_dim, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool keepdim), \
    (out0, out1, self_, dim, keepdim)) \
  F(int32_t, nanmedian, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, quantile_scalar, (ct_tensor *out, ct_tensor self_, double q, ct_scalar dim, bool keepdim, const char *interpolation), \
    (out, self_, q, dim, keepdim, interpolation)) \
  F(int32_t, logsumexp, (ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim), \
    (out, self_, dim, dim_count, keepdim)) \
  F(int32_t, logcumsumexp, (ct_tensor *out, ct_tensor self_, intptr_t dim), \
    (out, self_, dim)) \
  F(int32_t, cumsum, (ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype), \
    (out, self_, dim, dtype)) \
  F(int32_t, cumprod, (ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype), \
    (out, self_, dim, dtype)) \
  F(int32_t, cummax, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim), \
    (out0, out1, self_, dim)) \
  F(int32_t, diff, (ct_tensor *out, ct_tensor self_, intptr_t n, intptr_t dim, ct_tensor prepend, ct_tensor append), \
    (out, self_, n, dim, prepend, append)) \
  F(int32_t, count_nonzero, (ct_tensor *out, ct_tensor self_, ct_scalar dim), \
    (out, self_, dim)) \
  F(int32_t, bincount, (ct_tensor *out, ct_tensor self_, ct_tensor weights, intptr_t minlength), \
    (out, self_, weights, minlength)) \
  F(int32_t, histc, (ct_tensor *out, ct_tensor self_, intptr_t bins, ct_scalar min, ct_scalar max), \
    (out, self_, bins, min, max)) \
  F(int32_t, nonzero, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, trace, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, sort, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool descending), \
    (out0, out1, self_, dim, descending)) \
  F(int32_t, sort_stable, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, ct_scalar stable, intptr_t dim, bool descending), \
    (out0, out1, self_, stable, dim, descending)) \
  F(int32_t, argsort, (ct_tensor *out, ct_tensor self_, intptr_t dim, bool descending), \
    (out, self_, dim, descending)) \
  F(int32_t, argsort_stable, (ct_tensor *out, ct_tensor self_, bool stable, intptr_t dim, bool descending), \
    (out, self_, stable, dim, descending)) \
  F(int32_t, topk, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t k, intptr_t dim, bool largest, bool sorted), \
    (out0, out1, self_, k, dim, largest, sorted)) \
  F(int32_t, kthvalue, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t k, intptr_t dim, bool keepdim), \
    (out0, out1, self_, k, dim, keepdim)) \
  F(int32_t, searchsorted_Tensor, (ct_tensor *out, ct_tensor sorted_sequence, ct_tensor self_, bool out_int32, bool right, const char *side, ct_tensor sorter), \
    (out, sorted_sequence, self_, out_int32, right, side, sorter)) \
  F(int32_t, unique_dim, (ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor self_, intptr_t dim, bool sorted, bool return_inverse, bool return_counts), \
    (out0, out1, out2, self_, dim, sorted, return_inverse, return_counts)) \
  F(int32_t, _unique2, (ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor self_, bool sorted, bool return_inverse, bool return_counts), \
    (out0, out1, out2, self_, sorted, return_inverse, return_counts)) \
  F(int32_t, bucketize_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor boundaries, bool out_int32, bool right), \
    (out, self_, boundaries, out_int32, right)) \
  F(int32_t, gather, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, bool sparse_grad), \
    (out, self_, dim, index, sparse_grad)) \
  F(int32_t, scatter_src, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src), \
    (out, self_, dim, index, src)) \
  F(int32_t, scatter_value, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_scalar value), \
    (out, self_, dim, index, value)) \
  F(int32_t, scatter__src, (ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src), \
    (self_, dim, index, src)) \
  F(int32_t, scatter__value, (ct_tensor self_, intptr_t dim, ct_tensor index, ct_scalar value), \
    (self_, dim, index, value)) \
  F(int32_t, scatter_add, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src), \
    (out, self_, dim, index, src)) \
  F(int32_t, scatter_add_, (ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src), \
    (self_, dim, index, src)) \
  F(int32_t, scatter_reduce_two, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src, const char *reduce, bool include_self), \
    (out, self_, dim, index, src, reduce, include_self)) \
  F(int32_t, index_select, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index), \
    (out, self_, dim, index)) \
  F(int32_t, index_add, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor source, ct_scalar alpha), \
    (out, self_, dim, index, source, alpha)) \
  F(int32_t, index_add_, (ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor source, ct_scalar alpha), \
    (self_, dim, index, source, alpha)) \
  F(int32_t, index_copy_, (ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor source), \
    (self_, dim, index, source)) \
  F(int32_t, index_fill__int_Scalar, (ct_tensor self_, intptr_t dim, ct_tensor index, ct_scalar value), \
    (self_, dim, index, value)) \
  F(int32_t, index_Tensor, (ct_tensor *out, ct_tensor self_, const ct_tensor *indices, intptr_t indices_count), \
    (out, self_, indices, indices_count)) \
  F(int32_t, index_put_, (ct_tensor self_, const ct_tensor *indices, intptr_t indices_count, ct_tensor values, bool accumulate), \
    (self_, indices, indices_count, values, accumulate)) \
  F(int32_t, take, (ct_tensor *out, ct_tensor self_, ct_tensor index), \
    (out, self_, index)) \
  F(int32_t, take_along_dim, (ct_tensor *out, ct_tensor self_, ct_tensor indices, ct_scalar dim), \
    (out, self_, indices, dim)) \
  F(int32_t, one_hot, (ct_tensor *out, ct_tensor self_, intptr_t num_classes), \
    (out, self_, num_classes)) \
  F(int32_t, embedding, (ct_tensor *out, ct_tensor weight, ct_tensor indices, intptr_t padding_idx, bool scale_grad_by_freq, bool sparse), \
    (out, weight, indices, padding_idx, scale_grad_by_freq, sparse)) \
  F(int32_t, reshape, (ct_tensor *out, ct_tensor self_, const intptr_t *shape, intptr_t shape_count), \
    (out, self_, shape, shape_count)) \
  F(int32_t, view, (ct_tensor *out, ct_tensor self_, const intptr_t *size, intptr_t size_count), \
    (out, self_, size, size_count)) \
  F(int32_t, view_as, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, permute, (ct_tensor *out, ct_tensor self_, const intptr_t *dims, intptr_t dims_count), \
    (out, self_, dims, dims_count)) \
  F(int32_t, transpose_int, (ct_tensor *out, ct_tensor self_, intptr_t dim0, intptr_t dim1), \
    (out, self_, dim0, dim1)) \
  F(int32_t, t, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, movedim_int, (ct_tensor *out, ct_tensor self_, intptr_t source, intptr_t destination), \
    (out, self_, source, destination)) \
  F(int32_t, flatten_using_ints, (ct_tensor *out, ct_tensor self_, intptr_t start_dim, intptr_t end_dim), \
    (out, self_, start_dim, end_dim)) \
  F(int32_t, unflatten_int, (ct_tensor *out, ct_tensor self_, intptr_t dim, const intptr_t *sizes, intptr_t sizes_count), \
    (out, self_, dim, sizes, sizes_count)) \
  F(int32_t, unsqueeze, (ct_tensor *out, ct_tensor self_, intptr_t dim), \
    (out, self_, dim)) \
  F(int32_t, squeeze, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, squeeze_dim, (ct_tensor *out, ct_tensor self_, intptr_t dim), \
    (out, self_, dim)) \
  F(int32_t, expand, (ct_tensor *out, ct_tensor self_, const intptr_t *size, intptr_t size_count, bool implicit), \
    (out, self_, size, size_count, implicit)) \
  F(int32_t, expand_as, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, repeat, (ct_tensor *out, ct_tensor self_, const intptr_t *repeats, intptr_t repeats_count), \
    (out, self_, repeats, repeats_count)) \
  F(int32_t, repeat_interleave_self_int, (ct_tensor *out, ct_tensor self_, intptr_t repeats, ct_scalar dim, ct_scalar output_size), \
    (out, self_, repeats, dim, output_size)) \
  F(int32_t, repeat_interleave_self_Tensor, (ct_tensor *out, ct_tensor self_, ct_tensor repeats, ct_scalar dim, ct_scalar output_size), \
    (out, self_, repeats, dim, output_size)) \
  F(int32_t, flip, (ct_tensor *out, ct_tensor self_, const intptr_t *dims, intptr_t dims_count), \
    (out, self_, dims, dims_count)) \
  F(int32_t, roll, (ct_tensor *out, ct_tensor self_, const intptr_t *shifts, intptr_t shifts_count, const intptr_t *dims, intptr_t dims_count), \
    (out, self_, shifts, shifts_count, dims, dims_count)) \
  F(int32_t, rot90, (ct_tensor *out, ct_tensor self_, intptr_t k, const intptr_t *dims, intptr_t dims_count), \
    (out, self_, k, dims, dims_count)) \
  F(int32_t, narrow, (ct_tensor *out, ct_tensor self_, intptr_t dim, intptr_t start, intptr_t length), \
    (out, self_, dim, start, length)) \
  F(int32_t, select_int, (ct_tensor *out, ct_tensor self_, intptr_t dim, intptr_t index), \
    (out, self_, dim, index)) \
  F(int32_t, slice_Tensor, (ct_tensor *out, ct_tensor self_, intptr_t dim, ct_scalar start, ct_scalar end, intptr_t step), \
    (out, self_, dim, start, end, step)) \
  F(int32_t, diagonal, (ct_tensor *out, ct_tensor self_, intptr_t offset, intptr_t dim1, intptr_t dim2), \
    (out, self_, offset, dim1, dim2)) \
  F(int32_t, diag_embed, (ct_tensor *out, ct_tensor self_, intptr_t offset, intptr_t dim1, intptr_t dim2), \
    (out, self_, offset, dim1, dim2)) \
  F(int32_t, tril, (ct_tensor *out, ct_tensor self_, intptr_t diagonal), \
    (out, self_, diagonal)) \
  F(int32_t, triu, (ct_tensor *out, ct_tensor self_, intptr_t diagonal), \
    (out, self_, diagonal)) \
  F(int32_t, cat, (ct_tensor *out, const ct_tensor *tensors_, intptr_t tensors__count, intptr_t dim), \
    (out, tensors_, tensors__count, dim)) \
  F(int32_t, stack, (ct_tensor *out, const ct_tensor *tensors_, intptr_t tensors__count, intptr_t dim), \
    (out, tensors_, tensors__count, dim)) \
  F(int32_t, split_Tensor, (ct_tensor **out, intptr_t *out_count, ct_tensor self_, intptr_t split_size, intptr_t dim), \
    (out, out_count, self_, split_size, dim)) \
  F(int32_t, split_sizes, (ct_tensor **out, intptr_t *out_count, ct_tensor self_, const intptr_t *split_size, intptr_t split_size_count, intptr_t dim), \
    (out, out_count, self_, split_size, split_size_count, dim)) \
  F(int32_t, chunk, (ct_tensor **out, intptr_t *out_count, ct_tensor self_, intptr_t chunks, intptr_t dim), \
    (out, out_count, self_, chunks, dim)) \
  F(int32_t, unbind_int, (ct_tensor **out, intptr_t *out_count, ct_tensor self_, intptr_t dim), \
    (out, out_count, self_, dim)) \
  F(int32_t, unfold, (ct_tensor *out, ct_tensor self_, intptr_t dimension, intptr_t size, intptr_t step), \
    (out, self_, dimension, size, step)) \
  F(int32_t, broadcast_tensors, (ct_tensor **out, intptr_t *out_count, const ct_tensor *tensors_, intptr_t tensors__count), \
    (out, out_count, tensors_, tensors__count)) \
  F(int32_t, meshgrid_indexing, (ct_tensor **out, intptr_t *out_count, const ct_tensor *tensors_, intptr_t tensors__count, const char *indexing), \
    (out, out_count, tensors_, tensors__count, indexing)) \
  F(int32_t, pixel_shuffle, (ct_tensor *out, ct_tensor self_, intptr_t upscale_factor), \
    (out, self_, upscale_factor)) \
  F(int32_t, pixel_unshuffle, (ct_tensor *out, ct_tensor self_, intptr_t downscale_factor), \
    (out, self_, downscale_factor)) \
  F(int32_t, channel_shuffle, (ct_tensor *out, ct_tensor self_, intptr_t groups), \
    (out, self_, groups)) \
  F(int32_t, constant_pad_nd, (ct_tensor *out, ct_tensor self_, const intptr_t *pad, intptr_t pad_count, ct_scalar value), \
    (out, self_, pad, pad_count, value)) \
  F(int32_t, pad, (ct_tensor *out, ct_tensor self_, const intptr_t *pad, intptr_t pad_count, const char *mode, ct_scalar value), \
    (out, self_, pad, pad_count, mode, value)) \
  F(int32_t, contiguous, (ct_tensor *out, ct_tensor self_, int32_t memory_format), \
    (out, self_, memory_format)) \
  F(int32_t, clone, (ct_tensor *out, ct_tensor self_, int32_t memory_format), \
    (out, self_, memory_format)) \
  F(int32_t, to_dtype, (ct_tensor *out, ct_tensor self_, int32_t dtype, bool non_blocking, bool copy, int32_t memory_format), \
    (out, self_, dtype, non_blocking, copy, memory_format)) \
  F(int32_t, to_device, (ct_tensor *out, ct_tensor self_, int32_t device_, int32_t dtype, bool non_blocking, bool copy, int32_t memory_format), \
    (out, self_, device_, dtype, non_blocking, copy, memory_format)) \
  F(int32_t, detach, (ct_tensor *out, ct_tensor self_), \
    (out, self_)) \
  F(int32_t, copy_, (ct_tensor self_, ct_tensor src, bool non_blocking), \
    (self_, src, non_blocking)) \
  F(int32_t, zero_, (ct_tensor self_), \
    (self_)) \
  F(int32_t, fill__Scalar, (ct_tensor self_, ct_scalar value), \
    (self_, value)) \
  F(int32_t, fill__Tensor, (ct_tensor self_, ct_tensor value), \
    (self_, value)) \
  F(int32_t, zeros, (ct_tensor *out, const intptr_t *size, intptr_t size_count, int32_t dtype, int32_t device_), \
    (out, size, size_count, dtype, device_)) \
  F(int32_t, ones, (ct_tensor *out, const intptr_t *size, intptr_t size_count, int32_t dtype, int32_t device_), \
    (out, size, size_count, dtype, device_)) \
  F(int32_t, full, (ct_tensor *out, const intptr_t *size, intptr_t size_count, ct_scalar fill_value, int32_t dtype, int32_t device_), \
    (out, size, size_count, fill_value, dtype, device_)) \
  F(int32_t, empty_memory_format, (ct_tensor *out, const intptr_t *size, intptr_t size_count, int32_t dtype, int32_t device_, int32_t memory_format), \
    (out, size, size_count, dtype, device_, memory_format)) \
  F(int32_t, arange_start_step, (ct_tensor *out, ct_scalar start, ct_scalar end, ct_scalar step, int32_t dtype, int32_t device_), \
    (out, start, end, step, dtype, device_)) \
  F(int32_t, linspace, (ct_tensor *out, ct_scalar start, ct_scalar end, intptr_t steps, int32_t dtype, int32_t device_), \
    (out, start, end, steps, dtype, device_)) \
  F(int32_t, eye_m, (ct_tensor *out, intptr_t n, intptr_t m, int32_t dtype, int32_t device_), \
    (out, n, m, dtype, device_)) \
  F(int32_t, randperm_generator, (ct_tensor *out, intptr_t n, ct_generator generator, int32_t dtype, int32_t device_), \
    (out, n, generator, dtype, device_)) \
  F(int32_t, randint_low_generator, (ct_tensor *out, intptr_t low, intptr_t high, const intptr_t *size, intptr_t size_count, ct_generator generator, int32_t dtype, int32_t device_), \
    (out, low, high, size, size_count, generator, dtype, device_)) \
  F(int32_t, zeros_like, (ct_tensor *out, ct_tensor self_, int32_t dtype, int32_t device_, int32_t memory_format), \
    (out, self_, dtype, device_, memory_format)) \
  F(int32_t, ones_like, (ct_tensor *out, ct_tensor self_, int32_t dtype, int32_t device_, int32_t memory_format), \
    (out, self_, dtype, device_, memory_format)) \
  F(int32_t, empty_like, (ct_tensor *out, ct_tensor self_, int32_t dtype, int32_t device_, int32_t memory_format), \
    (out, self_, dtype, device_, memory_format)) \
  F(int32_t, full_like, (ct_tensor *out, ct_tensor self_, ct_scalar fill_value, int32_t dtype, int32_t device_, int32_t memory_format), \
    (out, self_, fill_value, dtype, device_, memory_format)) \
  F(int32_t, tril_indices, (ct_tensor *out, intptr_t row, intptr_t col, intptr_t offset, int32_t dtype, int32_t device_), \
    (out, row, col, offset, dtype, device_)) \
  F(int32_t, bernoulli, (ct_tensor *out, ct_tensor self_, ct_generator generator), \
    (out, self_, generator)) \
  F(int32_t, bernoulli__float, (ct_tensor self_, double p, ct_generator generator), \
    (self_, p, generator)) \
  F(int32_t, bernoulli__Tensor, (ct_tensor self_, ct_tensor p, ct_generator generator), \
    (self_, p, generator)) \
  F(int32_t, uniform_, (ct_tensor self_, double from_, double to, ct_generator generator), \
    (self_, from_, to, generator)) \
  F(int32_t, normal_, (ct_tensor self_, double mean, double std, ct_generator generator), \
    (self_, mean, std, generator)) \
  F(int32_t, random__from, (ct_tensor self_, intptr_t from_, ct_scalar to, ct_generator generator), \
    (self_, from_, to, generator)) \
  F(int32_t, exponential_, (ct_tensor self_, double lambd, ct_generator generator), \
    (self_, lambd, generator)) \
  F(int32_t, multinomial, (ct_tensor *out, ct_tensor self_, intptr_t num_samples, bool replacement, ct_generator generator), \
    (out, self_, num_samples, replacement, generator)) \
  F(int32_t, _standard_gamma, (ct_tensor *out, ct_tensor self_, ct_generator generator), \
    (out, self_, generator)) \
  F(int32_t, poisson, (ct_tensor *out, ct_tensor self_, ct_generator generator), \
    (out, self_, generator)) \
  F(int32_t, matmul, (ct_tensor *out, ct_tensor self_, ct_tensor other), \
    (out, self_, other)) \
  F(int32_t, mm, (ct_tensor *out, ct_tensor self_, ct_tensor mat2), \
    (out, self_, mat2)) \
  F(int32_t, bmm, (ct_tensor *out, ct_tensor self_, ct_tensor mat2), \
    (out, self_, mat2)) \
  F(int32_t, mv, (ct_tensor *out, ct_tensor self_, ct_tensor vec), \
    (out, self_, vec)) \
  F(int32_t, dot, (ct_tensor *out, ct_tensor self_, ct_tensor tensor_), \
    (out, self_, tensor_)) \
  F(int32_t, addmm, (ct_tensor *out, ct_tensor self_, ct_tensor mat1, ct_tensor mat2, ct_scalar beta, ct_scalar alpha), \
    (out, self_, mat1, mat2, beta, alpha)) \
  F(int32_t, addmm_, (ct_tensor self_, ct_tensor mat1, ct_tensor mat2, ct_scalar beta, ct_scalar alpha), \
    (self_, mat1, mat2, beta, alpha)) \
  F(int32_t, baddbmm, (ct_tensor *out, ct_tensor self_, ct_tensor batch1, ct_tensor batch2, ct_scalar beta, ct_scalar alpha), \
    (out, self_, batch1, batch2, beta, alpha)) \
  F(int32_t, addmv, (ct_tensor *out, ct_tensor self_, ct_tensor mat, ct_tensor vec, ct_scalar beta, ct_scalar alpha), \
    (out, self_, mat, vec, beta, alpha)) \
  F(int32_t, outer, (ct_tensor *out, ct_tensor self_, ct_tensor vec2), \
    (out, self_, vec2)) \
  F(int32_t, einsum, (ct_tensor *out, const char *equation, const ct_tensor *tensors_, intptr_t tensors__count, const intptr_t *path, intptr_t path_count), \
    (out, equation, tensors_, tensors__count, path, path_count)) \
  F(int32_t, tensordot, (ct_tensor *out, ct_tensor self_, ct_tensor other, const intptr_t *dims_self, intptr_t dims_self_count, const intptr_t *dims_other, intptr_t dims_other_count), \
    (out, self_, other, dims_self, dims_self_count, dims_other, dims_other_count)) \
  F(int32_t, linalg_svd, (ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor A, bool full_matrices, const char *driver), \
    (out0, out1, out2, A, full_matrices, driver)) \
  F(int32_t, linalg_svdvals, (ct_tensor *out, ct_tensor A, const char *driver), \
    (out, A, driver)) \
  F(int32_t, linalg_qr, (ct_tensor *out0, ct_tensor *out1, ct_tensor A, const char *mode), \
    (out0, out1, A, mode)) \
  F(int32_t, linalg_eigh, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const char *UPLO), \
    (out0, out1, self_, UPLO)) \
  F(int32_t, linalg_eigvalsh, (ct_tensor *out, ct_tensor self_, const char *UPLO), \
    (out, self_, UPLO)) \
  F(int32_t, linalg_cholesky, (ct_tensor *out, ct_tensor self_, bool upper), \
    (out, self_, upper)) \
  F(int32_t, cholesky_solve, (ct_tensor *out, ct_tensor self_, ct_tensor input2, bool upper), \
    (out, self_, input2, upper)) \
  F(int32_t, linalg_inv, (ct_tensor *out, ct_tensor A), \
    (out, A)) \
  F(int32_t, linalg_solve, (ct_tensor *out, ct_tensor A, ct_tensor B, bool left), \
    (out, A, B, left)) \
  F(int32_t, linalg_lstsq, (ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor *out3, ct_tensor self_, ct_tensor b, ct_scalar rcond, const char *driver), \
    (out0, out1, out2, out3, self_, b, rcond, driver)) \
  F(int32_t, linalg_det, (ct_tensor *out, ct_tensor A), \
    (out, A)) \
  F(int32_t, linalg_slogdet, (ct_tensor *out0, ct_tensor *out1, ct_tensor A), \
    (out0, out1, A)) \
  F(int32_t, linalg_pinv_atol_rtol_float, (ct_tensor *out, ct_tensor self_, ct_scalar atol, ct_scalar rtol, bool hermitian), \
    (out, self_, atol, rtol, hermitian)) \
  F(int32_t, cdist, (ct_tensor *out, ct_tensor x1, ct_tensor x2, double p, ct_scalar compute_mode), \
    (out, x1, x2, p, compute_mode)) \
  F(int32_t, cosine_similarity, (ct_tensor *out, ct_tensor x1, ct_tensor x2, intptr_t dim, double eps), \
    (out, x1, x2, dim, eps)) \
  F(int32_t, pairwise_distance, (ct_tensor *out, ct_tensor x1, ct_tensor x2, double p, double eps, bool keepdim), \
    (out, x1, x2, p, eps, keepdim)) \
  F(int32_t, conv2d, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, intptr_t groups), \
    (out, input, weight, bias, stride, stride_count, padding, padding_count, dilation, dilation_count, groups)) \
  F(int32_t, convolution, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, bool transposed, const intptr_t *output_padding, intptr_t output_padding_count, intptr_t groups), \
    (out, input, weight, bias, stride, stride_count, padding, padding_count, dilation, dilation_count, transposed, output_padding, output_padding_count, groups)) \
  F(int32_t, conv1d, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, intptr_t groups), \
    (out, input, weight, bias, stride, stride_count, padding, padding_count, dilation, dilation_count, groups)) \
  F(int32_t, conv_transpose2d_input, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *output_padding, intptr_t output_padding_count, intptr_t groups, const intptr_t *dilation, intptr_t dilation_count), \
    (out, input, weight, bias, stride, stride_count, padding, padding_count, output_padding, output_padding_count, groups, dilation, dilation_count)) \
  F(int32_t, batch_norm, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean, ct_tensor running_var, bool training, double momentum, double eps, bool cudnn_enabled), \
    (out, input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)) \
  F(int32_t, native_batch_norm, (ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean, ct_tensor running_var, bool training, double momentum, double eps), \
    (out0, out1, out2, input, weight, bias, running_mean, running_var, training, momentum, eps)) \
  F(int32_t, group_norm, (ct_tensor *out, ct_tensor input, intptr_t num_groups, ct_tensor weight, ct_tensor bias, double eps, bool cudnn_enabled), \
    (out, input, num_groups, weight, bias, eps, cudnn_enabled)) \
  F(int32_t, layer_norm, (ct_tensor *out, ct_tensor input, const intptr_t *normalized_shape, intptr_t normalized_shape_count, ct_tensor weight, ct_tensor bias, double eps, bool cudnn_enable), \
    (out, input, normalized_shape, normalized_shape_count, weight, bias, eps, cudnn_enable)) \
  F(int32_t, instance_norm, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean, ct_tensor running_var, bool use_input_stats, double momentum, double eps, bool cudnn_enabled), \
    (out, input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled)) \
  F(int32_t, linear, (ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias), \
    (out, input, weight, bias)) \
  F(int32_t, max_pool2d, (ct_tensor *out, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, bool ceil_mode), \
    (out, self_, kernel_size, kernel_size_count, stride, stride_count, padding, padding_count, dilation, dilation_count, ceil_mode)) \
  F(int32_t, max_pool2d_with_indices, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, bool ceil_mode), \
    (out0, out1, self_, kernel_size, kernel_size_count, stride, stride_count, padding, padding_count, dilation, dilation_count, ceil_mode)) \
  F(int32_t, avg_pool2d, (ct_tensor *out, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, bool ceil_mode, bool count_include_pad, ct_scalar divisor_override), \
    (out, self_, kernel_size, kernel_size_count, stride, stride_count, padding, padding_count, ceil_mode, count_include_pad, divisor_override)) \
  F(int32_t, adaptive_avg_pool2d, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count), \
    (out, self_, output_size, output_size_count)) \
  F(int32_t, adaptive_max_pool2d, (ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count), \
    (out0, out1, self_, output_size, output_size_count)) \
  F(int32_t, upsample_bilinear2d, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w), \
    (out, self_, output_size, output_size_count, align_corners, scales_h, scales_w)) \
  F(int32_t, _upsample_bilinear2d_aa, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w), \
    (out, self_, output_size, output_size_count, align_corners, scales_h, scales_w)) \
  F(int32_t, upsample_nearest2d, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, ct_scalar scales_h, ct_scalar scales_w), \
    (out, self_, output_size, output_size_count, scales_h, scales_w)) \
  F(int32_t, upsample_bicubic2d, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w), \
    (out, self_, output_size, output_size_count, align_corners, scales_h, scales_w)) \
  F(int32_t, _upsample_bicubic2d_aa, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w), \
    (out, self_, output_size, output_size_count, align_corners, scales_h, scales_w)) \
  F(int32_t, grid_sampler, (ct_tensor *out, ct_tensor input, ct_tensor grid, intptr_t interpolation_mode, intptr_t padding_mode, bool align_corners), \
    (out, input, grid, interpolation_mode, padding_mode, align_corners)) \
  F(int32_t, affine_grid_generator, (ct_tensor *out, ct_tensor theta, const intptr_t *size, intptr_t size_count, bool align_corners), \
    (out, theta, size, size_count, align_corners)) \
  F(int32_t, im2col, (ct_tensor *out, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *dilation, intptr_t dilation_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *stride, intptr_t stride_count), \
    (out, self_, kernel_size, kernel_size_count, dilation, dilation_count, padding, padding_count, stride, stride_count)) \
  F(int32_t, col2im, (ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *dilation, intptr_t dilation_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *stride, intptr_t stride_count), \
    (out, self_, output_size, output_size_count, kernel_size, kernel_size_count, dilation, dilation_count, padding, padding_count, stride, stride_count)) \
  F(int32_t, scaled_dot_product_attention, (ct_tensor *out, ct_tensor query, ct_tensor key, ct_tensor value, ct_tensor attn_mask, double dropout_p, bool is_causal, ct_scalar scale, bool enable_gqa), \
    (out, query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa)) \
  F(int32_t, nll_loss_nd, (ct_tensor *out, ct_tensor self_, ct_tensor target, ct_tensor weight, intptr_t reduction, intptr_t ignore_index), \
    (out, self_, target, weight, reduction, ignore_index)) \
  F(int32_t, cross_entropy_loss, (ct_tensor *out, ct_tensor self_, ct_tensor target, ct_tensor weight, intptr_t reduction, intptr_t ignore_index, double label_smoothing), \
    (out, self_, target, weight, reduction, ignore_index, label_smoothing)) \
  F(int32_t, binary_cross_entropy_with_logits, (ct_tensor *out, ct_tensor self_, ct_tensor target, ct_tensor weight, ct_tensor pos_weight, intptr_t reduction), \
    (out, self_, target, weight, pos_weight, reduction)) \
  F(int32_t, mse_loss, (ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction), \
    (out, self_, target, reduction)) \
  F(int32_t, l1_loss, (ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction), \
    (out, self_, target, reduction)) \
  F(int32_t, smooth_l1_loss, (ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction, double beta), \
    (out, self_, target, reduction, beta)) \
  F(int32_t, huber_loss, (ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction, double delta), \
    (out, self_, target, reduction, delta)) \
  F(int32_t, kl_div, (ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction, bool log_target), \
    (out, self_, target, reduction, log_target)) \
  F(int32_t, _foreach_add__List, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *other, intptr_t other_count, ct_scalar alpha), \
    (self_, self__count, other, other_count, alpha)) \
  F(int32_t, _foreach_add__Scalar, (const ct_tensor *self_, intptr_t self__count, ct_scalar scalar_), \
    (self_, self__count, scalar_)) \
  F(int32_t, _foreach_mul__Scalar, (const ct_tensor *self_, intptr_t self__count, ct_scalar scalar_), \
    (self_, self__count, scalar_)) \
  F(int32_t, _foreach_mul__Tensor, (const ct_tensor *self_, intptr_t self__count, ct_tensor other), \
    (self_, self__count, other)) \
  F(int32_t, _foreach_mul__List, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *other, intptr_t other_count), \
    (self_, self__count, other, other_count)) \
  F(int32_t, _foreach_div__Scalar, (const ct_tensor *self_, intptr_t self__count, ct_scalar scalar_), \
    (self_, self__count, scalar_)) \
  F(int32_t, _foreach_sub__List, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *other, intptr_t other_count, ct_scalar alpha), \
    (self_, self__count, other, other_count, alpha)) \
  F(int32_t, _foreach_addcmul__Scalar, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *tensor1, intptr_t tensor1_count, const ct_tensor *tensor2, intptr_t tensor2_count, ct_scalar value), \
    (self_, self__count, tensor1, tensor1_count, tensor2, tensor2_count, value)) \
  F(int32_t, _foreach_addcdiv__Scalar, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *tensor1, intptr_t tensor1_count, const ct_tensor *tensor2, intptr_t tensor2_count, ct_scalar value), \
    (self_, self__count, tensor1, tensor1_count, tensor2, tensor2_count, value)) \
  F(int32_t, _foreach_lerp__Scalar, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *tensors1, intptr_t tensors1_count, ct_scalar weight), \
    (self_, self__count, tensors1, tensors1_count, weight)) \
  F(int32_t, _foreach_sqrt, (ct_tensor **out, intptr_t *out_count, const ct_tensor *self_, intptr_t self__count), \
    (out, out_count, self_, self__count)) \
  F(int32_t, _foreach_norm_Scalar, (ct_tensor **out, intptr_t *out_count, const ct_tensor *self_, intptr_t self__count, ct_scalar ord, int32_t dtype), \
    (out, out_count, self_, self__count, ord, dtype)) \
  F(int32_t, _foreach_copy_, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *src, intptr_t src_count, bool non_blocking), \
    (self_, self__count, src, src_count, non_blocking)) \
  F(int32_t, _foreach_zero_, (const ct_tensor *self_, intptr_t self__count), \
    (self_, self__count)) \
  F(int32_t, _fused_sgd_, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *grads, intptr_t grads_count, const ct_tensor *momentum_buffer_list, intptr_t momentum_buffer_list_count, double weight_decay, double momentum, double lr, double dampening, bool nesterov, bool maximize, bool is_first_step, ct_tensor grad_scale, ct_tensor found_inf), \
    (self_, self__count, grads, grads_count, momentum_buffer_list, momentum_buffer_list_count, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale, found_inf)) \
  F(int32_t, _fused_adamw_, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *grads, intptr_t grads_count, const ct_tensor *exp_avgs, intptr_t exp_avgs_count, const ct_tensor *exp_avg_sqs, intptr_t exp_avg_sqs_count, const ct_tensor *max_exp_avg_sqs, intptr_t max_exp_avg_sqs_count, const ct_tensor *state_steps, intptr_t state_steps_count, double lr, double beta1, double beta2, double weight_decay, double eps, bool amsgrad, bool maximize, ct_tensor grad_scale, ct_tensor found_inf), \
    (self_, self__count, grads, grads_count, exp_avgs, exp_avgs_count, exp_avg_sqs, exp_avg_sqs_count, max_exp_avg_sqs, max_exp_avg_sqs_count, state_steps, state_steps_count, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)) \
  F(int32_t, _fused_adam_, (const ct_tensor *self_, intptr_t self__count, const ct_tensor *grads, intptr_t grads_count, const ct_tensor *exp_avgs, intptr_t exp_avgs_count, const ct_tensor *exp_avg_sqs, intptr_t exp_avg_sqs_count, const ct_tensor *max_exp_avg_sqs, intptr_t max_exp_avg_sqs_count, const ct_tensor *state_steps, intptr_t state_steps_count, double lr, double beta1, double beta2, double weight_decay, double eps, bool amsgrad, bool maximize, ct_tensor grad_scale, ct_tensor found_inf), \
    (self_, self__count, grads, grads_count, exp_avgs, exp_avgs_count, exp_avg_sqs, exp_avg_sqs_count, max_exp_avg_sqs, max_exp_avg_sqs_count, state_steps, state_steps_count, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)) \

#endif
