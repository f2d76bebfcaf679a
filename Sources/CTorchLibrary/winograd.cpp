// 3x3 convolutions by Winograd's minimal filtering, F(4x4, 3x3).
//
// Lavin, Gray. Fast Algorithms for Convolutional Neural Networks. CVPR 2016.
// <https://arxiv.org/abs/1509.09308>: y = A'[(G w G') . (B' x B)]A over tiles of 4x4 outputs,
// summed over channels, so that 36 products stand for 144. The gradients are the same sums read
// backwards: that of x is a convolution with the rotated filter, that of w is
// G'[(A dy A') . (B' x B)]G. Tiles are transformed by vectors of channels, which lie together in
// channels-last memory; the sums over channels (for the filter over tiles) are 36 matrix products
// by a small kernel of our own.
#include "winograd.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <vector>

#include "switches.h"

namespace modicum::winograd {
namespace {

/// Maps [N, H, W, channels].
struct Map {
  float *data;
  int64_t images, height, width, channels;

  explicit Map(const at::Tensor &t)
      : data(t.data_ptr<float>()), images(t.size(0)), height(t.size(1)), width(t.size(2)),
        channels(t.size(3)) {}

  bool holds(int64_t y, int64_t x) const { return y >= 0 && y < height && x >= 0 && x < width; }

  float *at(int64_t image, int64_t y, int64_t x) const {
    return data + ((image * height + y) * width + x) * channels;
  }

  /// The channels there; those of the padding are `zeros`.
  const float *seen(int64_t image, int64_t y, int64_t x, const float *zeros) const {
    return holds(y, x) ? at(image, y, x) : zeros;
  }
};

struct Range {
  int64_t begin, end;
};

/// Blocks of 4x4 outputs.
struct Tiles {
  struct Tile {
    int64_t image, y, x;
  };

  int64_t down, across, count;

  explicit Tiles(const Map &map)
      : down((map.height + 3) / 4), across((map.width + 3) / 4),
        count(map.images * down * across) {}

  /// The upper left output of a tile.
  Tile operator[](int64_t i) const {
    return {i / (down * across), i / across % down * 4, i % across * 4};
  }

  /// Runs `body(chunk, tiles, block size)`: a chunk a thread where there are blocks enough, else
  /// all at once, and the body's own loops are shared out.
  template <class Body>
  int64_t inBlocks(int64_t inputs, int64_t outputs, Body body) const {
    int64_t size = std::min(count, blockSize(inputs, outputs));
    int64_t chunks = at::get_num_threads();
    if (size * chunks > count) chunks = 1;
    if (chunks == 1) {
      body(0, Range{0, count}, size);
      return 1;
    }
    at::parallel_for(0, chunks, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++)
        body(i, Range{count * i / chunks, count * (i + 1) / chunks}, size);
    });
    return chunks;
  }

  /// Tiles that are transformed together: what the second cache holds, and enough that filters are
  /// not read too often.
  static int64_t blockSize(int64_t inputs, int64_t outputs) {
    constexpr int64_t least = 64, cache = 768 << 10;
    return std::max<int64_t>(least, cache / (36 * 4 * (inputs + outputs)));
  }
};

using Tile = Tiles::Tile;

/// Memory that lives as long as this.
class Scratch {
 public:
  float *take(int64_t count, bool asItIs) {
    at::TensorOptions floats(at::kFloat);
    tensors.push_back(asItIs ? at::empty({count}, floats) : at::zeros({count}, floats));
    return tensors.back().data_ptr<float>();
  }

 private:
  std::vector<at::Tensor> tensors;
};

// One copy of the loops for each instruction set.
#if defined(__x86_64__)

#if defined(__clang__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx2,fma")
#endif
namespace avx512 {
typedef float Vector __attribute__((vector_size(64)));
constexpr int64_t blockRows = 8;
#include "winograd_kernels.h"
}  // namespace avx512
#if defined(__clang__)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif
namespace avx2 {
typedef float Vector __attribute__((vector_size(32)));
constexpr int64_t blockRows = 4;
#include "winograd_kernels.h"
}  // namespace avx2
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

bool hasAVX512() {
  static const bool has = [] {
    return !isSwitched("MODICUM_CONV", "avx2") && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  }();
  return has;
}

bool hasAVX2() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}

#else

namespace avx2 {
void convolve(const Map &, const float *, const Map &) {}
void filterGradient(const Map &, const Map &, float *) {}
}  // namespace avx2
namespace avx512 = avx2;

bool hasAVX512() { return false; }
bool hasAVX2() { return false; }

#endif

}  // namespace

bool isAvailable() { return hasAVX512() || hasAVX2(); }

at::Tensor convolve(const at::Tensor &x, const at::Tensor &filter) {
  auto y = at::empty({x.size(0), x.size(1), x.size(2), filter.size(3)}, x.options());
  auto run = hasAVX512() ? avx512::convolve : avx2::convolve;
  run(Map(x), filter.data_ptr<float>(), Map(y));
  return y;
}

at::Tensor filterGradient(const at::Tensor &x, const at::Tensor &dy) {
  auto dw = at::empty({dy.size(3), 3, 3, x.size(3)}, x.options());
  auto run = hasAVX512() ? avx512::filterGradient : avx2::filterGradient;
  run(Map(x), Map(dy), dw.data_ptr<float>());
  return dw;
}

}  // namespace modicum::winograd
