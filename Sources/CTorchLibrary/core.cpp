#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <cstring>

#include "include/CTorchLibrary.h"
#include "Operators.h"

namespace modicum {

static thread_local std::string lastError;

void setError(std::string message) noexcept { lastError = std::move(message); }

const char *last_error() { return lastError.c_str(); }

const char *version() { return TORCH_VERSION; }

// Handles

void release(ct_tensor self) {
  c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(
      reinterpret_cast<at::TensorImpl *>(self));
}

void free_list(ct_tensor *list) { delete[] list; }

intptr_t rank(ct_tensor self) { return tensor(self).dim(); }

intptr_t count(ct_tensor self) { return tensor(self).numel(); }

void sizes(ct_tensor self, intptr_t *out) {
  auto list = tensor(self).sizes();
  std::copy(list.begin(), list.end(), out);
}

void strides(ct_tensor self, intptr_t *out) {
  auto list = tensor(self).strides();
  std::copy(list.begin(), list.end(), out);
}

int32_t dtype(ct_tensor self) { return static_cast<int32_t>(tensor(self).scalar_type()); }

int32_t device(ct_tensor self) {
  auto device = tensor(self).device();
  return (static_cast<int32_t>(device.type()) << 8) | std::max<int32_t>(0, device.index());
}

bool is_contiguous(ct_tensor self, int32_t format) {
  return tensor(self).is_contiguous(static_cast<at::MemoryFormat>(format));
}

bool same_layout(ct_tensor self, ct_tensor other) {
  const auto &a = tensor(self), &b = tensor(other);
  if (!a.sizes().equals(b.sizes())) return false;
  for (int64_t axis = 0; axis < a.dim(); axis++)
    if (a.size(axis) > 1 && a.stride(axis) != b.stride(axis)) return false;
  return true;
}

// Bytes

int32_t from_bytes(
    ct_tensor *out, const void *bytes, intptr_t byte_count, const intptr_t *sizes, intptr_t rank,
    int32_t type) {
  return guarded([&] {
    auto result = at::empty(ints(sizes, rank), at::TensorOptions(scalarType(type)));
    TORCH_CHECK(
        static_cast<size_t>(byte_count) == result.nbytes(), "the shape needs ", result.nbytes(),
        " bytes, not ", byte_count);
    if (byte_count > 0) std::memcpy(result.data_ptr(), bytes, byte_count);
    give(out, std::move(result));
  });
}

int32_t to_host(ct_tensor self, int32_t type, void *out, intptr_t byte_count) {
  return guarded([&] {
    auto host = tensor(self).detach().to(at::kCPU, scalarType(type)).contiguous();
    TORCH_CHECK(
        static_cast<size_t>(byte_count) == host.nbytes(), "the tensor holds ", host.nbytes(),
        " bytes, not ", byte_count);
    if (byte_count > 0) std::memcpy(out, host.const_data_ptr(), byte_count);
  });
}

// Autograd

bool requires_gradient(ct_tensor self) { return tensor(self).requires_grad(); }

int32_t set_requires_gradient(ct_tensor self, bool value) {
  return guarded([&] { tensor(self).set_requires_grad(value); });
}

bool is_leaf(ct_tensor self) { return tensor(self).is_leaf(); }

int32_t gradient(ct_tensor *out, ct_tensor self) {
  return guarded([&] {
    const at::Tensor &gradient = tensor(self).grad();
    *out = nullptr;
    if (gradient.defined()) give(out, gradient);
  });
}

int32_t set_gradient(ct_tensor self, ct_tensor gradient) {
  return guarded([&] {
    tensor(self).mutable_grad() = gradient ? tensor(gradient) : at::Tensor();
  });
}

static at::Tensor seedOf(ct_tensor seed) { return seed ? tensor(seed) : at::Tensor(); }

int32_t backward(ct_tensor self, ct_tensor seed, bool retain, bool create) {
  return guarded(
      [&] { torch::autograd::backward({tensor(self)}, {seedOf(seed)}, retain, create); });
}

int32_t gradients(
    ct_tensor *out, ct_tensor self, ct_tensor seed, const ct_tensor *inputs,
    intptr_t inputs_count, bool retain, bool create) {
  return guarded([&] {
    auto results = torch::autograd::grad(
        {tensor(self)}, tensors(inputs, inputs_count).vec(), {seedOf(seed)}, retain, create,
        /*allow_unused=*/true);
    for (intptr_t i = 0; i < inputs_count; i++) {
      out[i] = nullptr;
      if (results[i].defined()) give(out + i, std::move(results[i]));
    }
  });
}

bool set_gradient_mode(bool enabled) {
  bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled);
  return before;
}

// Generators

int32_t make_generator(ct_generator *out, uint64_t seed, int32_t code) {
  return guarded([&] {
    at::Device place = modicum::device(code);
    at::Generator generator;
    if (place.is_cpu()) {
      generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    } else {
      auto &hooks = at::globalContext().getAcceleratorHooksInterface(place.type());
      generator = hooks.getNewGenerator(place.index());
      generator.set_current_seed(seed);
    }
    *out = reinterpret_cast<ct_generator>(new at::Generator(std::move(generator)));
  });
}

void release_generator(ct_generator self) { delete reinterpret_cast<at::Generator *>(self); }

// The machine

int32_t threads() { return at::get_num_threads(); }

int32_t set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

int32_t cuda_devices() {
  if (!at::globalContext().hasCUDA()) return 0;
  return static_cast<int32_t>(at::detail::getCUDAHooks().deviceCount());
}

int32_t synchronize(int32_t code) {
  return guarded([&] {
    at::Device place = modicum::device(code);
    if (!place.is_cpu()) c10::impl::VirtualGuardImpl(place.type()).synchronizeDevice(place.index());
  });
}

}  // namespace modicum

extern "C" __attribute__((visibility("default"))) const ct_table *ct_get_table(void) {
  static const ct_table table = {
      CT_ABI,
      sizeof(ct_table),
      CT_OPERATORS_DIGEST,
#define CT_ENTRY(result, name, parameters, arguments) modicum::name,
      CT_CORE(CT_ENTRY) CT_OPERATORS(CT_ENTRY)
#undef CT_ENTRY
  };
  return &table;
}
