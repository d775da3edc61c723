#!/usr/bin/env python3
"""Keeps a server busy for half an hour in every way that a caller can be a burden, and looks after what others see of it.

From one address of this machine: readers that do not read, heads that never end, connections that are kept and idle, callers who go away.
From another, once in 50 ms: a check, whose time is taken. Every second: the resident memory. At the end the callers go, and the memory is
looked at again. What must hold is in LIMITS; the exit code is 1 where it does not. A debug build is slower and larger than they allow.

Usage: benches/soak.py PROGRAM [MINUTES]     (Linux, which has all of 127.0.0.0/8)
"""

import http.client
import json
import random
import socket
import subprocess
import sys
import threading
import time

LIMITS = {"p99 of other callers, s": 1.0, "most memory, MB": 40.0, "memory afterwards, MB": 25.0, "failures of other callers": 0}
BURDEN, OTHER = "127.0.0.2", "127.0.0.3"
LONG = b"GET /api/v1/articles HTTP/1.1\r\nHost: localhost\r\n\r\n" * 100
SHORT = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def opened(port, window=None):
    """A connection from the address that is a burden."""
    stream = socket.socket()
    if window:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    stream.settimeout(5)
    stream.bind((BURDEN, 0))
    stream.connect(("127.0.0.1", port))
    return stream


def burden(port, number, stop):
    """One caller, who begins anew whenever the server has had enough of it."""
    chance = random.Random(number)
    while not stop.is_set():
        try:
            kind = number % 4
            stream = opened(port, 4096 if kind == 0 else None)
            stream.sendall({0: LONG, 1: b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", 2: SHORT, 3: LONG}[kind])
            # A reader that does not read, a head that never ends, a connection that is kept, a caller who goes away.
            until = time.monotonic() + (chance.uniform(0, 2) if kind == 3 else 20)
            while time.monotonic() < until and not stop.is_set():
                stop.wait(chance.uniform(1, 8))
                if kind == 1:
                    stream.sendall(b"x")
                if kind == 2:
                    stream.sendall(SHORT)
            stream.close()
        except OSError:
            stop.wait(0.2)


def other(port, stop, times, failures):
    """A caller who wants one thing, and then another."""
    body = json.dumps({"keys": ["932-9619111"], "product": "outlook-97"})
    while not stop.is_set():
        begun = time.monotonic()
        try:
            caller = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(OTHER, 0))
            caller.request("POST", "/api/v1/check", body, {"Content-Type": "application/json"})
            answer = caller.getresponse()
            if answer.status != 200 or b"key/wrong-form" not in answer.read():
                failures.append(answer.status)
            caller.close()
        except OSError as error:
            failures.append(error)
        times.append(time.monotonic() - begun)
        stop.wait(0.05)


def resident(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))


def main():
    program, minutes = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 30
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([program, "serve", "--listen", f"127.0.0.1:{port}"], stderr=subprocess.PIPE, text=True)
    refused, lines = [0], [0]

    def log():
        for line in server.stderr:
            lines[0] += 1
            if " connections refused: " in line:
                refused[0] += int(line.split()[1])

    threading.Thread(target=log, daemon=True).start()
    time.sleep(1)
    stop, calm, times, failures = threading.Event(), threading.Event(), [], []
    callers = [threading.Thread(target=burden, args=(port, number, stop)) for number in range(320)]
    asker = threading.Thread(target=other, args=(port, calm, times, failures))
    begun, most = resident(server.pid), 0.0
    for thread in [*callers, asker]:
        thread.start()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        time.sleep(1)
        most = max(most, resident(server.pid))
        assert server.poll() is None, "the server ended"
    stop.set()
    for thread in callers:
        thread.join()
    time.sleep(15)
    calm.set()
    asker.join()
    afterwards = resident(server.pid)
    server.terminate()
    server.wait()
    times.sort()
    found = {
        "p99 of other callers, s": times[int(len(times) * 0.99)],
        "most memory, MB": most,
        "memory afterwards, MB": afterwards,
        "failures of other callers": len(failures),
    }
    print(f"{minutes:g} minutes, {len(times)} requests of others (slowest {times[-1]:.3f} s), {refused[0]} connections refused, {lines[0]} lines of log")
    print(f"memory at first: {begun:.1f} MB")
    for what, value in found.items():
        print(f"{what}: {value:.3f} (at most {LIMITS[what]:g})")
    sys.exit(any(value > LIMITS[what] for what, value in found.items()))


main()
