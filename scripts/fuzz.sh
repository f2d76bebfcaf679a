#!/usr/bin/env bash
# Fuzzes the image readers: scripts/fuzz.sh [SECONDS] [SEEDS]: so long a format, with the fixtures
# and the files under the folder SEEDS to begin with. What is found is kept under .fuzz/FORMAT/.
#
# Our code is instrumented (coverage and AddressSanitizer). The libraries below it are not; what
# crashes there ends the helper process of an import, not the import.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
seeds=${2:-}
coverage=edge,inline-8bit-counters,pc-table,trace-cmp
runtime=$(dirname "$(command -v swiftc)")/../lib/clang/*/lib/linux
swift build -c release --package-path Tests/Fuzz --scratch-path .build/fuzz --sanitize address \
  -Xcc -fsanitize-coverage=$coverage -Xcxx -fsanitize-coverage=$coverage \
  -Xswiftc -sanitize-coverage=$coverage \
  -Xlinker "$(echo $runtime/libclang_rt.fuzzer_no_main-"$(uname -m)".a)" --product Fuzz
found=0
for format in png jpeg dicom nifti npz; do
  folder=.fuzz/$format
  mkdir -p "$folder/corpus" "$folder/found"
  find Tests/Fixtures/imaging ${seeds:+"$seeds"} -type f -size -200k -exec cp -n {} "$folder/corpus" \;
  echo "== $format, $seconds s; the log: $folder/log"
  FORMAT=$format .build/fuzz/release/Fuzz "$folder/corpus" -max_total_time="$seconds" \
    -max_len=200000 -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=8192 -fork=1 \
    -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 -artifact_prefix="$folder/found/" \
    > "$folder/log" 2>&1 || true
  grep 'cov:' "$folder/log" | tail -1
  # A time limit is one of the clock: what was found beside other work is tried once more, alone.
  while read -r input; do
    FORMAT=$format .build/fuzz/release/Fuzz -timeout=60 -rss_limit_mb=2048 -malloc_limit_mb=8192 \
      "$input" > "$input.log" 2>&1 && continue
    echo "$input"
    found=$((found + 1))
  done < <(find "$folder/found" -type f ! -name '*.log' ! -name 'slow-unit-*')
done
[ "$found" = 0 ] || { echo "$found inputs ended a reader; give one to .build/fuzz/release/Fuzz" >&2; exit 1; }
