#!/usr/bin/env bash
# How much of a FAT16 image of 2 GB with ten postoffices the audit reads. The image is sparse: it takes some 50 MB of disk.
# Needs mkfs.fat (dosfstools), mcopy (mtools) and strace.
# Usage: benches/audit-image.sh
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --profile dist --quiet
program=${CARGO_TARGET_DIR:-target}/dist/jewelcase
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
benches/make-postoffices.sh "$place/tree" 10
image=$place/disk.img
truncate -s 2047M "$image"
mkfs.fat -F 16 -s 64 "$image" > /dev/null
MTOOLS_SKIP_CHECK=1 mcopy -s -i "$image" "$place"/tree/* ::/
strace -f -y -e trace=read,pread64 -o "$place/calls" "$program" audit "$image" --format ndjson > /dev/null || true
read=$(grep -F "$image" "$place/calls" | awk '/ = [0-9]+$/ { sum += $NF } END { print sum }')
whole=$(stat -c %s "$image")
awk -v read="$read" -v whole="$whole" 'BEGIN { printf "%d of %d bytes read: %.3f %%\n", read, whole, 100 * read / whole }'
