"""A lock under attack: its holders are stopped for longer than their sessions live, the leader is killed, clocks jump.

    python locks.py --acquisitions 10000

Some programs take a lock in turn and write under its token. Some of them are stopped and go on, or fall silent, while
they hold it, and write then. By the history of all changes every write must have been made under the token of the claim
that was first in the queue at that moment, and by nobody else. Prints one line of JSON.
"""
import argparse
import json
import random
import signal
import subprocess
import sys
import time

import grpc

from ensemble import Client, lock_pb2, reason, store_pb2, types_pb2
from network import JumpingClocks
from test_sessions import Heart, open_session

LOCK, GUARDED = "/locks/attacked", "/guarded"
TIMEOUT_MS = 600


# MARK: A program that takes the lock


class Members:
    """What a program knows of an ensemble."""

    def __init__(self, addresses):
        self.addresses = addresses
        self.count = len(addresses)

    def address(self, member):
        return self.addresses[member - 1]


class Worker:
    def __init__(self, addresses, number):
        self.members = Members(addresses)
        self.random = random.Random(number)
        self.member = number % self.members.count + 1
        self.client = Client(self.members, self.member, timeout=5)
        self.heart = None
        self.counts = {"acquired": 0, "written": 0, "fenced": 0, "sessions": 0, "silences": 0}

    def rotate(self):
        self.member = self.member % self.members.count + 1
        known = self.client
        self.client = Client(self.members, self.member, timeout=5)
        self.client.client_id, self.client.sequence = known.client_id, known.sequence
        known.close()
        time.sleep(0.02)

    def insist(self, call, answered=()):
        """Sends a request until it is answered; also with one of the reasons `answered`, which is returned then."""
        while True:
            try:
                return call(self.client)
            except grpc.RpcError as error:
                if reason(error) in answered:
                    return reason(error)
                self.rotate()

    def session(self):
        if self.heart is None or self.heart.ended is not None or self.heart.stopping:
            request_id = self.client.request_id()
            opened = self.insist(lambda client: open_session(client, TIMEOUT_MS, request_id=request_id))
            self.heart = Heart(self.members, opened, self.member)
            self.heart.start()
            self.counts["sessions"] += 1
        return self.heart.session.session_id

    def acquire(self):
        while True:
            request = lock_pb2.AcquireRequest(
                path=LOCK, session_id=self.session(), request_id=self.client.request_id())
            held = self.insist(
                lambda client: client.locks.Acquire(request, timeout=20),
                answered=("SESSION_ENDED", "SESSION_NOT_FOUND", "CLAIM_NOT_FOUND"))
            if not isinstance(held, str):
                return held.token
            if held != "CLAIM_NOT_FOUND":
                self.heart.stopping = True

    def turn(self):
        token = self.acquire()
        self.counts["acquired"] += 1
        if self.random.random() < 0.03:
            # Nobody keeps the session alive, and the program does not know.
            self.heart.stopping = True
            self.counts["silences"] += 1
            time.sleep(TIMEOUT_MS / 1000 * self.random.uniform(0.5, 4))
        request = store_pb2.SetRequest(
            path=GUARDED, data=str(token).encode(), request_id=self.client.request_id(),
            fence=types_pb2.Fence(path=LOCK, token=token))
        written = self.insist(lambda client: client.store.Set(request, timeout=5), answered=("FENCED",))
        self.counts["fenced" if written == "FENCED" else "written"] += 1
        release = lock_pb2.ReleaseRequest(path=LOCK, token=token, request_id=self.client.request_id())
        self.insist(lambda client: client.locks.Release(release, timeout=5), answered=("CLAIM_NOT_FOUND",))


def work(addresses, number):
    """Takes turns until a line comes in, and prints what it has done."""
    import threading
    worker = Worker(addresses, number)
    stopping = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stopping.set()), daemon=True).start()
    while not stopping.is_set():
        worker.turn()
    print(json.dumps(worker.counts), flush=True)


# MARK: The attack


class Attack:
    def __init__(self, ensemble, workers, seed):
        self.ensemble = ensemble
        self.random = random.Random(seed)
        self.workers = [
            subprocess.Popen(
                [sys.executable, __file__, "--worker", str(number), "--members", ensemble.addresses()],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for number in range(workers)]
        self.resume = {}
        self.deaths = 0
        self.stops = 0
        self.jumps = 0

    def run(self, acquisitions):
        next_death = time.monotonic() + 1
        while self.acquired() < acquisitions:
            time.sleep(0.2)
            assert all(worker.poll() is None for worker in self.workers), "a worker has ended by itself"
            now = time.monotonic()
            for worker in [w for w, end in self.resume.items() if end <= now]:
                self.go_on(worker)
            if len(self.resume) < len(self.workers) // 2 and self.random.random() < 0.3:
                worker = self.random.choice([w for w in self.workers if w not in self.resume])
                worker.send_signal(signal.SIGSTOP)
                self.stops += 1
                self.resume[worker] = now + TIMEOUT_MS / 1000 * self.random.uniform(0.3, 4)
            if self.random.random() < 0.2:
                # By up to a day, forward or back.
                member = self.random.choice(list(self.ensemble.processes))
                self.ensemble.jump(member, self.random.randint(-86_400, 86_400))
                self.jumps += 1
            if now >= next_death:
                leader = self.ensemble.leader()
                self.ensemble.kill(leader)
                self.deaths += 1
                time.sleep(0.3)
                self.ensemble.start(leader)
                next_death = time.monotonic() + self.random.uniform(2, 6)

    def go_on(self, worker):
        worker.send_signal(signal.SIGCONT)
        del self.resume[worker]

    def acquired(self):
        """As many as have been told of it and written, or nearly so."""
        for member in self.ensemble.processes:
            client = Client(self.ensemble, member)
            try:
                return client.get(GUARDED, level=types_pb2.READ_LEVEL_SERIALIZABLE).stat.version
            except grpc.RpcError:
                continue
            finally:
                client.close()
        return 0

    def finish(self):
        for worker in list(self.resume):
            self.go_on(worker)
        self.ensemble.wait_ready()
        counts = {}
        for worker in self.workers:
            printed, _ = worker.communicate("\n", timeout=120)
            for name, count in json.loads(printed).items():
                counts[name] = counts.get(name, 0) + count
        return counts


# MARK: The verdict


def history(client):
    """All changes there were."""
    last = client.get("/").revision
    request = store_pb2.WatchRequest(
        path="/", scope=store_pb2.WATCH_SCOPE_RECURSIVE, start_revision=1, include_data=True, progress_interval_ms=100)
    stream = client.store.Watch(request, timeout=120)
    for response in stream:
        yield from response.events
        if response.revision >= last:
            stream.cancel()
            return


def judge(events):
    """Returns how many writes there were, and how many claims, all of them in order."""
    queue, writes, claims, last = [], 0, 0, 0
    for event in events:
        if event.path.startswith(LOCK + "/"):
            token = int(event.path[len(LOCK) + 1:].split("-")[0])
            if event.kind == store_pb2.EVENT_KIND_CREATED:
                assert token == event.revision and (not queue or token > queue[-1]), event
                queue.append(token)
                claims += 1
            elif event.kind == store_pb2.EVENT_KIND_DELETED:
                queue.remove(token)
        elif event.path == GUARDED and event.kind == store_pb2.EVENT_KIND_CHANGED:
            token = int(event.data)
            assert queue and queue[0] == token, f"written under {token}; the queue was {queue[:3]}"
            assert token >= last, f"{token} after {last}"
            last = token
            writes += 1
    return writes, claims


def check_clocks(ensemble, client):
    """What members stamp on what they write is as wrong as their clocks."""
    for member in ensemble.processes:
        ensemble.jump(member, 86_400)
    ahead = client.create("/late").stat.created_unix_ms / 1000 - time.time()
    assert abs(ahead - 86_400) < 60, f"the clocks are {ahead} s ahead"


def run(acquisitions, workers, seed=1):
    with JumpingClocks(3) as ensemble:
        ensemble.wait_ready(whole=True)
        Client(ensemble, 1, timeout=5).create(GUARDED)
        attack = Attack(ensemble, workers, seed)
        begun = time.monotonic()
        try:
            attack.run(acquisitions)
            counts = attack.finish()
        finally:
            for worker in attack.workers:
                worker.kill()
                worker.wait()
        seconds = time.monotonic() - begun
        ensemble.wait_ready()
        client = Client(ensemble, 1, timeout=30)
        writes, claims = judge(history(client))
        check_clocks(ensemble, client)
    result = {
        **counts, "claims": claims, "accepted": writes, "deaths_of_leaders": attack.deaths, "stops": attack.stops,
        "jumps_of_clocks": attack.jumps, "seconds": round(seconds, 1)}
    print(json.dumps(result), flush=True)
    # A write whose answer was lost is sent again with the same request id: what is accepted is acknowledged in the end.
    assert writes == counts["written"], result
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acquisitions", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--members", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker is not None:
        work(options.members.split(","), options.worker)
    else:
        run(options.acquisitions, options.workers, options.seed)
