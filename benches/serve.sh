#!/usr/bin/env bash
# How many requests a second the server answers on this machine, and how much processor time each takes, beside the same server
# with an empty handler (examples/serve_empty.rs); how soon the first is answered, and how much memory it takes.
# The measurements take turns, so that what else the machine does meets all of them; the median of the rounds is told.
# Needs wrk and curl. Usage: benches/serve.sh [SECONDS per measurement [ROUNDS]]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
rounds=${2:-5}
cargo build --profile dist --quiet --bin jewelcase --example serve_empty
programs=${CARGO_TARGET_DIR:-target}/dist
work=$(mktemp -d)
address=127.0.0.1:18097
logged=127.0.0.1:18098
bare=127.0.0.1:18099
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

# From the start of the process to the first answer, in milliseconds.
begun=$(date +%s%N)
"$programs/jewelcase" serve --quiet --listen "$address" &
servers+=($!)
until curl --silent --output /dev/null "http://$address/"; do sleep 0.001; done
echo "first answer after $((($(date +%s%N) - begun) / 1000000)) ms"
"$programs/jewelcase" serve --listen "$logged" 2>"$work/log" &
servers+=($!)
"$programs/examples/serve_empty" "$bare" &
servers+=($!)
for other in "$logged" "$bare"; do
    until curl --silent --output /dev/null "http://$other/"; do sleep 0.001; done
done

request() {
    cat >"$work/$1.lua" <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '$2'
LUA
}
request passes '{"keys":["1112-1111111"],"product":"office-97"}'
request refused '{"keys":["932-9619111"],"product":"outlook-97","sku":"nfr","from":"backoffice-server-4.0"}'

# The processor time that a process has taken, in ticks.
taken() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

# measure NAME PROCESS ADDRESS REQUEST
measure() {
    local before
    before=$(taken "$2")
    wrk --threads 1 --connections 64 --duration "${seconds}s" --latency --script "$work/$4.lua" "http://$3/api/v1/check" >"$work/wrk"
    awk -v name="$1" -v ticks="$(($(taken "$2") - before))" -v hertz="$(getconf CLK_TCK)" '
        /99%/ { late = $2 * ($2 ~ /us$/ ? 0.001 : $2 ~ /ms$/ ? 1 : 1000) }
        /requests in/ { count = $1 }
        /Requests\/sec/ { rate = $2 }
        /Non-2xx|Socket errors/ { print name ":" $0 >"/dev/stderr" }
        END { printf "%s\t%.0f\t%.2f\t%.2f\n", name, rate, ticks / hertz * 1e6 / count, late }' "$work/wrk" >>"$work/figures"
}
for _ in $(seq "$rounds"); do
    measure "an empty handler" "${servers[2]}" "$bare" passes
    measure "a key that passes" "${servers[0]}" "$address" passes
    measure "a key refused with its remedy" "${servers[0]}" "$address" refused
    measure "the same with the access log" "${servers[1]}" "$logged" refused
done

# The median of a column of a measurement.
median() {
    awk -F '\t' -v name="$1" -v column="$2" '$1 == name { print $column }' "$work/figures" | sort -n | sed -n "$(((rounds + 1) / 2))p"
}
empty_rate=$(median "an empty handler" 2)
empty_time=$(median "an empty handler" 3)
head -n 4 "$work/figures" | cut -f 1 | while read -r name; do
    rate=$(median "$name" 2)
    time=$(median "$name" 3)
    awk -v name="$name" -v rate="$rate" -v time="$time" -v late="$(median "$name" 4)" -v empty_rate="$empty_rate" -v empty_time="$empty_time" 'BEGIN {
        printf "%-32s %7.0f requests/s (1/%.2f of empty)  %6.2f µs of processor time each (%.2f times empty)  p99 %6.2f ms\n",
            name, rate, empty_rate / rate, time, time / empty_time, late }'
done
awk '/VmHWM/ { printf "most memory: %.1f MiB\n", $2 / 1024 }' "/proc/${servers[0]}/status"
