#!/usr/bin/env bash
# Makes .venv-reference: PyTorch, torchvision and timm for references and benchmarks, never needed
# to use the program. Needs pip with a package index; about 2 GB of disk. Idempotent.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=.venv-reference
[ -x $environment/bin/python ] || python3 -m venv $environment
stamp=$environment/reference-requirements.txt
cmp -s Tests/Reference/requirements.txt "$stamp" && exit 0
pip() { $environment/bin/pip install --quiet --disable-pip-version-check "$@"; }
pip torch==2.13.0
# Their own requirements would bring a CUDA build of torch along.
pip --no-deps torchvision==0.28.0 timm==1.0.31
pip -r Tests/Reference/requirements.txt
cp Tests/Reference/requirements.txt "$stamp"
