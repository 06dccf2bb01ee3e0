"""What a dead, a slow and a returning follower cost those who write.

    python laggard.py beside --rounds 20
    python laggard.py return --mebibytes 1024 [--apart] [--rate 32]

`beside`: the latency of writes to the two other members while one follower is well, is dead (kill -9), is stopped
(SIGSTOP) or has a disk whose syncs take 50 ms longer, in turns; and how each compares with the healthy case of the same
turn. `return`: one follower is away while so much is written, its log is gone from the others, and it comes back by
snapshot; writes per second and their latency while it does, compared with the time before and after. With `--apart` it
has a processor of its own, as it would elsewhere: then nobody pays for what it computes, only for what it is sent.

The load is one request at a time on each of eight connections: what a client waits is to be seen, not how much the
machine can do, which the members share here.
"""
import argparse
import json
import os
import signal
import statistics
import time

from ensemble import Client, Ensemble, store_pb2
from load import bench
from network import SlowDisk

CONNECTIONS = 8
SLOW_MILLISECONDS = 50
WINDOW_SECONDS = 2


def measure(ensemble, members, seconds):
    return bench(ensemble, "write", seconds, warm_up=0.5, connections=CONNECTIONS, outstanding=1, members=members)


def followers(ensemble):
    leader = ensemble.leader()
    return leader, [m for m in ensemble.processes if m != leader]


class Ill:
    """One follower that is made ill, and well again."""

    def __init__(self, ensemble, disk, member):
        self.ensemble, self.disk, self.member = ensemble, disk, member

    def fall(self, how):
        if how == "dead":
            self.ensemble.kill(self.member)
        elif how == "stopped":
            self.ensemble.signal(self.member, signal.SIGSTOP)
        elif how == "slow":
            self.disk.delay(self.member, SLOW_MILLISECONDS)

    def recover(self, how):
        if how == "dead":
            self.ensemble.start(self.member)
        elif how == "stopped":
            self.ensemble.signal(self.member, signal.SIGCONT)
        elif how == "slow":
            self.disk.work(self.member)
        self.ensemble.wait_ready()
        self.ensemble.agreement()


def beside(rounds, seconds):
    kinds = ["healthy", "dead", "stopped", "slow"]
    ensemble = Ensemble(3)
    disk = SlowDisk(ensemble.folder)
    ensemble.environment = disk.environment
    figures = {kind: [] for kind in kinds}
    with ensemble:
        ensemble.wait_ready()
        for _ in range(rounds):
            leader, (ill, well) = followers(ensemble)
            patient = Ill(ensemble, disk, ill)
            for kind in kinds:
                patient.fall(kind)
                time.sleep(1)
                figures[kind].append(measure(ensemble, [leader, well], seconds))
                patient.recover(kind)
                assert ensemble.leader() == leader, f"{kind}: the leader changed"
    result = {"rounds": rounds, "seconds": seconds, "connections": CONNECTIONS}
    for kind in kinds:
        p99 = [f["p99_us"] for f in figures[kind]]
        ratios = [a / b["p99_us"] for a, b in zip(p99, figures["healthy"])]
        result[kind] = {
            "p50_us": statistics.median(f["p50_us"] for f in figures[kind]), "p99_us": statistics.median(p99),
            "p99_to_healthy": round(statistics.median(ratios), 2), "p99_to_healthy_max": round(max(ratios), 2),
            "writes_per_second": statistics.median(f["operations_per_second"] for f in figures[kind]),
        }
    print(json.dumps(result), flush=True)
    return result


def fill(ensemble, through, mebibytes):
    """Writes znodes of 64 KiB."""
    client = Client(ensemble, through, timeout=30)
    client.put("/big", b"")
    count = mebibytes * 16
    for first in range(0, count, 32):
        calls = [
            client.store.Create.future(
                store_pb2.CreateRequest(path=f"/big/{number}", data=number.to_bytes(4, "big") * (16 << 10)),
                timeout=client.timeout)
            for number in range(first, min(first + 32, count))
        ]
        for call in calls:
            call.result()
    client.close()


def windows(ensemble, members, seconds):
    """Measures for so long, in parts: what they show by chance is to be seen beside what they show for a cause."""
    return [measure(ensemble, members, WINDOW_SECONDS) for _ in range(max(1, round(seconds / WINDOW_SECONDS)))]


def pin(process, processor):
    for thread in os.listdir(f"/proc/{process.pid}/task"):
        os.sched_setaffinity(int(thread), {processor})


def come_back(mebibytes, seconds, apart=False, rate=None):
    extra = ["--snapshot-rate", str(rate)] if rate else []
    with Ensemble(3, extra=extra) as ensemble:
        ensemble.wait_ready()
        leader, (away, well) = followers(ensemble)
        ensemble.kill(away)
        fill(ensemble, leader, mebibytes)
        time.sleep(5)
        if apart:
            os.sched_setaffinity(0, {0})
            for member in (leader, well):
                pin(ensemble.processes[member], 0)
        before = windows(ensemble, [leader, well], seconds)
        start = time.monotonic()
        ensemble.start(away)
        if apart:
            pin(ensemble.processes[away], 1)
        during = []
        while not in_step(ensemble, leader, away):
            assert time.monotonic() - start < 600, "it does not catch up"
            during += windows(ensemble, [leader, well], WINDOW_SECONDS)
        took = time.monotonic() - start
        after = windows(ensemble, [leader, well], seconds)
        assert ensemble.leader() == leader, "the leader changed"
        ensemble.agreement(timeout=60)
    phases = {"before": before, "during": during, "after": after}
    rates = {phase: [f["operations_per_second"] for f in figures] for phase, figures in phases.items()}
    median = {phase: statistics.median(rates[phase]) for phase in rates}
    result = {
        "mebibytes": mebibytes, "apart": apart, "seconds_to_catch_up": round(took, 1), "writes_per_second": rates,
        "p99_us": {phase: statistics.median(f["p99_us"] for f in figures) for phase, figures in phases.items()},
        "during_to_before": round(median["during"] / median["before"], 2),
        "during_to_after": round(median["during"] / median["after"], 2),
        "least_to_median": {phase: round(min(rates[phase]) / median[phase], 2) for phase in rates},
    }
    print(json.dumps(result), flush=True)
    return result


def in_step(ensemble, leader, away):
    try:
        revision = ensemble.status(leader, timeout=5).applied_revision
        return ensemble.status(away, timeout=1).applied_revision >= revision - 1000
    except Exception:
        return False


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["beside", "return"])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=float, help="of each measurement: 3, and 12 before and after a return")
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--rate", type=int, help="MiB of a snapshot per second, instead of the default")
    options = parser.parse_args()
    if options.what == "beside":
        beside(options.rounds, options.seconds or 3)
    else:
        come_back(options.mebibytes, options.seconds or 12, options.apart, options.rate)
