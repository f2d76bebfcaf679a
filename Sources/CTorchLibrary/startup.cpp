// What happens once, when the library is opened: the allocator's settings, and CUDA if it is here.
#include <dlfcn.h>
#include <malloc.h>

#include <climits>
#include <string>

#include <ATen/Context.h>

#include "switches.h"

namespace {

/// Keeps freed memory in the process: a training step frees and takes the same large blocks again,
/// and without this every step gives them back to the kernel and has them zeroed anew.
void keepFreedMemory() {
  if (modicum::isSwitched("MODICUM_MALLOC", "plain")) return;
  mallopt(M_MMAP_THRESHOLD, INT_MAX);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, 64 << 20);
}

/// libtorch registers its GPU side when libtorch_cuda.so is loaded; it lies beside libtorch_cpu.so.
void openCUDA() {
  Dl_info info;
  if (dladdr(reinterpret_cast<const void *>(&at::globalContext), &info) == 0) return;
  std::string path(info.dli_fname);
  path.resize(path.find_last_of('/') + 1);
  dlopen((path + "libtorch_cuda.so").c_str(), RTLD_NOW | RTLD_GLOBAL);
}

__attribute__((constructor)) void start() {
  keepFreedMemory();
  openCUDA();
}

}  // namespace
