#ifndef CT_FUNCTIONS_H
#define CT_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Generated/Operators.h"

/// Changes when a core function below changes its meaning or its arguments.
#define CT_ABI 1u

/// A tensor: libtorch's own TensorImpl, held by one count.
typedef struct ct_tensor_impl *ct_tensor;
/// A random number generator, held by one count.
typedef struct ct_generator_impl *ct_generator;

/// A number that remembers whether it was an integer; kind 0 stands for "none".
typedef struct {
  int32_t kind;  // 0 none, 1 integer, 2 real, 3 bool
  int64_t integer;
  double real;
} ct_scalar;

// Functions that return int32_t named status answer 0, or 1 and leave a message in last_error.
// Element types carry at::ScalarType's numbers; a device is (type << 8) | index; -1 means none.
// F(result, name, (parameters), (arguments))
#define CT_CORE(F) \
  F(const char *, last_error, (void), ()) \
  F(const char *, version, (void), ()) \
  F(void, release, (ct_tensor self), (self)) \
  F(void, free_list, (ct_tensor * list), (list)) \
  F(intptr_t, rank, (ct_tensor self), (self)) \
  F(intptr_t, count, (ct_tensor self), (self)) \
  F(void, sizes, (ct_tensor self, intptr_t *out), (self, out)) \
  F(void, strides, (ct_tensor self, intptr_t *out), (self, out)) \
  F(int32_t, dtype, (ct_tensor self), (self)) \
  F(int32_t, device, (ct_tensor self), (self)) \
  F(bool, same_layout, (ct_tensor self, ct_tensor other), (self, other)) \
  F(bool, is_contiguous, (ct_tensor self, int32_t format), (self, format)) \
  F(int32_t, from_bytes, \
    (ct_tensor * out, const void *bytes, intptr_t byte_count, const intptr_t *sizes, \
     intptr_t rank, int32_t type), \
    (out, bytes, byte_count, sizes, rank, type)) \
  F(int32_t, to_host, (ct_tensor self, int32_t type, void *out, intptr_t byte_count), \
    (self, type, out, byte_count)) \
  F(bool, requires_gradient, (ct_tensor self), (self)) \
  F(int32_t, set_requires_gradient, (ct_tensor self, bool value), (self, value)) \
  F(bool, is_leaf, (ct_tensor self), (self)) \
  F(int32_t, gradient, (ct_tensor * out, ct_tensor self), (out, self)) \
  F(int32_t, set_gradient, (ct_tensor self, ct_tensor gradient), (self, gradient)) \
  F(int32_t, backward, (ct_tensor self, ct_tensor seed, bool retain, bool create), \
    (self, seed, retain, create)) \
  F(int32_t, gradients, \
    (ct_tensor * out, ct_tensor self, ct_tensor seed, const ct_tensor *inputs, \
     intptr_t inputs_count, bool retain, bool create), \
    (out, self, seed, inputs, inputs_count, retain, create)) \
  F(bool, set_gradient_mode, (bool enabled), (enabled)) \
  F(int32_t, make_generator, (ct_generator * out, uint64_t seed, int32_t device), \
    (out, seed, device)) \
  F(void, release_generator, (ct_generator self), (self)) \
  F(int32_t, best_conv2d, \
    (ct_tensor * out, ct_tensor x, ct_tensor weight, ct_tensor bias, const intptr_t *stride, \
     intptr_t stride_count, const intptr_t *padding, intptr_t padding_count, \
     const intptr_t *dilation, intptr_t dilation_count, intptr_t groups), \
    (out, x, weight, bias, stride, stride_count, padding, padding_count, dilation, \
     dilation_count, groups)) \
  F(int32_t, best_gelu, (ct_tensor * out, ct_tensor x), (out, x)) \
  F(int32_t, keyed_dropout, (ct_tensor * out, ct_tensor x, double kept, uint64_t seed), \
    (out, x, kept, seed)) \
  F(int32_t, threads, (void), ()) \
  F(int32_t, set_threads, (int32_t count), (count)) \
  F(int32_t, cuda_devices, (void), ()) \
  F(int32_t, synchronize, (int32_t device), (device))

/// What libCTorchLibrary.so hands over: first what lets us refuse it, then its functions.
typedef struct {
  uint32_t abi;
  uint32_t size;
  uint64_t digest;
#define CT_MEMBER(result, name, parameters, arguments) result(*name) parameters;
  CT_CORE(CT_MEMBER) CT_OPERATORS(CT_MEMBER)
#undef CT_MEMBER
} ct_table;

/// The table of the open library, or NULL.
extern const ct_table *ct_functions;

/// Opens the library at `path` and keeps its table; answers NULL, or why it cannot be used.
///
/// Its libraries look for names among themselves first: another BLAS in the program stays out.
const char *ct_open(const char *path);

/// Whether a library is open.
static inline bool ct_is_open(void) { return ct_functions != NULL; }

/// Writes the folder that holds the running program or test bundle; false where it is not known.
bool ct_folder(char *out, size_t size);

#define CT_CALL(result, name, parameters, arguments) \
  static inline result ct_##name parameters { return ct_functions->name arguments; }
CT_CORE(CT_CALL)
CT_OPERATORS(CT_CALL)
#undef CT_CALL

#endif
