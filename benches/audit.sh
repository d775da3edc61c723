#!/usr/bin/env bash
# The audit of 1,000 postoffices (60,000 files) in a folder beside `find` on the same warm tree, in one run: the time that
# passes, the time of the processors (all threads together, also inside the system), and the memory.
# Usage: benches/audit.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-11}
cargo build --profile dist --quiet
program=${CARGO_TARGET_DIR:-target}/dist/jewelcase
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
benches/make-postoffices.sh "$tree" 1000
echo "$(find "$tree" -type f | wc -l) files, $(find "$tree" -type d | wc -l) directories"

seconds() { local start end; start=$(date +%s%N); "$@" > /dev/null || true; end=$(date +%s%N); echo $(((end - start) / 1000)); }
median() { sort -n | awk '{ all[NR] = $1 } END { printf "%.1f ms\n", all[int((NR + 1) / 2)] / 1000 }'; }
cpu() { local TIMEFORMAT='%U %S'; { time "$@" > /dev/null 2>&1; } 2>&1 | awk '{ print int(($1 + $2) * 1000000) }'; }
finds() { find "$tree" -type f -printf '%s\n'; }
audits() { "$program" audit "$tree" --no-progress --format ndjson; }

finds > /dev/null; audits > /dev/null || true
find_times=() audit_times=() find_cpu=() audit_cpu=()
for ((run = 0; run < runs; run++)); do
    find_times+=("$(seconds finds)")
    audit_times+=("$(seconds audits)")
    find_cpu+=("$(cpu finds || true)")
    audit_cpu+=("$(cpu audits || true)")
done
printf 'find -printf %%s:   '; printf '%s\n' "${find_times[@]}" | median
printf 'audit:             '; printf '%s\n' "${audit_times[@]}" | median
printf 'find, processors:  '; printf '%s\n' "${find_cpu[@]}" | median
printf 'audit, processors: '; printf '%s\n' "${audit_cpu[@]}" | median
/usr/bin/time -f 'audit: %M KB of memory at most' "$program" audit "$tree" --no-progress --format ndjson > /dev/null || true
