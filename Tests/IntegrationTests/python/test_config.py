"""Configuration, through stubs that grpcio-tools generated from proto/, on a real ensemble."""
import threading
import time

import grpc
import pytest

from ensemble import Client, code_and_reason, config_pb2, types_pb2


@pytest.fixture
def key(client):
    return f"/config/{client.client_id}/key"


def put(client, path, value, **fields):
    return client.config.Put(
        config_pb2.PutConfigRequest(path=path, value=value, **fields), timeout=client.timeout).revision


def get(client, path, **fields):
    return client.config.Get(config_pb2.GetConfigRequest(path=path, **fields), timeout=client.timeout)


def history(client, path, **fields):
    request = config_pb2.ConfigHistoryRequest(path=path, **fields)
    return client.config.History(request, timeout=client.timeout).versions


def rollback(client, path, revision, **fields):
    return client.config.Rollback(config_pb2.RollbackConfigRequest(
        path=path, version_revision=revision, **fields), timeout=client.timeout).revision


def delete(client, path, **fields):
    return client.config.Delete(config_pb2.DeleteConfigRequest(path=path, **fields), timeout=client.timeout)


def test_a_value_is_read_on_every_member_with_who_wrote_it_and_why(ensemble, client, key):
    begun = time.time() * 1000
    first = put(client, key, b"one", author="ann", comment="begin")
    second = put(client, key, b"two", author="bob", expected_revision=first)
    for member in ensemble.processes:
        other = Client(ensemble, member, timeout=5)
        newest = get(other, key)
        assert newest.revision >= second
        assert (newest.version.revision, newest.version.value, newest.version.author) == (second, b"two", "bob")
        assert abs(newest.version.unix_ms - begun) < 60_000
        assert get(other, key, version_revision=first).version.comment == "begin"
        assert other.get(key).data == b"two"
        other.close()
    versions = history(client, key, include_values=True)
    assert [(v.revision, v.value) for v in versions] == [(second, b"two"), (first, b"one")]
    assert [v.value for v in history(client, key, limit=1)] == [b""]


def test_who_writes_on_an_old_revision_is_told(client, key):
    first = put(client, key, b"one", expected_revision=0)
    assert code_and_reason(put, client, key, b"x", expected_revision=0) == ("ABORTED", "REVISION_MISMATCH")
    second = put(client, key, b"two")
    mismatch = ("ABORTED", "REVISION_MISMATCH")
    assert code_and_reason(put, client, key, b"x", expected_revision=first) == mismatch
    assert code_and_reason(rollback, client, key, first, expected_revision=first) == mismatch
    assert code_and_reason(delete, client, key, expected_revision=first) == mismatch
    third = rollback(client, key, first, author="carl", expected_revision=second)
    version = get(client, key).version
    assert (version.value, version.rolled_back_to, version.revision, version.author) == (b"one", first, third, "carl")
    delete(client, key, expected_revision=third)
    assert code_and_reason(get, client, key) == ("NOT_FOUND", "ZNODE_NOT_FOUND")
    assert code_and_reason(history, client, key) == ("NOT_FOUND", "ZNODE_NOT_FOUND")


def test_a_repeated_put_makes_one_version(client, key):
    request_id = client.request_id()
    first = put(client, key, b"one", request_id=request_id)
    assert put(client, key, b"one", request_id=request_id) == first
    assert len(history(client, key)) == 1
    refusal = code_and_reason(put, client, key, b"other", request_id=request_id)
    assert refusal == ("INVALID_ARGUMENT", "REQUEST_ID_REUSED")


def follow(client, path, told, **fields):
    stream = client.config.Watch(config_pb2.WatchConfigRequest(path=path, **fields))

    def run():
        try:
            for response in stream:
                for change in response.changes:
                    version = change.version if change.HasField("version") else None
                    told.append((change.path, version and version.value, version and version.author))
        except grpc.RpcError:
            pass

    first = next(stream)
    assert not first.changes
    threading.Thread(target=run, daemon=True).start()
    return stream


def test_a_watch_tells_every_version_in_order_of_a_key_or_of_all_below(ensemble, client, key):
    above = key.rsplit("/", 1)[0]
    before = put(client, key, b"one", author="ann")
    watchers = [Client(ensemble, member, timeout=5) for member in ensemble.processes]
    one, below, again = [], [], []
    streams = [
        follow(watchers[0], key, one), follow(watchers[1], above, below, recursive=True),
        follow(watchers[2], key, again, start_revision=before)]
    put(client, key, b"two", author="bob")
    put(client, f"{above}/other", b"x", author="carl")
    client.set(key, b"three")
    rollback(client, key, before)
    delete(client, key)
    of_key = [(key, b"two", "bob"), (key, b"three", ""), (key, b"one", ""), (key, None, None)]
    expected = {
        "one": of_key, "below": of_key[:1] + [(f"{above}/other", b"x", "carl")] + of_key[1:],
        "again": [(key, b"one", "ann")] + of_key}
    end = time.monotonic() + 10
    while {"one": one, "below": below, "again": again} != expected:
        assert time.monotonic() < end, (one, below, again)
        time.sleep(0.01)
    for stream, watcher in zip(streams, watchers):
        stream.cancel()
        watcher.close()


@pytest.mark.parametrize("fields, refusal", [
    ({"path": "/"}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"path": "a"}, ("INVALID_ARGUMENT", "INVALID_PATH")),
    ({"value": b"x" * ((1 << 20) + 1)}, ("RESOURCE_EXHAUSTED", "DATA_TOO_LARGE")),
    ({"author": "x" * 257}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"comment": "x" * 4097}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"fence": types_pb2.Fence(path="/none", token=1)}, ("ABORTED", "FENCED")),
])
def test_a_write_that_cannot_be_is_refused(client, key, fields, refusal):
    request = {"path": key, "value": b"", **fields}
    assert code_and_reason(client.config.Put, config_pb2.PutConfigRequest(**request), timeout=5) == refusal
