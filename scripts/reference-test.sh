#!/usr/bin/env bash
# Compares our networks with torchvision's and timm's.
set -euo pipefail
cd "$(dirname "$0")/.."
pipeline=${1:-.build/release/pipeline}
if [ ! -x "$pipeline" ]; then
  printf 'reference-test: %s is not there\n  fix: make build\n' "$pipeline" >&2
  exit 1
fi
scripts/reference-venv.sh
.venv-reference/bin/python Tests/Reference/reference.py "$pipeline"
