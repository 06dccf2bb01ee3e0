"""What three members do on this machine, in one run: throughput, latency and processor time.

    python compare.py --seconds 5 --rounds 3

Prints, for each workload of `roost bench`, the median over the rounds as one line of JSON. Figures of different runs,
or of different machines, cannot be compared: put another service's figures beside these only if they come from the
same machine in the same hour.
"""
import argparse
import json
import statistics

from ensemble import Ensemble
from load import Calm, bench

# (workload, connections, outstanding on each, bytes of data)
CASES = [
    ("write", 64, 16, 64), ("write", 64, 16, 1024), ("read", 64, 16, 64), ("linearizable-read", 64, 16, 64),
    ("mix90", 64, 16, 64), ("create", 64, 16, 64),
    # One request at a time: what a single client waits.
    ("write", 1, 1, 64), ("read", 1, 1, 64), ("linearizable-read", 1, 1, 64),
]
MEDIANS = ["operations_per_second", "p50_us", "p90_us", "p99_us", "max_us", "server_cpu_us_per_operation",
           "client_cpu_us_per_operation"]


def run(seconds, rounds):
    results = []
    with Ensemble(3) as ensemble:
        ensemble.wait_ready()
        calm = Calm(ensemble)
        for workload, connections, outstanding, size in CASES:
            figures = [
                bench(ensemble, workload, seconds, warm_up=1, connections=connections, outstanding=outstanding,
                      size=size)
                for _ in range(rounds)
            ]
            result = {"workload": workload, "connections": connections, "outstanding": outstanding, "size": size}
            for name in MEDIANS:
                values = [f[name] for f in figures if f.get(name) is not None]
                if values:
                    result[name] = statistics.median(values)
            print(json.dumps(result), flush=True)
            results.append(result)
        calm.check()
        ensemble.agreement(timeout=60)
    return results


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    run(options.seconds, options.rounds)
