"""Hostile and broken peers at the ports of a running ensemble, while stock clients go on being served.

    python wire.py --minutes 2 [--seed 7]

Every attack opens connections of its own to a client port or a peer port and does one thing wrong. All the while a
stock gRPC client of each member writes and reads. Afterwards no member may have ended, no call of a stock client may
have failed, memory must not have grown without bound, and all states must be identical. Prints one line of JSON.
"""
import argparse
import collections
import contextlib
import json
import pathlib
import random
import socket
import struct
import sys
import threading
import time

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "IntegrationTests" / "python"))
from ensemble import Client, Ensemble, store_pb2  # noqa: E402

# MARK: HTTP/2 by hand (RFC 9113), so that it can be wrong

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS, PADDED, PRIORITY_FLAG = 0x1, 0x1, 0x4, 0x8, 0x20


def frame(kind, flags, stream, payload=b"", length=None):
    """A frame; `length` may lie."""
    length = len(payload) if length is None else length
    return struct.pack(">I", length)[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def fields(pairs):
    """A header block of literals that are not indexed (RFC 7541, section 6.2.2)."""
    block = b""
    for name, value in pairs:
        for text in (name, value):
            assert len(text) < 127
        block += b"\x00" + bytes([len(name)]) + name + bytes([len(value)]) + value
    return block


def call_fields(path=b"/roost.v1.Store/Get", *more):
    return fields([
        (b":method", b"POST"), (b":scheme", b"http"), (b":path", path), (b":authority", b"localhost"),
        (b"te", b"trailers"), (b"content-type", b"application/grpc"), *more,
    ])


def call(stream, path=b"/roost.v1.Store/Get", body=None):
    """A whole unary call."""
    if body is None:
        body = store_pb2.GetRequest(path="/").SerializeToString()
    return frame(HEADERS, END_HEADERS, stream, call_fields(path)) + frame(
        DATA, END_STREAM, stream, b"\0" + struct.pack(">I", len(body)) + body)


START = PREFACE + frame(SETTINGS, 0, 0)


class Connection:
    """A socket whose other end may hang up at any time."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=2)
        self.socket.settimeout(0.5)

    def send(self, data):
        """Sends as much as the other end takes. Returns whether it took all."""
        try:
            self.socket.sendall(data)
            return True
        except OSError:
            return False

    def drain(self, seconds):
        """Reads what comes, until the other end hangs up or the time is over. Returns whether it hung up."""
        end = time.monotonic() + seconds
        with contextlib.suppress(ConnectionError):
            while (left := end - time.monotonic()) > 0:
                self.socket.settimeout(left)
                try:
                    if not self.socket.recv(65536):
                        return True
                except TimeoutError:
                    return False
            return False
        return True

    def reset(self):
        """Closes with RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()


# MARK: Attacks. Each takes a port and a random generator, and lasts a second at most.

def random_bytes(port, chance):
    with Connection(port) as c:
        c.send(chance.randbytes(chance.choice([1, 9, 24, 1000, 100_000])))
        c.drain(0.1)


def plain_http(port, chance):
    with Connection(port) as c:
        c.send(chance.choice([
            b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"POST /roost.v1.Store/Get HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
            b"HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n",
            b"G" * 100_000,
            b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
        ]))
        c.drain(0.2)


def tls_hello(port, chance):
    with Connection(port) as c:
        c.send(bytes.fromhex("16030100c8010000c40303") + chance.randbytes(200))
        c.drain(0.1)


def huge_length(port, chance):
    """A frame that announces up to 16 MiB."""
    with Connection(port) as c:
        c.send(START + frame(chance.choice([DATA, HEADERS, SETTINGS, 0x77]), 0, chance.choice([0, 1]),
                             chance.randbytes(100), length=chance.choice([0xffffff, 0x800000, 16_385])))
        c.drain(0.2)


def huge_message(port, chance):
    """A gRPC message that announces 4 GiB, and one just over the limit, of which little comes."""
    with Connection(port) as c:
        length = chance.choice([0xffffffff, 0x7fffffff, (4 << 20) + 1])
        c.send(START + frame(HEADERS, END_HEADERS, 1, call_fields()) + frame(
            DATA, 0, 1, b"\0" + struct.pack(">I", length) + bytes(5000)))
        c.drain(0.2)


def truncated(port, chance):
    """A good call that stops anywhere."""
    whole = START + call(1) + call(3)
    with Connection(port) as c:
        c.send(whole[:chance.randrange(len(whole))])
        if chance.random() < 0.5:
            c.drain(0.1)
        else:
            c.reset()


def slow(port, chance):
    """A good call, a few bytes at a time, given up before its end."""
    whole = START + call(1)
    with Connection(port) as c:
        at = 0
        while at < len(whole) - 1 and c.send(whole[at:at + 3]):
            at += 3
            time.sleep(0.005)


def flipped(port, chance):
    """Good calls with a few wrong bytes."""
    whole = bytearray(START + b"".join(call(1 + 2 * n) for n in range(20)))
    for _ in range(chance.randrange(1, 6)):
        whole[chance.randrange(len(PREFACE), len(whole))] = chance.randrange(256)
    with Connection(port) as c:
        c.send(bytes(whole))
        c.drain(0.1)


def random_frames(port, chance):
    """Frames of every kind and flag in any order."""
    out = START
    for _ in range(200):
        kind = chance.choice([*range(10), 10, 0xff])
        payload = chance.choice([b"", chance.randbytes(4), chance.randbytes(8), chance.randbytes(50), call_fields()])
        out += frame(kind, chance.randrange(256), chance.choice([0, 1, 2, 3, 5, 0x7fffffff]), payload)
    with Connection(port) as c:
        c.send(out)
        c.drain(0.1)


def random_headers(port, chance):
    """Header blocks that are no HPACK, or no request."""
    blocks = [
        chance.randbytes(80),
        b"\xff" * 60,
        fields([(b":status", b"200")]),
        fields([(b":method", b"GET"), (b":scheme", b"http"), (b":path", b"/"), (b":authority", b"x")]),
        call_fields(b"/roost.v1.Store/Get", (b"grpc-timeout", b"99999999999999H")),
        call_fields(b"/roost.v1.Store/Get", (b"grpc-timeout", b"-1S")),
        call_fields(b"/roost.v1.Store/Get", (b"grpc-encoding", b"snappy")),
        call_fields(b"/roost.v1.Store/Get", (b"content-length", b"7")),
        call_fields(b"/roost.v1.Store/Get", (b"connection", b"close")),
        call_fields(b"/roost.v1.Store/Get", (b"UPPER", b"case")),
        call_fields(b"/roost.v1.Store/Get", (b"x-bin", b"!!! no base64 !!!")),
        call_fields(chance.choice(
            [b"*", b"", b"/", b"//", b"/roost.v1.Store/", b"/roost.v1.Store/get", b"/\xff/\xfe"])),
    ]
    with Connection(port) as c:
        out = START
        for n, block in enumerate(chance.sample(blocks, len(blocks))):
            out += frame(HEADERS, END_HEADERS | chance.choice([0, END_STREAM]), 1 + 2 * n, block)
        c.send(out)
        c.drain(0.1)


def many_headers(port, chance):
    """A header block without end, in CONTINUATION frames (CVE-2024-27316 and its kin)."""
    with Connection(port) as c:
        if not c.send(START + frame(HEADERS, 0, 1, call_fields())):
            return
        block = fields([(b"x-%d" % n, b"v" * 100) for n in range(100)])
        for _ in range(300):
            if not c.send(frame(CONTINUATION, 0, 1, block)):
                return


def header_bomb(port, chance):
    """One long field in HPACK's table, referred to again and again."""
    with Connection(port) as c:
        name, value = b"x-bomb", b"v" * 120
        first = b"\x40" + bytes([len(name)]) + name + bytes([len(value)]) + value
        out = START
        for n in range(20):
            block = call_fields() + (first if n == 0 else b"") + b"\xbe" * 10_000
            out += frame(HEADERS, END_HEADERS, 1 + 2 * n, block)
        c.send(out)
        c.drain(0.1)


def rapid_reset(port, chance):
    """Calls that are cancelled as soon as they are made (CVE-2023-44487)."""
    with Connection(port) as c:
        out = START
        for n in range(1000):
            out += call(1 + 2 * n) + frame(RST_STREAM, 0, 1 + 2 * n, struct.pack(">I", 8))
        c.send(out)
        c.drain(0.2)


def many_streams(port, chance):
    """More calls at once than are allowed, none of them ever completed."""
    with Connection(port) as c:
        out = START
        for n in range(3000):
            out += frame(HEADERS, END_HEADERS, 1 + 2 * n, call_fields())
        c.send(out)
        c.drain(0.2)


def control_flood(port, chance):
    """PING, SETTINGS and empty frames, whose answers nobody reads."""
    with Connection(port) as c:
        one = chance.choice([
            frame(PING, 0, 0, bytes(8)), frame(SETTINGS, 0, 0), frame(PRIORITY, 0, 1, bytes(5)),
            frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 1)), frame(SETTINGS, 0, 0, struct.pack(">HI", 4, 1) * 50),
        ])
        for _ in range(50):
            if not c.send(one * 400):
                return


def bad_windows(port, chance):
    """Window updates of nothing, of too much, and data beyond the window."""
    with Connection(port) as c:
        out = START + frame(HEADERS, END_HEADERS, 1, call_fields())
        out += chance.choice([
            frame(WINDOW_UPDATE, 0, 1, struct.pack(">I", 0)),
            frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 0x7fffffff)) * 2,
            frame(SETTINGS, 0, 0, struct.pack(">HI", 4, 0x80000000)),
            frame(SETTINGS, 0, 0, struct.pack(">HI", 5, 1)),
            frame(DATA, 0, 1, bytes(16_384)) * 700,
            frame(DATA, 0, 3, b"no such stream"),
        ])
        c.send(out)
        c.drain(0.1)


def nobody_reads(port, chance):
    """A window of nothing, so that no answer may leave; many calls."""
    with Connection(port) as c:
        c.send(PREFACE + frame(SETTINGS, 0, 0, struct.pack(">HI", 4, 0)) + b"".join(
            call(1 + 2 * n) for n in range(500)))
        time.sleep(0.3)
        if chance.random() < 0.5:
            c.reset()


def hang_up(port, chance):
    """Connections that are closed or reset at once."""
    for _ in range(30):
        with Connection(port) as c:
            if chance.random() < 0.5:
                c.send(START + call(1))
            if chance.random() < 0.5:
                c.reset()


def garbage_messages(port, chance):
    """Well-formed calls of every method, whose messages are garbage."""
    paths = [b"/roost.v1.Store/" + m for m in (b"Create", b"Get", b"Set", b"Delete", b"List", b"Watch")]
    paths += [b"/roost.v1.Cluster/Status"]
    paths += [b"/roost.v1.Peer/" + m for m in (b"Introduce", b"Heartbeat", b"Vote", b"Sync", b"Forward")]
    with Connection(port) as c:
        out = START
        for n in range(100):
            body = chance.choice(
                [b"", chance.randbytes(20), chance.randbytes(2000), b"\x0a\x01/" + chance.randbytes(9)])
            out += call(1 + 2 * n, chance.choice(paths), body)
        c.send(out)
        c.drain(0.2)


def compressed(port, chance):
    """Messages that say that they are compressed."""
    with Connection(port) as c:
        body = b"\x01" + struct.pack(">I", 30) + chance.randbytes(30)
        c.send(START + frame(HEADERS, END_HEADERS, 1, call_fields(
            b"/roost.v1.Store/Get", (b"grpc-encoding", chance.choice([b"gzip", b"identity", b"deflate"])))) + frame(
                DATA, END_STREAM, 1, body))
        c.drain(0.1)


ATTACKS = [
    random_bytes, plain_http, tls_hello, huge_length, huge_message, truncated, slow, flipped, random_frames,
    random_headers, many_headers, header_bomb, rapid_reset, many_streams, control_flood, bad_windows, nobody_reads,
    hang_up, garbage_messages, compressed,
]


# MARK: What must go on meanwhile

class StockClient(threading.Thread):
    """A stock gRPC client that writes and reads through one member until it is stopped. Nothing may fail."""

    def __init__(self, ensemble, member):
        super().__init__(daemon=True)
        self.client = Client(ensemble, member, timeout=10)
        self.stopping = threading.Event()
        self.calls = 0
        self.slowest = 0.0
        self.failures = []

    def run(self):
        path = f"/served-{self.client.member}"
        self.client.put(path, b"")
        while not self.stopping.is_set():
            started = time.monotonic()
            try:
                value = str(self.calls).encode()
                self.client.set(path, value)
                assert self.client.get(path).data == value
                self.calls += 2
            except (grpc.RpcError, AssertionError) as error:
                self.failures.append(repr(error))
            self.slowest = max(self.slowest, time.monotonic() - started)
            time.sleep(0.005)

    def go_on(self, calls, wait=15.0):
        """Returns once it has been served so many more times, or has failed, or has waited for too long."""
        wanted = self.calls + calls
        end = time.monotonic() + wait
        while self.calls < wanted and not self.failures and time.monotonic() < end:
            time.sleep(0.01)
        return self.calls >= wanted

    def finish(self):
        self.stopping.set()
        self.join(30)
        self.client.close()


@contextlib.contextmanager
def served(ensemble):
    """Stock clients of every member, which must all be served from before the block until after its end."""
    clients = [StockClient(ensemble, member) for member in ensemble.processes]
    for client in clients:
        client.start()
    try:
        goes_on = [client.go_on(2) for client in clients]
        yield clients
        goes_on += [client.go_on(4) for client in clients]
    finally:
        for client in clients:
            client.finish()
    for client in clients:
        assert not client.failures, (
            f"member {client.client.member} did not serve: {client.failures[:3]} ({len(client.failures)} in all)")
    assert all(goes_on), "a member does not answer"
    for member, process in ensemble.processes.items():
        assert process.poll() is None, f"member {member} has ended with status {process.returncode}"


class HalfOpen:
    """Connections on which nothing, or nothing more, is ever sent."""

    def __init__(self, ports, count):
        self.connections = []
        for n in range(count):
            connection = Connection(ports[n % len(ports)])
            beginnings = [b"", PREFACE[:10], START, START + frame(HEADERS, 0, 1, call_fields())]
            connection.send(beginnings[n // len(ports) % 4])
            self.connections.append(connection)

    def close(self):
        for connection in self.connections:
            connection.socket.close()


def resident_mebibytes(process):
    with open(f"/proc/{process.pid}/status") as status:
        line = next(line for line in status if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def ports_of(ensemble):
    return [*ensemble.client_ports.values(), *ensemble.peer_ports.values()]


def attack(ports, chance, until, counts):
    while time.monotonic() < until:
        chosen = chance.choice(ATTACKS)
        # That the other end refuses the connection for a moment, with all these at once, is its good right.
        with contextlib.suppress(OSError):
            chosen(chance.choice(ports), chance)
        counts[chosen.__name__] += 1


def run(seconds, seed, threads=3):
    with Ensemble(3) as ensemble:
        ensemble.wait_ready()
        counts = collections.Counter()
        with served(ensemble) as clients:
            time.sleep(0.5)
            before = {m: resident_mebibytes(p) for m, p in ensemble.processes.items()}
            half_open = HalfOpen(ports_of(ensemble), 60)
            until = time.monotonic() + seconds
            attackers = [
                threading.Thread(
                    target=attack, args=(ports_of(ensemble), random.Random(f"{seed}-{n}"), until, counts), daemon=True)
                for n in range(threads)
            ]
            for attacker in attackers:
                attacker.start()
            for attacker in attackers:
                attacker.join(seconds + 30)
            half_open.close()
            time.sleep(0.5)
            after = {m: resident_mebibytes(p) for m, p in ensemble.processes.items()}
        ensemble.agreement()
        result = {
            "seed": seed, "seconds": seconds, "attacks": dict(sorted(counts.items())),
            "stock_calls": sum(c.calls for c in clients),
            "slowest_ms": round(max(c.slowest for c in clients) * 1000),
            "resident_mib": {m: [round(before[m]), round(after[m])] for m in before},
            "leader_changes": {m: ensemble.status(m).leader_changes for m in ensemble.processes},
        }
        print(json.dumps(result), flush=True)
        grown = {m: after[m] - before[m] for m in before}
        assert max(grown.values()) < 256, f"members have grown by {grown} MiB"
        return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    run(options.minutes * 60, options.seed)
