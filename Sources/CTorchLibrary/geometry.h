// How a convolution's kernel moves over its input.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>

namespace modicum {

using Pair = std::array<int64_t, 2>;  // rows, columns

struct Geometry {
  Pair stride, padding, dilation;
};

inline int64_t outputLength(int64_t length, int64_t kernel, const Geometry &g, int axis) {
  int64_t span = length + 2 * g.padding[axis] - g.dilation[axis] * (kernel - 1) - 1;
  return span < 0 ? 0 : span / g.stride[axis] + 1;
}

}  // namespace modicum
