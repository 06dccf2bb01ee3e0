"""Saturating load on three members: nobody must take the busy for dead.

    python load.py --minutes 10

`roost bench` loads the ensemble with one workload after the other. Afterwards the term must be the one from before,
no member may have seen another leader, and all states must be identical. Prints one line of JSON for each run of
`roost bench` and one for all of it.
"""
import argparse
import json
import subprocess
import time

from ensemble import Ensemble, binary

WORKLOADS = ["write", "mix90", "linearizable-read", "read", "create"]


def bench(ensemble, workload, seconds, warm_up=0.5, connections=64, outstanding=16, keys=1000, size=64,
          members=None):
    """Runs `roost bench` against all members, or those that are named. Returns its figures."""
    done = subprocess.run(
        [binary(), "bench", "--members", ensemble.addresses(members), "--pids", ensemble.pids(), "--workload", workload,
         "--connections", str(connections), "--outstanding", str(outstanding), "--seconds", str(seconds),
         "--warm-up", str(warm_up), "--keys", str(keys), "--size", str(size)],
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=seconds + warm_up + 60)
    assert done.returncode == 0, f"roost bench ended with status {done.returncode}: {done.stdout}{done.stderr}"
    figures = json.loads(done.stdout)
    assert not figures["errors"] and not figures["unanswered"], figures
    return figures


class Calm:
    """Whether the leadership has been the same throughout."""

    def __init__(self, ensemble):
        self.ensemble = ensemble
        self.leader = ensemble.leader()
        self.before = self.told()

    def told(self):
        statuses = [self.ensemble.status(m, timeout=10) for m in self.ensemble.processes]
        return {s.member_id: (s.term, s.leader_id, s.leader_changes) for s in statuses}

    def check(self):
        now = self.told()
        assert now == self.before, (
            f"there was an election: (term, leader, leader changes) of each member were {self.before} and are {now}")


def run(seconds, part_seconds=10.0, keys=1000, workloads=WORKLOADS):
    with Ensemble(3) as ensemble:
        ensemble.wait_ready()
        calm = Calm(ensemble)
        end = time.monotonic() + seconds
        operations = {}
        slowest = {}
        parts = 0
        while time.monotonic() < end or parts < len(workloads):
            workload = workloads[parts % len(workloads)]
            figures = bench(ensemble, workload, part_seconds, keys=keys)
            print(json.dumps(figures), flush=True)
            operations[workload] = operations.get(workload, 0) + figures["operations"]
            slowest[workload] = max(slowest.get(workload, 0), figures["max_us"])
            parts += 1
            calm.check()
        ensemble.agreement(timeout=60)
        calm.check()
        result = {
            "minutes": round(seconds / 60, 2), "parts": parts, "elections": 0, "term": calm.before[calm.leader][0],
            "operations": operations, "max_us": slowest, "digests": "equal",
        }
        print(json.dumps(result), flush=True)
        return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    run(options.minutes * 60)
