// 3x3 convolutions with stride 1 and padding 1 by Winograd's minimal filtering.
#pragma once

#include <ATen/core/Tensor.h>

namespace modicum::winograd {

/// Whether this processor has the instructions.
bool isAvailable();

/// Convolution of `x` [N, H, W, C] with `filter` [3, 3, C, K], to [N, H, W, K].
at::Tensor convolve(const at::Tensor &x, const at::Tensor &filter);

/// Its gradient by the filter, [K, 3, 3, C], from `x` and `dy` [N, H, W, K].
at::Tensor filterGradient(const at::Tensor &x, const at::Tensor &dy);

}  // namespace modicum::winograd
