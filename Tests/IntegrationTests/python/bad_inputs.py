"""What it takes to write down what the service refuses: cases, how they are carried out, and rows of a table.

A case is a call, words for its input, and the request: a message, a list or generator of them for a stream of requests,
bytes for what is no message, or a function of the `World` that gives one of these, after whatever must be there before;
it may also make the call itself and give the `Outcome`. To add a call, add its cases to the module of its service; a
service that no module knows, and a call without a valid request in `bad_anything.py`, make the test fail.
"""
import importlib
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

import grpc

from ensemble import (
    Client, cluster_pb2, config_pb2, coordinator_pb2, election_pb2, error_info,
    lock_pb2, naming_pb2, sessions_pb2, store_pb2, types_pb2)

# Not in any session, and no token of any claim. Long enough not to be taken for a number that varies.
NOBODY = 999_999_999_999
MIB = 1 << 20
# For one call: enough for a build for debugging on a busy machine.
TIMEOUT = 20.0

# Numbers that vary from run to run, and what stands for them.
VARYING = [
    (r"\bsession [1-9]\d{0,9}\b", "session {session}"),
    (r"\b(revision|revision is) [1-9]\d{0,9}\b", r"\1 {revision}"),
    (r"\b0{10}\d{10}\b", "{revision}"),
    (r"\balive: [1-9]\d{0,9}\b", "alive: {session}"),
    (r"\bno keep-alive for [\d,]+ ms", "no keep-alive for {count} ms"),
    (r"\btoken [1-9]\d{0,9}\b", "token {token}"),
    (r"\boutcomes up to \d+", "outcomes up to {sequence}"),
    (r"\blacks \d+ entries", "lacks {count} entries"),
    (r"\bmember [1-9]\d*\b", "member {member}"),
    (r"127\.0\.0\.1:\d+", "{address}"),
    (r"\bdecoded: roost\.v1\.[A-Za-z]+", "decoded: {request}"),
]

# The files of proto/ whose services are for clients. Peer is for members alone.
FILES = [store_pb2, sessions_pb2, coordinator_pb2, lock_pb2, election_pb2, naming_pb2, config_pb2, cluster_pb2]


def services():
    """The services for clients, by their names: descriptors."""
    return {s.name: s for f in FILES for s in f.DESCRIPTOR.services_by_name.values()}


def methods():
    """Their methods, by names such as `Store.Get`."""
    return {f"{s.name}.{m.name}": m for s in services().values() for m in s.methods}


def stub_of(channel, service):
    """The stub that grpcio-tools has generated for a service."""
    module = importlib.import_module(service.file.name.removesuffix(".proto").replace("/", ".") + "_pb2_grpc")
    return getattr(module, service.name + "Stub")(channel)


@dataclass(frozen=True)
class Outcome:
    """How a call ended. `facts` are the names in the ErrorInfo's metadata."""

    code: str
    reason: str = ""
    message: str = ""
    facts: tuple = ()

    @staticmethod
    def of(error):
        info = error_info(error)
        return Outcome(
            error.code().name, info.reason if info else "", steady(error.details() or ""),
            tuple(sorted(info.metadata)) if info else ())

    @staticmethod
    def of_operation(error):
        """Of a stream."""
        code = next(c.name for c in grpc.StatusCode if c.value[0] == error.code)
        return Outcome(code, error.reason, steady(error.message), tuple(sorted(error.metadata)))


def steady(message):
    """With words for what varies."""
    for pattern, word in VARYING:
        message = re.sub(pattern, word, message)
    return message


OK = Outcome("OK")


@dataclass
class Case:
    call: str
    input: str
    request: object
    # To whom it is sent: the ensemble of one, unless a function of the world says otherwise.
    to: object = None
    # Tries again, with whatever `request` prepares, until the outcome has this reason: for what depends on timing.
    until: str = ""


class Cases(list):
    """Those of one service."""

    def __init__(self, service):
        super().__init__()
        self.service = service

    def add(self, method, text, request, **how):
        self.append(Case(f"{self.service}.{method}", text, request, **how))


def invoke(channel, name, request, timeout=TIMEOUT, first_only=False):
    """Carries out a call to its end (or to its first response) and tells how it ended.

    Messages go through the generated stub; bytes go through a call of the same path without one.
    """
    method = methods()[name]
    if isinstance(request, bytes):
        return raw(channel, f"/roost.v1.{name.replace('.', '/')}", [request], timeout)
    call = getattr(stub_of(channel, method.containing_service), method.name)
    argument = iter(request if isinstance(request, (list, Iterator)) else [request])
    return ended(lambda: call(argument if method.client_streaming else next(argument), timeout=timeout), first_only)


def raw(channel, path, requests, timeout=TIMEOUT, **options):
    """Sends these bytes as messages, however many."""
    return ended(lambda: channel.stream_stream(path)(iter(requests), timeout=timeout, **options))


def ended(call, first_only=False):
    try:
        answers = call()
        if isinstance(answers, grpc.Call):
            for _ in answers:
                if first_only:
                    answers.cancel()
                    break
    except grpc.RpcError as error:
        return Outcome.of(error)
    return OK


def carry_out(world, case):
    end = time.monotonic() + 10
    while True:
        request = case.request(world) if callable(case.request) else case.request
        outcome = request
        if not isinstance(request, Outcome):
            outcome = invoke((case.to(world) if case.to else world.client).channel, case.call, request)
        if not case.until or outcome.reason == case.until or time.monotonic() > end:
            return outcome
        time.sleep(0.05)


class World:
    """The ensembles, and what is there before the first case."""

    def __init__(self, one, three):
        self.one, self.three = one, three
        self.client = Client(one, 1, timeout=TIMEOUT)
        self.made = {}
        self.session = self.open()
        self.ended = self.open()
        self.close(self.ended)
        c = self.client
        c.create("/there", b"x")
        c.create("/parent")
        c.create("/parent/child")
        c.create("/ephemeral", kind=types_pb2.ZNODE_KIND_EPHEMERAL, session_id=self.session.session_id)
        self.holder = c.locks.Acquire(lock_pb2.AcquireRequest(
            path="/held", session_id=self.session.session_id, owner="holder"), timeout=TIMEOUT)
        self.other = self.open()
        self.key = c.config.Put(config_pb2.PutConfigRequest(path="/config/key", value=b"1"), timeout=TIMEOUT)

    def close_all(self):
        self.client.close()
        for client in (v for v in self.made.values() if isinstance(v, Client)):
            client.close()

    def open(self):
        """A session that outlives the test without keep-alives."""
        return self.client.sessions.Open(sessions_pb2.OpenSessionRequest(timeout_ms=3_600_000), timeout=TIMEOUT)

    def close(self, session):
        self.client.sessions.Close(
            sessions_pb2.CloseSessionRequest(session_id=session.session_id, secret=session.secret), timeout=TIMEOUT)

    def once(self, name, make):
        """What `make` gives: made when it is first asked for."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    # Of three members

    def member(self, member):
        return self.once(f"member {member}", lambda: Client(self.three, member, timeout=TIMEOUT))

    @property
    def leader(self):
        """Of all three, none of them stopped."""
        for member in self.three.processes:
            self.three.signal(member, signal.SIGCONT)
        return self.member(self.three.leader())

    @property
    def follower(self):
        """One that knows who leads."""
        leader = self.leader.member
        follower = next(m for m in self.three.processes if m != leader)
        end = time.monotonic() + 5
        while self.three.status(follower).leader_id != leader:
            assert time.monotonic() < end, "a follower without a leader"
        return self.member(follower)

    # What takes many writes

    def create_all(self, paths, **fields):
        """Creates znodes, 128 at a time."""
        paths = list(paths)
        for start in range(0, len(paths), 128):
            self.client.store.Transact(store_pb2.TransactRequest(then=[
                store_pb2.Operation(create=store_pb2.CreateRequest(path=p, **fields))
                for p in paths[start:start + 128]]), timeout=TIMEOUT)

    def create_down(self, path):
        """Creates a path, and those above it, as far as it is not there."""
        names = path.split("/")[1:]
        for length in range(1, len(names) + 1):
            self.client.put("/" + "/".join(names[:length]), b"")

    def used_request_id(self):
        """One that a Create of something else had."""
        def use():
            request_id = types_pb2.RequestId(client_id="used", sequence=1)
            self.client.create("/used", request_id=request_id)
            return request_id
        return self.once("used request id", use)

    def expired_request_id(self):
        """One below the 1,024 and more whose outcomes are kept."""
        def use():
            calls = [self.client.store.Set.future(store_pb2.SetRequest(path="/there", data=b"x", request_id={
                "client_id": "busy", "sequence": n}), timeout=TIMEOUT) for n in range(1, 1201)]
            for call in calls:
                call.result()
            return types_pb2.RequestId(client_id="busy", sequence=1)
        return self.once("expired request id", use)

    def trim_history(self):
        """Writes more than the 64 MiB of changes that are kept."""
        def write():
            self.client.create("/large")
            change = store_pb2.Operation(set=store_pb2.SetRequest(path="/large", data=bytes(MIB)))
            for _ in range(22):
                self.client.store.Transact(store_pb2.TransactRequest(then=[change] * 3), timeout=TIMEOUT)
            return True
        return self.once("history", write)

    def while_stopped(self, begin):
        """Calls `begin` while the member of the ensemble of one does nothing: what it sends comes in at once."""
        self.one.signal(1, signal.SIGSTOP)
        try:
            begun = begin()
            time.sleep(0.1)
        finally:
            self.one.signal(1, signal.SIGCONT)
        return begun


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return lines + ["| " + " | ".join(cell(c) or "–" for c in row) + " |" for row in rows]


def code(text):
    return f"`{text}`" if text else ""


def row(call, text, outcome):
    return [call, text, outcome.code, code(outcome.reason), outcome.message]
