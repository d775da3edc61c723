#!/usr/bin/env bash
# How many requests a second the server answers on this machine, beside an empty handler of the same server in the same run;
# how soon the first is answered, and how much memory it takes.
# Needs wrk and curl. Usage: benches/serve.sh [SECONDS per measurement]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
cargo build --release --quiet
work=$(mktemp -d)
address=127.0.0.1:18097

# From the start of the process to the first answer, in milliseconds.
begun=$(date +%s%N)
"${CARGO_TARGET_DIR:-target}/release/jewelcase" serve --quiet --listen "$address" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
until curl --silent --output /dev/null "http://$address/"; do sleep 0.001; done
echo "first answer after $((($(date +%s%N) - begun) / 1000000)) ms"

request() {
    cat >"$work/$1.lua" <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '$2'
LUA
}
request passes '{"keys":["1112-1111111"],"product":"office-97"}'
request refused '{"keys":["932-9619111"],"product":"outlook-97","sku":"nfr","from":"backoffice-server-4.0"}'

measure() {
    local name=$1
    shift
    wrk --threads 1 --connections 64 --duration "${seconds}s" --latency "$@" |
        awk -v name="$name" '/99%/ { late = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx|Socket errors/ { bad = bad " " $0 }
            END { printf "%-40s %9.0f requests/s   p99 %s%s\n", name, rate, late, bad }'
}
for _ in 1 2 3; do
    measure "empty handler (GET /healthz)" "http://$address/healthz"
    measure "check, a key that passes" --script "$work/passes.lua" "http://$address/api/v1/check"
    measure "check, a key refused with its remedy" --script "$work/refused.lua" "http://$address/api/v1/check"
done
awk '/VmHWM/ { printf "most memory: %.1f MiB\n", $2 / 1024 }' "/proc/$server/status"
