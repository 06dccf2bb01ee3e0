"""A million znodes: what they cost in memory, how long a restart takes with them, and how they are listed.

    python million.py --znodes 1000000 --bytes 64

Creates the children of one znode by transactions, then: the resident memory of each member; all members killed, and the
time until a write is acknowledged again; all children listed by one stream, and how much memory that took on either
side; writes, one at a time from several clients, while snapshots are being written and while none is. Prints one line
of JSON.
"""
import argparse
import json
import pathlib
import resource
import threading
import time

from ensemble import Client, Ensemble, store_pb2

PARENT = "/million"
BATCH = 128


def resident(ensemble):
    """MiB of each member."""
    sizes = {}
    for member, process in ensemble.processes.items():
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        sizes[member] = round(int(status.split("VmRSS:")[1].split()[0]) / 1024)
    return sizes


def load(ensemble, znodes, size, threads=4):
    data = b"x" * size

    def create(place):
        client = Client(ensemble, place % ensemble.count + 1, timeout=30)
        pending = []
        for start in range(place * BATCH, znodes, threads * BATCH):
            operations = [
                store_pb2.Operation(create=store_pb2.CreateRequest(path=f"{PARENT}/{number:08}", data=data))
                for number in range(start, min(start + BATCH, znodes))]
            request = store_pb2.TransactRequest(then=operations)
            pending.append(client.store.Transact.future(request, timeout=30))
            if len(pending) == 8:
                pending.pop(0).result()
        for call in pending:
            call.result()
        client.close()

    workers = [threading.Thread(target=create, args=(place,)) for place in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def list_all(ensemble, member):
    client = Client(ensemble, member, timeout=300)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    server, peak, done = resident(ensemble)[member], 0, threading.Event()

    def observe():
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, resident(ensemble)[member])

    observer = threading.Thread(target=observe)
    observer.start()
    begun = time.monotonic()
    count, last = 0, ""
    for response in client.store.List(store_pb2.ListRequest(path=PARENT), timeout=300):
        for child in response.children:
            assert child.name > last
            last = child.name
        count += len(response.children)
    seconds = time.monotonic() - begun
    done.set()
    observer.join()
    client.close()
    return count, {
        "seconds": round(seconds, 2), "member_grew_mib": max(0, peak - server),
        "client_grew_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before)}


def restart(ensemble):
    """Seconds from the start of all members to an acknowledged write."""
    ensemble.kill_all()
    begun = time.monotonic()
    ensemble.start_all()
    while True:
        for member in ensemble.processes:
            client = Client(ensemble, member, timeout=0.5)
            try:
                client.set("/probe", b"")
                return round(time.monotonic() - begun, 2)
            except Exception:
                time.sleep(0.01)
            finally:
                client.close()


class Writers:
    """Clients that write one value after the other, and note how long each took."""

    def __init__(self, ensemble, count=8, size=1024):
        self.samples, self.stopping = [], False
        self.threads = [
            threading.Thread(target=self.write, args=(ensemble, place, size)) for place in range(count)]
        for thread in self.threads:
            thread.start()

    def write(self, ensemble, place, size):
        client = Client(ensemble, place % ensemble.count + 1, timeout=30)
        path = f"{PARENT}/{place:08}"
        while not self.stopping:
            begun = time.monotonic()
            client.set(path, b"y" * size)
            self.samples.append((begun, time.monotonic() - begun))
        client.close()

    def stop(self):
        self.stopping = True
        for thread in self.threads:
            thread.join()
        return self.samples


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def snapshots_under_way(ensemble, seconds):
    """When a snapshot was being written at any member: pairs of times."""
    spans, begun, end = [], None, time.monotonic() + seconds
    while time.monotonic() < end:
        now = time.monotonic()
        isWriting = any(ensemble.folder.rglob("snapshot-own.tmp"))
        if isWriting and begun is None:
            begun = now
        if not isWriting and begun is not None:
            spans.append((begun, now))
            begun = None
        time.sleep(0.02)
    return spans


def run(znodes, size, seconds):
    with Ensemble(3) as ensemble:
        ensemble.wait_ready(whole=True)
        idle = resident(ensemble)
        client = Client(ensemble, 1, timeout=10)
        client.create(PARENT)
        client.create("/probe")
        begun = time.monotonic()
        load(ensemble, znodes, size)
        loaded = time.monotonic() - begun
        time.sleep(8)
        result = {
            "znodes": znodes, "bytes": size, "idle_mib": idle, "load_seconds": round(loaded, 1),
            "loaded_mib": resident(ensemble)}
        result["restart_seconds"] = [restart(ensemble) for _ in range(3)]
        ensemble.wait_ready(whole=True)
        time.sleep(5)
        result["restarted_mib"] = resident(ensemble)
        count, result["list"] = list_all(ensemble, 1)
        assert count == znodes, f"{count} children were listed"
        if seconds:
            writers = Writers(ensemble)
            spans = snapshots_under_way(ensemble, seconds)
            samples = writers.stop()
            during = [took for at, took in samples if any(a <= at <= b for a, b in spans)]
            quiet = [took for at, took in samples if not any(a - 0.1 <= at <= b + 0.1 for a, b in spans)]
            result["snapshots"] = {
                "count": len(spans), "seconds": round(sum(b - a for a, b in spans), 1), "writes": len(samples),
                "p99_ms_during": round(1000 * percentile(during, 0.99), 2),
                "p99_ms_without": round(1000 * percentile(quiet, 0.99), 2)}
        ensemble.agreement(timeout=60)
    print(json.dumps(result), flush=True)
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--znodes", type=int, default=1_000_000)
    parser.add_argument("--bytes", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60, help="how long is written while snapshots are made")
    options = parser.parse_args()
    run(options.znodes, options.bytes, options.seconds)
