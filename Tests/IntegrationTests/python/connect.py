"""A stream of Coordinator.Connect, through the stock stub."""
import queue

import grpc

from ensemble import coordinator_grpc, coordinator_pb2, open_channel, sessions_pb2, store_pb2, types_pb2

EVENT_KINDS = {store_pb2.EVENT_KIND_CREATED: "created", store_pb2.EVENT_KIND_CHANGED: "changed",
               store_pb2.EVENT_KIND_DELETED: "deleted"}


def operation(**what):
    return coordinator_pb2.StreamOperation(**what)


def create(path, data=b"", **fields):
    return operation(create=store_pb2.CreateRequest(path=path, data=data, **fields))


def set_(path, data, **fields):
    return operation(set=store_pb2.SetRequest(path=path, data=data, **fields))


def delete(path, **fields):
    return operation(delete=store_pb2.DeleteRequest(path=path, **fields))


def get(path, **fields):
    return operation(get=store_pb2.GetRequest(path=path, **fields))


def list_(path, **fields):
    return operation(list=store_pb2.ListRequest(path=path, **fields))


def watch(path, **fields):
    return operation(watch=store_pb2.WatchRequest(path=path, **fields))


def ephemeral(path):
    return create(path, kind=types_pb2.ZNODE_KIND_EPHEMERAL)


class Stream:
    """`resume`: the welcome of a stream before, whose session this one goes on with. `hello=False`: say none."""

    def __init__(self, address, timeout_ms=10_000, resume=None, hello=None, timeout=30):
        self.address = address
        self.channel = open_channel(address)
        self.requests = queue.SimpleQueue()
        self.sent = 0
        self.results = {}
        self.told = []
        """What came, in the order in which it did: (number, result) and (number of the watch, event)."""
        self.notices = []
        self.beats = 0
        if hello is None and resume is not None:
            hello = coordinator_pb2.ConnectHello(resume=coordinator_pb2.ResumeSession(
                session_id=resume.session_id, secret=resume.secret))
        elif hello is None:
            hello = coordinator_pb2.ConnectHello(open=sessions_pb2.OpenSessionRequest(timeout_ms=timeout_ms))
        if hello is not False:
            self.requests.put(coordinator_pb2.ConnectRequest(hello=hello))
        stub = coordinator_grpc.CoordinatorStub(self.channel)
        self.call = stub.Connect(iter(self.requests.get, None), timeout=timeout)
        self.welcome = None

    def __enter__(self):
        self.wait(lambda: self.welcome)
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.requests.put(None)
        self.call.cancel()
        self.channel.close()

    def send(self, *operations):
        """In one message. Returns the operations' numbers."""
        self.requests.put(coordinator_pb2.ConnectRequest(operations=operations))
        first = self.sent + 1
        self.sent += len(operations)
        return range(first, self.sent + 1)

    def beat(self):
        self.requests.put(coordinator_pb2.ConnectRequest())

    def half_close(self):
        self.requests.put(None)

    def receive(self):
        """The next message. Raises the call's error at its end, or StopIteration."""
        response = next(self.call)
        if response.HasField("welcome"):
            self.welcome = response.welcome
        self.notices += response.watches
        for notice in response.watches:
            for number in notice.numbers:
                self.told += [(number, event) for event in notice.response.events]
                if notice.HasField("ended"):
                    self.told.append((number, notice.ended))
        for result in response.results:
            self.results.setdefault(result.number, []).append(result)
            self.told.append((result.number, result))
        self.beats += len(response.kept_alive)

    def wait(self, until):
        while not until():
            self.receive()

    def result(self, number):
        """The only result of an operation, or the last one."""
        self.wait(lambda: number in self.results and not self.results[number][-1].more)
        return self.results[number][-1]

    def do(self, *operations):
        """Sends them in one message, and returns their results."""
        return [self.result(number) for number in self.send(*operations)]

    def end(self):
        """How the stream ended: the error, or None."""
        try:
            while True:
                self.receive()
        except StopIteration:
            return None
        except grpc.RpcError as error:
            return error

    def events(self, number):
        """What a watch was told so far."""
        return [(EVENT_KINDS[e.kind], e.path) for n, e in self.told if n == number and isinstance(e, store_pb2.Event)]
