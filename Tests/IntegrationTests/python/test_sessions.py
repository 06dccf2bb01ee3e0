"""Sessions, and the znodes that live as long as one, through stubs that grpcio-tools generated from proto/."""
import queue
import threading
import time
import uuid

import grpc
import pytest

from ensemble import Client, code_and_reason, reason, sessions_pb2, store_pb2, types_pb2

EPHEMERAL = types_pb2.ZNODE_KIND_EPHEMERAL
CONTAINER = types_pb2.ZNODE_KIND_CONTAINER
TTL = types_pb2.ZNODE_KIND_TTL


def open_session(client, timeout_ms=10_000, **fields):
    return client.sessions.Open(
        sessions_pb2.OpenSessionRequest(timeout_ms=timeout_ms, **fields), timeout=client.timeout)


def close_session(client, session):
    return client.sessions.Close(
        sessions_pb2.CloseSessionRequest(session_id=session.session_id, secret=session.secret),
        timeout=client.timeout)


def describe(client, session):
    request = sessions_pb2.DescribeSessionRequest(session_id=session.session_id)
    return client.sessions.Describe(request, timeout=client.timeout).session


class KeepAlive:
    """A stream that keeps a session alive, asked by hand."""

    def __init__(self, client, session, timeout=20):
        self.requests = queue.SimpleQueue()
        self.session = session
        self.responses = client.sessions.KeepAlive(iter(self.requests.get, None), timeout=timeout)
        self.isFirst = True

    def ask(self):
        request = sessions_pb2.KeepAliveRequest()
        if self.isFirst:
            request.session_id, request.secret = self.session.session_id, self.session.secret
        self.isFirst = False
        self.requests.put(request)

    def answer(self):
        return next(self.responses)

    def end(self):
        self.requests.put(None)


class Heart(threading.Thread):
    """Keeps a session alive through whichever member answers, until it is stopped or the session ends."""

    def __init__(self, ensemble, session, member):
        super().__init__(daemon=True)
        self.ensemble, self.session, self.member = ensemble, session, member
        self.stopping = False
        self.ended = None
        self.answered = 0

    def run(self):
        pause = self.session.timeout_ms / 3000
        while not self.stopping and self.ended is None:
            client = Client(self.ensemble, self.member)
            try:
                stream = KeepAlive(client, self.session, timeout=60)
                while not self.stopping:
                    stream.ask()
                    stream.answer()
                    self.answered += 1
                    time.sleep(pause)
                stream.end()
            except grpc.RpcError as error:
                if reason(error) in ("SESSION_ENDED", "SESSION_NOT_FOUND"):
                    self.ended = error
                self.member = self.member % self.ensemble.count + 1
                time.sleep(0.02)
            finally:
                client.close()


# MARK: Sessions


def test_a_session_is_known_to_every_member_at_once(ensemble, client):
    session = open_session(client, timeout_ms=30_000, name="worker 7")
    assert session.session_id == session.revision and len(session.secret) == 16 and session.timeout_ms == 30_000
    for member in ensemble.processes:
        other = Client(ensemble, member, timeout=5)
        told = describe(other, session)
        assert (told.session_id, told.name, told.timeout_ms) == (session.session_id, "worker 7", 30_000)
        assert told.kept_alive_by == client.member and told.end == sessions_pb2.SESSION_END_UNSPECIFIED
        assert 0 < told.remaining_ms <= 30_000
        listed = [s for r in other.sessions.List(sessions_pb2.ListSessionsRequest(), timeout=5) for s in r.sessions]
        assert session.session_id in [s.session_id for s in listed]
        other.close()
    close_session(client, session)


def test_a_repeated_open_is_answered_with_the_same_session_by_any_member(ensemble, client):
    request_id = client.request_id()
    first = open_session(client, request_id=request_id)
    for member in ensemble.processes:
        other = Client(ensemble, member, timeout=5)
        assert open_session(other, request_id=request_id) == first
        other.close()
    close_session(client, first)
    assert code_and_reason(open_session, client, request_id=request_id) == ("NOT_FOUND", "SESSION_ENDED")


def test_the_end_of_a_session_takes_its_ephemeral_znodes_in_one_revision(ensemble, client, root):
    session = open_session(client)
    for name in ("a", "b"):
        created = client.create(f"{root}/{name}", kind=EPHEMERAL, session_id=session.session_id)
        assert created.stat.session_id == session.session_id and created.stat.kind == EPHEMERAL
    assert describe(client, session).ephemeral_count == 2
    watch = client.store.Watch(
        store_pb2.WatchRequest(path=root, scope=store_pb2.WATCH_SCOPE_CHILDREN), timeout=10)
    next(watch)
    closed = close_session(client, session)
    told = next(watch)
    assert [(e.kind, e.path, e.revision) for e in told.events] == [
        (store_pb2.EVENT_KIND_DELETED, f"{root}/{name}", closed.revision) for name in ("a", "b")]
    watch.cancel()
    assert client.list(root) == []
    ended = describe(client, session)
    assert ended.end == sessions_pb2.SESSION_END_CLOSED and ended.ended_revision == closed.revision
    assert close_session(client, session).revision == closed.revision


def test_a_session_that_is_not_kept_alive_ends_with_its_reason_and_not_before_its_time(ensemble, client, root):
    session = open_session(client, timeout_ms=600)
    client.create(f"{root}/e", kind=EPHEMERAL, session_id=session.session_id)
    stream = KeepAlive(client, session)
    time.sleep(0.3)
    # Counted from when the keep-alive was sent, as a client has to.
    before = time.monotonic()
    stream.ask()
    assert stream.answer().timeout_ms == 600
    with pytest.raises(grpc.RpcError) as told:
        stream.answer()
    assert time.monotonic() - before >= 0.6
    assert told.value.code() == grpc.StatusCode.NOT_FOUND and reason(told.value) == "SESSION_ENDED"
    assert "no keep-alive for" in told.value.details() and f"member {client.member}" in told.value.details()
    assert code_and_reason(client.get, f"{root}/e") == ("NOT_FOUND", "ZNODE_NOT_FOUND")
    assert describe(client, session).end == sessions_pb2.SESSION_END_EXPIRED
    refused = code_and_reason(client.create, f"{root}/f", kind=EPHEMERAL, session_id=session.session_id)
    assert refused == ("NOT_FOUND", "SESSION_ENDED")


def test_every_keep_alive_is_answered_once_and_in_order(client):
    session = open_session(client)
    stream = KeepAlive(client, session)
    revisions = []
    for count in (1, 5, 2):
        for _ in range(count):
            stream.ask()
        revisions += [stream.answer().revision for _ in range(count)]
    assert revisions == sorted(revisions) and len(revisions) == 8
    stream.end()
    assert list(stream.responses) == []
    close_session(client, session)


def test_a_session_goes_on_at_another_member(ensemble):
    clients = [Client(ensemble, member, timeout=5) for member in ensemble.processes]
    session = open_session(clients[0], timeout_ms=1_500)
    began = time.monotonic()
    turn = 0
    while time.monotonic() - began < 3:
        stream = KeepAlive(clients[turn % 3], session)
        stream.ask()
        stream.answer()
        stream.end()
        turn += 1
        time.sleep(0.2)
    assert describe(clients[1], session).end == sessions_pb2.SESSION_END_UNSPECIFIED
    close_session(clients[2], session)
    for client in clients:
        client.close()


def test_a_watch_is_told_the_end_of_a_large_session_in_parts(ensemble, client, root):
    """More than fits into one message goes in one revision."""
    session = open_session(client, timeout_ms=60_000)
    stem = root + "".join(f"/{part:0>200}" for part in range(15))
    parts = stem.split("/")
    for depth in range(3, len(parts) + 1):
        client.create("/".join(parts[:depth]))
    count = 1_600
    for first in range(0, count, 100):
        client.store.Transact(store_pb2.TransactRequest(then=[
            store_pb2.Operation(create=store_pb2.CreateRequest(
                path=f"{stem}/{number:05}", kind=EPHEMERAL, session_id=session.session_id))
            for number in range(first, first + 100)]), timeout=20)
    watch = client.store.Watch(
        store_pb2.WatchRequest(path=root, scope=store_pb2.WATCH_SCOPE_RECURSIVE), timeout=30)
    before = next(watch).revision
    closed = client.sessions.Close(
        sessions_pb2.CloseSessionRequest(session_id=session.session_id, secret=session.secret), timeout=20)
    later = client.store.Watch(
        store_pb2.WatchRequest(path=root, scope=store_pb2.WATCH_SCOPE_RECURSIVE, start_revision=before + 1), timeout=30)
    next(later)
    for stream in (watch, later):
        told, messages = [], 0
        for response in stream:
            told += [e.path for e in response.events]
            messages += 1
            assert {e.revision for e in response.events} <= {closed.revision}
            assert (response.revision < closed.revision) == response.more
            if not response.more and response.events:
                break
        stream.cancel()
        assert told == [f"{stem}/{number:05}" for number in range(count)] and messages > 10


BAD_SESSIONS = [
    (lambda c, s: open_session(c, timeout_ms=99), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (lambda c, s: open_session(c, timeout_ms=3_600_001), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (lambda c, s: open_session(c, name="x" * 257), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (lambda c, s: c.sessions.Close(sessions_pb2.CloseSessionRequest()), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (lambda c, s: c.sessions.Close(sessions_pb2.CloseSessionRequest(session_id=s.session_id, secret=b"0" * 16)),
     "PERMISSION_DENIED", "WRONG_SECRET"),
    (lambda c, s: c.sessions.Close(sessions_pb2.CloseSessionRequest(session_id=2**60, secret=s.secret)),
     "NOT_FOUND", "SESSION_NOT_FOUND"),
    (lambda c, s: c.sessions.Describe(sessions_pb2.DescribeSessionRequest(session_id=2**60)),
     "NOT_FOUND", "SESSION_NOT_FOUND"),
]


@pytest.mark.parametrize("call, code, because", BAD_SESSIONS)
def test_bad_requests_about_sessions_are_refused_with_a_reason(client, call, code, because):
    session = open_session(client)
    assert code_and_reason(call, client, session) == (code, because)
    close_session(client, session)


BAD_STREAMS = [
    (lambda s: sessions_pb2.KeepAliveRequest(), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (lambda s: sessions_pb2.KeepAliveRequest(session_id=s.session_id, secret=b"short"),
     "INVALID_ARGUMENT", "INVALID_FIELD"),
    (lambda s: sessions_pb2.KeepAliveRequest(session_id=s.session_id, secret=b"0" * 16),
     "PERMISSION_DENIED", "WRONG_SECRET"),
    (lambda s: sessions_pb2.KeepAliveRequest(session_id=2**60, secret=s.secret), "NOT_FOUND", "SESSION_NOT_FOUND"),
]


@pytest.mark.parametrize("request_of, code, because", BAD_STREAMS)
def test_bad_keep_alives_are_refused_with_a_reason(client, request_of, code, because):
    session = open_session(client)
    calls = client.sessions.KeepAlive(iter([request_of(session)]), timeout=5)
    assert code_and_reason(next, calls) == (code, because)
    close_session(client, session)


def test_a_flood_of_keep_alives_is_refused(client):
    session = open_session(client)
    first = sessions_pb2.KeepAliveRequest(session_id=session.session_id, secret=session.secret)
    rest = [sessions_pb2.KeepAliveRequest()] * 5_000
    calls = client.sessions.KeepAlive(iter([first, *rest]), timeout=20)
    assert code_and_reason(list, calls) == ("RESOURCE_EXHAUSTED", "OVERLOADED")
    close_session(client, session)


# MARK: Znodes


def test_an_ephemeral_znode_has_no_children_and_needs_a_session(client, root):
    session = open_session(client)
    client.create(f"{root}/e", kind=EPHEMERAL, session_id=session.session_id)
    assert code_and_reason(client.create, f"{root}/e/child") == ("FAILED_PRECONDITION", "PARENT_EPHEMERAL")
    unknown = code_and_reason(client.create, f"{root}/f", kind=EPHEMERAL, session_id=2**60)
    assert unknown == ("NOT_FOUND", "SESSION_NOT_FOUND")
    close_session(client, session)


def test_sequential_znodes_are_numbered_in_the_order_of_their_creation(ensemble, client, root):
    paths = []
    for turn in range(12):
        other = Client(ensemble, turn % 3 + 1, timeout=5)
        paths.append(other.create(f"{root}/n-", sequential=True).path)
        other.close()
    assert paths == sorted(paths) and len(set(paths)) == 12
    assert all(p.startswith(f"{root}/n-") and len(p) == len(root) + 3 + 20 for p in paths)
    request_id = client.request_id()
    first = client.create(f"{root}/", sequential=True, request_id=request_id)
    assert client.create(f"{root}/", sequential=True, request_id=request_id) == first


def test_a_container_goes_with_its_last_child(client, root):
    client.create(f"{root}/c", kind=CONTAINER)
    client.create(f"{root}/c/only")
    client.delete(f"{root}/c/only")
    assert code_and_reason(client.get, f"{root}/c") == ("NOT_FOUND", "ZNODE_NOT_FOUND")


def test_a_znode_with_a_ttl_goes_by_itself(client, root):
    before = time.monotonic()
    created = client.create(f"{root}/t", kind=TTL, ttl_ms=300)
    assert created.stat.ttl_ms == 300
    watch = client.store.Watch(
        store_pb2.WatchRequest(path=f"{root}/t", start_revision=created.revision + 1), timeout=10)
    assert [e.kind for e in first_events(watch)] == [store_pb2.EVENT_KIND_DELETED]
    assert time.monotonic() - before >= 0.3


def first_events(watch):
    for response in watch:
        if response.events:
            watch.cancel()
            return list(response.events)
    return []


BAD_KINDS = [
    dict(kind=EPHEMERAL), dict(session_id=7), dict(kind=TTL), dict(ttl_ms=7), dict(kind=CONTAINER, ttl_ms=7),
    dict(kind=TTL, ttl_ms=365 * 86_400_000 + 1), dict(kind=99),
]


@pytest.mark.parametrize("fields", BAD_KINDS)
def test_fields_that_do_not_fit_the_kind_are_refused(client, root, fields):
    assert code_and_reason(client.create, f"{root}/x", **fields) == ("INVALID_ARGUMENT", "INVALID_FIELD")


# MARK: Faults


def test_no_living_session_ends_when_leaders_die(ensemble):
    clients = {member: Client(ensemble, member, timeout=5) for member in ensemble.processes}
    sessions = [open_session(clients[turn % 3 + 1], timeout_ms=3_000) for turn in range(12)]
    root = f"/f-{uuid.uuid4()}"
    clients[1].create(root)
    for session in sessions:
        clients[1].create(f"{root}/{session.session_id}", kind=EPHEMERAL, session_id=session.session_id)
    hearts = [Heart(ensemble, session, turn % 3 + 1) for turn, session in enumerate(sessions)]
    for heart in hearts:
        heart.start()
    for _ in range(3):
        time.sleep(2)
        leader = ensemble.leader()
        ensemble.kill(leader)
        time.sleep(1)
        ensemble.start(leader)
        ensemble.wait_ready(whole=True)
    assert [h.ended for h in hearts if h.ended] == []
    # Half of them fall silent: those end, and nobody else.
    silent, living = hearts[:6], hearts[6:]
    for heart in silent:
        heart.stopping = True
    reader = Client(ensemble, ensemble.leader(), timeout=5)
    end = time.monotonic() + 30
    expected = {str(h.session.session_id) for h in living}
    while {c.name for c in reader.list(root)} != expected:
        assert time.monotonic() < end, {c.name for c in reader.list(root)} ^ expected
        time.sleep(0.05)
    assert [h.ended for h in living if h.ended] == []
    for heart in hearts:
        heart.stopping = True
    for heart in hearts:
        heart.join(10)
    for client in [reader, *clients.values()]:
        client.close()
    ensemble.agreement()
