"""A healthy leader keeps its office on a bad network and beside a member that stalls.

    python steady.py --minutes 60 --loss 10

A tenth of the packets between members is lost, and every few seconds one follower does nothing for two seconds, while
one writer for each member works. The leader must not change. Then leaders are killed under the same loss, and the time
to the next acknowledgement is told. Needs root, iproute2 and nftables.
"""
import argparse
import json
import random
import signal
import statistics
import time

from ensemble import roost
from failover import Writer, account, first_acknowledgement
from network import NetworkedEnsemble, why_not


def run(minutes, loss, rounds):
    reason = why_not()
    assert reason is None, reason
    with NetworkedEnsemble(3) as ensemble:
        ensemble.wait_ready()
        writers = [Writer(ensemble, member) for member in ensemble.processes]
        for writer in writers:
            writer.start()
        ensemble.lose(loss)
        leader = ensemble.leader()
        term = ensemble.status(leader).term
        stalled = next(m for m in ensemble.processes if m != leader)
        end = time.monotonic() + minutes * 60
        stalls = 0
        while time.monotonic() < end:
            time.sleep(random.uniform(2, 8))
            ensemble.signal(stalled, signal.SIGSTOP)
            time.sleep(2)
            ensemble.signal(stalled, signal.SIGCONT)
            stalls += 1
            status = ensemble.status(leader, timeout=5)
            if (status.leader_id, status.term) != (leader, term):
                told = roost("cluster", "explain", "--last", "60", "--members", ensemble.addresses())
                print(told.stdout, told.stderr)
                raise AssertionError(
                    f"leader {status.leader_id} in term {status.term} after {stalls} stalls, not {leader} in {term}")
            if stalls % 60 == 0:
                print(f"{stalls} stalls, still leader {leader} in term {term}", flush=True)
        deaths = [death(ensemble, writers) for _ in range(rounds)]
        ensemble.heal()
        ensemble.wait_ready()
        acknowledged = account(ensemble, writers)
        result = {
            "minutes": minutes, "loss_per_cent": loss, "stalls": stalls, "elections": 0, "acknowledged": acknowledged,
            "kills": rounds, "kill_median_ms": round(statistics.median(deaths) * 1000),
            "kill_max_ms": round(max(deaths) * 1000),
        }
        print(json.dumps(result), flush=True)
        return result


def death(ensemble, writers):
    """Seconds from the death of the leader to the next acknowledgement, on the bad network."""
    time.sleep(2)
    leader = ensemble.leader()
    start = time.monotonic()
    ensemble.kill(leader)
    took = first_acknowledgement(writers, start)
    ensemble.start(leader)
    ensemble.wait_ready()
    return took


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--loss", type=int, default=10, help="per cent")
    parser.add_argument("--rounds", type=int, default=10, help="leaders killed at the end")
    options = parser.parse_args()
    run(options.minutes, options.loss, options.rounds)
