"""Coordinator.Connect through the stock stub, against a real ensemble."""
import time

import pytest

from connect import Stream, create, delete, ephemeral, get, list_, operation, set_, watch
from ensemble import Client, Ensemble, code_and_reason, coordinator_pb2, reason, sessions_pb2, store_pb2, types_pb2


@pytest.fixture(params=["leader", "follower"])
def member(request, ensemble):
    leader = ensemble.leader()
    return leader if request.param == "leader" else next(m for m in (1, 2, 3) if m != leader)


@pytest.fixture
def client(ensemble):
    """Of one member, whichever the stream is at."""
    client = Client(ensemble, 1)
    yield client
    client.close()


@pytest.fixture
def stream(ensemble, member):
    with Stream(ensemble.address(member)) as stream:
        yield stream


def test_operations_of_one_message_have_their_results_in_order(stream, root):
    path = f"{root}/a"
    results = stream.do(
        create(path, b"0"), set_(path, b"1"), get(path), set_(path, b"2", expected_version=7), set_(path, b"3"),
        get(path), delete(path), get(path), operation(),
        operation(transact=store_pb2.TransactRequest(then=[
            store_pb2.Operation(create=store_pb2.CreateRequest(path=path, data=b"4")),
            store_pb2.Operation(get=path)])))
    kinds = [r.WhichOneof("what") for r in results]
    assert kinds == ["create", "set", "get", "error", "set", "get", "delete", "error", "error", "transact"]
    assert [r.number for _, r in stream.told] == list(range(1, 11))
    assert results[2].get.data == b"1" and results[5].get.data == b"3" and results[5].get.stat.version == 2
    assert (results[3].error.code, results[3].error.reason) == (10, "VERSION_MISMATCH")
    assert results[3].error.metadata["actual_version"] == "1"
    assert (results[7].error.code, results[7].error.reason) == (5, "ZNODE_NOT_FOUND")
    assert results[8].error.reason == "INVALID_FIELD"
    assert results[9].transact.results[1].get.data == b"4"


@pytest.mark.parametrize("level", [types_pb2.READ_LEVEL_LINEARIZABLE, types_pb2.READ_LEVEL_SERIALIZABLE])
def test_a_read_sees_every_write_before_it_and_none_after_it(stream, root, level):
    path = f"{root}/a"
    stream.send(create(path))
    numbers = []
    for n in range(100):
        # In one message, and spread over several.
        if n % 2:
            stream.send(set_(path, str(n).encode()))
            numbers += stream.send(get(path, level=level))
        else:
            numbers.append(stream.send(set_(path, str(n).encode()), get(path, level=level))[1])
    assert [stream.result(n).get.data for n in numbers] == [str(n).encode() for n in range(100)]


def test_a_thousand_writes_under_way_take_effect_in_order(stream, client, root):
    path = f"{root}/a"
    stream.send(create(path))
    numbers = [stream.send(*[set_(path, f"{n}.{k}".encode()) for k in range(10)])[-1] for n in range(100)]
    assert [stream.result(n).set.stat.version for n in numbers] == list(range(10, 1001, 10))
    assert client.get(path).data == b"99.9"


def test_a_listing_comes_as_several_results_with_others_before_and_behind_it(stream, root):
    names = [f"{n:04}" for n in range(500)]
    for first in range(0, 500, 100):
        stream.send(*[create(f"{root}/{name}", name.encode() * 100) for name in names[first:first + 100]])
    before, listing, behind = stream.send(get(root), list_(root, include_data=True), get(root))
    assert stream.result(behind).get.stat.child_count == 500
    pages = stream.results[listing]
    assert len(pages) > 1 and [p.more for p in pages] == [True] * (len(pages) - 1) + [False]
    children = [c for page in pages for c in page.list.children]
    assert [c.name for c in children] == names and all(c.data == c.name.encode() * 100 for c in children)
    assert stream.result(before).get.stat.child_count == 500
    missing, = stream.do(list_(f"{root}/missing"))
    assert missing.error.reason == "ZNODE_NOT_FOUND"


def test_an_ephemeral_znode_lives_as_long_as_the_streams_session(ensemble, stream, client, root):
    created, = stream.do(ephemeral(f"{root}/mine"))
    assert created.create.stat.session_id == stream.welcome.session_id
    client.sessions.Close(sessions_pb2.CloseSessionRequest(
        session_id=stream.welcome.session_id, secret=stream.welcome.secret), timeout=5)
    error = stream.end()
    assert (error.code().name, reason(error)) == ("NOT_FOUND", "SESSION_ENDED")
    assert code_and_reason(client.get, f"{root}/mine") == ("NOT_FOUND", "ZNODE_NOT_FOUND")


def test_keep_alives_and_operations_keep_the_session_alive(ensemble, member, root, client):
    with Stream(ensemble.address(member), timeout_ms=600) as stream:
        stream.do(ephemeral(f"{root}/mine"))
        end = time.monotonic() + 1.8
        while time.monotonic() < end:
            stream.beat()
            time.sleep(0.1)
        stream.wait(lambda: stream.beats >= 10)
        end = time.monotonic() + 1.8
        while time.monotonic() < end:
            stream.do(get(root))
            time.sleep(0.1)
        session = client.sessions.Describe(
            sessions_pb2.DescribeSessionRequest(session_id=stream.welcome.session_id), timeout=5).session
        assert session.ended_revision == 0
    # Nobody keeps it alive now.
    end = time.monotonic() + 20
    while code_and_reason(client.get, f"{root}/mine")[0] == "OK":
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_change_is_told_to_a_watch_before_any_result_that_shows_it(ensemble, stream, client, root):
    path = f"{root}/a"
    number, _ = stream.send(watch(root, scope=store_pb2.WATCH_SCOPE_CHILDREN), create(path))
    stream.result(number + 1)
    other = Client(ensemble, next(m for m in (1, 2, 3) if m != client.member))
    for n in range(200):
        if n % 2:
            other.set(path, str(n).encode())
        else:
            stream.send(set_(path, str(n).encode()))
        stream.do(get(path, level=types_pb2.READ_LEVEL_SERIALIZABLE))
    told = 0
    for _, what in stream.told:
        if isinstance(what, store_pb2.Event):
            assert what.path == path
            told = max(told, what.revision)
        elif what.WhichOneof("what") == "get":
            assert what.get.stat.modified_revision <= told
    other.close()


def test_watches_of_one_stream_are_told_apart_and_can_be_ended(stream, root):
    for name in "ab":
        stream.send(create(f"{root}/{name}"))
    a, b, both = stream.send(
        watch(f"{root}/a"), watch(f"{root}/b", include_data=True),
        watch(root, scope=store_pb2.WATCH_SCOPE_RECURSIVE, kinds=[store_pb2.EVENT_KIND_DELETED]))
    assert stream.result(a).watching_from > 0
    stream.do(set_(f"{root}/a", b"1"), set_(f"{root}/b", b"2"))
    assert stream.events(a) == [("changed", f"{root}/a")] and stream.events(b) == [("changed", f"{root}/b")]
    ended, again = stream.do(operation(unwatch=a), operation(unwatch=a))
    assert ended.unwatched and again.error.reason == "INVALID_FIELD"
    stream.do(set_(f"{root}/a", b"3"), delete(f"{root}/a"), delete(f"{root}/b"))
    assert len(stream.events(a)) == 1
    assert stream.events(both) == [("deleted", f"{root}/a"), ("deleted", f"{root}/b")]
    wrong, = stream.do(watch("no path"))
    assert wrong.error.reason == "INVALID_PATH"


def test_watches_that_are_told_the_same_share_a_notice_and_each_is_told_once(stream, root):
    first = stream.send(create(f"{root}/a"), *[watch(f"{root}/a", include_data=True) for _ in range(20)])
    numbers = list(first)[1:]
    for number in numbers:
        assert stream.result(number).watching_from > 0
    stream.do(operation(unwatch=numbers.pop(7)))
    stream.notices.clear()
    stream.do(set_(f"{root}/a", b"1"))
    assert [sorted(notice.numbers) for notice in stream.notices] == [numbers]
    assert [notice.response.events[0].data for notice in stream.notices] == [b"1"]


def test_watches_share_a_notice_although_one_of_them_has_been_told_already_or_begins_later(stream, root):
    path = f"{root}/a"
    created, *_ = stream.do(create(path))
    first = stream.send(*[watch(path, include_data=True) for _ in range(20)],
                        watch(path, start_revision=created.create.revision + 1_000))
    numbers = list(first)
    later = numbers.pop()
    for number in numbers + [later]:
        assert stream.result(number).HasField("watching_from")
    # Each watch that follows a write knows of it before the others are told.
    for round in range(5):
        stream.notices.clear()
        written, new = stream.do(set_(path, b"%d" % round), watch(path, include_data=True))
        stream.wait(lambda: stream.notices)
        assert [(sorted(notice.numbers), notice.response.revision) for notice in stream.notices] == [
            (numbers, written.set.revision)]
        numbers.append(new.number)


def test_a_watch_begins_in_the_past(stream, root):
    created, = stream.do(create(f"{root}/a"))
    stream.do(set_(f"{root}/a", b"1"))
    number, = stream.send(watch(f"{root}/a", start_revision=created.create.revision))
    stream.wait(lambda: len(stream.events(number)) == 2)


def test_who_resumes_a_session_puts_an_end_to_the_stream_before(ensemble, stream, root):
    path = f"{root}/a"
    stream.do(create(path), ephemeral(f"{root}/mine"), get(path), set_(path, b"4"), get(path))
    other = next(m for m in (1, 2, 3) if ensemble.address(m) != stream.address)
    with Stream(ensemble.address(other), resume=stream.welcome) as second:
        assert second.welcome.session_id == stream.welcome.session_id
        assert (second.welcome.last_stream, second.welcome.last_applied) == (stream.welcome.stream, 4)
        assert second.do(set_(path, b"second"))[0].set.stat.version == 2
        stream.send(set_(path, b"first again"))
        error = stream.end()
        assert (error.code().name, reason(error)) == ("ABORTED", "STREAM_SUPERSEDED")
        got, mine = second.do(get(path), get(f"{root}/mine"))
        assert got.get.data == b"second" and mine.get.stat.session_id == second.welcome.session_id


def test_a_stream_that_says_nothing_is_told_that_another_one_has_resumed_its_session(ensemble, stream):
    with Stream(ensemble.address(1), resume=stream.welcome):
        error = stream.end()
        assert (error.code().name, reason(error)) == ("ABORTED", "STREAM_SUPERSEDED")


def test_results_that_wait_for_a_watch_come(stream, client, root):
    """However much they are: the watch has to be told all before them, and needs room for that."""
    client.create(f"{root}/large", b"x" * 1_000_000)
    stream.do(watch(f"{root}/none"), watch(f"{root}/large", include_data=True))
    results = stream.do(*[get(f"{root}/large")] * 3, get(f"{root}/missing"), *[get(f"{root}/large")] * 2)
    assert [r.WhichOneof("what") for r in results] == ["get"] * 3 + ["error"] + ["get"] * 2
    number, = stream.send(operation(transact=store_pb2.TransactRequest(then=[
        store_pb2.Operation(set=store_pb2.SetRequest(path=f"{root}/large", data=b"y" * 1_000_000)),
        store_pb2.Operation(get=f"{root}/large")])))
    assert len(stream.result(number).transact.results) == 2
    for n in range(200):
        client.create(f"{root}/{n}", b"z" * 20_000)
    listing, = stream.send(list_(root, include_data=True))
    for n in range(20):
        client.set(f"{root}/large", str(n).encode())
    stream.result(listing)
    assert len([c for page in stream.results[listing] for c in page.list.children]) == 201


def test_large_writes_of_several_messages_do_not_become_one_entry(ensemble, stream, client, root):
    """It would be more than members can send each other."""
    path, huge = f"{root}/a", b"x" * ((1 << 20) - 8000)
    revision = stream.do(create(path))[0].create.revision
    stream.send(*[get("/")] * 900, get("/", min_revision=revision + 1), *[set_(path, huge)] * 4)
    stream.send(set_(path, b"x" * 950_000))
    last = stream.send(*[set_(path, huge)] * 4, *[get("/")] * 900)[3]
    client.create(f"{root}/go-on")
    assert stream.result(last).set.stat.version == 9
    for member in (1, 2, 3):
        other = Client(ensemble, member, timeout=10)
        other.create(f"{root}/after-{member}")
        other.close()


def test_keep_alives_are_answered_to_a_client_that_has_nothing_more_to_say(ensemble):
    for pause in (0, 0.001, 0.002, 0.005) * 5:
        with Stream(ensemble.address(1)) as stream:
            for _ in range(3):
                stream.beat()
            time.sleep(pause)
            stream.half_close()
            assert stream.end() is None and stream.beats == 3


def test_more_keep_alives_than_are_read_are_held_by_flow_control(stream):
    for _ in range(20_000):
        stream.beat()
    stream.wait(lambda: stream.beats == 20_000)


def test_a_repeated_hello_finds_the_same_session(ensemble, client):
    hello = coordinator_pb2.ConnectHello(
        open=sessions_pb2.OpenSessionRequest(timeout_ms=5000, request_id=client.request_id()))
    with Stream(ensemble.address(1), hello=hello) as first, Stream(ensemble.address(2), hello=hello) as second:
        assert first.welcome.session_id == second.welcome.session_id
        assert second.do(create(f"/hello-{client.client_id}"))[0].create.revision > 0


@pytest.mark.parametrize("hello, expected", [
    (coordinator_pb2.ConnectHello(), ("INVALID_ARGUMENT", "INVALID_FIELD")),
    (coordinator_pb2.ConnectHello(open=sessions_pb2.OpenSessionRequest(timeout_ms=1)),
     ("INVALID_ARGUMENT", "INVALID_FIELD")),
    (coordinator_pb2.ConnectHello(resume=coordinator_pb2.ResumeSession()), ("INVALID_ARGUMENT", "INVALID_FIELD")),
    (coordinator_pb2.ConnectHello(resume=coordinator_pb2.ResumeSession(session_id=1, secret=b"s" * 16)),
     ("NOT_FOUND", "SESSION_NOT_FOUND")),
])
def test_a_wrong_hello_is_refused(ensemble, hello, expected):
    stream = Stream(ensemble.address(1), hello=hello)
    error = stream.end()
    assert (error.code().name, reason(error)) == expected
    stream.close()


def test_who_says_no_hello_or_says_it_twice_is_refused(ensemble, stream):
    stream.requests.put(coordinator_pb2.ConnectRequest(hello=coordinator_pb2.ConnectHello()))
    assert reason(stream.end()) == "INVALID_FIELD"
    silent = Stream(ensemble.address(1), hello=False)
    silent.send(get("/"))
    assert reason(silent.end()) == "INVALID_FIELD"
    silent.close()


def test_too_many_operations_in_a_message_are_refused(stream):
    assert len(stream.do(*[get("/")] * 1000)) == 1000
    stream.send(*[get("/")] * 1001)
    assert reason(stream.end()) == "INVALID_FIELD"


def test_results_come_to_a_client_that_has_nothing_more_to_say(stream, root):
    stream.send(create(f"{root}/a"), *[set_(f"{root}/a", b"x")] * 50, get(f"{root}/a"))
    stream.half_close()
    assert stream.end() is None
    assert stream.results[52][0].get.stat.version == 50


def test_what_a_client_does_not_read_is_not_gathered(ensemble, stream, client, root):
    client.create(f"{root}/a", b"x" * 500_000)
    pid = ensemble.processes[next(m for m in (1, 2, 3) if ensemble.address(m) == stream.address)].pid

    def resident():
        with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * 4096

    before = resident()
    numbers = [n for _ in range(20) for n in stream.send(*[get(f"{root}/a")] * 100)]
    stream.result(numbers[0])
    time.sleep(0.5)
    assert resident() - before < 64 << 20
    for number in numbers:
        assert len(stream.result(number).get.data) == 500_000
        del stream.results[number]
        stream.told.clear()


@pytest.mark.parametrize("victim", ["leader", "member"])
def test_nothing_is_lost_doubled_or_overtaken_when_a_member_dies(victim):
    """Each write's data is its own number: so what is there tells how far the stream has come."""
    with Ensemble(3) as ensemble:
        ensemble.wait_ready(whole=True)
        for attempt in range(2):
            leader = ensemble.leader()
            follower = next(m for m in (1, 2, 3) if m != leader)
            check_death(ensemble, follower, leader if victim == "leader" else follower, f"/{attempt}")


def check_death(ensemble, at, victim, path):
    stream = Stream(ensemble.address(at), timeout_ms=30_000)
    stream.wait(lambda: stream.welcome)
    stream.do(create(path))
    for n in range(300):
        stream.send(*[set_(path, str(stream.sent + k).encode()) for k in (1, 2, 3)])
        if n == 100:
            stream.result(stream.sent - 60)
            ensemble.kill(victim)
    error = None
    if victim == at:
        error = stream.end()
        assert error is not None
    else:
        # The member goes on with the new leader, and so does the stream: not one write fails.
        stream.result(stream.sent)
    answered = [r for _, r in stream.told]
    assert [r.number for r in answered] == list(range(1, len(answered) + 1))
    assert all(r.HasField("set") for r in answered[1:])
    assert [r.set.stat.version for r in answered[1:]] == list(range(1, len(answered)))
    ensemble.start(victim)
    with Stream(ensemble.address(next(m for m in (1, 2, 3) if m != victim)), resume=stream.welcome) as second:
        applied = second.welcome.last_applied
        assert second.welcome.last_stream == stream.welcome.stream and applied >= len(answered)
        got, = second.do(get(path))
        assert got.get.data == str(applied).encode() and got.get.stat.version == applied - 1
    assert error is None or victim == at
    stream.close()
    ensemble.wait_ready()
    ensemble.agreement()
