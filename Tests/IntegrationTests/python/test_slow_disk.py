"""A disk that hangs: its member's syncs do not return for seconds, while the process runs on."""
import time

from ensemble import Client, Ensemble
from network import SlowDisk
from test_data_directory import SMALL, Kept


def test_a_leader_whose_disk_hangs_hands_over():
    ensemble = Ensemble(3, extra=SMALL)
    disk = SlowDisk(ensemble.folder)
    ensemble.environment = disk.environment
    with ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(10)
        leader = ensemble.leader()
        client = Client(ensemble, next(m for m in ensemble.processes if m != leader), timeout=10)
        disk.stall(leader)
        start = time.monotonic()
        longest = 0.0
        handed_over = None
        while handed_over is None or time.monotonic() - start < 3:
            assert time.monotonic() - start < 10, "it does not hand over"
            name = f"f{len(kept.values)}"
            sent = time.monotonic()
            client.create(f"/kept/{name}", name.encode())
            kept.values[name] = name.encode()
            longest = max(longest, time.monotonic() - sent)
            if handed_over is None and len(kept.values) % 10 == 0 and ensemble.leader() != leader:
                handed_over = time.monotonic() - start
        print(f"handed over after {handed_over * 1000:.0f} ms, longest write {longest * 1000:.0f} ms")
        client.close()
        disk.work(leader)
        kept.check(timeout=30)
