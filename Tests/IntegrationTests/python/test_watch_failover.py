"""A watch that is taken up again on another member after each failure misses nothing and tells nothing twice."""
import threading
import time

import grpc

from ensemble import Client, Ensemble, store_pb2
from failover import Writer, account


class Watcher(threading.Thread):
    """Follows everything below `path` through whatever happens, resuming at the revision after the last one told."""

    def __init__(self, ensemble, path, at):
        super().__init__(daemon=True)
        self.ensemble, self.path, self.at = ensemble, path, at
        self.next_revision = 1
        self.events = []
        self.breaks = 0
        self.stopping = False
        self.call = None

    def run(self):
        while not self.stopping:
            client = Client(self.ensemble, self.at)
            try:
                self.call = client.store.Watch(store_pb2.WatchRequest(
                    path=self.path, scope=store_pb2.WATCH_SCOPE_CHILDREN, start_revision=self.next_revision,
                    progress_interval_ms=200, include_data=True))
                for response in self.call:
                    self.events += response.events
                    self.next_revision = max(self.next_revision, response.revision + 1)
            except grpc.RpcError:
                self.breaks += 1
                self.at = self.at % self.ensemble.count + 1
                time.sleep(0.02)
            finally:
                client.close()


def test_a_watch_through_leader_changes_misses_and_doubles_nothing():
    with Ensemble(3) as ensemble:
        ensemble.wait_ready()
        writers = [Writer(ensemble, member) for member in ensemble.processes]
        watchers = [Watcher(ensemble, f"/w{w.member}", at) for w in writers for at in (1, 2, 3)]
        for thread in writers + watchers:
            thread.start()
        for _ in range(3):
            time.sleep(1)
            leader = ensemble.leader()
            ensemble.kill(leader)
            time.sleep(0.5)
            ensemble.start(leader)
            ensemble.wait_ready()
        account(ensemble, writers)
        last = max(ensemble.status(m).applied_revision for m in ensemble.processes)
        end = time.monotonic() + 10
        while any(w.next_revision <= last for w in watchers) and time.monotonic() < end:
            time.sleep(0.05)
        for watcher in watchers:
            watcher.stopping = True
            watcher.call.cancel()
        assert sum(w.breaks for w in watchers) > 0, "no watch was interrupted: the test proves nothing"
        for watcher in watchers:
            writer = next(w for w in writers if f"/w{w.member}" == watcher.path)
            told = [e.data for e in watcher.events]
            assert told == [str(n).encode() for n in range(1, writer.acknowledged + 1)]
            revisions = [e.revision for e in watcher.events]
            assert revisions == sorted(set(revisions))
