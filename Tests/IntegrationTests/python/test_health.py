"""grpc.health.v1, with the health checks' own Python package, and what a member does that is asked to end."""
import signal
import threading
import time

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from ensemble import Client, Ensemble, open_channel, reason, sessions_pb2, store_pb2

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
ALIVE = "roost.alive"


@pytest.fixture
def ensemble():
    with Ensemble(extra=["--drain", "1"]) as made:
        yield made.wait_ready()


def health(channel):
    return health_pb2_grpc.HealthStub(channel)


def check(ensemble, member, service="", timeout=5):
    with open_channel(ensemble.address(member)) as channel:
        return health(channel).Check(health_pb2.HealthCheckRequest(service=service), timeout=timeout).status


def wait_for(status, ensemble, member, service=""):
    end = time.monotonic() + 20
    while check(ensemble, member, service) != status:
        assert time.monotonic() < end, f"member {member} does not become {status}"
        time.sleep(0.05)


class Statuses:
    """What a watch of a member's health has told."""

    def __init__(self, ensemble, member, service=""):
        self.channel = open_channel(ensemble.address(member))
        self.call = health(self.channel).Watch(health_pb2.HealthCheckRequest(service=service))
        self.told = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            for response in self.call:
                self.told.append(response.status)
        except grpc.RpcError as error:
            self.told.append(error.code())

    def wait(self, *told):
        end = time.monotonic() + 20
        while self.told[:len(told)] != list(told):
            assert time.monotonic() < end, f"told {self.told}, not {told}"
            time.sleep(0.02)


def test_members_are_healthy_only_with_a_quorum_and_alive_without(ensemble):
    assert [check(ensemble, m) for m in (1, 2, 3)] == [SERVING] * 3
    assert check(ensemble, 1, "roost.v1.Store") == SERVING
    watch = Statuses(ensemble, 1)
    watch.wait(SERVING)
    ensemble.kill(2), ensemble.kill(3)
    wait_for(NOT_SERVING, ensemble, 1)
    watch.wait(SERVING, NOT_SERVING)
    assert check(ensemble, 1, ALIVE) == SERVING
    ensemble.start(2)
    wait_for(SERVING, ensemble, 1)
    watch.wait(SERVING, NOT_SERVING, SERVING)


def test_names_that_nobody_knows_are_said_to_be_unknown(ensemble):
    with pytest.raises(grpc.RpcError) as refused:
        check(ensemble, 1, "no.such.Service")
    assert refused.value.code() == grpc.StatusCode.NOT_FOUND
    Statuses(ensemble, 1, "no.such.Service").wait(health_pb2.HealthCheckResponse.SERVICE_UNKNOWN)


def test_a_member_that_is_asked_to_end_says_so_and_fails_no_call(ensemble):
    """Not even those that it is sent while it says so."""
    leader = ensemble.leader()
    watched = Statuses(ensemble, leader)
    watched.wait(SERVING)
    client = Client(ensemble, leader, timeout=10)
    client.put("/drained", b"")
    events = client.store.Watch(store_pb2.WatchRequest(path="/drained"))
    next(events)
    opened = client.sessions.Open(sessions_pb2.OpenSessionRequest(timeout_ms=60000), timeout=5)

    def beats():
        yield sessions_pb2.KeepAliveRequest(session_id=opened.session_id, secret=opened.secret)
        time.sleep(30)

    alive = client.sessions.KeepAlive(beats())
    next(alive)
    ensemble.signal(leader, signal.SIGTERM)
    watched.wait(SERVING, NOT_SERVING)
    end = time.monotonic() + 0.8
    written = 0
    while time.monotonic() < end:
        client.set("/drained", b"%d" % written)
        written += 1
        assert client.get("/drained").data == b"%d" % (written - 1)
    assert written > 0
    for stream in (events, alive):
        with pytest.raises(grpc.RpcError) as told:
            while True:
                next(stream)
        assert (told.value.code(), reason(told.value)) == (grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN")
    assert ensemble.processes[leader].wait(10) == 0
    client.close()
