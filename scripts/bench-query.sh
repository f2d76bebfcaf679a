#!/usr/bin/env bash
# Times every query rule and its peers; adds query_… keys to .bench/results.json. Needs about 5 GB of
# disk for statistics of a million items; what is given here goes on to scripts/bench_query.py.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/reference-venv.sh
.venv-reference/bin/pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 \
  apricot-select==0.6.1
mkdir -p .bench
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)}
export OPENBLAS_NUM_THREADS=$OMP_NUM_THREADS NUMBA_NUM_THREADS=$OMP_NUM_THREADS
statistics=${BENCH_STATISTICS:-$(mktemp -d)}
[ -n "${BENCH_STATISTICS:-}" ] || trap 'rm -rf "$statistics"' EXIT
.venv-reference/bin/python scripts/bench_query.py .build/release/pipeline .bench/results.json \
  "$statistics" "$@"
echo "written: .bench/results.json"
