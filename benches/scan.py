#!/usr/bin/env python3
"""How fast scan is, beside programs that do less: all in one run, medians, everything in the page cache.

Usage: cargo build --release && python3 benches/scan.py [FOLDER]    RUNS=9

FOLDER (target/scan-bench) takes 1 GB of inputs, which are made once: ten million random numbers of the look of a 10-digit key (random digits,
not keys), the same with other columns, and 60,000 files of words in which a number stands now and then. Needs wc, grep, time, and ripgrep for the
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
JEWELCASE = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "release", "jewelcase")
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


def main():
    os.makedirs(FOLDER, exist_ok=True)
    keys, table, tree = make_inputs()
    scan = [JEWELCASE, "scan", "--no-config", "--summary"]
    reference = os.environ.get("REFERENCE")
    compare("ten million keys", os.path.getsize(keys), [
        ("wc -l", ["wc", "-l", keys]),
        ("scan --summary, two threads", [*scan, "--jobs", "2", keys]),
        ("scan --summary, one thread", [*scan, "--jobs", "1", keys]),
        *([("a branch-free loop in C, one thread", [reference, "swarbl", keys])] if reference else []),
        ("grep -cE of the bare pattern", ["env", "LC_ALL=C", "grep", "-cE", "^[0-9]{3}-[0-9]{7}$", keys]),
    ])
    compare("five million rows of CSV", os.path.getsize(table), [
        ("wc -l", ["wc", "-l", table]),
        ("scan --summary, two threads", [*scan, "--jobs", "2", table]),
    ])
    size = sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(tree) for name in names)
    compare("60,000 files of text", size, [
        ("rg -c -j2 of one pattern", ["rg", "-c", "-j2", "--no-unicode", PATTERN, tree]),
        ("scan --summary, two threads", [*scan, "--jobs", "2", tree]),
    ])


if __name__ == "__main__":
    main()
