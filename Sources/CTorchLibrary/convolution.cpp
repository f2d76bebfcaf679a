// Convolution of small feature maps, where oneDNN falls back to slow kernels.
//
// A tap is one position of the kernel. It joins a block of output positions with the input positions
// seen through it, so each pass is one matrix product per tap over channels-last memory, and the
// products with padding, 56 % of all for a 3x3 kernel on 2x2 maps, are never formed. The choice
// depends on shapes alone, so that a resumed run repeats the same arithmetic.
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "Operators.h"

namespace modicum {
namespace {

using Pair = std::array<int64_t, 2>;  // rows, columns

struct Geometry {
  Pair stride, padding, dilation;
};

/// Which passes go tap by tap.
struct Choice {
  bool forward = false;  // and the gradient of the input
  bool weight = false;
};

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

int64_t outputLength(int64_t length, int64_t kernel, const Geometry &g, int axis) {
  int64_t span = length + 2 * g.padding[axis] - g.dilation[axis] * (kernel - 1) - 1;
  return span < 0 ? 0 : span / g.stride[axis] + 1;
}

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

at::Tensor lastAxisChannels(const at::Tensor &t) {
  return t.contiguous(at::MemoryFormat::ChannelsLast).permute({0, 2, 3, 1});
}

at::Tensor channelsSecond(const at::Tensor &t) { return t.permute({0, 3, 1, 2}); }

at::Tensor forwardByTaps(
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

at::Tensor inputGradientByTaps(
    const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  auto dx = at::zeros(x.sizes(), x.options());
  for (const auto &tap : tapsOf(x.sizes(), weight.sizes(), dy.sizes(), g))
    addTo(dx, tap.input, at::mm(rows(dy, tap.output), tapOf(weight, tap)));
  return dx;
}

at::Tensor weightGradientByTaps(
    const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  auto taps = tapsOf(x.sizes(), weight.sizes(), dy.sizes(), g);
  bool isWhole = static_cast<int64_t>(taps.size()) == weight.size(1) * weight.size(2);
  auto dw = isWhole ? at::empty(weight.sizes(), x.options()) : at::zeros(weight.sizes(), x.options());
  for (const auto &tap : taps) {
    auto part = tapOf(dw, tap);
    at::mm_out(part, rows(dy, tap.output).t(), rows(x, tap.input));
  }
  return dw;
}

/// `t`, which is channels-last, in the order of `like`.
at::Tensor inOrderOf(const at::Tensor &like, const at::Tensor &t) {
  return like.is_contiguous(at::MemoryFormat::ChannelsLast) ? t : t.contiguous();
}

class Convolution : public torch::autograd::Function<Convolution> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, const at::Tensor &x, const at::Tensor &weight,
      const std::optional<at::Tensor> &bias, Geometry g, Choice choice) {
    context->save_for_backward({x, weight});
    context->saved_data["stride"] = c10::IntArrayRef(g.stride).vec();
    context->saved_data["padding"] = c10::IntArrayRef(g.padding).vec();
    context->saved_data["dilation"] = c10::IntArrayRef(g.dilation).vec();
    context->saved_data["forward"] = choice.forward;
    context->saved_data["bias"] = bias.has_value();
    if (!choice.forward) return at::conv2d(x, weight, bias, g.stride, g.padding, g.dilation);
    auto y = forwardByTaps(lastAxisChannels(x), lastAxisChannels(weight), bias, g);
    return inOrderOf(x, channelsSecond(y));
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1], &dy = gradients[0];
    auto g = geometryOf(context);
    std::array<bool, 3> needs = {
        context->needs_input_grad(0), context->needs_input_grad(1),
        context->saved_data["bias"].toBool() && context->needs_input_grad(2)};
    if (c10::GradMode::is_enabled()) return all(plain(dy, x, weight, g, needs));
    return all(byTaps(dy, x, weight, g, needs, context->saved_data["forward"].toBool()));
  }

 private:
  using Gradients = std::tuple<at::Tensor, at::Tensor, at::Tensor>;

  static Geometry geometryOf(torch::autograd::AutogradContext *context) {
    auto pair = [&](const char *name) {
      auto list = context->saved_data[name].toIntVector();
      return Pair{list[0], list[1]};
    };
    return {pair("stride"), pair("padding"), pair("dilation")};
  }

  static torch::autograd::variable_list all(const Gradients &gradients) {
    const auto &[dx, dw, db] = gradients;
    return {dx, dw, db, at::Tensor(), at::Tensor()};
  }

  /// libtorch's own, which can be derived in turn.
  static Gradients plain(
      const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g,
      std::array<bool, 3> needs) {
    return at::convolution_backward(
        dy, x, weight, at::IntArrayRef({weight.size(0)}), g.stride, g.padding, g.dilation, false,
        at::IntArrayRef({0, 0}), 1, needs);
  }

  static Gradients byTaps(
      const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g,
      std::array<bool, 3> needs, bool inputToo) {
    Gradients result;
    std::array<bool, 3> rest = {needs[0] && !inputToo, false, needs[2]};
    if (rest[0] || rest[2]) result = plain(dy, x, weight, g, rest);
    auto dyl = lastAxisChannels(dy), xl = lastAxisChannels(x), wl = lastAxisChannels(weight);
    if (needs[0] && inputToo)
      std::get<0>(result) = inOrderOf(x, channelsSecond(inputGradientByTaps(dyl, xl, wl, g)));
    if (needs[1])
      std::get<1>(result) = inOrderOf(weight, channelsSecond(weightGradientByTaps(dyl, xl, wl, g)));
    return result;
  }
};

Pair pair(const intptr_t *list, intptr_t count) {
  TORCH_CHECK(count == 1 || count == 2, "stride, padding and dilation hold one or two numbers");
  return {list[0], list[count - 1]};
}

bool isSwitchedOff() {
  static const bool off = [] {
    const char *value = std::getenv("MODICUM_CONV");
    return value != nullptr && std::strcmp(value, "plain") == 0;
  }();
  return off;
}

bool isOrdinary(const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  bool fits = x.is_cpu() && weight.is_cpu() && x.scalar_type() == at::kFloat &&
      weight.scalar_type() == at::kFloat && x.dim() == 4 && weight.dim() == 4 &&
      x.size(1) == weight.size(1);
  for (int axis = 0; axis < 2 && fits; axis++)
    fits = g.stride[axis] > 0 && g.dilation[axis] > 0 && g.padding[axis] >= 0 &&
        outputLength(x.size(2 + axis), weight.size(2 + axis), g, axis) > 0;
  return fits && x.numel() > 0 && weight.numel() > 0;
}

/// Measured with oneDNN 3.12 and MKL, one thread, AVX-512: shapes for which taps were faster.
Choice choose(const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  if (isSwitchedOff() || !isOrdinary(x, weight, g)) return {};
  int64_t positions = outputLength(x.size(2), weight.size(2), g, 0) *
      outputLength(x.size(3), weight.size(3), g, 1);
  int64_t rows = x.size(0) * positions, channels = weight.size(0) * weight.size(1);
  if (channels < 1 << 12) return {};
  bool isWide = channels >= 1 << 18;
  return {positions <= 9 || (isWide && rows <= 128), positions <= 16 || (isWide && rows <= 512)};
}

}  // namespace

int32_t best_conv2d(
    ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, const intptr_t *stride,
    intptr_t stride_count, const intptr_t *padding, intptr_t padding_count,
    const intptr_t *dilation, intptr_t dilation_count, intptr_t groups) {
  return guarded([&] {
    Geometry g = {
        pair(stride, stride_count), pair(padding, padding_count), pair(dilation, dilation_count)};
    Choice choice = groups == 1 ? choose(tensor(x), tensor(weight), g) : Choice();
    bool derives = choice.weight && c10::GradMode::is_enabled() && tensor(weight).requires_grad();
    auto offset = optionalTensor(bias);
    if (choice.forward || derives)
      give(out, Convolution::apply(tensor(x), tensor(weight), offset, g, choice));
    else
      give(
          out, at::conv2d(
                   tensor(x), tensor(weight), offset, g.stride, g.padding, g.dilation, groups));
  });
}

}  // namespace modicum
