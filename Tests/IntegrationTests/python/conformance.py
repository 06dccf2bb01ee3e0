"""What the conformance tests run on: an ensemble, and a stock client that does not give up.

Every test states one promise and runs twice: on three members that nobody disturbs, and on three whose leader is
killed (SIGKILL) every two seconds and started again at once. The bodies are the same. What they call is a plain stub;
around it is what any client has to do: send a call again, a write with the request id that it had, to the next member,
until there is an answer, and take a watch up again after the last revision that it was told.
"""
import concurrent.futures
import contextlib
import signal
import threading
import time
import uuid
import zlib

import grpc
import pytest

import test_sessions
import test_transactions
from ensemble import Client, Ensemble, lock_pb2, reason, store_pb2

DEATH_PERIOD = 2.0
# An election takes a fraction of a second. This is how long a test waits for what must come at last.
PATIENCE = 30.0

NODE = store_pb2.WATCH_SCOPE_NODE
CHILDREN = store_pb2.WATCH_SCOPE_CHILDREN
RECURSIVE = store_pb2.WATCH_SCOPE_RECURSIVE
CREATED, CHANGED, DELETED = (
    store_pb2.EVENT_KIND_CREATED, store_pb2.EVENT_KIND_CHANGED, store_pb2.EVENT_KIND_DELETED)


# MARK: The ensemble


class Deaths(threading.Thread):
    """Kills the leader every two seconds and starts it again at once."""

    def __init__(self, ensemble, members):
        super().__init__(daemon=True)
        self.ensemble, self.members = ensemble, members
        self.began = time.monotonic()
        self.count = 0
        self.failure = None
        self.changed = threading.Condition()
        self.ending = threading.Event()

    def run(self):
        try:
            due = time.monotonic() + DEATH_PERIOD
            while not self.ending.wait(max(0.0, due - time.monotonic())):
                with self.members:
                    leader = self.ensemble.leader()
                    due = time.monotonic() + DEATH_PERIOD
                    self.ensemble.kill(leader)
                    self.ensemble.start(leader)
                with self.changed:
                    self.count += 1
                    self.changed.notify_all()
        except BaseException as failure:
            self.failure = failure

    def await_one(self):
        with self.changed:
            before = self.count
            came = self.changed.wait_for(lambda: self.count > before or self.failure, timeout=PATIENCE)
        assert came and not self.failure, f"no leader was killed: {self.failure}"

    def end(self):
        self.ending.set()
        self.join()
        assert not self.failure, self.failure
        assert self.count > 0 or time.monotonic() < self.began + 2 * DEATH_PERIOD, "no leader was killed"


class Service:
    """Three members, and what befalls them."""

    def __init__(self, leaders_die):
        with contextlib.ExitStack() as starting:
            self.ensemble = starting.enter_context(Ensemble(3))
            self.ensemble.wait_ready(whole=True)
            self.running = starting.pop_all()
        # Held by whoever stops and starts members.
        self.members = threading.Lock()
        self.deaths = Deaths(self.ensemble, self.members) if leaders_die else None
        if self.deaths:
            self.deaths.start()
        self.is_running = True
        self.was_restarted = False

    def upset(self):
        """Where leaders die, returns when another one has; where none does, at once."""
        if self.deaths:
            self.deaths.await_one()

    def restart(self, members=(1, 2, 3)):
        """Kills members at one moment and starts them again."""
        self.was_restarted = True
        with self.members:
            for member in members:
                self.ensemble.signal(member, signal.SIGKILL)
            for member in members:
                self.ensemble.processes[member].wait()
            for member in members:
                self.ensemble.start(member)

    def judge(self, breaks):
        """Where nobody disturbs it, every call is answered at the first attempt."""
        if self.deaths is None and not self.was_restarted:
            assert not breaks, f"not answered: {breaks}"
        if self.deaths is None and self.was_restarted:
            self.ensemble.wait_ready()
        self.was_restarted = False

    def end(self):
        """In the end all members have the same state, whatever they went through."""
        if not self.is_running:
            return
        self.is_running = False
        with self.running:
            if self.deaths:
                self.deaths.end()
            self.ensemble.wait_ready().agreement()


@pytest.fixture(scope="session", params=["calm", "leaders_die"])
def service(request):
    running = Service(leaders_die=request.param == "leaders_die")
    yield running
    running.end()


@pytest.fixture
def caller(service, request):
    """A client that begins at one of the members."""
    caller = Caller(service.ensemble, zlib.crc32(request.node.name.encode()) % 3 + 1)
    yield caller
    caller.close()
    service.judge(caller.breaks)


@pytest.fixture
def home(caller):
    """The path of an empty znode of the test's own."""
    path = f"/conformance-{uuid.uuid4()}"
    caller.create(path)
    return path


# MARK: The client


def is_answer(error):
    """Whether a failed call says what became of it. The others are to be sent again."""
    because = reason(error)
    if because is not None:
        return because not in ("OUTCOME_UNKNOWN", "NOT_APPLIED")
    return error.code() not in (
        grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.UNKNOWN,
        grpc.StatusCode.CANCELLED)


class Caller:
    """Stock clients of all members as one: a call that is not answered goes to the next member.

    Every call takes `at`: the only member to ask, again and again while it is down. One thread at a time.
    """

    def __init__(self, ensemble, first):
        self.ensemble = ensemble
        self.clients = {member: Client(ensemble, member, timeout=5) for member in ensemble.processes}
        self.member = first
        self.others = []
        # What went unanswered, here and at the others.
        self.breaks = []

    def close(self):
        for client in [*self.clients.values(), *self.others]:
            client.close()

    def another(self):
        """Another program's client, which begins at the next member."""
        other = Caller(self.ensemble, (self.member + len(self.others)) % len(self.clients) + 1)
        other.breaks = self.breaks
        self.others.append(other)
        return other

    def request_id(self):
        return self.clients[1].request_id()

    def insist(self, call, at=None):
        """What call(client) comes to. It is a read, or a write that may be sent again."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return call(self.clients[at or self.member])
            except grpc.RpcError as error:
                if is_answer(error):
                    raise
                assert time.monotonic() < end, f"not answered: {error}"
                self.breaks.append(error)
            self.member = self.member % len(self.clients) + 1
            time.sleep(0.01)

    # The tree

    def create(self, path, data=b"", at=None, request_id=None, **fields):
        request_id = request_id or self.request_id()
        return self.insist(lambda client: client.create(path, data, request_id=request_id, **fields), at)

    def set(self, path, data, at=None, expected_version=None, request_id=None):
        request_id = request_id or self.request_id()
        return self.insist(lambda client: client.set(path, data, expected_version, request_id), at)

    def delete(self, path, at=None, expected_version=None, request_id=None):
        request_id = request_id or self.request_id()
        return self.insist(lambda client: client.delete(path, expected_version, request_id), at)

    def get(self, path, at=None, **fields):
        return self.insist(lambda client: client.get(path, **fields), at)

    def exists(self, path, at=None):
        try:
            return self.get(path, at) is not None
        except grpc.RpcError as error:
            if reason(error) != "ZNODE_NOT_FOUND":
                raise
            return False

    def list(self, path, at=None, **fields):
        return self.insist(lambda client: client.list(path, **fields), at)

    def names(self, path, at=None):
        return [child.name for child in self.list(path, at)]

    def transact(self, comparisons=(), then=(), otherwise=(), at=None, request_id=None):
        request_id = request_id or self.request_id()
        return self.insist(
            lambda client: test_transactions.transact(client, comparisons, then, otherwise, request_id), at)

    def follow(self, path, scope=NODE, start_revision=None, **fields):
        """Watches from now on, or from a revision.

        Now is when a linearizable read says: what a member calls so that has just been started may be long ago.
        """
        if start_revision is None:
            start_revision = self.get("/").revision + 1
        return Following(self, path, scope, start_revision, fields)

    # Sessions

    def open_session(self, timeout_ms=120_000, at=None, request_id=None, **fields):
        request_id = request_id or self.request_id()
        return self.insist(
            lambda client: test_sessions.open_session(client, timeout_ms, request_id=request_id, **fields), at)

    def close_session(self, session, at=None):
        return self.insist(lambda client: test_sessions.close_session(client, session), at)

    def keep_alive(self, session, at=None):
        """Keeps a session alive once. Returns when that was sent, and the response."""
        def beat(client):
            stream = test_sessions.KeepAlive(client, session, timeout=client.timeout)
            sent = time.monotonic()
            try:
                stream.ask()
                return sent, stream.answer()
            finally:
                stream.end()

        return self.insist(beat, at)

    def describe(self, session, at=None):
        return self.insist(lambda client: test_sessions.describe(client, session), at)

    # Locks

    def acquire(self, path, session, at=None, request_id=None, **fields):
        request = lock_pb2.AcquireRequest(
            path=path, session_id=session.session_id, request_id=request_id or self.request_id(), **fields)
        return self.insist(lambda client: client.locks.Acquire(request, timeout=PATIENCE), at)

    def release(self, path, token, at=None):
        request = lock_pb2.ReleaseRequest(path=path, token=token, request_id=self.request_id())
        return self.insist(lambda client: client.locks.Release(request, timeout=client.timeout), at)

    def claims(self, path, at=None):
        request = lock_pb2.DescribeLockRequest(path=path)
        return self.insist(lambda client: client.locks.Describe(request, timeout=client.timeout).claims, at)


class Following:
    """A watch. When it breaks it goes on at the next member, after the last revision that it was told as a whole."""

    def __init__(self, caller, path, scope, start_revision, fields):
        self.caller = caller
        self.fields = {"include_data": True, "progress_interval_ms": 100, **fields}
        self.path, self.scope = path, scope
        self.start_revision = start_revision
        # All changes up to it have been told.
        self.revision = max(0, start_revision - 1)
        self.events = []
        # The events of each response that had some, without the first part of a revision that was then cut off.
        self.batches = []
        self.parts = []
        self.member = caller.member
        self.call = None
        self.step()

    def open(self):
        """The first response comes at once and has no events."""
        request = store_pb2.WatchRequest(
            path=self.path, scope=self.scope, start_revision=self.start_revision, **self.fields)
        self.call = self.caller.clients[self.member].store.Watch(request, timeout=PATIENCE)
        first = next(self.call)
        assert not first.events and not first.more, first
        if not self.start_revision:
            self.revision = first.revision
            self.start_revision = first.revision + 1

    def step(self):
        """Takes one response, or begins anew."""
        try:
            if self.call is None:
                return self.open()
            self.take(next(self.call))
        except grpc.RpcError as error:
            if is_answer(error):
                raise
            self.caller.breaks.append(error)
            self.resume()
            time.sleep(0.01)

    def take(self, response):
        revisions = [event.revision for event in response.events]
        assert revisions == sorted(revisions), f"out of order: {response}"
        assert not revisions or revisions[0] > self.revision, f"told again: {response}"
        if response.more:
            self.parts += [list(response.events)]
            return
        told = [*self.parts, list(response.events)]
        self.parts = []
        self.batches += [batch for batch in told if batch]
        self.events += [event for batch in told for event in batch]
        assert response.revision >= self.revision or not response.events, response
        self.revision = max(self.revision, response.revision)
        self.start_revision = self.revision + 1

    def resume(self):
        """Goes on at the next member, as after a break."""
        if self.call is not None:
            self.call.cancel()
        self.call, self.parts = None, []
        self.member = self.member % len(self.caller.clients) + 1

    def until(self, is_enough):
        """All events so far, when is_enough(events)."""
        end = time.monotonic() + PATIENCE
        while self.call is None or not is_enough(self.events):
            assert time.monotonic() < end, f"told up to {self.revision} only: {self.events}"
            self.step()
        return self.events

    def up_to(self, revision):
        """All events up to a revision that has been reached, or will be."""
        return self.until(lambda _: self.revision >= revision)

    def end(self):
        if self.call is not None:
            self.call.cancel()


def told(events, below=""):
    """What matters of events: kind, path below `below`, and data."""
    return [(event.kind, event.path.removeprefix(below), event.data) for event in events]


# MARK: Together


def begin(call, *arguments, **keywords):
    """The result of a call, in time."""
    future = concurrent.futures.Future()

    def run():
        try:
            future.set_result(call(*arguments, **keywords))
        except BaseException as failure:
            future.set_exception(failure)

    threading.Thread(target=run, daemon=True).start()
    return future


def together(*calls):
    """The results of calls that are made at the same time."""
    return [future.result(2 * PATIENCE) for future in [begin(call) for call in calls]]
