// Convolution tap by tap.
//
// A tap is one position of the kernel. It joins a block of output positions with the input
// positions seen through it, so each pass is one matrix product per tap over channels-last memory,
// and the products with padding, 56 % of all for a 3x3 kernel on 2x2 maps, are never formed.
#include "taps.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <vector>

namespace modicum::taps {
namespace {

/// Positions first, first + step, ... of one axis.
struct Run {
  int64_t first, count, step;

  at::Tensor of(const at::Tensor &t, int64_t axis) const {
    return t.slice(axis, first, first + (count - 1) * step + 1, step);
  }
};

struct Tap {
  Pair kernel;
  std::array<Run, 2> output, input;
};

/// Output positions along one axis that see an input position through kernel position `k`.
std::pair<Run, Run> seenThrough(int64_t k, int64_t in, int64_t out, const Geometry &g, int axis) {
  int64_t offset = k * g.dilation[axis] - g.padding[axis], s = g.stride[axis];
  int64_t first = offset >= 0 ? 0 : (-offset + s - 1) / s;
  int64_t last = in - 1 - offset < 0 ? -1 : std::min(out - 1, (in - 1 - offset) / s);
  int64_t count = std::max<int64_t>(0, last - first + 1);
  return {{first, count, 1}, {first * s + offset, count, s}};
}

/// `weight` is [K, h, w, C], `x` and `y` are [N, H, W, C].
std::vector<Tap> tapsOf(at::IntArrayRef x, at::IntArrayRef weight, at::IntArrayRef y, Geometry g) {
  std::vector<Tap> taps;
  for (int64_t i = 0; i < weight[1]; i++) {
    for (int64_t j = 0; j < weight[2]; j++) {
      auto [outRows, inRows] = seenThrough(i, x[1], y[1], g, 0);
      auto [outColumns, inColumns] = seenThrough(j, x[2], y[2], g, 1);
      if (outRows.count > 0 && outColumns.count > 0)
        taps.push_back({{i, j}, {outRows, outColumns}, {inRows, inColumns}});
    }
  }
  return taps;
}

at::Tensor block(const at::Tensor &maps, const std::array<Run, 2> &runs) {
  return runs[1].of(runs[0].of(maps, 1), 2);
}

/// The positions of a block as rows of a matrix, copied only where they do not lie together.
at::Tensor rows(const at::Tensor &maps, const std::array<Run, 2> &runs) {
  auto part = block(maps, runs);
  return part.reshape({-1, part.size(3)});
}

at::Tensor tapOf(const at::Tensor &weight, const Tap &tap) {
  return weight.select(1, tap.kernel[0]).select(1, tap.kernel[1]);
}

/// Adds `values` to a block.
void addTo(const at::Tensor &maps, const std::array<Run, 2> &runs, const at::Tensor &values) {
  auto part = block(maps, runs);
  part.add_(values.view(part.sizes()));
}

}  // namespace

at::Tensor forward(
    const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias,
    const Geometry &g) {
  auto y = at::zeros(
      {x.size(0), outputLength(x.size(1), weight.size(1), g, 0),
       outputLength(x.size(2), weight.size(2), g, 1), weight.size(0)},
      x.options());
  if (bias) y.copy_(*bias);
  for (const auto &tap : tapsOf(x.sizes(), weight.sizes(), y.sizes(), g))
    addTo(y, tap.output, at::mm(rows(x, tap.input), tapOf(weight, tap).t()));
  return y;
}

at::Tensor inputGradient(
    const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  auto dx = at::zeros(x.sizes(), x.options());
  for (const auto &tap : tapsOf(x.sizes(), weight.sizes(), dy.sizes(), g))
    addTo(dx, tap.input, at::mm(rows(dy, tap.output), tapOf(weight, tap)));
  return dx;
}

at::Tensor weightGradient(
    const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  auto taps = tapsOf(x.sizes(), weight.sizes(), dy.sizes(), g);
  bool isWhole = static_cast<int64_t>(taps.size()) == weight.size(1) * weight.size(2);
  auto dw = isWhole ? at::empty(weight.sizes(), x.options())
                    : at::zeros(weight.sizes(), x.options());
  for (const auto &tap : taps) {
    auto part = tapOf(dw, tap);
    at::mm_out(part, rows(dy, tap.output).t(), rows(x, tap.input));
  }
  return dw;
}

}  // namespace modicum::taps
