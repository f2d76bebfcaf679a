#!/usr/bin/env bash
# Runs the benchmarks and writes .bench/results.json, one flat object of numbers.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/reference-venv.sh
mkdir -p .bench
if ! dpkg-query -W -f '${Status}' libjemalloc2 2>/dev/null | grep -q installed; then
  if [ "$(id -u)" = 0 ]; then apt-get install -y -qq libjemalloc2; else sudo apt-get install -y -qq libjemalloc2; fi
fi
pipeline=.build/release/pipeline
export MODICUM_KEY=.bench/pseudonym.key
rm -rf .bench/images .bench/slices
$pipeline demo-data --volumes .demo/volumes --out .bench/images
$pipeline import .bench/images/slices --labels .bench/images/slices/labels.csv \
  --pool .bench/slices --mode segmentation
.venv-reference/bin/python scripts/bench.py $pipeline .bench/results.json --pool --round .bench/slices "$@"
.venv-reference/bin/python scripts/bench_decode.py $pipeline .bench/results.json
python3 scripts/bench_import.py $pipeline .bench/results.json
echo "written: .bench/results.json"
