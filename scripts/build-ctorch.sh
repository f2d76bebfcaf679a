#!/usr/bin/env bash
# Builds libCTorchLibrary.so alone against a libtorch of at least 2.11, with any C++20 compiler.
#
#   scripts/build-ctorch.sh DIR [OUT]   DIR holds include/ and lib/: an unpacked libtorch, or the
#                                       folder torch/ of an installed PyTorch; OUT is the file written
#
# The program takes the file from beside itself, or from where MODICUM_CTORCH points.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { # what, remedy
  printf 'ctorch: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 1
}

torch=${1:-}
[ -n "$torch" ] || fail "no libtorch was named" "make ctorch TORCH=DIR, DIR with include/ and lib/"
[ -f "$torch/include/ATen/core/Tensor.h" ] && [ -f "$torch/lib/libtorch_cpu.so" ] ||
  fail "$torch has no include/ATen and lib/libtorch_cpu.so" "name an unpacked libtorch or .../torch"
torch=$(cd "$torch" && pwd)
out=${2:-.build/ctorch/libCTorchLibrary.so}
mkdir -p "$(dirname "$out")"

if [ -z "${CXX:-}" ]; then
  for CXX in clang++ g++ c++; do command -v "$CXX" >/dev/null && break || true; done
fi

number() { # the part of libtorch's version that is named, or nothing
  grep -rhs "#define TORCH_VERSION_$1 " "$torch/include/torch" --include=version.h |
    awk '{ print $3; exit }' || true
}
major=$(number MAJOR) minor=$(number MINOR)
[ "${major:-0}" -gt 2 ] || [ "${major:-0}" -eq 2 -a "${minor:-0}" -ge 11 ] ||
  fail "this libtorch is ${major:-?}.${minor:-?}" "use one of at least 2.11"
echo "ctorch: libtorch $major.$minor, $CXX"

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
pids=()
while read -r source; do
  "$CXX" -std=c++20 -O2 -fPIC -fvisibility=hidden \
    -isystem "$torch/include" -isystem "$torch/include/torch/csrc/api/include" \
    -c "$source" -o "$objects/$(basename "$source").o" &
  pids+=($!)
done < <(find Sources/CTorchLibrary -name '*.cpp' | sort)
for pid in "${pids[@]}"; do
  wait "$pid" || fail "a source does not compile" "this needs libtorch 2.11 or newer and C++20"
done

"$CXX" -shared "$objects"/*.o -o "$out" -L"$torch/lib" -ltorch_cpu -lc10 -ldl \
  -Wl,-rpath,"$torch/lib" -Wl,--no-undefined
echo "ctorch: wrote $out"
