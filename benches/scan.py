#!/usr/bin/env python3
"""How fast scan is, beside programs that do less: all in one run, medians, everything in the page cache.

Usage: cargo build --profile dist && python3 benches/scan.py [FOLDER]    RUNS=9

FOLDER (target/scan-bench) takes 1.4 GB of inputs, which are made once: ten million random numbers of the look of a 10-digit key (random digits,
not keys), the same with other columns, two million with a product beside each, and 60,000 files of words in which a number stands now and then. Needs wc, grep, time, and ripgrep for the
tree; a program that is missing is left out.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

RUNS = int(os.environ.get("RUNS", "9"))
FOLDER = sys.argv[1] if len(sys.argv) > 1 else "target/scan-bench"
JEWELCASE = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "dist", "jewelcase")
PATTERN = r"\b[0-9]{3,4}-?[0-9]{7}\b"


def make_inputs():
    """Writes the inputs, the same every time, unless they are there."""
    keys, table, tree = (os.path.join(FOLDER, name) for name in ("keys.txt", "keys.csv", "tree"))
    if os.path.exists(os.path.join(FOLDER, "made")):
        return keys, table, tree
    os.makedirs(tree, exist_ok=True)
    chance = random.Random(1996)
    with open(keys, "w") as numbers, open(table, "w") as rows:
        rows.write("id,owner,cd key,room,remark\n")
        for block in range(1000):
            row = [f"{n // 10**7:03}-{n % 10**7:07}\n" for n in (chance.randrange(10**10) for _ in range(10000))]
            numbers.write("".join(row))
            if block < 500:
                rows.write("".join(f"{block}{i},user{i % 977},{key[:-1]},room {i % 31},bought in 199{i % 10}\n" for i, key in enumerate(row)))
    words = re.findall("[A-Za-z]+", open("README.md").read())
    for folder in range(300):
        path = os.path.join(tree, f"{folder:03}")
        os.makedirs(path, exist_ok=True)
        for number in range(200):
            lines = []
            for line in range(170):
                text = " ".join(chance.choices(words, k=10)) + chance.choice(["", "", ",", "."])
                if line % 40 == 7:
                    text += f" in {chance.randrange(1980, 2000)}, see Q{chance.randrange(10**5, 10**6)}"
                if line == 99:
                    text += f" The CD key is {chance.randrange(1000):03}-{chance.randrange(10**7):07}."
                lines.append(text)
            with open(os.path.join(path, f"{number:03}.txt"), "w") as file:
                file.write("\n".join(lines)[:9000] + "\n")
    open(os.path.join(FOLDER, "made"), "w").close()
    return keys, table, tree


def make_inventory():
    """Writes a table whose rows say which product their key is for, in no order, one of them unknown; and the same as records."""
    table, records = (os.path.join(FOLDER, name) for name in ("inventory.csv", "inventory.ndjson"))
    if os.path.exists(os.path.join(FOLDER, "made-inventory")):
        return table, records
    products = ["Windows 95", "outlook-97", "Office 97", "Visual Basic 5.0", "Windows NT Server 4.0", "mail-3.5", "Encarta 97", "windows-nt-4.0"]
    chance = random.Random(1997)
    with open(table, "w") as rows, open(records, "w") as objects:
        rows.write("machine,cd key,product,sku,room\n")
        for number in range(2_000_000):
            key = f"{chance.randrange(1000):03}-{chance.randrange(10**7):07}"
            product, sku = chance.choice(products), chance.choice(["retail", "oem", ""])
            rows.write(f"pc{number:07},{key},{product},{sku},room {number % 31}\n")
            objects.write(f'{{"machine":"pc{number:07}","cdkey":"{key}","product":"{product}","sku":"{sku}"}}\n')
    open(os.path.join(FOLDER, "made-inventory"), "w").close()
    return table, records


def measure(command):
    """Seconds of one run. The output goes to a file: grep stops at the first line when nobody reads it."""
    with open(os.path.join(FOLDER, "output"), "w") as out:
        start = time.perf_counter()
        subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter() - start


def memory(command):
    """The greatest resident memory of one run in MiB, as a program with little memory of its own tells it."""
    told = os.path.join(FOLDER, "memory")
    with open(os.path.join(FOLDER, "output"), "w") as out:
        subprocess.run(["/usr/bin/time", "-o", told, "-f", "%M", *command], stdout=out, stderr=subprocess.DEVNULL, check=False)
    return float(open(told).read().split()[-1]) / 1024


def compare(title, size, commands):
    """Runs every command in turn, RUNS times over, and prints the medians beside the first."""
    commands = [(label, command) for label, command in commands if shutil.which(command[0]) or os.path.exists(command[0])]
    times = {label: [] for label, _ in commands}
    for _ in range(RUNS + 1):
        for label, command in commands:
            times[label].append(measure(command))
    print(f"\n{title} ({size / 1e6:.0f} MB), median of {RUNS} runs")
    yardstick = None
    for label, command in commands:
        median = statistics.median(times[label][1:])
        yardstick = yardstick or median
        print(f"  {label:50} {median * 1000:8.1f} ms  {median / yardstick:6.2f} x  {size / median / 1e6:7.0f} MB/s  {memory(command):6.1f} MiB")


def read_again(path):
    """Drops a file from the page cache and reads it in sequence: how it came there makes reading it again faster or slower, by half."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while file.read(1 << 20):
            pass


def main():
    os.makedirs(FOLDER, exist_ok=True)
    keys, table, tree = make_inputs()
    scan = [JEWELCASE, "scan", "--no-config", "--summary"]
    reference = os.environ.get("REFERENCE")
    read_again(keys)
    compare("ten million keys", os.path.getsize(keys), [
        ("scan --summary, two threads", [*scan, "--jobs", "2", keys]),
        ("scan --summary, one thread", [*scan, "--jobs", "1", keys]),
        ("wc -l", ["wc", "-l", keys]),
        *([("a branch-free loop in C, one thread", [reference, "swarbl", keys])] if reference else []),
        ("grep -cE of the bare pattern", ["env", "LC_ALL=C", "grep", "-cE", "^[0-9]{3}-[0-9]{7}$", keys]),
    ])
    inventory, records = make_inventory()
    tables = ("five million rows of CSV", table), ("two million rows of CSV with products", inventory), ("two million records with products", records)
    for title, path in tables:
        read_again(path)
        compare(title, os.path.getsize(path), [
            ("scan --summary, two threads", [*scan, "--jobs", "2", path]),
            ("wc -l", ["wc", "-l", path]),
        ])
    size = sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(tree) for name in names)
    compare("60,000 files of text", size, [
        ("scan --summary, two threads", [*scan, "--jobs", "2", tree]),
        ("rg -c -j2 of one pattern", ["rg", "-c", "-j2", "--no-unicode", PATTERN, tree]),
    ])


if __name__ == "__main__":
    main()
