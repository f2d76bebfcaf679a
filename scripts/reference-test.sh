#!/usr/bin/env bash
# Compares our networks with torchvision's and timm's, decoding with pydicom, nibabel, NumPy, Pillow.
# MODICUM_DATA may name a folder that holds dicom-zoo: its files are compared too.
set -euo pipefail
cd "$(dirname "$0")/.."
pipeline=${1:-.build/release/pipeline}
if [ ! -x "$pipeline" ]; then
  printf 'reference-test: %s is not there\n  fix: make build\n' "$pipeline" >&2
  exit 1
fi
scripts/reference-venv.sh
.venv-reference/bin/python Tests/Reference/reference.py "$pipeline"
for test in imaging_dicom imaging_files; do
  .venv-reference/bin/python Tests/Reference/$test.py "$pipeline"
done
