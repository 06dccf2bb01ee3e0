"""What ZooKeeper's Programmer's Guide says of sessions and ephemeral znodes, and etcd's guarantees of leases.

A session is kept alive by keep-alives only, not by any other request; it may be at several members at once; and its
time is the ensemble's own, which stands still while there is no leader. So it may end later than by a wall clock, and
never earlier.
"""
import contextlib
import time

import grpc
import pytest

from conformance import CHILDREN, DELETED, together
from ensemble import code_and_reason, sessions_pb2, types_pb2
from test_locks import wait_for
from test_sessions import Heart, KeepAlive

EPHEMERAL = types_pb2.ZNODE_KIND_EPHEMERAL

ENDED = ("NOT_FOUND", "SESSION_ENDED")
LIVES = sessions_pb2.SESSION_END_UNSPECIFIED
CLOSED = sessions_pb2.SESSION_END_CLOSED
EXPIRED = sessions_pb2.SESSION_END_EXPIRED


@pytest.fixture
def session(caller):
    """One that outlives the test."""
    session = caller.open_session()
    yield session
    caller.close_session(session)


@pytest.fixture
def hearts(service):
    """Makes threads that keep sessions alive, until the test ends."""
    made = []

    def beat(session, at=1):
        made.append(Heart(service.ensemble, session, at))
        made[-1].start()
        return made[-1]

    yield beat
    for heart in made:
        heart.stopping = True
    for heart in made:
        heart.join()


def own(caller, session, path, data=b""):
    return caller.create(path, data, kind=EPHEMERAL, session_id=session.session_id)


def end_of(caller, session):
    """Why it ended, when it has."""
    wait_for(lambda: caller.describe(session).end != LIVES, timeout=30)
    return caller.describe(session).end


# MARK: ZooKeeper, "ZooKeeper Sessions": a session and its timeout


def test_every_member_knows_a_session_and_proves_its_owner_by_the_secret(caller, session):
    forged = sessions_pb2.OpenSessionResponse(session_id=session.session_id, secret=b"0" * 16)
    for member in (1, 2, 3):
        assert caller.keep_alive(session, at=member)[1].session_id == session.session_id
        assert code_and_reason(caller.keep_alive, forged, at=member) == ("PERMISSION_DENIED", "WRONG_SECRET")
        assert code_and_reason(caller.close_session, forged, at=member) == ("PERMISSION_DENIED", "WRONG_SECRET")


def test_no_two_sessions_have_the_same_name(caller):
    opened = together(*[caller.another().open_session for _ in range(6)])
    assert len({session.session_id for session in opened}) == len({session.secret for session in opened}) == 6
    for session in opened:
        caller.close_session(session)


def test_the_timeout_asked_for_is_the_one_in_effect_or_none_is(caller):
    """ZooKeeper gives the nearest one that it allows; Roost says that it cannot."""
    session = caller.open_session(timeout_ms=1_234)
    assert session.timeout_ms == caller.describe(session).timeout_ms == 1_234
    assert caller.keep_alive(session)[1].timeout_ms == 1_234
    caller.close_session(session)
    for timeout_ms in (99, 3_600_001):
        refused = code_and_reason(caller.open_session, timeout_ms=timeout_ms)
        assert refused == ("INVALID_ARGUMENT", "INVALID_FIELD")


def test_a_session_that_is_kept_alive_lives(caller, home, hearts):
    session = caller.open_session(timeout_ms=600)
    own(caller, session, f"{home}/e")
    heart = hearts(session)
    # Three of them are sent in a timeout.
    wait_for(lambda: heart.answered >= 5 or heart.ended, timeout=30)
    assert not heart.ended and caller.describe(session).end == LIVES and caller.exists(f"{home}/e")
    caller.close_session(session)


def test_a_session_that_is_not_kept_alive_ends_and_not_before_its_timeout(caller, home):
    sent = time.monotonic()
    session = caller.open_session(timeout_ms=400)
    own(caller, session, f"{home}/e")
    watch = caller.follow(f"{home}/e")
    [event] = watch.until(lambda events: events)
    assert time.monotonic() - sent >= 0.4
    assert event.kind == DELETED and event.revision == caller.describe(session).ended_revision
    assert caller.describe(session).end == EXPIRED
    watch.end()


def test_an_answered_keep_alive_gives_the_whole_timeout_again_from_when_it_was_sent(caller):
    session = caller.open_session(timeout_ms=400)
    opened = sent = time.monotonic()
    # As often as it goes, for longer than it would have lived; one that waits for an election may come too late.
    with contextlib.suppress(grpc.RpcError):
        while sent - opened < 0.6:
            sent, _ = caller.keep_alive(session)
    assert end_of(caller, session) == EXPIRED
    assert time.monotonic() - sent >= 0.4


def test_requests_of_a_client_that_sends_no_keep_alives_do_not_keep_its_session(caller, home):
    """Any request does in ZooKeeper. Who is alive and who asks need not be the same program in Roost."""
    session = caller.open_session(timeout_ms=300)
    own(caller, session, f"{home}/e")
    wait_for(lambda: not caller.exists(f"{home}/e"), timeout=30)
    assert caller.describe(session).end == EXPIRED


def test_an_expired_session_is_told_so_when_it_comes_back_and_stays_ended(caller):
    session = caller.open_session(timeout_ms=200)
    assert end_of(caller, session) == EXPIRED
    for member in (1, 2, 3):
        assert code_and_reason(caller.keep_alive, session, at=member) == ENDED
    assert caller.describe(session).end == EXPIRED


def test_a_session_is_told_its_end_on_the_stream_that_keeps_it_alive(caller):
    """At once. ZooKeeper tells it to a client that connects again."""
    session = caller.open_session()
    closer = caller.another()

    def listen(client):
        stream = KeepAlive(client, session)
        try:
            stream.ask()
            assert stream.answer().session_id == session.session_id
            closer.close_session(session)
            stream.answer()
        finally:
            stream.end()

    assert code_and_reason(caller.insist, listen) == ENDED


def test_a_session_goes_on_at_any_member(caller, home):
    session = caller.open_session(timeout_ms=2_000)
    own(caller, session, f"{home}/e")
    for turn in range(6):
        caller.keep_alive(session, at=turn % 3 + 1)
    assert caller.describe(session).end == LIVES and caller.exists(f"{home}/e")
    caller.close_session(session)


def test_a_member_that_has_just_been_started_serves_sessions_as_it_did_before(service, caller):
    """A client that reconnects may be its first. All members run one release, and the ensemble knows sessions."""
    for turn in range(6):
        member = turn % 3 + 1
        service.restart([member])
        request = sessions_pb2.OpenSessionRequest(timeout_ms=60_000, request_id=caller.request_id())
        # As soon as there is a connection, before the member has caught up.
        session = caller.insist(
            lambda client: client.sessions.Open(request, timeout=client.timeout, wait_for_ready=True), at=member)
        caller.close_session(session)


def test_a_session_and_its_znodes_outlive_the_connection_that_made_them(caller, home):
    passing = caller.another()
    session = passing.open_session()
    own(passing, session, f"{home}/e")
    passing.close()
    for member in (1, 2, 3):
        assert caller.describe(session, at=member).end == LIVES and caller.exists(f"{home}/e", at=member)
    caller.close_session(session)


def test_the_death_of_a_leader_ends_no_session_that_is_kept_alive(service, caller, home, hearts):
    sessions = [caller.open_session(timeout_ms=1_000) for _ in range(5)]
    for number, session in enumerate(sessions):
        own(caller, session, f"{home}/{number}")
    beating = [hearts(session, at=number % 3 + 1) for number, session in enumerate(sessions)]
    service.upset()
    # Each has been heard since.
    enough = [heart.answered + 3 for heart in beating]
    wait_for(lambda: all(heart.answered >= count or heart.ended for heart, count in zip(beating, enough)), timeout=30)
    assert [caller.describe(session).end for session in sessions] == [LIVES] * 5
    assert caller.names(home) == ["0", "1", "2", "3", "4"]
    for session in sessions:
        caller.close_session(session)


# MARK: ZooKeeper, "Ephemeral Nodes"


def test_an_ephemeral_znode_lives_no_longer_than_its_session(caller, home):
    session = caller.open_session()
    own(caller, session, f"{home}/e")
    closed = caller.close_session(session)
    for member in (1, 2, 3):
        assert not caller.exists(f"{home}/e", at=member)
    assert caller.describe(session).end == CLOSED
    assert caller.describe(session).ended_revision == closed.revision


def test_the_end_of_a_session_takes_all_its_znodes_at_one_revision_and_nobody_else_s(caller, home, session):
    ending = caller.open_session()
    for name in ("a", "b", "c"):
        caller.create(f"{home}/{name}")
        own(caller, ending, f"{home}/{name}/mine")
    own(caller, session, f"{home}/a/another's")
    caller.create(f"{home}/a/nobody's")
    assert caller.describe(ending).ephemeral_count == 3
    watches = [caller.follow(f"{home}/{name}", CHILDREN) for name in "abc"]
    closed = caller.close_session(ending)
    for name, watch in zip("abc", watches):
        [event] = watch.up_to(closed.revision)
        assert (event.kind, event.path, event.revision) == (DELETED, f"{home}/{name}/mine", closed.revision)
        watch.end()
    assert caller.names(f"{home}/a") == ["another's", "nobody's"]
    assert caller.names(f"{home}/b") == caller.names(f"{home}/c") == []


def test_an_ephemeral_znode_has_no_children(caller, home, session):
    own(caller, session, f"{home}/e")
    refused = ("FAILED_PRECONDITION", "PARENT_EPHEMERAL")
    assert code_and_reason(caller.create, f"{home}/e/a") == refused
    assert code_and_reason(own, caller, session, f"{home}/e/a") == refused


def test_an_ephemeral_znode_can_be_deleted_before_and_what_is_created_there_afterwards_stays(caller, home):
    session = caller.open_session()
    own(caller, session, f"{home}/a", b"mine")
    caller.another().delete(f"{home}/a")
    caller.create(f"{home}/a", b"somebody else's")
    caller.close_session(session)
    assert caller.get(f"{home}/a").data == b"somebody else's"


def test_an_ephemeral_znode_may_be_sequential_too(caller, home, session):
    paths = [
        caller.create(f"{home}/n-", kind=EPHEMERAL, session_id=session.session_id, sequential=True).path
        for _ in range(3)]
    assert paths == sorted(set(paths))
    assert [f"{home}/{child.name}" for child in caller.list(home)] == paths


def test_a_session_that_has_ended_creates_no_znodes(caller, home):
    closed = caller.open_session()
    caller.close_session(closed)
    expired = caller.open_session(timeout_ms=200)
    end_of(caller, expired)
    for session in (closed, expired):
        assert code_and_reason(own, caller, session, f"{home}/e") == ENDED
    assert caller.names(home) == []


# MARK: etcd, "Lease APIs"


def test_a_session_that_is_closed_ends_at_once_and_once(caller):
    session = caller.open_session()
    first = caller.close_session(session)
    for member in (1, 2, 3):
        assert caller.close_session(session, at=member) == first


def test_an_opening_that_is_sent_again_opens_one_session(caller):
    request_id = caller.request_id()
    session = caller.open_session(request_id=request_id)
    for member in (1, 2, 3):
        assert caller.open_session(at=member, request_id=request_id) == session
    caller.close_session(session)


def test_the_sessions_that_live_are_known_with_what_is_left_of_their_time(caller, session):
    def listing(client):
        request = sessions_pb2.ListSessionsRequest()
        return [told for page in client.sessions.List(request, timeout=5) for told in page.sessions]

    ended = caller.open_session()
    caller.close_session(ended)
    for member in (1, 2, 3):
        known = {told.session_id: told for told in caller.insist(listing, at=member)}
        assert ended.session_id not in known
        assert 0 < known[session.session_id].remaining_ms <= session.timeout_ms
        assert list(known) == sorted(known)
