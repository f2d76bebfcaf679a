#!/bin/bash
# Compares our networks with torchvision's and timm's, in a virtual environment of its own.
# Needs pip with a package index; the built program (make build); about 2 GB of disk.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=.venv-reference
pipeline=${1:-.build/release/pipeline}

if [ ! -x "$pipeline" ]; then
  echo "error: $pipeline is not there; fix: make build" >&2
  exit 1
fi
if [ ! -x $environment/bin/python ]; then python3 -m venv $environment; fi
stamp=$environment/reference-requirements.txt
if ! cmp -s Tests/Reference/requirements.txt "$stamp"; then
  $environment/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
  # Their own requirements would bring a CUDA build of torch along.
  $environment/bin/pip install --quiet --disable-pip-version-check --no-deps \
    torchvision==0.28.0 timm==1.0.31
  $environment/bin/pip install --quiet --disable-pip-version-check -r Tests/Reference/requirements.txt
  cp Tests/Reference/requirements.txt "$stamp"
fi
$environment/bin/python Tests/Reference/reference.py "$pipeline"
