// Written by scripts/generate-torch.py from libtorch's schemas; not edited by hand.
#include "../Operators.h"

#include <ATen/ops/_foreach_add_ops.h>
#include <ATen/ops/_foreach_addcdiv_ops.h>
#include <ATen/ops/_foreach_addcmul_ops.h>
#include <ATen/ops/_foreach_copy_ops.h>
#include <ATen/ops/_foreach_div_ops.h>
#include <ATen/ops/_foreach_lerp_ops.h>
#include <ATen/ops/_foreach_mul_ops.h>
#include <ATen/ops/_foreach_norm_ops.h>
#include <ATen/ops/_foreach_sqrt_ops.h>
#include <ATen/ops/_foreach_sub_ops.h>
#include <ATen/ops/_foreach_zero_ops.h>
#include <ATen/ops/_fused_adam_ops.h>
#include <ATen/ops/_fused_adamw_ops.h>
#include <ATen/ops/_fused_sgd_ops.h>
#include <ATen/ops/_standard_gamma_ops.h>
#include <ATen/ops/_unique2_ops.h>
#include <ATen/ops/_upsample_bicubic2d_aa_ops.h>
#include <ATen/ops/_upsample_bilinear2d_aa_ops.h>
#include <ATen/ops/abs_ops.h>
#include <ATen/ops/adaptive_avg_pool2d_ops.h>
#include <ATen/ops/adaptive_max_pool2d_ops.h>
#include <ATen/ops/add_ops.h>
#include <ATen/ops/addcdiv_ops.h>
#include <ATen/ops/addcmul_ops.h>
#include <ATen/ops/addmm_ops.h>
#include <ATen/ops/addmv_ops.h>
#include <ATen/ops/affine_grid_generator_ops.h>
#include <ATen/ops/all_ops.h>
#include <ATen/ops/allclose_ops.h>
#include <ATen/ops/amax_ops.h>
#include <ATen/ops/amin_ops.h>
#include <ATen/ops/aminmax_ops.h>
#include <ATen/ops/any_ops.h>
#include <ATen/ops/arange_ops.h>
#include <ATen/ops/argmax_ops.h>
#include <ATen/ops/argmin_ops.h>
#include <ATen/ops/argsort_ops.h>
#include <ATen/ops/atan2_ops.h>
#include <ATen/ops/atan_ops.h>
#include <ATen/ops/avg_pool2d_ops.h>
#include <ATen/ops/baddbmm_ops.h>
#include <ATen/ops/batch_norm_ops.h>
#include <ATen/ops/bernoulli_ops.h>
#include <ATen/ops/binary_cross_entropy_with_logits_ops.h>
#include <ATen/ops/bincount_ops.h>
#include <ATen/ops/bitwise_and_ops.h>
#include <ATen/ops/bitwise_not_ops.h>
#include <ATen/ops/bitwise_or_ops.h>
#include <ATen/ops/bitwise_xor_ops.h>
#include <ATen/ops/bmm_ops.h>
#include <ATen/ops/broadcast_tensors_ops.h>
#include <ATen/ops/bucketize_ops.h>
#include <ATen/ops/cat_ops.h>
#include <ATen/ops/cdist_ops.h>
#include <ATen/ops/ceil_ops.h>
#include <ATen/ops/celu_ops.h>
#include <ATen/ops/channel_shuffle_ops.h>
#include <ATen/ops/cholesky_solve_ops.h>
#include <ATen/ops/chunk_ops.h>
#include <ATen/ops/clamp_max_ops.h>
#include <ATen/ops/clamp_min_ops.h>
#include <ATen/ops/clamp_ops.h>
#include <ATen/ops/clone_ops.h>
#include <ATen/ops/col2im_ops.h>
#include <ATen/ops/constant_pad_nd_ops.h>
#include <ATen/ops/contiguous_ops.h>
#include <ATen/ops/conv1d_ops.h>
#include <ATen/ops/conv2d_ops.h>
#include <ATen/ops/conv_transpose2d_ops.h>
#include <ATen/ops/convolution_ops.h>
#include <ATen/ops/copy_ops.h>
#include <ATen/ops/copysign_ops.h>
#include <ATen/ops/cos_ops.h>
#include <ATen/ops/cosine_similarity_ops.h>
#include <ATen/ops/count_nonzero_ops.h>
#include <ATen/ops/cross_entropy_loss_ops.h>
#include <ATen/ops/cummax_ops.h>
#include <ATen/ops/cumprod_ops.h>
#include <ATen/ops/cumsum_ops.h>
#include <ATen/ops/detach_ops.h>
#include <ATen/ops/diag_embed_ops.h>
#include <ATen/ops/diagonal_ops.h>
#include <ATen/ops/diff_ops.h>
#include <ATen/ops/digamma_ops.h>
#include <ATen/ops/div_ops.h>
#include <ATen/ops/dot_ops.h>
#include <ATen/ops/dropout_ops.h>
#include <ATen/ops/einsum_ops.h>
#include <ATen/ops/elu_ops.h>
#include <ATen/ops/embedding_ops.h>
#include <ATen/ops/empty_like_ops.h>
#include <ATen/ops/empty_ops.h>
#include <ATen/ops/eq_ops.h>
#include <ATen/ops/equal_ops.h>
#include <ATen/ops/erf_ops.h>
#include <ATen/ops/erfinv_ops.h>
#include <ATen/ops/exp2_ops.h>
#include <ATen/ops/exp_ops.h>
#include <ATen/ops/expand_as_ops.h>
#include <ATen/ops/expand_ops.h>
#include <ATen/ops/expm1_ops.h>
#include <ATen/ops/exponential_ops.h>
#include <ATen/ops/eye_ops.h>
#include <ATen/ops/fill_ops.h>
#include <ATen/ops/flatten_ops.h>
#include <ATen/ops/flip_ops.h>
#include <ATen/ops/floor_divide_ops.h>
#include <ATen/ops/floor_ops.h>
#include <ATen/ops/frac_ops.h>
#include <ATen/ops/frobenius_norm_ops.h>
#include <ATen/ops/full_like_ops.h>
#include <ATen/ops/full_ops.h>
#include <ATen/ops/gather_ops.h>
#include <ATen/ops/ge_ops.h>
#include <ATen/ops/gelu_ops.h>
#include <ATen/ops/grid_sampler_ops.h>
#include <ATen/ops/group_norm_ops.h>
#include <ATen/ops/gt_ops.h>
#include <ATen/ops/hardsigmoid_ops.h>
#include <ATen/ops/hardswish_ops.h>
#include <ATen/ops/hardtanh_ops.h>
#include <ATen/ops/histc_ops.h>
#include <ATen/ops/huber_loss_ops.h>
#include <ATen/ops/hypot_ops.h>
#include <ATen/ops/im2col_ops.h>
#include <ATen/ops/index_add_ops.h>
#include <ATen/ops/index_copy_ops.h>
#include <ATen/ops/index_fill_ops.h>
#include <ATen/ops/index_ops.h>
#include <ATen/ops/index_put_ops.h>
#include <ATen/ops/index_select_ops.h>
#include <ATen/ops/instance_norm_ops.h>
#include <ATen/ops/isclose_ops.h>
#include <ATen/ops/isfinite_ops.h>
#include <ATen/ops/isinf_ops.h>
#include <ATen/ops/isnan_ops.h>
#include <ATen/ops/kl_div_ops.h>
#include <ATen/ops/kthvalue_ops.h>
#include <ATen/ops/l1_loss_ops.h>
#include <ATen/ops/layer_norm_ops.h>
#include <ATen/ops/le_ops.h>
#include <ATen/ops/leaky_relu_ops.h>
#include <ATen/ops/lerp_ops.h>
#include <ATen/ops/lgamma_ops.h>
#include <ATen/ops/linalg_cholesky_ops.h>
#include <ATen/ops/linalg_det_ops.h>
#include <ATen/ops/linalg_eigh_ops.h>
#include <ATen/ops/linalg_eigvalsh_ops.h>
#include <ATen/ops/linalg_inv_ops.h>
#include <ATen/ops/linalg_lstsq_ops.h>
#include <ATen/ops/linalg_pinv_ops.h>
#include <ATen/ops/linalg_qr_ops.h>
#include <ATen/ops/linalg_slogdet_ops.h>
#include <ATen/ops/linalg_solve_ops.h>
#include <ATen/ops/linalg_svd_ops.h>
#include <ATen/ops/linalg_svdvals_ops.h>
#include <ATen/ops/linalg_vector_norm_ops.h>
#include <ATen/ops/linear_ops.h>
#include <ATen/ops/linspace_ops.h>
#include <ATen/ops/log10_ops.h>
#include <ATen/ops/log1p_ops.h>
#include <ATen/ops/log2_ops.h>
#include <ATen/ops/log_ops.h>
#include <ATen/ops/log_sigmoid_ops.h>
#include <ATen/ops/log_softmax_ops.h>
#include <ATen/ops/logcumsumexp_ops.h>
#include <ATen/ops/logical_and_ops.h>
#include <ATen/ops/logical_not_ops.h>
#include <ATen/ops/logical_or_ops.h>
#include <ATen/ops/logical_xor_ops.h>
#include <ATen/ops/logit_ops.h>
#include <ATen/ops/logsumexp_ops.h>
#include <ATen/ops/lt_ops.h>
#include <ATen/ops/masked_fill_ops.h>
#include <ATen/ops/masked_scatter_ops.h>
#include <ATen/ops/masked_select_ops.h>
#include <ATen/ops/matmul_ops.h>
#include <ATen/ops/max_ops.h>
#include <ATen/ops/max_pool2d_ops.h>
#include <ATen/ops/max_pool2d_with_indices_ops.h>
#include <ATen/ops/maximum_ops.h>
#include <ATen/ops/mean_ops.h>
#include <ATen/ops/median_ops.h>
#include <ATen/ops/meshgrid_ops.h>
#include <ATen/ops/min_ops.h>
#include <ATen/ops/minimum_ops.h>
#include <ATen/ops/mish_ops.h>
#include <ATen/ops/mm_ops.h>
#include <ATen/ops/movedim_ops.h>
#include <ATen/ops/mse_loss_ops.h>
#include <ATen/ops/mul_ops.h>
#include <ATen/ops/multinomial_ops.h>
#include <ATen/ops/mv_ops.h>
#include <ATen/ops/nan_to_num_ops.h>
#include <ATen/ops/nanmedian_ops.h>
#include <ATen/ops/narrow_ops.h>
#include <ATen/ops/native_batch_norm_ops.h>
#include <ATen/ops/ne_ops.h>
#include <ATen/ops/neg_ops.h>
#include <ATen/ops/nll_loss_nd_ops.h>
#include <ATen/ops/nonzero_ops.h>
#include <ATen/ops/norm_ops.h>
#include <ATen/ops/normal_ops.h>
#include <ATen/ops/one_hot_ops.h>
#include <ATen/ops/ones_like_ops.h>
#include <ATen/ops/ones_ops.h>
#include <ATen/ops/outer_ops.h>
#include <ATen/ops/pad_ops.h>
#include <ATen/ops/pairwise_distance_ops.h>
#include <ATen/ops/permute_ops.h>
#include <ATen/ops/pixel_shuffle_ops.h>
#include <ATen/ops/pixel_unshuffle_ops.h>
#include <ATen/ops/poisson_ops.h>
#include <ATen/ops/pow_ops.h>
#include <ATen/ops/prod_ops.h>
#include <ATen/ops/quantile_ops.h>
#include <ATen/ops/randint_ops.h>
#include <ATen/ops/random_ops.h>
#include <ATen/ops/randperm_ops.h>
#include <ATen/ops/reciprocal_ops.h>
#include <ATen/ops/relu_ops.h>
#include <ATen/ops/remainder_ops.h>
#include <ATen/ops/repeat_interleave_ops.h>
#include <ATen/ops/repeat_ops.h>
#include <ATen/ops/reshape_ops.h>
#include <ATen/ops/roll_ops.h>
#include <ATen/ops/rot90_ops.h>
#include <ATen/ops/round_ops.h>
#include <ATen/ops/rsqrt_ops.h>
#include <ATen/ops/rsub_ops.h>
#include <ATen/ops/scaled_dot_product_attention_ops.h>
#include <ATen/ops/scatter_add_ops.h>
#include <ATen/ops/scatter_ops.h>
#include <ATen/ops/scatter_reduce_ops.h>
#include <ATen/ops/searchsorted_ops.h>
#include <ATen/ops/select_ops.h>
#include <ATen/ops/sigmoid_ops.h>
#include <ATen/ops/sign_ops.h>
#include <ATen/ops/silu_ops.h>
#include <ATen/ops/sin_ops.h>
#include <ATen/ops/slice_ops.h>
#include <ATen/ops/smooth_l1_loss_ops.h>
#include <ATen/ops/softmax_ops.h>
#include <ATen/ops/softplus_ops.h>
#include <ATen/ops/sort_ops.h>
#include <ATen/ops/split_ops.h>
#include <ATen/ops/sqrt_ops.h>
#include <ATen/ops/square_ops.h>
#include <ATen/ops/squeeze_ops.h>
#include <ATen/ops/stack_ops.h>
#include <ATen/ops/std_ops.h>
#include <ATen/ops/sub_ops.h>
#include <ATen/ops/sum_ops.h>
#include <ATen/ops/t_ops.h>
#include <ATen/ops/take_along_dim_ops.h>
#include <ATen/ops/take_ops.h>
#include <ATen/ops/tan_ops.h>
#include <ATen/ops/tanh_ops.h>
#include <ATen/ops/tensordot_ops.h>
#include <ATen/ops/to_ops.h>
#include <ATen/ops/topk_ops.h>
#include <ATen/ops/trace_ops.h>
#include <ATen/ops/transpose_ops.h>
#include <ATen/ops/tril_indices_ops.h>
#include <ATen/ops/tril_ops.h>
#include <ATen/ops/triu_ops.h>
#include <ATen/ops/trunc_ops.h>
#include <ATen/ops/unbind_ops.h>
#include <ATen/ops/unflatten_ops.h>
#include <ATen/ops/unfold_ops.h>
#include <ATen/ops/uniform_ops.h>
#include <ATen/ops/unique_dim_ops.h>
#include <ATen/ops/unsqueeze_ops.h>
#include <ATen/ops/upsample_bicubic2d_ops.h>
#include <ATen/ops/upsample_bilinear2d_ops.h>
#include <ATen/ops/upsample_nearest2d_ops.h>
#include <ATen/ops/var_mean_ops.h>
#include <ATen/ops/var_ops.h>
#include <ATen/ops/view_as_ops.h>
#include <ATen/ops/view_ops.h>
#include <ATen/ops/where_ops.h>
#include <ATen/ops/xlogy_ops.h>
#include <ATen/ops/zero_ops.h>
#include <ATen/ops/zeros_like_ops.h>
#include <ATen/ops/zeros_ops.h>

namespace modicum {

int32_t add_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::add_Tensor::call(tensor(self_), tensor(other), scalar(alpha))); });
}

int32_t add_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::add_Scalar::call(tensor(self_), scalar(other), scalar(alpha))); });
}

int32_t add__Tensor(ct_tensor self_, ct_tensor other, ct_scalar alpha) {
  return guarded([&] { at::_ops::add__Tensor::call(tensor(self_), tensor(other), scalar(alpha)); });
}

int32_t add__Scalar(ct_tensor self_, ct_scalar other, ct_scalar alpha) {
  return guarded([&] { at::_ops::add__Scalar::call(tensor(self_), scalar(other), scalar(alpha)); });
}

int32_t sub_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::sub_Tensor::call(tensor(self_), tensor(other), scalar(alpha))); });
}

int32_t sub_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::sub_Scalar::call(tensor(self_), scalar(other), scalar(alpha))); });
}

int32_t sub__Tensor(ct_tensor self_, ct_tensor other, ct_scalar alpha) {
  return guarded([&] { at::_ops::sub__Tensor::call(tensor(self_), tensor(other), scalar(alpha)); });
}

int32_t sub__Scalar(ct_tensor self_, ct_scalar other, ct_scalar alpha) {
  return guarded([&] { at::_ops::sub__Scalar::call(tensor(self_), scalar(other), scalar(alpha)); });
}

int32_t rsub_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::rsub_Scalar::call(tensor(self_), scalar(other), scalar(alpha))); });
}

int32_t mul_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::mul_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t mul_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::mul_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t mul__Tensor(ct_tensor self_, ct_tensor other) {
  return guarded([&] { at::_ops::mul__Tensor::call(tensor(self_), tensor(other)); });
}

int32_t mul__Scalar(ct_tensor self_, ct_scalar other) {
  return guarded([&] { at::_ops::mul__Scalar::call(tensor(self_), scalar(other)); });
}

int32_t div_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::div_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t div_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::div_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t div__Tensor(ct_tensor self_, ct_tensor other) {
  return guarded([&] { at::_ops::div__Tensor::call(tensor(self_), tensor(other)); });
}

int32_t div__Scalar(ct_tensor self_, ct_scalar other) {
  return guarded([&] { at::_ops::div__Scalar::call(tensor(self_), scalar(other)); });
}

int32_t div_Tensor_mode(ct_tensor *out, ct_tensor self_, ct_tensor other, const char *rounding_mode) {
  return guarded([&] { give(out, at::_ops::div_Tensor_mode::call(tensor(self_), tensor(other), optionalString(rounding_mode))); });
}

int32_t floor_divide(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::floor_divide::call(tensor(self_), tensor(other))); });
}

int32_t floor_divide_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::floor_divide_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t remainder_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::remainder_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t remainder_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::remainder_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t addcmul(ct_tensor *out, ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value) {
  return guarded([&] { give(out, at::_ops::addcmul::call(tensor(self_), tensor(tensor1), tensor(tensor2), scalar(value))); });
}

int32_t addcmul_(ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value) {
  return guarded([&] { at::_ops::addcmul_::call(tensor(self_), tensor(tensor1), tensor(tensor2), scalar(value)); });
}

int32_t addcdiv(ct_tensor *out, ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value) {
  return guarded([&] { give(out, at::_ops::addcdiv::call(tensor(self_), tensor(tensor1), tensor(tensor2), scalar(value))); });
}

int32_t addcdiv_(ct_tensor self_, ct_tensor tensor1, ct_tensor tensor2, ct_scalar value) {
  return guarded([&] { at::_ops::addcdiv_::call(tensor(self_), tensor(tensor1), tensor(tensor2), scalar(value)); });
}

int32_t lerp_Scalar(ct_tensor *out, ct_tensor self_, ct_tensor end, ct_scalar weight) {
  return guarded([&] { give(out, at::_ops::lerp_Scalar::call(tensor(self_), tensor(end), scalar(weight))); });
}

int32_t lerp_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor end, ct_tensor weight) {
  return guarded([&] { give(out, at::_ops::lerp_Tensor::call(tensor(self_), tensor(end), tensor(weight))); });
}

int32_t lerp__Scalar(ct_tensor self_, ct_tensor end, ct_scalar weight) {
  return guarded([&] { at::_ops::lerp__Scalar::call(tensor(self_), tensor(end), scalar(weight)); });
}

int32_t lerp__Tensor(ct_tensor self_, ct_tensor end, ct_tensor weight) {
  return guarded([&] { at::_ops::lerp__Tensor::call(tensor(self_), tensor(end), tensor(weight)); });
}

int32_t pow_Tensor_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar exponent) {
  return guarded([&] { give(out, at::_ops::pow_Tensor_Scalar::call(tensor(self_), scalar(exponent))); });
}

int32_t pow_Tensor_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor exponent) {
  return guarded([&] { give(out, at::_ops::pow_Tensor_Tensor::call(tensor(self_), tensor(exponent))); });
}

int32_t pow__Scalar(ct_tensor self_, ct_scalar exponent) {
  return guarded([&] { at::_ops::pow__Scalar::call(tensor(self_), scalar(exponent)); });
}

int32_t neg(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::neg::call(tensor(self_))); });
}

int32_t neg_(ct_tensor self_) {
  return guarded([&] { at::_ops::neg_::call(tensor(self_)); });
}

int32_t abs(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::abs::call(tensor(self_))); });
}

int32_t abs_(ct_tensor self_) {
  return guarded([&] { at::_ops::abs_::call(tensor(self_)); });
}

int32_t sign(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::sign::call(tensor(self_))); });
}

int32_t floor(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::floor::call(tensor(self_))); });
}

int32_t ceil(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::ceil::call(tensor(self_))); });
}

int32_t round(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::round::call(tensor(self_))); });
}

int32_t trunc(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::trunc::call(tensor(self_))); });
}

int32_t frac(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::frac::call(tensor(self_))); });
}

int32_t square(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::square::call(tensor(self_))); });
}

int32_t sqrt(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::sqrt::call(tensor(self_))); });
}

int32_t sqrt_(ct_tensor self_) {
  return guarded([&] { at::_ops::sqrt_::call(tensor(self_)); });
}

int32_t rsqrt(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::rsqrt::call(tensor(self_))); });
}

int32_t reciprocal(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::reciprocal::call(tensor(self_))); });
}

int32_t exp(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::exp::call(tensor(self_))); });
}

int32_t exp_(ct_tensor self_) {
  return guarded([&] { at::_ops::exp_::call(tensor(self_)); });
}

int32_t exp2(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::exp2::call(tensor(self_))); });
}

int32_t expm1(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::expm1::call(tensor(self_))); });
}

int32_t log(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::log::call(tensor(self_))); });
}

int32_t log2(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::log2::call(tensor(self_))); });
}

int32_t log10(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::log10::call(tensor(self_))); });
}

int32_t log1p(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::log1p::call(tensor(self_))); });
}

int32_t sin(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::sin::call(tensor(self_))); });
}

int32_t cos(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::cos::call(tensor(self_))); });
}

int32_t tan(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::tan::call(tensor(self_))); });
}

int32_t atan(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::atan::call(tensor(self_))); });
}

int32_t atan2(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::atan2::call(tensor(self_), tensor(other))); });
}

int32_t erf(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::erf::call(tensor(self_))); });
}

int32_t erfinv(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::erfinv::call(tensor(self_))); });
}

int32_t digamma(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::digamma::call(tensor(self_))); });
}

int32_t lgamma(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::lgamma::call(tensor(self_))); });
}

int32_t clamp(ct_tensor *out, ct_tensor self_, ct_scalar min, ct_scalar max) {
  return guarded([&] { give(out, at::_ops::clamp::call(tensor(self_), optionalScalar(min), optionalScalar(max))); });
}

int32_t clamp_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor min, ct_tensor max) {
  return guarded([&] { give(out, at::_ops::clamp_Tensor::call(tensor(self_), optionalTensor(min), optionalTensor(max))); });
}

int32_t clamp_(ct_tensor self_, ct_scalar min, ct_scalar max) {
  return guarded([&] { at::_ops::clamp_::call(tensor(self_), optionalScalar(min), optionalScalar(max)); });
}

int32_t clamp_min(ct_tensor *out, ct_tensor self_, ct_scalar min) {
  return guarded([&] { give(out, at::_ops::clamp_min::call(tensor(self_), scalar(min))); });
}

int32_t clamp_max(ct_tensor *out, ct_tensor self_, ct_scalar max) {
  return guarded([&] { give(out, at::_ops::clamp_max::call(tensor(self_), scalar(max))); });
}

int32_t maximum(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::maximum::call(tensor(self_), tensor(other))); });
}

int32_t minimum(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::minimum::call(tensor(self_), tensor(other))); });
}

int32_t nan_to_num(ct_tensor *out, ct_tensor self_, ct_scalar nan, ct_scalar posinf, ct_scalar neginf) {
  return guarded([&] { give(out, at::_ops::nan_to_num::call(tensor(self_), optionalDouble(nan), optionalDouble(posinf), optionalDouble(neginf))); });
}

int32_t copysign_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::copysign_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t hypot(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::hypot::call(tensor(self_), tensor(other))); });
}

int32_t xlogy_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::xlogy_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t relu(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::relu::call(tensor(self_))); });
}

int32_t relu_(ct_tensor self_) {
  return guarded([&] { at::_ops::relu_::call(tensor(self_)); });
}

int32_t hardtanh(ct_tensor *out, ct_tensor self_, ct_scalar min_val, ct_scalar max_val) {
  return guarded([&] { give(out, at::_ops::hardtanh::call(tensor(self_), scalar(min_val), scalar(max_val))); });
}

int32_t hardtanh_(ct_tensor self_, ct_scalar min_val, ct_scalar max_val) {
  return guarded([&] { at::_ops::hardtanh_::call(tensor(self_), scalar(min_val), scalar(max_val)); });
}

int32_t leaky_relu(ct_tensor *out, ct_tensor self_, ct_scalar negative_slope) {
  return guarded([&] { give(out, at::_ops::leaky_relu::call(tensor(self_), scalar(negative_slope))); });
}

int32_t leaky_relu_(ct_tensor self_, ct_scalar negative_slope) {
  return guarded([&] { at::_ops::leaky_relu_::call(tensor(self_), scalar(negative_slope)); });
}

int32_t elu(ct_tensor *out, ct_tensor self_, ct_scalar alpha, ct_scalar scale, ct_scalar input_scale) {
  return guarded([&] { give(out, at::_ops::elu::call(tensor(self_), scalar(alpha), scalar(scale), scalar(input_scale))); });
}

int32_t celu(ct_tensor *out, ct_tensor self_, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::celu::call(tensor(self_), scalar(alpha))); });
}

int32_t hardswish(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::hardswish::call(tensor(self_))); });
}

int32_t hardsigmoid(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::hardsigmoid::call(tensor(self_))); });
}

int32_t gelu(ct_tensor *out, ct_tensor self_, const char *approximate) {
  return guarded([&] { give(out, at::_ops::gelu::call(tensor(self_), approximate)); });
}

int32_t silu(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::silu::call(tensor(self_))); });
}

int32_t silu_(ct_tensor self_) {
  return guarded([&] { at::_ops::silu_::call(tensor(self_)); });
}

int32_t mish(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::mish::call(tensor(self_))); });
}

int32_t softplus(ct_tensor *out, ct_tensor self_, ct_scalar beta, ct_scalar threshold) {
  return guarded([&] { give(out, at::_ops::softplus::call(tensor(self_), scalar(beta), scalar(threshold))); });
}

int32_t log_sigmoid(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::log_sigmoid::call(tensor(self_))); });
}

int32_t sigmoid(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::sigmoid::call(tensor(self_))); });
}

int32_t sigmoid_(ct_tensor self_) {
  return guarded([&] { at::_ops::sigmoid_::call(tensor(self_)); });
}

int32_t tanh(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::tanh::call(tensor(self_))); });
}

int32_t tanh_(ct_tensor self_) {
  return guarded([&] { at::_ops::tanh_::call(tensor(self_)); });
}

int32_t softmax_int(ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::softmax_int::call(tensor(self_), dim, optionalScalarType(dtype))); });
}

int32_t log_softmax_int(ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::log_softmax_int::call(tensor(self_), dim, optionalScalarType(dtype))); });
}

int32_t logit(ct_tensor *out, ct_tensor self_, ct_scalar eps) {
  return guarded([&] { give(out, at::_ops::logit::call(tensor(self_), optionalDouble(eps))); });
}

int32_t dropout(ct_tensor *out, ct_tensor input, double p, bool train) {
  return guarded([&] { give(out, at::_ops::dropout::call(tensor(input), p, train)); });
}

int32_t eq_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::eq_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t eq_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::eq_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t ne_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::ne_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t ne_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::ne_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t lt_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::lt_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t lt_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::lt_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t le_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::le_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t le_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::le_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t gt_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::gt_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t gt_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::gt_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t ge_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::ge_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t ge_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::ge_Scalar::call(tensor(self_), scalar(other))); });
}

int32_t logical_and(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::logical_and::call(tensor(self_), tensor(other))); });
}

int32_t logical_or(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::logical_or::call(tensor(self_), tensor(other))); });
}

int32_t logical_xor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::logical_xor::call(tensor(self_), tensor(other))); });
}

int32_t logical_not(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::logical_not::call(tensor(self_))); });
}

int32_t bitwise_and_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::bitwise_and_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t bitwise_or_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::bitwise_or_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t bitwise_xor_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::bitwise_xor_Tensor::call(tensor(self_), tensor(other))); });
}

int32_t bitwise_not(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::bitwise_not::call(tensor(self_))); });
}

int32_t isfinite(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::isfinite::call(tensor(self_))); });
}

int32_t isnan(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::isnan::call(tensor(self_))); });
}

int32_t isinf(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::isinf::call(tensor(self_))); });
}

int32_t all(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::all::call(tensor(self_))); });
}

int32_t all_dim(ct_tensor *out, ct_tensor self_, intptr_t dim, bool keepdim) {
  return guarded([&] { give(out, at::_ops::all_dim::call(tensor(self_), dim, keepdim)); });
}

int32_t any(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::any::call(tensor(self_))); });
}

int32_t any_dim(ct_tensor *out, ct_tensor self_, intptr_t dim, bool keepdim) {
  return guarded([&] { give(out, at::_ops::any_dim::call(tensor(self_), dim, keepdim)); });
}

int32_t equal(bool *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { *out = at::_ops::equal::call(tensor(self_), tensor(other)); });
}

int32_t allclose(bool *out, ct_tensor self_, ct_tensor other, double rtol, double atol, bool equal_nan) {
  return guarded([&] { *out = at::_ops::allclose::call(tensor(self_), tensor(other), rtol, atol, equal_nan); });
}

int32_t isclose(ct_tensor *out, ct_tensor self_, ct_tensor other, double rtol, double atol, bool equal_nan) {
  return guarded([&] { give(out, at::_ops::isclose::call(tensor(self_), tensor(other), rtol, atol, equal_nan)); });
}

int32_t where_self(ct_tensor *out, ct_tensor condition, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::where_self::call(tensor(condition), tensor(self_), tensor(other))); });
}

int32_t where_ScalarOther(ct_tensor *out, ct_tensor condition, ct_tensor self_, ct_scalar other) {
  return guarded([&] { give(out, at::_ops::where_ScalarOther::call(tensor(condition), tensor(self_), scalar(other))); });
}

int32_t where_ScalarSelf(ct_tensor *out, ct_tensor condition, ct_scalar self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::where_ScalarSelf::call(tensor(condition), scalar(self_), tensor(other))); });
}

int32_t masked_fill_Scalar(ct_tensor *out, ct_tensor self_, ct_tensor mask, ct_scalar value) {
  return guarded([&] { give(out, at::_ops::masked_fill_Scalar::call(tensor(self_), tensor(mask), scalar(value))); });
}

int32_t masked_fill_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor mask, ct_tensor value) {
  return guarded([&] { give(out, at::_ops::masked_fill_Tensor::call(tensor(self_), tensor(mask), tensor(value))); });
}

int32_t masked_fill__Scalar(ct_tensor self_, ct_tensor mask, ct_scalar value) {
  return guarded([&] { at::_ops::masked_fill__Scalar::call(tensor(self_), tensor(mask), scalar(value)); });
}

int32_t masked_select(ct_tensor *out, ct_tensor self_, ct_tensor mask) {
  return guarded([&] { give(out, at::_ops::masked_select::call(tensor(self_), tensor(mask))); });
}

int32_t masked_scatter(ct_tensor *out, ct_tensor self_, ct_tensor mask, ct_tensor source) {
  return guarded([&] { give(out, at::_ops::masked_scatter::call(tensor(self_), tensor(mask), tensor(source))); });
}

int32_t sum(ct_tensor *out, ct_tensor self_, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::sum::call(tensor(self_), optionalScalarType(dtype))); });
}

int32_t sum_dim_IntList(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::sum_dim_IntList::call(tensor(self_), optionalInts(dim, dim_count), keepdim, optionalScalarType(dtype))); });
}

int32_t mean(ct_tensor *out, ct_tensor self_, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::mean::call(tensor(self_), optionalScalarType(dtype))); });
}

int32_t mean_dim(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::mean_dim::call(tensor(self_), optionalInts(dim, dim_count), keepdim, optionalScalarType(dtype))); });
}

int32_t prod(ct_tensor *out, ct_tensor self_, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::prod::call(tensor(self_), optionalScalarType(dtype))); });
}

int32_t prod_dim_int(ct_tensor *out, ct_tensor self_, intptr_t dim, bool keepdim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::prod_dim_int::call(tensor(self_), dim, keepdim, optionalScalarType(dtype))); });
}

int32_t var(ct_tensor *out, ct_tensor self_, bool unbiased) {
  return guarded([&] { give(out, at::_ops::var::call(tensor(self_), unbiased)); });
}

int32_t var_dim(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool unbiased, bool keepdim) {
  return guarded([&] { give(out, at::_ops::var_dim::call(tensor(self_), optionalInts(dim, dim_count), unbiased, keepdim)); });
}

int32_t std(ct_tensor *out, ct_tensor self_, bool unbiased) {
  return guarded([&] { give(out, at::_ops::std::call(tensor(self_), unbiased)); });
}

int32_t std_dim(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool unbiased, bool keepdim) {
  return guarded([&] { give(out, at::_ops::std_dim::call(tensor(self_), optionalInts(dim, dim_count), unbiased, keepdim)); });
}

int32_t var_mean_dim(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool unbiased, bool keepdim) {
  return guarded([&] { auto r = at::_ops::var_mean_dim::call(tensor(self_), optionalInts(dim, dim_count), unbiased, keepdim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t norm_Scalar(ct_tensor *out, ct_tensor self_, ct_scalar p) {
  return guarded([&] { give(out, at::_ops::norm_Scalar::call(tensor(self_), scalar(p))); });
}

int32_t norm_ScalarOpt_dim(ct_tensor *out, ct_tensor self_, ct_scalar p, const intptr_t *dim, intptr_t dim_count, bool keepdim) {
  return guarded([&] { give(out, at::_ops::norm_ScalarOpt_dim::call(tensor(self_), optionalScalar(p), ints(dim, dim_count), keepdim)); });
}

int32_t linalg_vector_norm(ct_tensor *out, ct_tensor self_, ct_scalar ord, const intptr_t *dim, intptr_t dim_count, bool keepdim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::linalg_vector_norm::call(tensor(self_), scalar(ord), optionalInts(dim, dim_count), keepdim, optionalScalarType(dtype))); });
}

int32_t frobenius_norm_dim(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim) {
  return guarded([&] { give(out, at::_ops::frobenius_norm_dim::call(tensor(self_), ints(dim, dim_count), keepdim)); });
}

int32_t max(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::max::call(tensor(self_))); });
}

int32_t max_dim(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool keepdim) {
  return guarded([&] { auto r = at::_ops::max_dim::call(tensor(self_), dim, keepdim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t max_other(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::max_other::call(tensor(self_), tensor(other))); });
}

int32_t min(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::min::call(tensor(self_))); });
}

int32_t min_dim(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool keepdim) {
  return guarded([&] { auto r = at::_ops::min_dim::call(tensor(self_), dim, keepdim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t min_other(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::min_other::call(tensor(self_), tensor(other))); });
}

int32_t amax(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim) {
  return guarded([&] { give(out, at::_ops::amax::call(tensor(self_), ints(dim, dim_count), keepdim)); });
}

int32_t amin(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim) {
  return guarded([&] { give(out, at::_ops::amin::call(tensor(self_), ints(dim, dim_count), keepdim)); });
}

int32_t aminmax(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, ct_scalar dim, bool keepdim) {
  return guarded([&] { auto r = at::_ops::aminmax::call(tensor(self_), optionalInt(dim), keepdim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t argmax(ct_tensor *out, ct_tensor self_, ct_scalar dim, bool keepdim) {
  return guarded([&] { give(out, at::_ops::argmax::call(tensor(self_), optionalInt(dim), keepdim)); });
}

int32_t argmin(ct_tensor *out, ct_tensor self_, ct_scalar dim, bool keepdim) {
  return guarded([&] { give(out, at::_ops::argmin::call(tensor(self_), optionalInt(dim), keepdim)); });
}

int32_t median(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::median::call(tensor(self_))); });
}

int32_t median_dim(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool keepdim) {
  return guarded([&] { auto r = at::_ops::median_dim::call(tensor(self_), dim, keepdim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t nanmedian(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::nanmedian::call(tensor(self_))); });
}

int32_t quantile_scalar(ct_tensor *out, ct_tensor self_, double q, ct_scalar dim, bool keepdim, const char *interpolation) {
  return guarded([&] { give(out, at::_ops::quantile_scalar::call(tensor(self_), q, optionalInt(dim), keepdim, interpolation)); });
}

int32_t logsumexp(ct_tensor *out, ct_tensor self_, const intptr_t *dim, intptr_t dim_count, bool keepdim) {
  return guarded([&] { give(out, at::_ops::logsumexp::call(tensor(self_), ints(dim, dim_count), keepdim)); });
}

int32_t logcumsumexp(ct_tensor *out, ct_tensor self_, intptr_t dim) {
  return guarded([&] { give(out, at::_ops::logcumsumexp::call(tensor(self_), dim)); });
}

int32_t cumsum(ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::cumsum::call(tensor(self_), dim, optionalScalarType(dtype))); });
}

int32_t cumprod(ct_tensor *out, ct_tensor self_, intptr_t dim, int32_t dtype) {
  return guarded([&] { give(out, at::_ops::cumprod::call(tensor(self_), dim, optionalScalarType(dtype))); });
}

int32_t cummax(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim) {
  return guarded([&] { auto r = at::_ops::cummax::call(tensor(self_), dim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t diff(ct_tensor *out, ct_tensor self_, intptr_t n, intptr_t dim, ct_tensor prepend, ct_tensor append) {
  return guarded([&] { give(out, at::_ops::diff::call(tensor(self_), n, dim, optionalTensor(prepend), optionalTensor(append))); });
}

int32_t count_nonzero(ct_tensor *out, ct_tensor self_, ct_scalar dim) {
  return guarded([&] { give(out, at::_ops::count_nonzero::call(tensor(self_), optionalInt(dim))); });
}

int32_t bincount(ct_tensor *out, ct_tensor self_, ct_tensor weights, intptr_t minlength) {
  return guarded([&] { give(out, at::_ops::bincount::call(tensor(self_), optionalTensor(weights), minlength)); });
}

int32_t histc(ct_tensor *out, ct_tensor self_, intptr_t bins, ct_scalar min, ct_scalar max) {
  return guarded([&] { give(out, at::_ops::histc::call(tensor(self_), bins, scalar(min), scalar(max))); });
}

int32_t nonzero(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::nonzero::call(tensor(self_))); });
}

int32_t trace(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::trace::call(tensor(self_))); });
}

int32_t sort(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t dim, bool descending) {
  return guarded([&] { auto r = at::_ops::sort::call(tensor(self_), dim, descending); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t sort_stable(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, ct_scalar stable, intptr_t dim, bool descending) {
  return guarded([&] { auto r = at::_ops::sort_stable::call(tensor(self_), optionalBool(stable), dim, descending); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t argsort(ct_tensor *out, ct_tensor self_, intptr_t dim, bool descending) {
  return guarded([&] { give(out, at::_ops::argsort::call(tensor(self_), dim, descending)); });
}

int32_t argsort_stable(ct_tensor *out, ct_tensor self_, bool stable, intptr_t dim, bool descending) {
  return guarded([&] { give(out, at::_ops::argsort_stable::call(tensor(self_), stable, dim, descending)); });
}

int32_t topk(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t k, intptr_t dim, bool largest, bool sorted) {
  return guarded([&] { auto r = at::_ops::topk::call(tensor(self_), k, dim, largest, sorted); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t kthvalue(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, intptr_t k, intptr_t dim, bool keepdim) {
  return guarded([&] { auto r = at::_ops::kthvalue::call(tensor(self_), k, dim, keepdim); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t searchsorted_Tensor(ct_tensor *out, ct_tensor sorted_sequence, ct_tensor self_, bool out_int32, bool right, const char *side, ct_tensor sorter) {
  return guarded([&] { give(out, at::_ops::searchsorted_Tensor::call(tensor(sorted_sequence), tensor(self_), out_int32, right, optionalString(side), optionalTensor(sorter))); });
}

int32_t unique_dim(ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor self_, intptr_t dim, bool sorted, bool return_inverse, bool return_counts) {
  return guarded([&] { auto r = at::_ops::unique_dim::call(tensor(self_), dim, sorted, return_inverse, return_counts); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); give(out2, std::get<2>(r)); });
}

int32_t _unique2(ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor self_, bool sorted, bool return_inverse, bool return_counts) {
  return guarded([&] { auto r = at::_ops::_unique2::call(tensor(self_), sorted, return_inverse, return_counts); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); give(out2, std::get<2>(r)); });
}

int32_t bucketize_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor boundaries, bool out_int32, bool right) {
  return guarded([&] { give(out, at::_ops::bucketize_Tensor::call(tensor(self_), tensor(boundaries), out_int32, right)); });
}

int32_t gather(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, bool sparse_grad) {
  return guarded([&] { give(out, at::_ops::gather::call(tensor(self_), dim, tensor(index), sparse_grad)); });
}

int32_t scatter_src(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src) {
  return guarded([&] { give(out, at::_ops::scatter_src::call(tensor(self_), dim, tensor(index), tensor(src))); });
}

int32_t scatter_value(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_scalar value) {
  return guarded([&] { give(out, at::_ops::scatter_value::call(tensor(self_), dim, tensor(index), scalar(value))); });
}

int32_t scatter__src(ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src) {
  return guarded([&] { at::_ops::scatter__src::call(tensor(self_), dim, tensor(index), tensor(src)); });
}

int32_t scatter__value(ct_tensor self_, intptr_t dim, ct_tensor index, ct_scalar value) {
  return guarded([&] { at::_ops::scatter__value::call(tensor(self_), dim, tensor(index), scalar(value)); });
}

int32_t scatter_add(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src) {
  return guarded([&] { give(out, at::_ops::scatter_add::call(tensor(self_), dim, tensor(index), tensor(src))); });
}

int32_t scatter_add_(ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src) {
  return guarded([&] { at::_ops::scatter_add_::call(tensor(self_), dim, tensor(index), tensor(src)); });
}

int32_t scatter_reduce_two(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor src, const char *reduce, bool include_self) {
  return guarded([&] { give(out, at::_ops::scatter_reduce_two::call(tensor(self_), dim, tensor(index), tensor(src), reduce, include_self)); });
}

int32_t index_select(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index) {
  return guarded([&] { give(out, at::_ops::index_select::call(tensor(self_), dim, tensor(index))); });
}

int32_t index_add(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor source, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::index_add::call(tensor(self_), dim, tensor(index), tensor(source), scalar(alpha))); });
}

int32_t index_add_(ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor source, ct_scalar alpha) {
  return guarded([&] { at::_ops::index_add_::call(tensor(self_), dim, tensor(index), tensor(source), scalar(alpha)); });
}

int32_t index_copy_(ct_tensor self_, intptr_t dim, ct_tensor index, ct_tensor source) {
  return guarded([&] { at::_ops::index_copy_::call(tensor(self_), dim, tensor(index), tensor(source)); });
}

int32_t index_fill__int_Scalar(ct_tensor self_, intptr_t dim, ct_tensor index, ct_scalar value) {
  return guarded([&] { at::_ops::index_fill__int_Scalar::call(tensor(self_), dim, tensor(index), scalar(value)); });
}

int32_t index_Tensor(ct_tensor *out, ct_tensor self_, const ct_tensor *indices, intptr_t indices_count) {
  return guarded([&] { give(out, at::_ops::index_Tensor::call(tensor(self_), optionalTensors(indices, indices_count))); });
}

int32_t index_put_(ct_tensor self_, const ct_tensor *indices, intptr_t indices_count, ct_tensor values, bool accumulate) {
  return guarded([&] { at::_ops::index_put_::call(tensor(self_), optionalTensors(indices, indices_count), tensor(values), accumulate); });
}

int32_t take(ct_tensor *out, ct_tensor self_, ct_tensor index) {
  return guarded([&] { give(out, at::_ops::take::call(tensor(self_), tensor(index))); });
}

int32_t take_along_dim(ct_tensor *out, ct_tensor self_, ct_tensor indices, ct_scalar dim) {
  return guarded([&] { give(out, at::_ops::take_along_dim::call(tensor(self_), tensor(indices), optionalInt(dim))); });
}

int32_t one_hot(ct_tensor *out, ct_tensor self_, intptr_t num_classes) {
  return guarded([&] { give(out, at::_ops::one_hot::call(tensor(self_), num_classes)); });
}

int32_t embedding(ct_tensor *out, ct_tensor weight, ct_tensor indices, intptr_t padding_idx, bool scale_grad_by_freq, bool sparse) {
  return guarded([&] { give(out, at::_ops::embedding::call(tensor(weight), tensor(indices), padding_idx, scale_grad_by_freq, sparse)); });
}

int32_t reshape(ct_tensor *out, ct_tensor self_, const intptr_t *shape, intptr_t shape_count) {
  return guarded([&] { give(out, at::_ops::reshape::call(tensor(self_), symInts(shape, shape_count))); });
}

int32_t view(ct_tensor *out, ct_tensor self_, const intptr_t *size, intptr_t size_count) {
  return guarded([&] { give(out, at::_ops::view::call(tensor(self_), symInts(size, size_count))); });
}

int32_t view_as(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::view_as::call(tensor(self_), tensor(other))); });
}

int32_t permute(ct_tensor *out, ct_tensor self_, const intptr_t *dims, intptr_t dims_count) {
  return guarded([&] { give(out, at::_ops::permute::call(tensor(self_), ints(dims, dims_count))); });
}

int32_t transpose_int(ct_tensor *out, ct_tensor self_, intptr_t dim0, intptr_t dim1) {
  return guarded([&] { give(out, at::_ops::transpose_int::call(tensor(self_), dim0, dim1)); });
}

int32_t t(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::t::call(tensor(self_))); });
}

int32_t movedim_int(ct_tensor *out, ct_tensor self_, intptr_t source, intptr_t destination) {
  return guarded([&] { give(out, at::_ops::movedim_int::call(tensor(self_), source, destination)); });
}

int32_t flatten_using_ints(ct_tensor *out, ct_tensor self_, intptr_t start_dim, intptr_t end_dim) {
  return guarded([&] { give(out, at::_ops::flatten_using_ints::call(tensor(self_), start_dim, end_dim)); });
}

int32_t unflatten_int(ct_tensor *out, ct_tensor self_, intptr_t dim, const intptr_t *sizes, intptr_t sizes_count) {
  return guarded([&] { give(out, at::_ops::unflatten_int::call(tensor(self_), dim, symInts(sizes, sizes_count))); });
}

int32_t unsqueeze(ct_tensor *out, ct_tensor self_, intptr_t dim) {
  return guarded([&] { give(out, at::_ops::unsqueeze::call(tensor(self_), dim)); });
}

int32_t squeeze(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::squeeze::call(tensor(self_))); });
}

int32_t squeeze_dim(ct_tensor *out, ct_tensor self_, intptr_t dim) {
  return guarded([&] { give(out, at::_ops::squeeze_dim::call(tensor(self_), dim)); });
}

int32_t expand(ct_tensor *out, ct_tensor self_, const intptr_t *size, intptr_t size_count, bool implicit) {
  return guarded([&] { give(out, at::_ops::expand::call(tensor(self_), symInts(size, size_count), implicit)); });
}

int32_t expand_as(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::expand_as::call(tensor(self_), tensor(other))); });
}

int32_t repeat(ct_tensor *out, ct_tensor self_, const intptr_t *repeats, intptr_t repeats_count) {
  return guarded([&] { give(out, at::_ops::repeat::call(tensor(self_), symInts(repeats, repeats_count))); });
}

int32_t repeat_interleave_self_int(ct_tensor *out, ct_tensor self_, intptr_t repeats, ct_scalar dim, ct_scalar output_size) {
  return guarded([&] { give(out, at::_ops::repeat_interleave_self_int::call(tensor(self_), repeats, optionalInt(dim), optionalSymInt(output_size))); });
}

int32_t repeat_interleave_self_Tensor(ct_tensor *out, ct_tensor self_, ct_tensor repeats, ct_scalar dim, ct_scalar output_size) {
  return guarded([&] { give(out, at::_ops::repeat_interleave_self_Tensor::call(tensor(self_), tensor(repeats), optionalInt(dim), optionalSymInt(output_size))); });
}

int32_t flip(ct_tensor *out, ct_tensor self_, const intptr_t *dims, intptr_t dims_count) {
  return guarded([&] { give(out, at::_ops::flip::call(tensor(self_), ints(dims, dims_count))); });
}

int32_t roll(ct_tensor *out, ct_tensor self_, const intptr_t *shifts, intptr_t shifts_count, const intptr_t *dims, intptr_t dims_count) {
  return guarded([&] { give(out, at::_ops::roll::call(tensor(self_), symInts(shifts, shifts_count), ints(dims, dims_count))); });
}

int32_t rot90(ct_tensor *out, ct_tensor self_, intptr_t k, const intptr_t *dims, intptr_t dims_count) {
  return guarded([&] { give(out, at::_ops::rot90::call(tensor(self_), k, ints(dims, dims_count))); });
}

int32_t narrow(ct_tensor *out, ct_tensor self_, intptr_t dim, intptr_t start, intptr_t length) {
  return guarded([&] { give(out, at::_ops::narrow::call(tensor(self_), dim, start, length)); });
}

int32_t select_int(ct_tensor *out, ct_tensor self_, intptr_t dim, intptr_t index) {
  return guarded([&] { give(out, at::_ops::select_int::call(tensor(self_), dim, index)); });
}

int32_t slice_Tensor(ct_tensor *out, ct_tensor self_, intptr_t dim, ct_scalar start, ct_scalar end, intptr_t step) {
  return guarded([&] { give(out, at::_ops::slice_Tensor::call(tensor(self_), dim, optionalSymInt(start), optionalSymInt(end), step)); });
}

int32_t diagonal(ct_tensor *out, ct_tensor self_, intptr_t offset, intptr_t dim1, intptr_t dim2) {
  return guarded([&] { give(out, at::_ops::diagonal::call(tensor(self_), offset, dim1, dim2)); });
}

int32_t diag_embed(ct_tensor *out, ct_tensor self_, intptr_t offset, intptr_t dim1, intptr_t dim2) {
  return guarded([&] { give(out, at::_ops::diag_embed::call(tensor(self_), offset, dim1, dim2)); });
}

int32_t tril(ct_tensor *out, ct_tensor self_, intptr_t diagonal) {
  return guarded([&] { give(out, at::_ops::tril::call(tensor(self_), diagonal)); });
}

int32_t triu(ct_tensor *out, ct_tensor self_, intptr_t diagonal) {
  return guarded([&] { give(out, at::_ops::triu::call(tensor(self_), diagonal)); });
}

int32_t cat(ct_tensor *out, const ct_tensor *tensors_, intptr_t tensors__count, intptr_t dim) {
  return guarded([&] { give(out, at::_ops::cat::call(tensors(tensors_, tensors__count), dim)); });
}

int32_t stack(ct_tensor *out, const ct_tensor *tensors_, intptr_t tensors__count, intptr_t dim) {
  return guarded([&] { give(out, at::_ops::stack::call(tensors(tensors_, tensors__count), dim)); });
}

int32_t split_Tensor(ct_tensor **out, intptr_t *out_count, ct_tensor self_, intptr_t split_size, intptr_t dim) {
  return guarded([&] { giveList(out, out_count, at::_ops::split_Tensor::call(tensor(self_), split_size, dim)); });
}

int32_t split_sizes(ct_tensor **out, intptr_t *out_count, ct_tensor self_, const intptr_t *split_size, intptr_t split_size_count, intptr_t dim) {
  return guarded([&] { giveList(out, out_count, at::_ops::split_sizes::call(tensor(self_), symInts(split_size, split_size_count), dim)); });
}

int32_t chunk(ct_tensor **out, intptr_t *out_count, ct_tensor self_, intptr_t chunks, intptr_t dim) {
  return guarded([&] { giveList(out, out_count, at::_ops::chunk::call(tensor(self_), chunks, dim)); });
}

int32_t unbind_int(ct_tensor **out, intptr_t *out_count, ct_tensor self_, intptr_t dim) {
  return guarded([&] { giveList(out, out_count, at::_ops::unbind_int::call(tensor(self_), dim)); });
}

int32_t unfold(ct_tensor *out, ct_tensor self_, intptr_t dimension, intptr_t size, intptr_t step) {
  return guarded([&] { give(out, at::_ops::unfold::call(tensor(self_), dimension, size, step)); });
}

int32_t broadcast_tensors(ct_tensor **out, intptr_t *out_count, const ct_tensor *tensors_, intptr_t tensors__count) {
  return guarded([&] { giveList(out, out_count, at::_ops::broadcast_tensors::call(tensors(tensors_, tensors__count))); });
}

int32_t meshgrid_indexing(ct_tensor **out, intptr_t *out_count, const ct_tensor *tensors_, intptr_t tensors__count, const char *indexing) {
  return guarded([&] { giveList(out, out_count, at::_ops::meshgrid_indexing::call(tensors(tensors_, tensors__count), indexing)); });
}

int32_t pixel_shuffle(ct_tensor *out, ct_tensor self_, intptr_t upscale_factor) {
  return guarded([&] { give(out, at::_ops::pixel_shuffle::call(tensor(self_), upscale_factor)); });
}

int32_t pixel_unshuffle(ct_tensor *out, ct_tensor self_, intptr_t downscale_factor) {
  return guarded([&] { give(out, at::_ops::pixel_unshuffle::call(tensor(self_), downscale_factor)); });
}

int32_t channel_shuffle(ct_tensor *out, ct_tensor self_, intptr_t groups) {
  return guarded([&] { give(out, at::_ops::channel_shuffle::call(tensor(self_), groups)); });
}

int32_t constant_pad_nd(ct_tensor *out, ct_tensor self_, const intptr_t *pad, intptr_t pad_count, ct_scalar value) {
  return guarded([&] { give(out, at::_ops::constant_pad_nd::call(tensor(self_), symInts(pad, pad_count), scalar(value))); });
}

int32_t pad(ct_tensor *out, ct_tensor self_, const intptr_t *pad, intptr_t pad_count, const char *mode, ct_scalar value) {
  return guarded([&] { give(out, at::_ops::pad::call(tensor(self_), symInts(pad, pad_count), mode, optionalDouble(value))); });
}

int32_t contiguous(ct_tensor *out, ct_tensor self_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::contiguous::call(tensor(self_), memoryFormat(memory_format))); });
}

int32_t clone(ct_tensor *out, ct_tensor self_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::clone::call(tensor(self_), optionalMemoryFormat(memory_format))); });
}

int32_t to_dtype(ct_tensor *out, ct_tensor self_, int32_t dtype, bool non_blocking, bool copy, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::to_dtype::call(tensor(self_), scalarType(dtype), non_blocking, copy, optionalMemoryFormat(memory_format))); });
}

int32_t to_device(ct_tensor *out, ct_tensor self_, int32_t device_, int32_t dtype, bool non_blocking, bool copy, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::to_device::call(tensor(self_), device(device_), scalarType(dtype), non_blocking, copy, optionalMemoryFormat(memory_format))); });
}

int32_t detach(ct_tensor *out, ct_tensor self_) {
  return guarded([&] { give(out, at::_ops::detach::call(tensor(self_))); });
}

int32_t copy_(ct_tensor self_, ct_tensor src, bool non_blocking) {
  return guarded([&] { at::_ops::copy_::call(tensor(self_), tensor(src), non_blocking); });
}

int32_t zero_(ct_tensor self_) {
  return guarded([&] { at::_ops::zero_::call(tensor(self_)); });
}

int32_t fill__Scalar(ct_tensor self_, ct_scalar value) {
  return guarded([&] { at::_ops::fill__Scalar::call(tensor(self_), scalar(value)); });
}

int32_t fill__Tensor(ct_tensor self_, ct_tensor value) {
  return guarded([&] { at::_ops::fill__Tensor::call(tensor(self_), tensor(value)); });
}

int32_t zeros(ct_tensor *out, const intptr_t *size, intptr_t size_count, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::zeros::call(symInts(size, size_count), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t ones(ct_tensor *out, const intptr_t *size, intptr_t size_count, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::ones::call(symInts(size, size_count), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t full(ct_tensor *out, const intptr_t *size, intptr_t size_count, ct_scalar fill_value, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::full::call(symInts(size, size_count), scalar(fill_value), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t empty_memory_format(ct_tensor *out, const intptr_t *size, intptr_t size_count, int32_t dtype, int32_t device_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::empty_memory_format::call(symInts(size, size_count), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt, optionalMemoryFormat(memory_format))); });
}

int32_t arange_start_step(ct_tensor *out, ct_scalar start, ct_scalar end, ct_scalar step, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::arange_start_step::call(scalar(start), scalar(end), scalar(step), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t linspace(ct_tensor *out, ct_scalar start, ct_scalar end, intptr_t steps, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::linspace::call(scalar(start), scalar(end), steps, optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t eye_m(ct_tensor *out, intptr_t n, intptr_t m, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::eye_m::call(n, m, optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t randperm_generator(ct_tensor *out, intptr_t n, ct_generator generator, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::randperm_generator::call(n, optionalGenerator(generator), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t randint_low_generator(ct_tensor *out, intptr_t low, intptr_t high, const intptr_t *size, intptr_t size_count, ct_generator generator, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::randint_low_generator::call(low, high, symInts(size, size_count), optionalGenerator(generator), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t zeros_like(ct_tensor *out, ct_tensor self_, int32_t dtype, int32_t device_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::zeros_like::call(tensor(self_), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt, optionalMemoryFormat(memory_format))); });
}

int32_t ones_like(ct_tensor *out, ct_tensor self_, int32_t dtype, int32_t device_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::ones_like::call(tensor(self_), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt, optionalMemoryFormat(memory_format))); });
}

int32_t empty_like(ct_tensor *out, ct_tensor self_, int32_t dtype, int32_t device_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::empty_like::call(tensor(self_), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt, optionalMemoryFormat(memory_format))); });
}

int32_t full_like(ct_tensor *out, ct_tensor self_, ct_scalar fill_value, int32_t dtype, int32_t device_, int32_t memory_format) {
  return guarded([&] { give(out, at::_ops::full_like::call(tensor(self_), scalar(fill_value), optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt, optionalMemoryFormat(memory_format))); });
}

int32_t tril_indices(ct_tensor *out, intptr_t row, intptr_t col, intptr_t offset, int32_t dtype, int32_t device_) {
  return guarded([&] { give(out, at::_ops::tril_indices::call(row, col, offset, optionalScalarType(dtype), std::nullopt, optionalDevice(device_), std::nullopt)); });
}

int32_t bernoulli(ct_tensor *out, ct_tensor self_, ct_generator generator) {
  return guarded([&] { give(out, at::_ops::bernoulli::call(tensor(self_), optionalGenerator(generator))); });
}

int32_t bernoulli__float(ct_tensor self_, double p, ct_generator generator) {
  return guarded([&] { at::_ops::bernoulli__float::call(tensor(self_), p, optionalGenerator(generator)); });
}

int32_t bernoulli__Tensor(ct_tensor self_, ct_tensor p, ct_generator generator) {
  return guarded([&] { at::_ops::bernoulli__Tensor::call(tensor(self_), tensor(p), optionalGenerator(generator)); });
}

int32_t uniform_(ct_tensor self_, double from_, double to, ct_generator generator) {
  return guarded([&] { at::_ops::uniform_::call(tensor(self_), from_, to, optionalGenerator(generator)); });
}

int32_t normal_(ct_tensor self_, double mean, double std, ct_generator generator) {
  return guarded([&] { at::_ops::normal_::call(tensor(self_), mean, std, optionalGenerator(generator)); });
}

int32_t random__from(ct_tensor self_, intptr_t from_, ct_scalar to, ct_generator generator) {
  return guarded([&] { at::_ops::random__from::call(tensor(self_), from_, optionalInt(to), optionalGenerator(generator)); });
}

int32_t exponential_(ct_tensor self_, double lambd, ct_generator generator) {
  return guarded([&] { at::_ops::exponential_::call(tensor(self_), lambd, optionalGenerator(generator)); });
}

int32_t multinomial(ct_tensor *out, ct_tensor self_, intptr_t num_samples, bool replacement, ct_generator generator) {
  return guarded([&] { give(out, at::_ops::multinomial::call(tensor(self_), num_samples, replacement, optionalGenerator(generator))); });
}

int32_t _standard_gamma(ct_tensor *out, ct_tensor self_, ct_generator generator) {
  return guarded([&] { give(out, at::_ops::_standard_gamma::call(tensor(self_), optionalGenerator(generator))); });
}

int32_t poisson(ct_tensor *out, ct_tensor self_, ct_generator generator) {
  return guarded([&] { give(out, at::_ops::poisson::call(tensor(self_), optionalGenerator(generator))); });
}

int32_t matmul(ct_tensor *out, ct_tensor self_, ct_tensor other) {
  return guarded([&] { give(out, at::_ops::matmul::call(tensor(self_), tensor(other))); });
}

int32_t mm(ct_tensor *out, ct_tensor self_, ct_tensor mat2) {
  return guarded([&] { give(out, at::_ops::mm::call(tensor(self_), tensor(mat2))); });
}

int32_t bmm(ct_tensor *out, ct_tensor self_, ct_tensor mat2) {
  return guarded([&] { give(out, at::_ops::bmm::call(tensor(self_), tensor(mat2))); });
}

int32_t mv(ct_tensor *out, ct_tensor self_, ct_tensor vec) {
  return guarded([&] { give(out, at::_ops::mv::call(tensor(self_), tensor(vec))); });
}

int32_t dot(ct_tensor *out, ct_tensor self_, ct_tensor tensor_) {
  return guarded([&] { give(out, at::_ops::dot::call(tensor(self_), tensor(tensor_))); });
}

int32_t addmm(ct_tensor *out, ct_tensor self_, ct_tensor mat1, ct_tensor mat2, ct_scalar beta, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::addmm::call(tensor(self_), tensor(mat1), tensor(mat2), scalar(beta), scalar(alpha))); });
}

int32_t addmm_(ct_tensor self_, ct_tensor mat1, ct_tensor mat2, ct_scalar beta, ct_scalar alpha) {
  return guarded([&] { at::_ops::addmm_::call(tensor(self_), tensor(mat1), tensor(mat2), scalar(beta), scalar(alpha)); });
}

int32_t baddbmm(ct_tensor *out, ct_tensor self_, ct_tensor batch1, ct_tensor batch2, ct_scalar beta, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::baddbmm::call(tensor(self_), tensor(batch1), tensor(batch2), scalar(beta), scalar(alpha))); });
}

int32_t addmv(ct_tensor *out, ct_tensor self_, ct_tensor mat, ct_tensor vec, ct_scalar beta, ct_scalar alpha) {
  return guarded([&] { give(out, at::_ops::addmv::call(tensor(self_), tensor(mat), tensor(vec), scalar(beta), scalar(alpha))); });
}

int32_t outer(ct_tensor *out, ct_tensor self_, ct_tensor vec2) {
  return guarded([&] { give(out, at::_ops::outer::call(tensor(self_), tensor(vec2))); });
}

int32_t einsum(ct_tensor *out, const char *equation, const ct_tensor *tensors_, intptr_t tensors__count, const intptr_t *path, intptr_t path_count) {
  return guarded([&] { give(out, at::_ops::einsum::call(equation, tensors(tensors_, tensors__count), optionalInts(path, path_count))); });
}

int32_t tensordot(ct_tensor *out, ct_tensor self_, ct_tensor other, const intptr_t *dims_self, intptr_t dims_self_count, const intptr_t *dims_other, intptr_t dims_other_count) {
  return guarded([&] { give(out, at::_ops::tensordot::call(tensor(self_), tensor(other), ints(dims_self, dims_self_count), ints(dims_other, dims_other_count))); });
}

int32_t linalg_svd(ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor A, bool full_matrices, const char *driver) {
  return guarded([&] { auto r = at::_ops::linalg_svd::call(tensor(A), full_matrices, optionalString(driver)); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); give(out2, std::get<2>(r)); });
}

int32_t linalg_svdvals(ct_tensor *out, ct_tensor A, const char *driver) {
  return guarded([&] { give(out, at::_ops::linalg_svdvals::call(tensor(A), optionalString(driver))); });
}

int32_t linalg_qr(ct_tensor *out0, ct_tensor *out1, ct_tensor A, const char *mode) {
  return guarded([&] { auto r = at::_ops::linalg_qr::call(tensor(A), mode); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t linalg_eigh(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const char *UPLO) {
  return guarded([&] { auto r = at::_ops::linalg_eigh::call(tensor(self_), UPLO); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t linalg_eigvalsh(ct_tensor *out, ct_tensor self_, const char *UPLO) {
  return guarded([&] { give(out, at::_ops::linalg_eigvalsh::call(tensor(self_), UPLO)); });
}

int32_t linalg_cholesky(ct_tensor *out, ct_tensor self_, bool upper) {
  return guarded([&] { give(out, at::_ops::linalg_cholesky::call(tensor(self_), upper)); });
}

int32_t cholesky_solve(ct_tensor *out, ct_tensor self_, ct_tensor input2, bool upper) {
  return guarded([&] { give(out, at::_ops::cholesky_solve::call(tensor(self_), tensor(input2), upper)); });
}

int32_t linalg_inv(ct_tensor *out, ct_tensor A) {
  return guarded([&] { give(out, at::_ops::linalg_inv::call(tensor(A))); });
}

int32_t linalg_solve(ct_tensor *out, ct_tensor A, ct_tensor B, bool left) {
  return guarded([&] { give(out, at::_ops::linalg_solve::call(tensor(A), tensor(B), left)); });
}

int32_t linalg_lstsq(ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor *out3, ct_tensor self_, ct_tensor b, ct_scalar rcond, const char *driver) {
  return guarded([&] { auto r = at::_ops::linalg_lstsq::call(tensor(self_), tensor(b), optionalDouble(rcond), optionalString(driver)); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); give(out2, std::get<2>(r)); give(out3, std::get<3>(r)); });
}

int32_t linalg_det(ct_tensor *out, ct_tensor A) {
  return guarded([&] { give(out, at::_ops::linalg_det::call(tensor(A))); });
}

int32_t linalg_slogdet(ct_tensor *out0, ct_tensor *out1, ct_tensor A) {
  return guarded([&] { auto r = at::_ops::linalg_slogdet::call(tensor(A)); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t linalg_pinv_atol_rtol_float(ct_tensor *out, ct_tensor self_, ct_scalar atol, ct_scalar rtol, bool hermitian) {
  return guarded([&] { give(out, at::_ops::linalg_pinv_atol_rtol_float::call(tensor(self_), optionalDouble(atol), optionalDouble(rtol), hermitian)); });
}

int32_t cdist(ct_tensor *out, ct_tensor x1, ct_tensor x2, double p, ct_scalar compute_mode) {
  return guarded([&] { give(out, at::_ops::cdist::call(tensor(x1), tensor(x2), p, optionalInt(compute_mode))); });
}

int32_t cosine_similarity(ct_tensor *out, ct_tensor x1, ct_tensor x2, intptr_t dim, double eps) {
  return guarded([&] { give(out, at::_ops::cosine_similarity::call(tensor(x1), tensor(x2), dim, eps)); });
}

int32_t pairwise_distance(ct_tensor *out, ct_tensor x1, ct_tensor x2, double p, double eps, bool keepdim) {
  return guarded([&] { give(out, at::_ops::pairwise_distance::call(tensor(x1), tensor(x2), p, eps, keepdim)); });
}

int32_t conv2d(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, intptr_t groups) {
  return guarded([&] { give(out, at::_ops::conv2d::call(tensor(input), tensor(weight), optionalTensor(bias), symInts(stride, stride_count), symInts(padding, padding_count), symInts(dilation, dilation_count), groups)); });
}

int32_t convolution(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, bool transposed, const intptr_t *output_padding, intptr_t output_padding_count, intptr_t groups) {
  return guarded([&] { give(out, at::_ops::convolution::call(tensor(input), tensor(weight), optionalTensor(bias), symInts(stride, stride_count), symInts(padding, padding_count), symInts(dilation, dilation_count), transposed, symInts(output_padding, output_padding_count), groups)); });
}

int32_t conv1d(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, intptr_t groups) {
  return guarded([&] { give(out, at::_ops::conv1d::call(tensor(input), tensor(weight), optionalTensor(bias), symInts(stride, stride_count), symInts(padding, padding_count), symInts(dilation, dilation_count), groups)); });
}

int32_t conv_transpose2d_input(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *output_padding, intptr_t output_padding_count, intptr_t groups, const intptr_t *dilation, intptr_t dilation_count) {
  return guarded([&] { give(out, at::_ops::conv_transpose2d_input::call(tensor(input), tensor(weight), optionalTensor(bias), symInts(stride, stride_count), symInts(padding, padding_count), symInts(output_padding, output_padding_count), groups, symInts(dilation, dilation_count))); });
}

int32_t batch_norm(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean, ct_tensor running_var, bool training, double momentum, double eps, bool cudnn_enabled) {
  return guarded([&] { give(out, at::_ops::batch_norm::call(tensor(input), optionalTensor(weight), optionalTensor(bias), optionalTensor(running_mean), optionalTensor(running_var), training, momentum, eps, cudnn_enabled)); });
}

int32_t native_batch_norm(ct_tensor *out0, ct_tensor *out1, ct_tensor *out2, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean, ct_tensor running_var, bool training, double momentum, double eps) {
  return guarded([&] { auto r = at::_ops::native_batch_norm::call(tensor(input), optionalTensor(weight), optionalTensor(bias), optionalTensor(running_mean), optionalTensor(running_var), training, momentum, eps); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); give(out2, std::get<2>(r)); });
}

int32_t group_norm(ct_tensor *out, ct_tensor input, intptr_t num_groups, ct_tensor weight, ct_tensor bias, double eps, bool cudnn_enabled) {
  return guarded([&] { give(out, at::_ops::group_norm::call(tensor(input), num_groups, optionalTensor(weight), optionalTensor(bias), eps, cudnn_enabled)); });
}

int32_t layer_norm(ct_tensor *out, ct_tensor input, const intptr_t *normalized_shape, intptr_t normalized_shape_count, ct_tensor weight, ct_tensor bias, double eps, bool cudnn_enable) {
  return guarded([&] { give(out, at::_ops::layer_norm::call(tensor(input), symInts(normalized_shape, normalized_shape_count), optionalTensor(weight), optionalTensor(bias), eps, cudnn_enable)); });
}

int32_t instance_norm(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean, ct_tensor running_var, bool use_input_stats, double momentum, double eps, bool cudnn_enabled) {
  return guarded([&] { give(out, at::_ops::instance_norm::call(tensor(input), optionalTensor(weight), optionalTensor(bias), optionalTensor(running_mean), optionalTensor(running_var), use_input_stats, momentum, eps, cudnn_enabled)); });
}

int32_t linear(ct_tensor *out, ct_tensor input, ct_tensor weight, ct_tensor bias) {
  return guarded([&] { give(out, at::_ops::linear::call(tensor(input), tensor(weight), optionalTensor(bias))); });
}

int32_t max_pool2d(ct_tensor *out, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, bool ceil_mode) {
  return guarded([&] { give(out, at::_ops::max_pool2d::call(tensor(self_), ints(kernel_size, kernel_size_count), ints(stride, stride_count), ints(padding, padding_count), ints(dilation, dilation_count), ceil_mode)); });
}

int32_t max_pool2d_with_indices(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *dilation, intptr_t dilation_count, bool ceil_mode) {
  return guarded([&] { auto r = at::_ops::max_pool2d_with_indices::call(tensor(self_), ints(kernel_size, kernel_size_count), ints(stride, stride_count), ints(padding, padding_count), ints(dilation, dilation_count), ceil_mode); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t avg_pool2d(ct_tensor *out, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *stride, intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, bool ceil_mode, bool count_include_pad, ct_scalar divisor_override) {
  return guarded([&] { give(out, at::_ops::avg_pool2d::call(tensor(self_), ints(kernel_size, kernel_size_count), ints(stride, stride_count), ints(padding, padding_count), ceil_mode, count_include_pad, optionalInt(divisor_override))); });
}

int32_t adaptive_avg_pool2d(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count) {
  return guarded([&] { give(out, at::_ops::adaptive_avg_pool2d::call(tensor(self_), symInts(output_size, output_size_count))); });
}

int32_t adaptive_max_pool2d(ct_tensor *out0, ct_tensor *out1, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count) {
  return guarded([&] { auto r = at::_ops::adaptive_max_pool2d::call(tensor(self_), ints(output_size, output_size_count)); give(out0, std::get<0>(r)); give(out1, std::get<1>(r)); });
}

int32_t upsample_bilinear2d(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w) {
  return guarded([&] { give(out, at::_ops::upsample_bilinear2d::call(tensor(self_), symInts(output_size, output_size_count), align_corners, optionalDouble(scales_h), optionalDouble(scales_w))); });
}

int32_t _upsample_bilinear2d_aa(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w) {
  return guarded([&] { give(out, at::_ops::_upsample_bilinear2d_aa::call(tensor(self_), symInts(output_size, output_size_count), align_corners, optionalDouble(scales_h), optionalDouble(scales_w))); });
}

int32_t upsample_nearest2d(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, ct_scalar scales_h, ct_scalar scales_w) {
  return guarded([&] { give(out, at::_ops::upsample_nearest2d::call(tensor(self_), symInts(output_size, output_size_count), optionalDouble(scales_h), optionalDouble(scales_w))); });
}

int32_t upsample_bicubic2d(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w) {
  return guarded([&] { give(out, at::_ops::upsample_bicubic2d::call(tensor(self_), symInts(output_size, output_size_count), align_corners, optionalDouble(scales_h), optionalDouble(scales_w))); });
}

int32_t _upsample_bicubic2d_aa(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, bool align_corners, ct_scalar scales_h, ct_scalar scales_w) {
  return guarded([&] { give(out, at::_ops::_upsample_bicubic2d_aa::call(tensor(self_), symInts(output_size, output_size_count), align_corners, optionalDouble(scales_h), optionalDouble(scales_w))); });
}

int32_t grid_sampler(ct_tensor *out, ct_tensor input, ct_tensor grid, intptr_t interpolation_mode, intptr_t padding_mode, bool align_corners) {
  return guarded([&] { give(out, at::_ops::grid_sampler::call(tensor(input), tensor(grid), interpolation_mode, padding_mode, align_corners)); });
}

int32_t affine_grid_generator(ct_tensor *out, ct_tensor theta, const intptr_t *size, intptr_t size_count, bool align_corners) {
  return guarded([&] { give(out, at::_ops::affine_grid_generator::call(tensor(theta), symInts(size, size_count), align_corners)); });
}

int32_t im2col(ct_tensor *out, ct_tensor self_, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *dilation, intptr_t dilation_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *stride, intptr_t stride_count) {
  return guarded([&] { give(out, at::_ops::im2col::call(tensor(self_), ints(kernel_size, kernel_size_count), ints(dilation, dilation_count), ints(padding, padding_count), ints(stride, stride_count))); });
}

int32_t col2im(ct_tensor *out, ct_tensor self_, const intptr_t *output_size, intptr_t output_size_count, const intptr_t *kernel_size, intptr_t kernel_size_count, const intptr_t *dilation, intptr_t dilation_count, const intptr_t *padding, intptr_t padding_count, const intptr_t *stride, intptr_t stride_count) {
  return guarded([&] { give(out, at::_ops::col2im::call(tensor(self_), symInts(output_size, output_size_count), ints(kernel_size, kernel_size_count), ints(dilation, dilation_count), ints(padding, padding_count), ints(stride, stride_count))); });
}

int32_t scaled_dot_product_attention(ct_tensor *out, ct_tensor query, ct_tensor key, ct_tensor value, ct_tensor attn_mask, double dropout_p, bool is_causal, ct_scalar scale, bool enable_gqa) {
  return guarded([&] { give(out, at::_ops::scaled_dot_product_attention::call(tensor(query), tensor(key), tensor(value), optionalTensor(attn_mask), dropout_p, is_causal, optionalDouble(scale), enable_gqa)); });
}

int32_t nll_loss_nd(ct_tensor *out, ct_tensor self_, ct_tensor target, ct_tensor weight, intptr_t reduction, intptr_t ignore_index) {
  return guarded([&] { give(out, at::_ops::nll_loss_nd::call(tensor(self_), tensor(target), optionalTensor(weight), reduction, ignore_index)); });
}

int32_t cross_entropy_loss(ct_tensor *out, ct_tensor self_, ct_tensor target, ct_tensor weight, intptr_t reduction, intptr_t ignore_index, double label_smoothing) {
  return guarded([&] { give(out, at::_ops::cross_entropy_loss::call(tensor(self_), tensor(target), optionalTensor(weight), reduction, ignore_index, label_smoothing)); });
}

int32_t binary_cross_entropy_with_logits(ct_tensor *out, ct_tensor self_, ct_tensor target, ct_tensor weight, ct_tensor pos_weight, intptr_t reduction) {
  return guarded([&] { give(out, at::_ops::binary_cross_entropy_with_logits::call(tensor(self_), tensor(target), optionalTensor(weight), optionalTensor(pos_weight), reduction)); });
}

int32_t mse_loss(ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction) {
  return guarded([&] { give(out, at::_ops::mse_loss::call(tensor(self_), tensor(target), reduction)); });
}

int32_t l1_loss(ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction) {
  return guarded([&] { give(out, at::_ops::l1_loss::call(tensor(self_), tensor(target), reduction)); });
}

int32_t smooth_l1_loss(ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction, double beta) {
  return guarded([&] { give(out, at::_ops::smooth_l1_loss::call(tensor(self_), tensor(target), reduction, beta)); });
}

int32_t huber_loss(ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction, double delta) {
  return guarded([&] { give(out, at::_ops::huber_loss::call(tensor(self_), tensor(target), reduction, delta)); });
}

int32_t kl_div(ct_tensor *out, ct_tensor self_, ct_tensor target, intptr_t reduction, bool log_target) {
  return guarded([&] { give(out, at::_ops::kl_div::call(tensor(self_), tensor(target), reduction, log_target)); });
}

int32_t _foreach_add__List(const ct_tensor *self_, intptr_t self__count, const ct_tensor *other, intptr_t other_count, ct_scalar alpha) {
  return guarded([&] { at::_ops::_foreach_add__List::call(tensors(self_, self__count), tensors(other, other_count), scalar(alpha)); });
}

int32_t _foreach_add__Scalar(const ct_tensor *self_, intptr_t self__count, ct_scalar scalar_) {
  return guarded([&] { at::_ops::_foreach_add__Scalar::call(tensors(self_, self__count), scalar(scalar_)); });
}

int32_t _foreach_mul__Scalar(const ct_tensor *self_, intptr_t self__count, ct_scalar scalar_) {
  return guarded([&] { at::_ops::_foreach_mul__Scalar::call(tensors(self_, self__count), scalar(scalar_)); });
}

int32_t _foreach_mul__Tensor(const ct_tensor *self_, intptr_t self__count, ct_tensor other) {
  return guarded([&] { at::_ops::_foreach_mul__Tensor::call(tensors(self_, self__count), tensor(other)); });
}

int32_t _foreach_mul__List(const ct_tensor *self_, intptr_t self__count, const ct_tensor *other, intptr_t other_count) {
  return guarded([&] { at::_ops::_foreach_mul__List::call(tensors(self_, self__count), tensors(other, other_count)); });
}

int32_t _foreach_div__Scalar(const ct_tensor *self_, intptr_t self__count, ct_scalar scalar_) {
  return guarded([&] { at::_ops::_foreach_div__Scalar::call(tensors(self_, self__count), scalar(scalar_)); });
}

int32_t _foreach_sub__List(const ct_tensor *self_, intptr_t self__count, const ct_tensor *other, intptr_t other_count, ct_scalar alpha) {
  return guarded([&] { at::_ops::_foreach_sub__List::call(tensors(self_, self__count), tensors(other, other_count), scalar(alpha)); });
}

int32_t _foreach_addcmul__Scalar(const ct_tensor *self_, intptr_t self__count, const ct_tensor *tensor1, intptr_t tensor1_count, const ct_tensor *tensor2, intptr_t tensor2_count, ct_scalar value) {
  return guarded([&] { at::_ops::_foreach_addcmul__Scalar::call(tensors(self_, self__count), tensors(tensor1, tensor1_count), tensors(tensor2, tensor2_count), scalar(value)); });
}

int32_t _foreach_addcdiv__Scalar(const ct_tensor *self_, intptr_t self__count, const ct_tensor *tensor1, intptr_t tensor1_count, const ct_tensor *tensor2, intptr_t tensor2_count, ct_scalar value) {
  return guarded([&] { at::_ops::_foreach_addcdiv__Scalar::call(tensors(self_, self__count), tensors(tensor1, tensor1_count), tensors(tensor2, tensor2_count), scalar(value)); });
}

int32_t _foreach_lerp__Scalar(const ct_tensor *self_, intptr_t self__count, const ct_tensor *tensors1, intptr_t tensors1_count, ct_scalar weight) {
  return guarded([&] { at::_ops::_foreach_lerp__Scalar::call(tensors(self_, self__count), tensors(tensors1, tensors1_count), scalar(weight)); });
}

int32_t _foreach_sqrt(ct_tensor **out, intptr_t *out_count, const ct_tensor *self_, intptr_t self__count) {
  return guarded([&] { giveList(out, out_count, at::_ops::_foreach_sqrt::call(tensors(self_, self__count))); });
}

int32_t _foreach_norm_Scalar(ct_tensor **out, intptr_t *out_count, const ct_tensor *self_, intptr_t self__count, ct_scalar ord, int32_t dtype) {
  return guarded([&] { giveList(out, out_count, at::_ops::_foreach_norm_Scalar::call(tensors(self_, self__count), scalar(ord), optionalScalarType(dtype))); });
}

int32_t _foreach_copy_(const ct_tensor *self_, intptr_t self__count, const ct_tensor *src, intptr_t src_count, bool non_blocking) {
  return guarded([&] { at::_ops::_foreach_copy_::call(tensors(self_, self__count), tensors(src, src_count), non_blocking); });
}

int32_t _foreach_zero_(const ct_tensor *self_, intptr_t self__count) {
  return guarded([&] { at::_ops::_foreach_zero_::call(tensors(self_, self__count)); });
}

int32_t _fused_sgd_(const ct_tensor *self_, intptr_t self__count, const ct_tensor *grads, intptr_t grads_count, const ct_tensor *momentum_buffer_list, intptr_t momentum_buffer_list_count, double weight_decay, double momentum, double lr, double dampening, bool nesterov, bool maximize, bool is_first_step, ct_tensor grad_scale, ct_tensor found_inf) {
  return guarded([&] { at::_ops::_fused_sgd_::call(tensors(self_, self__count), tensors(grads, grads_count), tensors(momentum_buffer_list, momentum_buffer_list_count), weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, optionalTensor(grad_scale), optionalTensor(found_inf)); });
}

int32_t _fused_adamw_(const ct_tensor *self_, intptr_t self__count, const ct_tensor *grads, intptr_t grads_count, const ct_tensor *exp_avgs, intptr_t exp_avgs_count, const ct_tensor *exp_avg_sqs, intptr_t exp_avg_sqs_count, const ct_tensor *max_exp_avg_sqs, intptr_t max_exp_avg_sqs_count, const ct_tensor *state_steps, intptr_t state_steps_count, double lr, double beta1, double beta2, double weight_decay, double eps, bool amsgrad, bool maximize, ct_tensor grad_scale, ct_tensor found_inf) {
  return guarded([&] { at::_ops::_fused_adamw_::call(tensors(self_, self__count), tensors(grads, grads_count), tensors(exp_avgs, exp_avgs_count), tensors(exp_avg_sqs, exp_avg_sqs_count), tensors(max_exp_avg_sqs, max_exp_avg_sqs_count), tensors(state_steps, state_steps_count), lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, optionalTensor(grad_scale), optionalTensor(found_inf)); });
}

int32_t _fused_adam_(const ct_tensor *self_, intptr_t self__count, const ct_tensor *grads, intptr_t grads_count, const ct_tensor *exp_avgs, intptr_t exp_avgs_count, const ct_tensor *exp_avg_sqs, intptr_t exp_avg_sqs_count, const ct_tensor *max_exp_avg_sqs, intptr_t max_exp_avg_sqs_count, const ct_tensor *state_steps, intptr_t state_steps_count, double lr, double beta1, double beta2, double weight_decay, double eps, bool amsgrad, bool maximize, ct_tensor grad_scale, ct_tensor found_inf) {
  return guarded([&] { at::_ops::_fused_adam_::call(tensors(self_, self__count), tensors(grads, grads_count), tensors(exp_avgs, exp_avgs_count), tensors(exp_avg_sqs, exp_avg_sqs_count), tensors(max_exp_avg_sqs, max_exp_avg_sqs_count), tensors(state_steps, state_steps_count), lr, beta1, beta2, weight_decay, eps, amsgrad, maximize, optionalTensor(grad_scale), optionalTensor(found_inf)); });
}

}
