// Convolution: every pass by the fastest kernel for its shapes.
//
// Small maps go tap by tap (taps.cpp), where oneDNN falls back to slow kernels. 3x3 kernels that
// learn go by Winograd's filtering (winograd.cpp), whose rounding is some ten times that of the
// plain sum; without gradients they are left to libtorch. The choice depends on shapes, layout and
// gradients alone, so that a resumed run repeats the same arithmetic.
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "Operators.h"
#include "switches.h"
#include "taps.h"
#include "winograd.h"

namespace modicum {
namespace {

enum class Way : int64_t { libtorch, taps, winograd };

/// Which way each pass goes.
struct Choice {
  Way forward = Way::libtorch, input = Way::libtorch, weight = Way::libtorch;
};

at::Tensor lastAxisChannels(const at::Tensor &t) {
  return t.contiguous(at::MemoryFormat::ChannelsLast).permute({0, 2, 3, 1});
}

at::Tensor channelsSecond(const at::Tensor &t) { return t.permute({0, 3, 1, 2}); }

/// `t`, which is channels-last, in the order of `like`.
at::Tensor inOrderOf(const at::Tensor &like, const at::Tensor &t) {
  return like.is_contiguous(at::MemoryFormat::ChannelsLast) ? t : t.contiguous();
}

// The passes on channels-last memory: `x` and `dy` [N, H, W, channels], `weight` [K, h, w, C].

at::Tensor forwardPass(
    Way way, const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias,
    const Geometry &g) {
  if (way == Way::taps) return taps::forward(x, weight, bias, g);
  auto y = winograd::convolve(x, weight.permute({1, 2, 3, 0}).contiguous());
  return bias ? y.add_(*bias) : y;
}

at::Tensor inputPass(
    Way way, const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight,
    const Geometry &g) {
  if (way == Way::taps) return taps::inputGradient(dy, x, weight, g);
  return winograd::convolve(dy, weight.flip({1, 2}).permute({1, 2, 0, 3}).contiguous());
}

at::Tensor weightPass(
    Way way, const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight,
    const Geometry &g) {
  if (way == Way::taps) return taps::weightGradient(dy, x, weight, g);
  return winograd::filterGradient(x, dy);
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
    context->saved_data["input"] = static_cast<int64_t>(choice.input);
    context->saved_data["weight"] = static_cast<int64_t>(choice.weight);
    context->saved_data["bias"] = bias.has_value();
    if (choice.forward == Way::libtorch)
      return at::conv2d(x, weight, bias, g.stride, g.padding, g.dilation);
    auto y = forwardPass(choice.forward, lastAxisChannels(x), lastAxisChannels(weight), bias, g);
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
    Choice choice;
    choice.input = static_cast<Way>(context->saved_data["input"].toInt());
    choice.weight = static_cast<Way>(context->saved_data["weight"].toInt());
    return all(chosen(dy, x, weight, g, needs, choice));
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

  static Gradients chosen(
      const at::Tensor &dy, const at::Tensor &x, const at::Tensor &weight, const Geometry &g,
      std::array<bool, 3> needs, const Choice &choice) {
    Gradients result;
    std::array<bool, 3> rest = {
        needs[0] && choice.input == Way::libtorch, needs[1] && choice.weight == Way::libtorch,
        needs[2] && choice.weight == Way::libtorch};
    if (rest[0] || rest[1] || rest[2]) result = plain(dy, x, weight, g, rest);
    // libtorch makes the bias's with the weights' kernel.
    if (needs[2] && !rest[2]) std::get<2>(result) = dy.sum(at::IntArrayRef({0, 2, 3}));
    auto dyl = lastAxisChannels(dy), xl = lastAxisChannels(x), wl = lastAxisChannels(weight);
    if (needs[0] && !rest[0])
      std::get<0>(result) = inOrderOf(x, channelsSecond(inputPass(choice.input, dyl, xl, wl, g)));
    if (needs[1] && !rest[1])
      std::get<1>(result) =
          inOrderOf(weight, channelsSecond(weightPass(choice.weight, dyl, xl, wl, g)));
    return result;
  }
};

Pair pair(const intptr_t *list, intptr_t count) {
  TORCH_CHECK(count == 1 || count == 2, "stride, padding and dilation hold one or two numbers");
  return {list[0], list[count - 1]};
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
Choice byTaps(const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  int64_t positions = outputLength(x.size(2), weight.size(2), g, 0) *
      outputLength(x.size(3), weight.size(3), g, 1);
  int64_t rows = x.size(0) * positions, channels = weight.size(0) * weight.size(1);
  if (channels < 1 << 12) return {};
  bool isWide = channels >= 1 << 18;
  Way passes = positions <= 9 || (isWide && rows <= 128) ? Way::taps : Way::libtorch;
  Way weights = positions <= 16 || (isWide && rows <= 512) ? Way::taps : Way::libtorch;
  return {passes, passes, weights};
}

bool isOfWinograd(const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  constexpr Pair one = {1, 1};
  return winograd::isAvailable() && weight.size(2) == 3 && weight.size(3) == 3 && g.stride == one &&
      g.padding == one && g.dilation == one && weight.size(0) % 16 == 0 &&
      weight.size(1) % 16 == 0 && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

/// Measured likewise, with AVX-512 and AVX2: where tiles are filled, and many enough for the number
/// of filters that are transformed once a pass.
Choice byWinograd(const at::Tensor &x, const at::Tensor &weight, const Geometry &g) {
  if (!isOfWinograd(x, weight, g)) return {};
  int64_t down = (x.size(2) + 3) / 4, across = (x.size(3) + 3) / 4;
  int64_t tiles = x.size(0) * down * across;
  bool isFilled = 16 * down * across * 5 <= 8 * x.size(2) * x.size(3);
  int64_t filters = weight.size(0) * weight.size(1);
  if (!isFilled || filters < 512) return {};
  Way passes = filters <= 2048 * tiles ? Way::winograd : Way::libtorch;
  Way weights = filters <= 8192 * tiles ? Way::winograd : Way::libtorch;
  return {passes, passes, weights};
}

Way firstOf(Way one, Way other) { return one == Way::libtorch ? other : one; }

/// oneDNN's AVX-512 kernel (3.12) for the weights of 1x1 filters writes past its buffer where images
/// have fewer than 16 channels.
bool isWrittenPast(const at::Tensor &weight) {
  return weight.size(1) < 16 && weight.size(2) == 1 && weight.size(3) == 1;
}

Choice choose(const at::Tensor &x, const at::Tensor &weight, const Geometry &g, bool learns) {
  static const bool off = isSwitched("MODICUM_CONV", "plain");
  if (!isOrdinary(x, weight, g)) return {};
  if (learns && isWrittenPast(weight)) return {Way::libtorch, Way::libtorch, Way::taps};
  if (off) return {};
  Choice taps = byTaps(x, weight, g);
  if (!learns) return taps;
  Choice winograd = byWinograd(x, weight, g);
  return {
      firstOf(winograd.forward, taps.forward), firstOf(winograd.input, taps.input),
      firstOf(winograd.weight, taps.weight)};
}

}  // namespace

int32_t best_conv2d(
    ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, const intptr_t *stride,
    intptr_t stride_count, const intptr_t *padding, intptr_t padding_count,
    const intptr_t *dilation, intptr_t dilation_count, intptr_t groups) {
  return guarded([&] {
    Geometry g = {
        pair(stride, stride_count), pair(padding, padding_count), pair(dilation, dilation_count)};
    const auto &image = tensor(x), &filter = tensor(weight);
    bool records = c10::GradMode::is_enabled();
    bool learns = records && filter.requires_grad();
    Choice choice = groups == 1 ? choose(image, filter, g, learns) : Choice();
    bool derives = (learns && choice.weight != Way::libtorch) ||
        (records && image.requires_grad() && choice.input != Way::libtorch);
    auto offset = optionalTensor(bias);
    if (choice.forward != Way::libtorch || derives)
      give(out, Convolution::apply(image, filter, offset, g, choice));
    else
      give(out, at::conv2d(image, filter, offset, g.stride, g.padding, g.dilation, groups));
  });
}

}  // namespace modicum
