#!/usr/bin/env bash
# How long one check takes as a whole process, beside the least that a process can do.
# Needs hyperfine. Usage: benches/startup.sh
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --profile dist --quiet
exec hyperfine --shell=none --warmup 20 --runs 300 --ignore-failure \
    /bin/true \
    'target/dist/jewelcase check 9323-9619111 --product outlook-97' \
    'target/dist/jewelcase check 932-9619111 --product outlook-97 --from backoffice-server-4.0' \
    'target/dist/jewelcase check 111-1111111' \
    "target/dist/jewelcase addpack --server 4.5 --licenses 5 --suggest $(printf '4.5x5 4.5x20 4.0x5:protected 4.0x20 4.5x5:used=5-10 %.0s' 1 2 3 4)"
