// Convolution tap by tap: for maps of a few positions.
#pragma once

#include <optional>

#include "geometry.h"

namespace modicum::taps {

/// Convolution of `x` [N, H, W, C] with `weight` [K, h, w, C], to [N, H', W', K].
at::Tensor forward(
    const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias,
    const Geometry &g);

/// Its gradient by `x`.
at::Tensor inputGradient(
    const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g);

/// Its gradient by `weight`.
at::Tensor weightGradient(
    const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g);

}  // namespace modicum::taps
