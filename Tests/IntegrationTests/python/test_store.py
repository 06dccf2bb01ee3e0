"""All Store calls through stubs that grpcio-tools generated from proto/, against a real ensemble."""
import threading
import time

import grpc
import pytest

from ensemble import (
    OPTIONS, Client, code_and_reason, peer_grpc, peer_pb2, store_grpc, store_pb2, types_pb2)

LINEARIZABLE = types_pb2.READ_LEVEL_LINEARIZABLE
SERIALIZABLE = types_pb2.READ_LEVEL_SERIALIZABLE


def test_a_created_znode_is_read_back_with_its_stat(client, root):
    created = client.create(f"{root}/a", b"one")
    assert created.path == f"{root}/a"
    got = client.get(f"{root}/a")
    assert got.data == b"one"
    assert got.stat == created.stat
    assert got.revision >= created.revision
    assert got.stat.created_revision == got.stat.modified_revision == created.revision
    assert got.stat.version == 0 and got.stat.data_length == 3 and got.stat.child_count == 0
    assert abs(got.stat.created_unix_ms - time.time() * 1000) < 60_000


def test_each_set_counts_the_version_up(client, root):
    client.create(f"{root}/a", b"0")
    for n in range(1, 4):
        response = client.set(f"{root}/a", str(n).encode(), expected_version=n - 1)
        assert response.stat.version == n
        assert response.stat.modified_revision == response.revision


def test_children_are_listed_in_the_order_of_their_names_bytes(client, root):
    names = ["b", "a", "ä", "a-b", "a.b", "B", "aa", "z" * 255]
    for name in names:
        client.create(f"{root}/{name}", name.encode())
        client.create(f"{root}/{name}/grandchild")
    children = client.list(root, include_data=True, include_stat=True)
    assert [c.name for c in children] == sorted(names, key=lambda n: n.encode())
    assert all(c.data == c.name.encode() and c.stat.child_count == 1 for c in children)
    assert [c.name for c in client.list(root, start_after="a", limit=2)] == ["a-b", "a.b"]
    stat = client.get(root).stat
    assert stat.child_count == len(names) and stat.children_version == len(names)


def test_listings_that_were_not_read_for_a_while_arrive_whole(ensemble, root):
    """More of them than their connection has room for."""
    client = Client(ensemble, 1, timeout=60)
    for n in range(30):
        client.create(f"{root}/{n}", bytes([n]) * 100_000)
    calls = [client.store.List(store_pb2.ListRequest(path=root, include_data=True), timeout=60) for _ in range(60)]
    time.sleep(1)
    counts = []
    readers = [threading.Thread(target=lambda c=c: counts.append(sum(len(p.children) for p in c))) for c in calls]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert counts == [30] * 60
    client.close()


def test_a_listing_of_several_mebibytes_arrives_whole(ensemble, client, root):
    for n in range(30):
        client.create(f"{root}/{n}", bytes([n]) * 100_000)
    # With a large window, and without probes for its bandwidth, the client says nothing meanwhile.
    options = OPTIONS + [("grpc.use_local_subchannel_pool", 1), ("grpc.http2.bdp_probe", 0),
                         ("grpc.http2.lookahead_bytes", 8 << 20)]
    with grpc.insecure_channel(ensemble.address(client.member), options) as channel:
        pages = store_grpc.StoreStub(channel).List(
            store_pb2.ListRequest(path=root, include_data=True), timeout=20)
        assert {c.name: c.data for page in pages for c in page.children} == {
            str(n): bytes([n]) * 100_000 for n in range(30)}


def test_a_deleted_znode_is_gone(client, root):
    client.create(f"{root}/a")
    client.delete(f"{root}/a", expected_version=0)
    assert code_and_reason(client.get, f"{root}/a") == ("NOT_FOUND", "ZNODE_NOT_FOUND")
    assert client.get(root).stat.children_version == 2


def test_what_one_member_acknowledged_every_member_reads(ensemble, root):
    writers = [Client(ensemble, m) for m in ensemble.processes]
    writers[0].create(f"{root}/x", b"0")
    for n in range(30):
        writer, reader = writers[n % 3], writers[(n + 1) % 3]
        revision = writer.set(f"{root}/x", str(n).encode()).revision
        assert reader.get(f"{root}/x").data == str(n).encode()
        assert writers[(n + 2) % 3].get(f"{root}/x", SERIALIZABLE, min_revision=revision).data == str(n).encode()
    for writer in writers:
        writer.close()


def test_a_repeated_request_id_takes_effect_once(ensemble, client, root):
    client.create(f"{root}/a", b"")
    request_id = client.request_id()
    first = client.set(f"{root}/a", b"x", request_id=request_id)
    other = Client(ensemble, client.member % 3 + 1)
    again = other.set(f"{root}/a", b"x", request_id=request_id)
    assert again == first
    assert other.get(f"{root}/a").stat.version == 1
    assert code_and_reason(other.set, f"{root}/a", b"y", request_id=request_id) == (
        "INVALID_ARGUMENT", "REQUEST_ID_REUSED")
    other.close()


def test_the_answer_to_a_failed_write_is_remembered_too(client, root):
    request_id = client.request_id()
    missing = f"{root}/missing"
    assert code_and_reason(client.set, missing, b"", request_id=request_id)[0] == "NOT_FOUND"
    client.create(missing)
    assert code_and_reason(client.set, missing, b"", request_id=request_id)[0] == "NOT_FOUND"


ERRORS = [
    ("set of a missing path", lambda c, r: c.set(f"{r}/none", b""), "NOT_FOUND", "ZNODE_NOT_FOUND"),
    ("get of a missing path", lambda c, r: c.get(f"{r}/none"), "NOT_FOUND", "ZNODE_NOT_FOUND"),
    ("list of a missing path", lambda c, r: c.list(f"{r}/none"), "NOT_FOUND", "ZNODE_NOT_FOUND"),
    ("delete of a missing path", lambda c, r: c.delete(f"{r}/none"), "NOT_FOUND", "ZNODE_NOT_FOUND"),
    ("create under a missing parent", lambda c, r: c.create(f"{r}/none/a"), "NOT_FOUND", "PARENT_NOT_FOUND"),
    ("create of an existing path", lambda c, r: c.create(r), "ALREADY_EXISTS", "ZNODE_EXISTS"),
    ("set with another version", lambda c, r: c.set(r, b"", expected_version=7), "ABORTED", "VERSION_MISMATCH"),
    ("delete with another version", lambda c, r: c.delete(r, expected_version=7), "ABORTED", "VERSION_MISMATCH"),
    ("delete of a parent", lambda c, r: (c.create(f"{r}/child"), c.delete(r)), "FAILED_PRECONDITION",
     "ZNODE_HAS_CHILDREN"),
    ("delete of the root", lambda c, r: c.delete("/"), "INVALID_ARGUMENT", "ROOT_IMMUTABLE"),
    ("data over 1 MiB", lambda c, r: c.set(r, b"x" * ((1 << 20) + 1)), "RESOURCE_EXHAUSTED", "DATA_TOO_LARGE"),
    ("request id without a client", lambda c, r: c.set(r, b"", request_id=types_pb2.RequestId(sequence=1)),
     "INVALID_ARGUMENT", "INVALID_REQUEST_ID"),
] + [
    (f"bad path {path[:20]!r}", lambda c, r, path=path: c.create(path), "INVALID_ARGUMENT", "INVALID_PATH")
    for path in ["", "a", "//", "/a/", "/a//b", "/a/../b", "/.", "/a\x01", "/a\x7f", "/a\u0085", "/" + "x" * 256,
                 "/x" * 65, "/" + "/".join(["x" * 255] * 17)]
]


@pytest.mark.parametrize("name, call, code, roost_reason", ERRORS, ids=[e[0] for e in ERRORS])
def test_each_error_has_its_code_and_reason(client, root, name, call, code, roost_reason):
    assert code_and_reason(call, client, root) == (code, roost_reason)
    assert client.get(root).data == b""


def test_a_message_over_four_mebibytes_is_refused_and_the_member_goes_on(client, root):
    assert code_and_reason(client.set, root, b"x" * (5 << 20))[0] == "RESOURCE_EXHAUSTED"
    assert client.get(root).data == b""


def test_the_largest_znode_goes_through_every_layer(client, root):
    data = bytes(range(256)) * 4096
    client.set(root, data)
    assert client.get(root).data == data


def test_an_unknown_method_is_unimplemented(client):
    call = client.channel.unary_unary("/roost.v1.Store/Nonsense")
    with pytest.raises(grpc.RpcError) as error:
        call(b"", timeout=5)
    assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_peer_calls_are_unimplemented_on_the_client_port(client):
    stub = peer_grpc.PeerStub(client.channel)
    with pytest.raises(grpc.RpcError) as error:
        list(stub.Vote(iter([peer_pb2.VoteRequest(term=99)]), timeout=5))
    assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_another_ensembles_peer_is_refused(ensemble, client, root):
    with grpc.insecure_channel(f"127.0.0.1:{ensemble.peer_ports[1]}") as channel:
        stub = peer_grpc.PeerStub(channel)
        metadata = [("roost-ensemble", "0123456789abcdef"), ("roost-member", "2"),
                    ("roost-storage", "0123456789abcdef"), ("roost-to", "1")]
        with pytest.raises(grpc.RpcError) as error:
            list(stub.Vote(iter([peer_pb2.VoteRequest(term=99)]), timeout=5, metadata=metadata))
        assert error.value.code() in (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.FAILED_PRECONDITION)
    assert client.get(root).data == b""


@pytest.mark.parametrize("body", [
    b"\x0a\x02\xff\xfe",  # a path that is no UTF-8
    b"\x0b" * 10_000 + b"\x0c" * 10_000,  # groups nested 10,000 deep
    b"\x0a\x7f",  # cut short
    b"\x00\x00",  # field number 0
], ids=["invalid UTF-8", "10,000 levels", "cut short", "field zero"])
def test_malformed_messages_are_invalid_arguments(client, root, body):
    call = client.channel.unary_unary("/roost.v1.Store/Get")
    with pytest.raises(grpc.RpcError) as error:
        call(body, timeout=5)
    assert error.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert client.get(root).data == b""


def test_a_watch_tells_each_change_in_its_scope_once_and_in_order(ensemble, client, root):
    client.create(f"{root}/a", b"0")
    start = client.create(f"{root}/a/b", b"1").revision
    client.set(f"{root}/a", b"2")
    client.set(f"{root}/a/b", b"3")
    client.create(f"{root}/c", b"4")
    client.delete(f"{root}/a/b")
    client.delete(f"{root}/a")

    def follow(scope, count, path=root, start_revision=start):
        other = Client(ensemble, client.member % 3 + 1)
        events = []
        call = other.store.Watch(store_pb2.WatchRequest(
            path=path, scope=scope, start_revision=start_revision, include_data=True), timeout=10)
        for response in call:
            revisions = {e.revision for e in response.events}
            assert all(r <= response.revision for r in revisions)
            events += [(store_pb2.EventKind.Name(e.kind)[11:], e.path[len(root):], e.data) for e in response.events]
            if len(events) >= count:
                break
        call.cancel()
        other.close()
        return events

    everything = [("CREATED", "/a/b", b"1"), ("CHANGED", "/a", b"2"), ("CHANGED", "/a/b", b"3"),
                  ("CREATED", "/c", b"4"), ("DELETED", "/a/b", b""), ("DELETED", "/a", b"")]
    assert follow(store_pb2.WATCH_SCOPE_RECURSIVE, 6) == everything
    assert follow(store_pb2.WATCH_SCOPE_CHILDREN, 3) == [everything[i] for i in (1, 3, 5)]
    assert follow(store_pb2.WATCH_SCOPE_NODE, 2, path=f"{root}/a") == [everything[i] for i in (1, 5)]


def test_an_idle_watch_is_told_the_revision_reached(client, root):
    call = client.store.Watch(store_pb2.WatchRequest(path=root, progress_interval_ms=100), timeout=10)
    first = next(call)
    assert not first.events
    revision = client.put(f"{root}-elsewhere", b"").revision
    for response in call:
        assert not response.events
        if response.revision >= revision:
            break
    call.cancel()


def test_a_watch_from_a_future_revision_waits_for_it(client, root):
    now = client.get(root).revision
    call = client.store.Watch(store_pb2.WatchRequest(path=root, start_revision=now + 2), timeout=10)
    assert not next(call).events
    client.set(root, b"first")
    later = client.set(root, b"second").revision
    for response in call:
        if response.events:
            assert [e.revision for e in response.events] == [later]
            break
    call.cancel()
