"""Where services are, through stubs that grpcio-tools generated from proto/, on a real ensemble."""
import threading
import time

import grpc
import pytest

from ensemble import Client, code_and_reason, config_pb2, naming_pb2, store_pb2, types_pb2
from test_sessions import close_session, open_session

NOT_SERVING = naming_pb2.INSTANCE_HEALTH_NOT_SERVING


@pytest.fixture
def session(client):
    opened = open_session(client, timeout_ms=60_000)
    yield opened
    close_session(client, opened)


@pytest.fixture
def service(client):
    return f"/services/{client.client_id}"


def register(client, session, path, name, **fields):
    instance = naming_pb2.Instance(name=name, **fields)
    return client.naming.Register(naming_pb2.RegisterRequest(
        path=path, instance=instance, session_id=session.session_id), timeout=client.timeout)


def deregister(client, session, path, name):
    return client.naming.Deregister(
        naming_pb2.DeregisterRequest(path=path, name=name, session_id=session.session_id), timeout=client.timeout)


def resolve(client, path, **fields):
    return client.naming.Resolve(naming_pb2.ResolveRequest(path=path, **fields), timeout=client.timeout)


def names(response):
    return [instance.name for instance in response.instances]


def test_an_instance_is_found_by_every_member_as_it_was_registered(ensemble, client, session, service):
    done = register(
        client, session, service, "a", address="10.0.0.1", port=80, weight=3, locality="eu/a",
        metadata={"version": "7", "colour": "blue"})
    for member in ensemble.processes:
        other = Client(ensemble, member, timeout=5)
        [found] = resolve(other, service).instances
        assert (found.name, found.address, found.port, found.weight) == ("a", "10.0.0.1", 80, 3)
        assert dict(found.metadata) == {"version": "7", "colour": "blue"}
        assert (found.session_id, found.revision) == (session.session_id, done.revision)
        other.close()
    deregister(client, session, service, "a")
    assert names(resolve(client, service)) == []
    assert code_and_reason(deregister, client, session, service, "a") == ("NOT_FOUND", "INSTANCE_NOT_FOUND")


def test_instances_are_found_by_health_and_locality_and_page_by_page(client, session, service):
    for number in range(5):
        register(
            client, session, service, f"i{number}", locality=f"eu/{number % 2}",
            health=NOT_SERVING if number == 4 else 0)
    register(client, session, service, "us", locality="us/0")
    assert names(resolve(client, service)) == ["i0", "i1", "i2", "i3", "i4", "us"]
    assert names(resolve(client, service, serving_only=True, locality="eu")) == ["i0", "i1", "i2", "i3"]
    assert names(resolve(client, service, locality="eu/1")) == ["i1", "i3"]
    assert names(resolve(client, service, locality="e")) == []
    page = resolve(client, service, limit=4)
    assert names(page) == ["i0", "i1", "i2", "i3"] and page.more
    rest = resolve(client, service, limit=4, start_after="i3")
    assert names(rest) == ["i4", "us"] and not rest.more


def test_an_instance_goes_with_its_session_and_is_taken_over_by_the_next_one(client, session, service):
    old = open_session(client, timeout_ms=60_000)
    register(client, old, service, "a", port=1)
    register(client, session, service, "a", port=2)
    [found] = resolve(client, service).instances
    assert (found.session_id, found.port) == (session.session_id, 2)
    assert code_and_reason(deregister, client, old, service, "a") == ("NOT_FOUND", "INSTANCE_NOT_FOUND")
    close_session(client, old)
    assert names(resolve(client, service)) == ["a"]
    assert code_and_reason(register, client, old, service, "b") == ("NOT_FOUND", "SESSION_ENDED")


def test_a_repeated_registration_has_one_effect(client, session, service):
    request = naming_pb2.RegisterRequest(
        path=service, instance=naming_pb2.Instance(name="a", metadata={str(n): "x" for n in range(20)}),
        session_id=session.session_id, request_id=client.request_id())
    first = client.naming.Register(request, timeout=5)
    deregister(client, session, service, "a")
    assert client.naming.Register(request, timeout=5) == first
    assert names(resolve(client, service)) == []


def test_a_watcher_is_told_all_instances_and_every_change_in_order(ensemble, client, session, service):
    register(client, session, service, "a", port=1)
    told = []
    watcher = Client(ensemble, client.member % 3 + 1, timeout=5)
    stream = watcher.naming.Watch(naming_pb2.WatchServiceRequest(path=service))

    def watch():
        try:
            for response in stream:
                for change in response.changes:
                    told.append((change.instance.name, None if change.gone else change.instance.port))
        except grpc.RpcError:
            pass

    threading.Thread(target=watch, daemon=True).start()
    while told != [("a", 1)]:
        time.sleep(0.01)
    doomed = open_session(client, timeout_ms=60_000)
    register(client, doomed, service, "b", port=2)
    register(client, session, service, "a", port=3)
    close_session(client, doomed)
    register(client, session, service, "c", port=4)
    deregister(client, session, service, "c")
    expected = [("a", 1), ("b", 2), ("a", 3), ("b", None), ("c", 4), ("c", None)]
    end = time.monotonic() + 10
    while told != expected:
        assert time.monotonic() < end, told
        time.sleep(0.01)
    stream.cancel()
    watcher.close()


@pytest.mark.parametrize("fields, refusal", [
    ({"path": "/"}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"path": "x"}, ("INVALID_ARGUMENT", "INVALID_PATH")),
    ({"session_id": 0}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"instance": naming_pb2.Instance()}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"instance": naming_pb2.Instance(name="a/b")}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"instance": naming_pb2.Instance(name="x" * 129)}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"instance": naming_pb2.Instance(name="..")}, ("INVALID_ARGUMENT", "INVALID_PATH")),
    ({"instance": naming_pb2.Instance(name="a", address="x" * (1 << 20))}, ("RESOURCE_EXHAUSTED", "DATA_TOO_LARGE")),
])
def test_an_instance_that_cannot_be_is_refused(client, session, service, fields, refusal):
    request = {
        "path": service, "session_id": session.session_id, "instance": naming_pb2.Instance(name="a"), **fields}
    assert code_and_reason(client.naming.Register, naming_pb2.RegisterRequest(**request), timeout=5) == refusal


def test_what_is_no_instance_is_not_taken_for_one(client, session, service):
    register(client, session, service, "a")
    client.create(f"{service}/plain", b"not a message")
    assert names(resolve(client, service)) == ["a"]
    assert code_and_reason(register, client, session, service, "plain") == ("ALREADY_EXISTS", "ZNODE_EXISTS")
    client.create(
        f"{service}/odd", b"\xff\xff", kind=types_pb2.ZNODE_KIND_EPHEMERAL, session_id=session.session_id)
    assert names(resolve(client, service)) == ["a", "odd"]
    assert client.store.Get(store_pb2.GetRequest(path=service), timeout=5).stat.child_count == 3


def test_a_name_that_begins_with_a_combining_character_is_a_name(ensemble, client, session, service):
    """It makes one character with the slash before it, and paths are cut by bytes."""
    path, name = f"{service}/\u0301s", "\u0301i"
    stream = client.naming.Watch(naming_pb2.WatchServiceRequest(path=path), timeout=10)
    assert not next(stream).changes
    watch = client.store.Watch(
        store_pb2.WatchRequest(path=path, scope=store_pb2.WATCH_SCOPE_CHILDREN), timeout=10)
    next(watch)
    register(client, session, path, name)
    told = [change.instance.name for change in next(stream).changes]
    assert told == [name] and names(resolve(client, path)) == [name]
    assert [event.path for event in next(watch).events] == [f"{path}/{name}"]
    client.config.Put(config_pb2.PutConfigRequest(path=f"{service}/\u0301a/\u0301b", value=b"x"), timeout=5)
    assert client.get(f"{service}/\u0301a/\u0301b").data == b"x"
