"""Kills leaders under load and accounts for every acknowledged write.

    python failover.py kill --rounds 20     kill -9 of the leader, restart
    python failover.py stop --rounds 10     SIGSTOP of the leader, SIGCONT
    python failover.py all  --rounds 10     kill -9 of every member in full flight, restart
    python failover.py partition --rounds 20    the leader is cut off from the other members, not from clients
    python failover.py stall --rounds 20        for ten seconds no sync of the leader's disk ends
    python failover.py transfer --rounds 20     the leader hands over

For `partition` and `stall` the figure is the longest pause between acknowledgements from the fault until two seconds
after its end, for `transfer` within a second; `partition` needs root, iproute2 and nftables.

One writer for each member sends, with a stock gRPC client and a request id, unique values and sets of a counter znode
of its own, one after the other. A failed write is sent again, with its id, to the next member. Afterwards every
acknowledged value must be there on every member, and each counter's version must equal the number of its ids.
"""
import argparse
import json
import random
import signal
import statistics
import threading
import time

import grpc

from ensemble import Client, Ensemble, cluster_pb2, types_pb2
from network import NetworkedEnsemble, SlowDisk, why_not


class Writer(threading.Thread):
    """Writes `/w<member>/<n>` = n and sets `/counter<member>` = n, for n = 1, 2, ..."""

    def __init__(self, ensemble, member, pause=0.004):
        super().__init__(daemon=True)
        self.ensemble, self.member, self.pause = ensemble, member, pause
        self.at = member
        self.client = None
        self.stopping = False
        self.acknowledged = 0
        self.attempts = []  # (sent, acknowledged) of acknowledged attempts
        self.retries = 0
        self.unexpected = None
        first = Client(ensemble, member, timeout=5)
        self.client_id = first.client_id
        first.create(f"/w{member}")
        first.create(f"/counter{member}")
        first.close()
        self.sequence = 0

    def write(self, operation):
        """Sends one write until it is acknowledged, always with the same request id."""
        self.sequence += 1
        request_id = types_pb2.RequestId(client_id=self.client_id, sequence=self.sequence)
        while True:
            if self.client is None:
                self.client = Client(self.ensemble, self.at, timeout=0.2)
            sent = time.monotonic()
            try:
                operation(self.client, request_id)
                self.attempts.append((sent, time.monotonic()))
                return True
            except grpc.RpcError as error:
                if error.code() not in RETRIED:
                    self.unexpected = f"writer {self.member}: {error.code().name}: {error.details()}"
                    return False
                self.retries += 1
                self.client.close()
                self.client = None
                self.at = self.at % self.ensemble.count + 1
                if self.stopping and self.retries > 100_000:
                    return False
                time.sleep(0.01)

    def run(self):
        n = 0
        while not self.stopping:
            n += 1
            value = str(n).encode()
            path = f"/w{self.member}/{n}"
            if not self.write(lambda client, rid: client.create(path, value, request_id=rid)):
                break
            if not self.write(lambda client, rid: client.set(f"/counter{self.member}", value, request_id=rid)):
                break
            self.acknowledged = n
            time.sleep(self.pause)
        if self.client:
            self.client.close()


STALL_SECONDS = 10

RETRIED = {
    grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.CANCELLED, grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.INTERNAL,
}


def first_acknowledgement(writers, after, limit=30.0):
    """Seconds from `after` to the first acknowledgement of a write that was sent after it."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        times = [done - after for w in writers for sent, done in w.attempts[-500:] if sent > after]
        if times:
            return min(times)
        time.sleep(0.002)
    raise AssertionError(f"no write acknowledged within {limit} s")


def account(ensemble, writers):
    """Everything acknowledged is there, on every member, and nothing was applied twice."""
    for writer in writers:
        writer.stopping = True
    for writer in writers:
        writer.join(30)
        assert not writer.is_alive(), f"writer {writer.member} is stuck"
        assert writer.unexpected is None, writer.unexpected
    total = 0
    digests = set()
    for member in ensemble.processes:
        client = Client(ensemble, member, timeout=10)
        for writer in writers:
            n = writer.acknowledged
            counter = client.get(f"/counter{writer.member}")
            assert counter.data == str(n).encode(), f"member {member}: counter {counter.data} is not {n}"
            assert counter.stat.version == n, (
                f"member {member}: counter {writer.member} was set {counter.stat.version} times for {n} ids")
            values = {c.name: c.data for c in client.list(f"/w{writer.member}", include_data=True)}
            assert values == {str(i): str(i).encode() for i in range(1, n + 1)}, (
                f"member {member}: values of writer {writer.member} differ")
            total += n
        client.close()
    revision = max(ensemble.status(m).applied_revision for m in ensemble.processes)
    for member in ensemble.processes:
        status = ensemble.status(member, timeout=10, min_revision=revision)
        digests.add((status.applied_revision, status.state_digest))
    assert len(digests) == 1, f"members' digests differ: {digests}"
    return 2 * total // len(ensemble.processes)


def longest_pause(writers, start, seconds):
    """The longest time from `start`, for so many seconds, in which no write sent by anybody was acknowledged."""
    time.sleep(max(0, start + seconds - time.monotonic()))
    times = sorted(done for w in writers for _, done in w.attempts[-20_000:] if start <= done <= start + seconds)
    edges = [start, *times, start + seconds]
    return max(later - earlier for earlier, later in zip(edges, edges[1:]))


def hand_over(ensemble, leader):
    target = random.choice([m for m in ensemble.processes if m != leader])
    client = Client(ensemble, leader, timeout=5)
    answer = client.cluster.TransferLeadership(
        cluster_pb2.TransferLeadershipRequest(to_member_id=target), timeout=5)
    client.close()
    assert answer.leader_id == target


def rounds_of(mode, ensemble, writers, rounds, disk=None):
    figures = []
    for round_number in range(rounds):
        time.sleep(random.uniform(0.8, 1.5))
        leader = ensemble.leader()
        if mode == "kill":
            start = time.monotonic()
            ensemble.kill(leader)
            took = first_acknowledgement(writers, start)
            successor = ensemble.leader(among=[m for m in ensemble.processes if m != leader])
            assert successor != leader
            ensemble.start(leader)
        elif mode == "stop":
            start = time.monotonic()
            ensemble.signal(leader, signal.SIGSTOP)
            # A write acknowledged within 5 ms of the stop may have been committed before it.
            took = first_acknowledgement(writers, start + 0.005) + 0.005
            ensemble.signal(leader, signal.SIGCONT)
        elif mode == "partition":
            start = time.monotonic()
            ensemble.isolate(leader)
            took = longest_pause(writers, start, 3)
            ensemble.heal()
        elif mode == "stall":
            start = time.monotonic()
            disk.stall(leader)
            time.sleep(STALL_SECONDS)
            disk.work(leader)
            took = longest_pause(writers, start, STALL_SECONDS + 2)
        elif mode == "transfer":
            before = sum(w.retries for w in writers)
            start = time.monotonic()
            hand_over(ensemble, leader)
            took = longest_pause(writers, start, 1)
            assert sum(w.retries for w in writers) == before, "a request failed"
        else:
            ensemble.kill_all()
            start = time.monotonic()
            ensemble.start_all()
            took = first_acknowledgement(writers, start)
        figures.append(took)
        print(f"{mode} {round_number + 1}: {took * 1000:.0f} ms without an acknowledgement", flush=True)
        ensemble.wait_ready()
        assert all(w.unexpected is None for w in writers), [w.unexpected for w in writers]
    return figures


def ensemble_for(mode, extra):
    if mode != "partition":
        return Ensemble(3, extra=extra)
    reason = why_not()
    assert reason is None, reason
    return NetworkedEnsemble(3, extra=extra)


def run(mode, rounds, extra=()):
    ensemble = ensemble_for(mode, extra)
    disk = SlowDisk(ensemble.folder) if mode == "stall" else None
    if disk:
        ensemble.environment = disk.environment
    with ensemble:
        ensemble.wait_ready()
        writers = [Writer(ensemble, member) for member in ensemble.processes]
        for writer in writers:
            writer.start()
        figures = rounds_of(mode, ensemble, writers, rounds, disk)
        total = account(ensemble, writers)
        result = {
            "mode": mode, "rounds": rounds, "acknowledged": total, "retries": sum(w.retries for w in writers),
            "min_ms": round(min(figures) * 1000), "median_ms": round(statistics.median(figures) * 1000),
            "max_ms": round(max(figures) * 1000),
        }
        print(json.dumps(result), flush=True)
        return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["kill", "stop", "all", "partition", "stall", "transfer"])
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    run(options.mode, options.rounds)
