#!/usr/bin/env bash
# Installs what Modicum stands on: Debian packages, libtorch (from the PyTorch wheel, by pinned
# hash) and the demo's volumes. Idempotent: what is there already is left alone.
#
#   scripts/setup.sh             everything, from the configured package registries
#   scripts/setup.sh --from DIR  wheels from DIR, no network (Debian packages must be installed)
#   scripts/setup.sh --cuda      the CUDA libraries too
set -euo pipefail
cd "$(dirname "$0")/.."

torch_version=2.13.0
cpu_wheel=6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b
cuda_wheel=60fcdcb2f3876e21146cb4524ef06397d727ca9ad5f020818547e25075fe3cb7
nilearn_wheel=725206484e9fb3f6691f9c2d20204a068759d5072f12055324702ee0cb2bbe8a
packages=(libopenblas-dev libdcmtk-dev libpng-dev libdeflate-dev libjpeg-dev libopenjp2-7-dev
  zlib1g-dev libsqlite3-dev python3 python3-pip python3-venv make)

platforms=()
for glibc in 5 12 17 18 24 25 27 28; do platforms+=(--platform "manylinux_2_${glibc}_x86_64"); done
platforms+=(--platform manylinux2014_x86_64)

from=""
cuda=""
while [ $# -gt 0 ]; do
  case "$1" in
    --from) from=${2:?"--from needs a folder"}; shift 2 ;;
    --cuda) cuda=1; shift ;;
    *) echo "setup: unknown option '$1' (known: --from DIR, --cuda)" >&2; exit 64 ;;
  esac
done

fail() { # what, remedy
  printf 'setup: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_packages() {
  local missing=() installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii *//p')
  for package in "${packages[@]}"; do
    grep -qx "$package" <<<"$installed" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "setup: installing Debian packages: ${missing[*]}"
  [ -n "$from" ] && fail "Debian packages are missing: ${missing[*]}" \
    "install them with dpkg or apt-get; --from brings wheels only"
  as_root apt-get update -qq || fail "apt-get update failed" "check the network and the apt sources"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null ||
    fail "apt-get could not install: ${missing[*]}" "run: apt-get install ${missing[*]}"
}

# Brings a wheel into $downloads and checks its hash. name, version, accepted hashes.
fetch() {
  local name=$1 version=$2; shift 2
  local wheel digest
  if [ -n "$from" ]; then
    wheel=$(find "$from" -name "$name-$version*.whl" | head -n 1)
    [ -n "$wheel" ] || fail "no wheel $name-$version in $from" "put the wheel from PyPI there"
  else
    echo "setup: downloading $name $version" >&2
    python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.11 \
      "${platforms[@]}" --dest "$downloads" "$name==$version" >&2 ||
      fail "pip could not download $name $version" "check the network, or use --from DIR"
    wheel=$(find "$downloads" -name "$name-$version*.whl" | head -n 1)
  fi
  digest=$(sha256sum "$wheel" | cut -d' ' -f1)
  for accepted in "$@"; do
    [ "$digest" = "$accepted" ] && { echo "$wheel"; return; }
  done
  fail "$(basename "$wheel") has the unknown SHA-256 $digest" \
    "the download is damaged or not the pinned release: delete it and try again"
}

# Unpacks the members of a wheel that a Python expression on `n` accepts. wheel, folder, expression, prefix cut off.
unpack() {
  python3 - "$@" <<'PY'
import os, sys, zipfile
wheel, folder, accept, prefix = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for n in archive.namelist():
        if n.endswith("/") or not eval(accept):
            continue
        path = os.path.join(folder, n[len(prefix):] if n.startswith(prefix) else os.path.basename(n))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(n) as source, open(path, "wb") as target:
            while chunk := source.read(1 << 22):
                target.write(chunk)
PY
}

install_torch() {
  local stamp=.libtorch/.installed want="$torch_version${cuda:+ cuda}" wheel part
  [ -f "$stamp" ] && { [ "$(cat "$stamp")" = "$want" ] || [ "$(cat "$stamp")" = "$torch_version cuda" ]; } &&
    return
  part=.libtorch.part
  rm -rf "$part"
  mkdir -p "$part/lib"
  if [ -n "$cuda" ]; then
    wheel=$(fetch torch "$torch_version" "$cuda_wheel")
  else
    wheel=$(fetch torch "$torch_version" "$cpu_wheel" "$cuda_wheel")
  fi
  echo "setup: unpacking libtorch $torch_version"
  local members='n.startswith("torch/include/") or n in ("torch/lib/libtorch_cpu.so", "torch/lib/libc10.so", "torch/lib/libgomp.so.1")'
  [ -n "$cuda" ] && members="n.startswith(('torch/include/', 'torch/lib/lib'))"
  unpack "$wheel" "$part" "$members" torch/
  if [ "$(sha256sum "$wheel" | cut -d' ' -f1)" = "$cuda_wheel" ]; then
    install_cuda_libraries "$part/lib"
  fi
  echo "$want" >"$part/.installed"
  rm -rf .libtorch
  mv "$part" .libtorch
}

# The CUDA build runs without a GPU once two small libraries lie beside it; with --cuda all come.
install_cuda_libraries() { # folder
  local name version digest
  while read -r name version digest; do
    case "$name" in
      "#"*) continue ;;
      nvidia_cuda_runtime | nvidia_cuda_cupti) ;;
      *) [ -n "$cuda" ] || continue ;;
    esac
    unpack "$(fetch "$name" "$version" "$digest")" "$1" '".so." in n and "/lib/" in n' -
  done <scripts/cuda-wheels.txt
}

install_demo_volumes() {
  [ -f .demo/volumes/.installed ] && return
  local wheel
  wheel=$(fetch nilearn 0.14.1 "$nilearn_wheel")
  mkdir -p .demo/volumes
  unpack "$wheel" .demo/volumes 'n.endswith("_converted.nii.gz")' -
  unpack "$wheel" .demo/volumes 'n.endswith("licenses/LICENSE")' -
  touch .demo/volumes/.installed
}

command -v swift >/dev/null || fail "swift is not on the PATH" "install Swift 6.3 for Debian 12 from swift.org"
downloads=$(mktemp -d)
trap 'rm -rf "$downloads" .libtorch.part' EXIT
install_packages
install_torch
install_demo_volumes
