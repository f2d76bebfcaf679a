#!/usr/bin/env bash
# Runs the benchmarks and writes .bench/results.json, one flat object of numbers.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/reference-venv.sh
mkdir -p .bench
if ! dpkg-query -W -f '${Status}' libjemalloc2 2>/dev/null | grep -q installed; then
  if [ "$(id -u)" = 0 ]; then apt-get install -y -qq libjemalloc2; else sudo apt-get install -y -qq libjemalloc2; fi
fi
.venv-reference/bin/python scripts/bench.py .build/release/pipeline .bench/results.json "$@"
echo "written: .bench/results.json"
