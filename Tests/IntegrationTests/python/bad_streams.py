"""What Coordinator refuses: streams, and operations of theirs."""
from bad_inputs import NOBODY, TIMEOUT, Cases, Outcome, ended
from connect import Stream, create, get, operation, watch
from ensemble import coordinator_grpc, coordinator_pb2, sessions_pb2, store_pb2

COORDINATOR = Cases("Coordinator")
Request, Hello, Resume = coordinator_pb2.ConnectRequest, coordinator_pb2.ConnectHello, coordinator_pb2.ResumeSession
OPEN = Hello(open=sessions_pb2.OpenSessionRequest(timeout_ms=3_600_000))
SECRET = b"s" * 16


def refused(text, *requests):
    COORDINATOR.add("Connect", text, list(requests))


refused("the first message without hello", Request(operations=[get("/")]))
refused("hello without a session", Request(hello=Hello()))
refused("hello that opens a session with a timeout below 100 ms",
        Request(hello=Hello(open=sessions_pb2.OpenSessionRequest(timeout_ms=99))))
refused("hello a second time", Request(hello=OPEN), Request(hello=OPEN))
refused("hello that resumes without session_id", Request(hello=Hello(resume=Resume(secret=SECRET))))
refused("hello that resumes with a secret of 15 bytes",
        Request(hello=Hello(resume=Resume(session_id=NOBODY, secret=bytes(15)))))
refused("hello that resumes a session that does not exist",
        Request(hello=Hello(resume=Resume(session_id=NOBODY, secret=SECRET))))
COORDINATOR.add("Connect", "hello that resumes with another session's secret", lambda w: [
    Request(hello=Hello(resume=Resume(session_id=w.session.session_id, secret=SECRET)))])
COORDINATOR.add("Connect", "hello that resumes a session that has ended", lambda w: [
    Request(hello=Hello(resume=Resume(session_id=w.ended.session_id, secret=w.ended.secret)))])
refused("1,001 operations in a message", Request(hello=OPEN, operations=[get("/")] * 1001))


def superseded(world):
    with Stream(world.one.address(1), timeout_ms=3_600_000) as first:
        with Stream(world.one.address(1), resume=first.welcome):
            first.send(create("/a"))
            return Outcome.of(first.end())


COORDINATOR.add("Connect", "a write after another stream has resumed the session", superseded)


def failed(text, *operations):
    """Operations of which the last one fails."""
    def carry_out(world):
        with Stream(world.one.address(1), timeout_ms=3_600_000) as stream:
            error = stream.do(*operations)[-1].error
            return Outcome.of_operation(error)
    COORDINATOR.add("Connect", f"an operation (its result is the error): {text}", carry_out)


failed("nothing to do", operation())
failed("`get` of a znode that does not exist", get("/none"))
failed("`create` of a znode that exists", create("/there"))
failed("`watch` of a bad path", watch("/a/"))
failed("`unwatch` of no watch", get("/"), operation(unwatch=1))
failed("`list` of a znode that does not exist", operation(list=store_pb2.ListRequest(path="/none")))


def many_operations(count):
    """That many in one message, and how they ended."""
    def carry_out(world):
        stub = coordinator_grpc.CoordinatorStub(world.client.channel)
        requests = iter([Request(hello=OPEN, operations=[get("/there")] * count)])
        return ended(lambda: stub.Connect(requests, timeout=TIMEOUT))
    return carry_out
