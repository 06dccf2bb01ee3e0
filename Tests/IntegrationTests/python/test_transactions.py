"""Transactions, through stubs that grpcio-tools generated from proto/, against a real ensemble."""
import threading

import grpc
import pytest

from ensemble import Client, code_and_reason, sessions_pb2, store_pb2, types_pb2
from google.rpc import error_details_pb2, status_pb2

Comparison, Operation = store_pb2.Comparison, store_pb2.Operation


def transact(client, comparisons=(), then=(), otherwise=(), request_id=None):
    request = store_pb2.TransactRequest(
        comparisons=comparisons, then=then, otherwise=otherwise, request_id=request_id)
    return client.store.Transact(request, timeout=client.timeout)


def create(path, data=b"", **fields):
    return Operation(create=store_pb2.CreateRequest(path=path, data=data, **fields))


def put(path, data, **fields):
    return Operation(set=store_pb2.SetRequest(path=path, data=data, **fields))


def delete(path):
    return Operation(delete=store_pb2.DeleteRequest(path=path))


def test_all_operations_happen_at_one_revision_and_watches_are_told_of_them_at_once(client, root):
    watch = client.store.Watch(
        store_pb2.WatchRequest(path=root, scope=store_pb2.WATCH_SCOPE_RECURSIVE), timeout=10)
    next(watch)
    done = transact(client, then=[
        create(f"{root}/a", b"1"), create(f"{root}/a/b"), put(f"{root}/a", b"2"), Operation(get=f"{root}/a"),
        delete(f"{root}/a/b"), Operation(get=f"{root}/a/b")])
    assert done.succeeded and not done.HasField("failed_comparison")
    assert [r.WhichOneof("what") for r in done.results] == ["create", "create", "set", "get", "delete", "missing"]
    assert done.results[3].get.data == b"2" and done.results[3].get.stat.version == 1
    assert {r.create.revision for r in done.results[:2]} == {done.revision}
    told = next(watch)
    watch.cancel()
    assert [(e.path[len(root):], e.revision) for e in told.events] == [
        (path, done.revision) for path in ("/a", "/a/b", "/a", "/a/b")]


def test_a_transaction_that_fails_has_no_effect_and_names_the_operation(client, root):
    client.create(f"{root}/there")
    with pytest.raises(grpc.RpcError) as failed:
        transact(client, then=[create(f"{root}/new"), put(f"{root}/there", b"x"), create(f"{root}/there")])
    assert failed.value.code() == grpc.StatusCode.ALREADY_EXISTS
    details = dict(failed.value.trailing_metadata())["grpc-status-details-bin"]
    info = error_details_pb2.ErrorInfo()
    assert status_pb2.Status.FromString(details).details[0].Unpack(info)
    assert (info.reason, info.metadata["operation"], info.metadata["branch"]) == ("ZNODE_EXISTS", "2", "then")
    assert [c.name for c in client.list(root)] == ["there"]
    assert client.get(f"{root}/there").stat.version == 0


def test_a_comparison_that_does_not_hold_is_named_and_the_other_branch_happens(client, root):
    done = transact(
        client, [Comparison(path=root, exists=True), Comparison(path=f"{root}/none", version=0)],
        then=[create(f"{root}/then")], otherwise=[create(f"{root}/otherwise")])
    assert not done.succeeded and done.failed_comparison == 1
    assert [c.name for c in client.list(root)] == ["otherwise"]


def test_a_transaction_can_depend_on_a_session_that_lives(client, root):
    session = client.sessions.Open(sessions_pb2.OpenSessionRequest(), timeout=5)
    held = client.create(f"{root}/lock", kind=types_pb2.ZNODE_KIND_EPHEMERAL, session_id=session.session_id)
    mine = [
        Comparison(path=f"{root}/lock", session_id=session.session_id),
        Comparison(path=f"{root}/lock", created_revision=held.stat.created_revision),
    ]
    assert transact(client, mine, then=[create(f"{root}/task")]).succeeded
    client.sessions.Close(
        sessions_pb2.CloseSessionRequest(session_id=session.session_id, secret=session.secret), timeout=5)
    assert not transact(client, mine, then=[put(f"{root}/task", b"late")]).succeeded
    assert client.get(f"{root}/task").data == b""


def test_a_repeated_transaction_is_answered_with_what_it_came_to(ensemble, client, root):
    request_id = client.request_id()
    operations = [create(f"{root}/n-", b"1", sequential=True), Operation(get=root), Operation(get=f"{root}/none")]
    first = transact(client, then=operations, request_id=request_id)
    for member in ensemble.processes:
        other = Client(ensemble, member, timeout=5)
        assert transact(other, then=operations, request_id=request_id) == first
        other.close()
    assert len(client.list(root)) == 1
    reused = code_and_reason(transact, client, then=operations[:1], request_id=request_id)
    assert reused == ("INVALID_ARGUMENT", "REQUEST_ID_REUSED")


def test_counters_that_are_moved_together_stay_together(ensemble, client, root):
    """Each mover takes one from a counter and gives it to another; whoever looks sees the same sum."""
    for name in ("a", "b"):
        client.create(f"{root}/{name}", b"50")
    wrong, moves = [], []

    def move(member):
        own = Client(ensemble, member, timeout=5)
        for _ in range(15):
            while True:
                read = transact(own, then=[Operation(get=f"{root}/a"), Operation(get=f"{root}/b")]).results
                a, b = (r.get for r in read)
                if int(a.data) + int(b.data) != 100:
                    wrong.append((a.data, b.data))
                done = transact(
                    own, [Comparison(path=f"{root}/a", version=a.stat.version),
                          Comparison(path=f"{root}/b", version=b.stat.version)],
                    then=[put(f"{root}/a", str(int(a.data) - 1).encode()),
                          put(f"{root}/b", str(int(b.data) + 1).encode())])
                if done.succeeded:
                    moves.append(member)
                    break
        own.close()

    movers = [threading.Thread(target=move, args=(member,)) for member in ensemble.processes]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join(60)
    assert len(moves) == 45 and wrong == []
    assert (client.get(f"{root}/a").data, client.get(f"{root}/b").data) == (b"5", b"95")


BAD = [
    (dict(comparisons=[Comparison(path="/a")]), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (dict(then=[Operation()]), "INVALID_ARGUMENT", "INVALID_FIELD"),
    (dict(comparisons=[Comparison(path="a", version=1)]), "INVALID_ARGUMENT", "INVALID_PATH"),
    (dict(then=[Operation(get="/a/")]), "INVALID_ARGUMENT", "INVALID_PATH"),
    (dict(comparisons=[Comparison(path="/a", exists=True, relation=store_pb2.RELATION_LESS)]),
     "INVALID_ARGUMENT", "INVALID_FIELD"),
    (dict(then=[create("/a", request_id=types_pb2.RequestId(client_id="c", sequence=1))]),
     "INVALID_ARGUMENT", "INVALID_FIELD"),
    (dict(then=[delete("/")]), "INVALID_ARGUMENT", "ROOT_IMMUTABLE"),
    (dict(then=[Operation(get="/")] * 129), "RESOURCE_EXHAUSTED", "LIMIT_REACHED"),
]


@pytest.mark.parametrize("fields, code, because", BAD)
def test_bad_transactions_are_refused_with_a_reason(client, fields, code, because):
    assert code_and_reason(transact, client, **fields) == (code, because)
