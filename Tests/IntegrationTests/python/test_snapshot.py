"""Snapshots: what the log does not hold any more comes from them, and it is the same."""
import threading

import pytest

from ensemble import Client, Ensemble, roost, store_pb2

# A snapshot every 200 writes, hardly any log kept for slow followers, and small segments so that they are removed too.
OFTEN = ["--snapshot-entries", "200", "--retained-log-bytes", "4096", "--segment-bytes", str(1 << 20), "--print-events"]


def write_many(ensemble, through, prefix, count, data):
    """Creates `count` znodes below `prefix`, some at a time; returns the last revision."""
    client = Client(ensemble, through, timeout=20)
    client.put(prefix, b"")
    last = 0
    for first in range(0, count, 50):
        calls = [
            client.store.Create.future(
                store_pb2.CreateRequest(path=f"{prefix}/{n}", data=data(n)), timeout=client.timeout)
            for n in range(first, min(first + 50, count))
        ]
        last = max([last] + [call.result().revision for call in calls])
    client.close()
    return last


def check(ensemble, prefix, count, data, members=None):
    for member in members or ensemble.processes:
        client = Client(ensemble, member, timeout=20)
        found = {c.name: c.data for c in client.list(prefix, include_data=True)}
        assert found == {str(n): data(n) for n in range(count)}, f"member {member}"
        client.close()


class Background(threading.Thread):
    """Sets one znode over and over until it is stopped."""

    def __init__(self, ensemble, through):
        super().__init__(daemon=True)
        self.client = Client(ensemble, through, timeout=20)
        self.stopping = threading.Event()
        self.written = 0
        self.error = None

    def run(self):
        try:
            self.client.put("/background", b"0")
            while not self.stopping.is_set():
                self.client.set("/background", str(self.written + 1).encode())
                self.written += 1
        except Exception as error:
            self.error = error

    def finish(self):
        self.stopping.set()
        self.join(30)
        self.client.close()
        assert self.error is None, self.error


@pytest.mark.parametrize("data", [
    pytest.param(lambda n: b"%d" % n, id="small znodes"),
    pytest.param(lambda n: b"%d " % n * 1000, id="several mebibytes"),
])
def test_a_follower_that_was_away_for_longer_than_the_log_comes_back_by_snapshot(data):
    with Ensemble(3, extra=OFTEN) as ensemble:
        ensemble.wait_ready()
        leader = ensemble.leader()
        away = next(m for m in ensemble.processes if m != leader)
        write_many(ensemble, leader, "/before", 50, data)
        last = ensemble.agreement()
        ensemble.stop(away)
        write_many(ensemble, leader, "/during", 700, data)
        here = [m for m in ensemble.processes if m != away]
        for member in here:
            assert ensemble.status(member).first_revision > last + 1, "the log still has what it missed"
        background = Background(ensemble, leader)
        background.start()
        ensemble.start(away)
        ensemble.wait_ready()
        background.finish()
        ensemble.agreement()
        status = ensemble.status(away)
        assert status.first_revision > last + 1, "it did not come back by a snapshot"
        check(ensemble, "/before", 50, data)
        check(ensemble, "/during", 700, data)
        assert f"sends member {away} a snapshot" in "".join(ensemble.log_text(m) for m in here)
        shown = roost("status", "--members", ensemble.addresses())
        assert shown.returncode == 0 and "identical" in shown.stdout, shown.stdout + shown.stderr
        # What came by snapshot is durable: it is there after a crash of all.
        ensemble.kill_all()
        ensemble.start_all()
        ensemble.wait_ready()
        check(ensemble, "/before", 50, data)
        check(ensemble, "/during", 700, data)


def test_snapshot_and_log_together_hold_everything_through_a_crash_of_all():
    with Ensemble(3, extra=OFTEN) as ensemble:
        ensemble.wait_ready()
        client = Client(ensemble, 1, timeout=20)
        client.create("/counter", b"")
        request_id = client.request_id()
        once = client.set("/counter", b"once", request_id=request_id)
        client.create("/gone", b"")
        client.delete("/gone")
        for round_number in range(3):
            write_many(ensemble, round_number + 1, f"/round{round_number}", 330, lambda n: b"%d" % n)
            client.set("/counter", str(round_number).encode())
            ensemble.kill_all()
            ensemble.start_all()
            ensemble.wait_ready()
            ensemble.agreement()
        for member in ensemble.processes:
            status = ensemble.status(member)
            assert status.snapshot_revision > 600, "no snapshot: the test proves nothing"
            assert status.last_revision > status.snapshot_revision, "no log after it: the test proves nothing"
            own = Client(ensemble, member, timeout=20)
            counter = own.get("/counter")
            assert counter.data == b"2" and counter.stat.version == 4
            assert "gone" not in [c.name for c in own.list("/")]
            own.close()
        for round_number in range(3):
            check(ensemble, f"/round{round_number}", 330, lambda n: b"%d" % n)
        # Outcomes are part of the state: a repeated request is still answered as it was.
        again = client.set("/counter", b"once", request_id=request_id)
        assert again == once
        assert client.get("/counter").data == b"2"
        client.close()
