// Between C values and libtorch's: handles, numbers, lists, and the border for exceptions.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/IListRef.h>
#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "../CTorch/Functions.h"

namespace modicum {

static_assert(sizeof(at::Tensor) == sizeof(ct_tensor), "a tensor is one pointer");

void setError(std::string message) noexcept;

/// Runs `body`; an exception becomes status 1 and the thread's last error.
template <class Body>
int32_t guarded(Body body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error &error) {
    setError(error.what_without_backtrace());
  } catch (const std::bad_alloc &) {
    setError("out of memory");
  } catch (const std::exception &error) {
    setError(error.what());
  } catch (...) {
    setError("an exception of unknown type");
  }
  return 1;
}

/// A handle seen as the tensor that it is, without touching its count.
inline at::Tensor &tensor(const ct_tensor &handle) {
  return reinterpret_cast<at::Tensor &>(const_cast<ct_tensor &>(handle));
}

inline std::optional<at::Tensor> optionalTensor(const ct_tensor &handle) {
  return handle ? std::optional<at::Tensor>(tensor(handle)) : std::nullopt;
}

inline at::TensorList tensors(const ct_tensor *list, intptr_t count) {
  return {reinterpret_cast<const at::Tensor *>(list), static_cast<size_t>(count)};
}

inline c10::List<std::optional<at::Tensor>> optionalTensors(
    const ct_tensor *list, intptr_t count) {
  c10::List<std::optional<at::Tensor>> result;
  result.reserve(count);
  for (intptr_t i = 0; i < count; i++) result.push_back(optionalTensor(list[i]));
  return result;
}

inline at::IntArrayRef ints(const intptr_t *list, intptr_t count) {
  static_assert(sizeof(intptr_t) == sizeof(int64_t));
  return {reinterpret_cast<const int64_t *>(list), static_cast<size_t>(count)};
}

inline c10::SymIntArrayRef symInts(const intptr_t *list, intptr_t count) {
  return c10::fromIntArrayRefSlow(ints(list, count));
}

inline at::OptionalIntArrayRef optionalInts(const intptr_t *list, intptr_t count) {
  return count < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(ints(list, count));
}

inline at::OptionalSymIntArrayRef optionalSymInts(const intptr_t *list, intptr_t count) {
  return count < 0 ? at::OptionalSymIntArrayRef()
                   : at::OptionalSymIntArrayRef(symInts(list, count));
}

inline at::Scalar scalar(const ct_scalar &value) {
  if (value.kind == 1) return at::Scalar(value.integer);
  if (value.kind == 3) return at::Scalar(value.integer != 0);
  return at::Scalar(value.real);
}

inline std::optional<at::Scalar> optionalScalar(const ct_scalar &value) {
  return value.kind ? std::optional<at::Scalar>(scalar(value)) : std::nullopt;
}

inline std::optional<int64_t> optionalInt(const ct_scalar &value) {
  return value.kind ? std::optional<int64_t>(value.integer) : std::nullopt;
}

inline std::optional<c10::SymInt> optionalSymInt(const ct_scalar &value) {
  return value.kind ? std::optional<c10::SymInt>(value.integer) : std::nullopt;
}

inline std::optional<double> optionalDouble(const ct_scalar &value) {
  return value.kind ? std::optional<double>(value.real) : std::nullopt;
}

inline std::optional<bool> optionalBool(const ct_scalar &value) {
  return value.kind ? std::optional<bool>(value.integer != 0) : std::nullopt;
}

inline at::ScalarType scalarType(int32_t code) { return static_cast<at::ScalarType>(code); }

inline std::optional<at::ScalarType> optionalScalarType(int32_t code) {
  return code < 0 ? std::nullopt : std::optional<at::ScalarType>(scalarType(code));
}

inline at::Device device(int32_t code) {
  auto type = static_cast<at::DeviceType>(code >> 8);
  return type == at::kCPU ? at::Device(type) : at::Device(type, code & 0xff);
}

inline std::optional<at::Device> optionalDevice(int32_t code) {
  return code < 0 ? std::nullopt : std::optional<at::Device>(device(code));
}

inline at::MemoryFormat memoryFormat(int32_t code) { return static_cast<at::MemoryFormat>(code); }

inline std::optional<at::MemoryFormat> optionalMemoryFormat(int32_t code) {
  return code < 0 ? std::nullopt : std::optional<at::MemoryFormat>(memoryFormat(code));
}

inline std::optional<at::Generator> optionalGenerator(ct_generator handle) {
  return handle ? std::optional<at::Generator>(*reinterpret_cast<at::Generator *>(handle))
                : std::nullopt;
}

inline std::optional<c10::string_view> optionalString(const char *text) {
  return text ? std::optional<c10::string_view>(text) : std::nullopt;
}

/// Hands a tensor's count over to the caller.
inline void give(ct_tensor *out, at::Tensor value) {
  *out = reinterpret_cast<ct_tensor>(value.unsafeReleaseTensorImpl());
}

/// Hands a list over; the array goes back through free_list.
inline void giveList(ct_tensor **out, intptr_t *count, std::vector<at::Tensor> values) {
  *out = new ct_tensor[values.size()];
  *count = static_cast<intptr_t>(values.size());
  for (size_t i = 0; i < values.size(); i++) give(*out + i, std::move(values[i]));
}

// Every function of the table, with the table's own signature.
#define CT_DECLARE(result, name, parameters, arguments) result name parameters;
CT_CORE(CT_DECLARE)
CT_OPERATORS(CT_DECLARE)
#undef CT_DECLARE

}  // namespace modicum
