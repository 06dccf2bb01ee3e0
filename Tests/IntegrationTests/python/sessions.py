"""Ten thousand sessions: half of their clients die, then the leader does.

    python sessions.py --sessions 10000

Each session has an ephemeral znode. Those of the dead must end, not before their timeout after their last answered
keep-alive was sent, and no other; and none of the living when the leader is killed. Prints one line of JSON.
"""
import argparse
import json
import subprocess

from ensemble import Ensemble, binary


def run(sessions, clients, timeout_ms, hold=8):
    with Ensemble(3) as ensemble:
        ensemble.wait_ready(whole=True)
        bench = subprocess.Popen(
            [binary(), "bench-sessions", "--members", ensemble.addresses(), "--sessions", str(sessions),
             "--clients", str(clients), "--session-timeout", str(timeout_ms), "--hold", str(hold)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        try:
            dead = json.loads(bench.stdout.readline() or "{}")
            assert dead, f"roost bench-sessions ended with status {bench.wait(10)}"
            leader = ensemble.leader()
            ensemble.kill(leader)
            living = json.loads(bench.stdout.readline() or "{}")
            assert bench.wait(60) == 0
            ensemble.start(leader)
            ensemble.wait_ready()
            ensemble.agreement(timeout=60)
        finally:
            bench.kill()
            bench.wait()
    result = {"sessions": sessions, "timeout_ms": timeout_ms, **dead, **{"after_the_leaders_death": living}}
    print(json.dumps(result), flush=True)
    assert dead["ended"] == dead["dead"] and dead["living_ended"] == 0, result
    assert dead["lifetime_min"] >= 1.0, result
    assert living["living_ended"] == 0, result
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--timeout-ms", type=int, default=4_000)
    options = parser.parse_args()
    run(options.sessions, options.clients, options.timeout_ms)
