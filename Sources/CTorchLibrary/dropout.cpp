// Dropout whose mask is a function of seed and place: nothing is drawn in turn, nothing is kept for
// the backward pass, and threads cannot change it.
#include <ATen/Parallel.h>
#include <ATen/ops/empty_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "Operators.h"
#include "switches.h"

namespace modicum {
namespace {

/// Elements that share a key.
constexpr int64_t blockSize = 1 << 12;

/// The finaliser of SplitMix64: Steele, Lea, Flood. Fast Splittable Pseudorandom Number Generators.
uint64_t mixed(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// MurmurHash3's finaliser of 32 bits (Appleby), twice, with half of the key before each.
inline uint32_t hashed(uint32_t h, uint32_t first, uint32_t second) {
  h ^= first;
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  h ^= (h >> 16) ^ second;
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}

MODICUM_CLONES void dropLoop(
    const float *x, float *y, uint32_t count, uint64_t key, uint32_t limit, float scale) {
  uint32_t first = static_cast<uint32_t>(key), second = static_cast<uint32_t>(key >> 32);
  for (uint32_t i = 0; i < count; i++)
    y[i] = hashed(i, first, second) <= limit ? x[i] * scale : 0.0f;
}

/// The last axis of maps is their channels, so that both orders of memory drop the same values.
at::Tensor dropped(const at::Tensor &t, double kept, uint64_t seed) {
  auto x = t.contiguous(
      t.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
  auto y = at::empty_like(x);
  const float *from = x.const_data_ptr<float>();
  float *to = y.mutable_data_ptr<float>();
  auto limit = static_cast<uint32_t>(std::min(kept * 4294967296.0, 4294967295.0));
  auto scale = static_cast<float>(1 / kept);
  int64_t count = x.numel();
  at::parallel_for(0, (count + blockSize - 1) / blockSize, 4, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      int64_t start = i * blockSize, length = std::min(blockSize, count - start);
      uint64_t key = mixed(seed + static_cast<uint64_t>(i) * 0x9e3779b97f4a7c15u);
      dropLoop(from + start, to + start, static_cast<uint32_t>(length), key, limit, scale);
    }
  });
  return t.is_contiguous() ? y.contiguous() : y;
}

class Dropout : public torch::autograd::Function<Dropout> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, const at::Tensor &x, double kept, uint64_t seed) {
    context->saved_data["kept"] = kept;
    context->saved_data["seed"] = static_cast<int64_t>(seed);
    return dropped(x, kept, seed);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    auto seed = static_cast<uint64_t>(context->saved_data["seed"].toInt());
    auto dx = apply(gradients[0], context->saved_data["kept"].toDouble(), seed);
    return {dx, at::Tensor(), at::Tensor()};
  }
};

}  // namespace

int32_t keyed_dropout(ct_tensor *out, ct_tensor x, double kept, uint64_t seed) {
  return guarded([&] {
    const auto &t = tensor(x);
    TORCH_CHECK(t.is_cpu() && t.scalar_type() == at::kFloat, "dropout here is float32 on the CPU");
    give(out, Dropout::apply(t, kept, seed));
  });
}

}  // namespace modicum
