// What the environment switches, and loops that exist once per instruction set.
#pragma once

#include <cstdlib>
#include <cstring>

namespace modicum {

/// Whether the environment's `variable` is `value`.
inline bool isSwitched(const char *variable, const char *value) {
  const char *found = std::getenv(variable);
  return found != nullptr && std::strcmp(found, value) == 0;
}

}  // namespace modicum

/// Compiles a function of plain loops for wide vectors too; the loader takes the widest there is.
#if defined(__x86_64__)
#define MODICUM_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define MODICUM_CLONES
#endif
