"""What is told of the past: reads at a revision, values before a change, watches that ask for less."""
import collections

import grpc
import pytest

from ensemble import Client, code_and_reason, store_pb2

CREATED, CHANGED, DELETED = (
    store_pb2.EVENT_KIND_CREATED, store_pb2.EVENT_KIND_CHANGED, store_pb2.EVENT_KIND_DELETED)


@pytest.fixture
def client(ensemble):
    client = Client(ensemble, next(m for m in (1, 2, 3) if m != ensemble.leader()))
    yield client
    client.close()


Told = collections.namedtuple("Told", "kind path data previous")


def get_at(client, path, revision):
    return client.store.Get(store_pb2.GetRequest(path=path, at_revision=revision), timeout=client.timeout)


def told_by(responses, count):
    """The first `count` events."""
    told = []
    while len(told) < count:
        told += [Told(e.kind, e.path, e.data, e.previous_data if e.HasField("previous_stat") else None)
                 for e in next(responses).events]
    responses.cancel()
    return told


def watch(client, path, count, change=None, **fields):
    """What a watch tells that goes on from a revision, or, with `change`, one that is there while that is done."""
    call = client.store.Watch(store_pb2.WatchRequest(path=path, **fields), timeout=10)
    if change:
        next(call)
        change()
    return told_by(call, count)


def changed_then_watched(client, path, count, resumed, change, **fields):
    if not resumed:
        return watch(client, path, count, change, **fields)
    start = client.get(path).revision + 1
    change()
    return watch(client, path, count, start_revision=start, **fields)


def test_a_znode_is_read_as_it_was_at_any_revision_on_any_member(ensemble, client, root):
    path = f"{root}/a"
    revisions = [client.create(path, b"0").revision]
    revisions += [client.set(path, str(n).encode()).revision for n in range(1, 6)]
    client.create(f"{path}/child")
    gone = client.delete(path + "/child").revision
    deleted = client.delete(path).revision
    again = client.create(path, b"again").revision
    for member in range(1, ensemble.count + 1):
        other = Client(ensemble, member)
        for n, revision in enumerate(revisions):
            got = get_at(other, path, revision)
            assert (got.data, got.stat.version, got.revision) == (str(n).encode(), n, revision)
        assert get_at(other, path, gone - 1).stat.child_count == 1
        assert get_at(other, path, gone).stat.children_version == 2
        assert code_and_reason(get_at, other, path, deleted) == ("NOT_FOUND", "ZNODE_NOT_FOUND")
        assert code_and_reason(get_at, other, path, revisions[0] - 1) == ("NOT_FOUND", "ZNODE_NOT_FOUND")
        assert get_at(other, path, again).data == b"again"
        other.close()


def test_children_are_listed_as_they_were(client, root):
    for n in range(300):
        client.create(f"{root}/{n:03}", str(n).encode())
    before = client.get(root).revision
    for n in range(0, 300, 2):
        client.delete(f"{root}/{n:03}")
    for n in range(1, 300, 2):
        client.set(f"{root}/{n:03}", b"changed")
    for n in range(300, 350):
        client.create(f"{root}/{n:03}")
    then = client.list(root, at_revision=before, include_data=True, include_stat=True)
    assert [(c.name, c.data, c.stat.version) for c in then] == [(f"{n:03}", str(n).encode(), 0) for n in range(300)]
    part = client.list(root, at_revision=before, start_after="100", limit=3)
    assert [c.name for c in part] == ["101", "102", "103"]
    assert len(client.list(root)) == 200


def test_a_revision_to_come_is_waited_for(client, root):
    next_revision = client.get(root).revision + 1
    call = client.store.Get.future(store_pb2.GetRequest(path=root, at_revision=next_revision), timeout=5)
    client.create(f"{root}/a")
    assert call.result().revision == next_revision


def test_a_deletion_takes_all_that_is_below_at_one_revision(client, root):
    for path in ["a", "a/b", "a/b/c", "a-b", "a/d"]:
        client.create(f"{root}/{path}")
    start = client.get(root).revision + 1
    done = client.store.Delete(
        store_pb2.DeleteRequest(path=f"{root}/a", recursive=True, request_id=client.request_id()), timeout=5)
    assert done.deleted_count == 4
    told = watch(client, root, 4, scope=store_pb2.WATCH_SCOPE_RECURSIVE, start_revision=start)
    assert [e.path for e in told] == [f"{root}/{p}" for p in ["a/d", "a/b/c", "a/b", "a"]]
    assert [c.name for c in client.list(root)] == ["a-b"]


@pytest.mark.parametrize("resumed", [False, True], ids=["live", "resumed"])
def test_a_watch_tells_what_was_before(client, root, resumed):
    long = b"x" * 5000

    def change():
        client.create(f"{root}/a", b"one")
        client.set(f"{root}/a", long)
        client.set(f"{root}/a", b"three")
        client.delete(f"{root}/a")

    told = changed_then_watched(
        client, root, 4, resumed, change, scope=store_pb2.WATCH_SCOPE_CHILDREN, include_data=True,
        include_previous=True)
    path = f"{root}/a"
    assert told == [
        Told(CREATED, path, b"one", None), Told(CHANGED, path, long, b"one"), Told(CHANGED, path, b"three", long),
        Told(DELETED, path, b"", b"three")]


@pytest.mark.parametrize("resumed", [False, True], ids=["live", "resumed"])
def test_a_watch_tells_only_what_it_asks_for(client, root, resumed):
    def change():
        for name in ["job-1", "other", "job-2"]:
            client.create(f"{root}/{name}", b"data")
            client.set(f"{root}/{name}", b"more")
        client.delete(f"{root}/job-1")

    told = changed_then_watched(
        client, root, 3, resumed, change, scope=store_pb2.WATCH_SCOPE_CHILDREN, kinds=[CREATED, DELETED],
        name_prefix="job-")
    assert told == [
        Told(CREATED, f"{root}/job-1", b"", None), Told(CREATED, f"{root}/job-2", b"", None),
        Told(DELETED, f"{root}/job-1", b"", None)]


def test_a_filter_that_cannot_be_is_refused(client, root):
    def refusal(**fields):
        return code_and_reason(lambda: next(client.store.Watch(store_pb2.WatchRequest(path=root, **fields))))

    assert refusal(kinds=[0]) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert refusal(kinds=[CREATED, 9]) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert refusal(name_prefix="n" * 256) == ("INVALID_ARGUMENT", "INVALID_FIELD")
    assert refusal(scope=7) == ("INVALID_ARGUMENT", "INVALID_FIELD")


def test_progress_is_told_to_a_watch_whose_filter_lets_nothing_through(client, root):
    call = client.store.Watch(store_pb2.WatchRequest(
        path=root, scope=store_pb2.WATCH_SCOPE_RECURSIVE, kinds=[DELETED], progress_interval_ms=100), timeout=10)
    next(call)
    reached = client.create(f"{root}/a").revision
    while next(call).revision < reached:
        pass
    call.cancel()
