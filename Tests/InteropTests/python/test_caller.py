"""Our channel against stock grpcio servers: retries as gRFC A6 has them, many servers, and servers that say goodbye."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import subprocess
import threading
import time

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

ROOT = pathlib.Path(__file__).resolve().parents[3]
METHOD = "/roost.test.Echo/Unary"
OK = grpc.StatusCode.OK


class Scripted(grpc.GenericRpcHandler):
    """A service that ends each attempt as its script says, and then answers all others."""

    def __init__(self, script=()):
        self.script = list(script)
        self.attempts = []
        self.lock = threading.Lock()

    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(self.answer)

    def answer(self, request, context):
        with self.lock:
            metadata = dict(context.invocation_metadata())
            self.attempts.append((time.monotonic(), metadata.get("grpc-previous-rpc-attempts")))
            code, trailers = self.script.pop(0) if self.script else (OK, ())
        context.set_trailing_metadata(trailers)
        if code != OK:
            context.abort(code, "as the script says")
        return request

    @property
    def previous(self):
        """What each attempt said of those before it."""
        return [previous for _, previous in self.attempts]

    @property
    def pauses(self):
        times = [at for at, _ in self.attempts]
        return [after - before for before, after in zip(times, times[1:])]


@contextlib.contextmanager
def serving(service, *options, address="127.0.0.1:0"):
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8), handlers=(service,), options=options)
    port = server.add_insecure_port(address)
    server.start()
    try:
        yield f"{address.rsplit(':', 1)[0]}:{port}"
    finally:
        server.stop(0).wait()


def caller_arguments(targets, *arguments):
    program = os.environ.get("ECHO_CALLER", str(ROOT / ".build" / "debug" / "echo-caller"))
    return [program, ",".join(targets), *map(str, arguments)]


def ours(targets, *arguments):
    """The lines that the program prints, one for each call."""
    done = subprocess.run(caller_arguments(targets, *arguments), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def call_ours(target, code, attempts):
    return ours([target], "--safe", code.value[0], "--attempts", attempts)[0].split()[0]


def call_stock(target, code, attempts):
    policy = {"maxAttempts": attempts, "initialBackoff": "0.05s", "maxBackoff": "1s", "backoffMultiplier": 2,
              "retryableStatusCodes": [code.name]}
    config = {"methodConfig": [{"name": [{}], "retryPolicy": policy}]}
    with grpc.insecure_channel(target, options=[("grpc.service_config", json.dumps(config))]) as channel:
        try:
            channel.unary_unary(METHOD)(b"\x0a\x00", timeout=20)
            return "OK"
        except grpc.RpcError as error:
            return error.code().name


@pytest.fixture(params=[call_ours, call_stock], ids=["ours", "stock"])
def call(request):
    """Both clients: what the stock one does is what ours has to do."""
    return request.param


UNAVAILABLE = grpc.StatusCode.UNAVAILABLE
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED


def pushback(value):
    return (("grpc-retry-pushback-ms", str(value)),)


def test_a_named_status_is_tried_again_and_the_server_told_so(call):
    service = Scripted([(UNAVAILABLE, ()), (UNAVAILABLE, ())])
    with serving(service) as target:
        assert call(target, UNAVAILABLE, 4) == "OK"
    assert service.previous == [None, "1", "2"]


def test_attempts_are_bounded(call):
    service = Scripted([(UNAVAILABLE, ())] * 9)
    with serving(service) as target:
        assert call(target, UNAVAILABLE, 3) == "UNAVAILABLE"
    assert service.previous == [None, "1", "2"]


def test_a_status_that_is_not_named_is_final(call):
    service = Scripted([(EXHAUSTED, ())])
    with serving(service) as target:
        assert call(target, UNAVAILABLE, 4) == "RESOURCE_EXHAUSTED"
    assert service.previous == [None]


def test_a_pushback_says_how_long(call):
    service = Scripted([(EXHAUSTED, pushback(400)), (EXHAUSTED, pushback(200))])
    with serving(service) as target:
        assert call(target, EXHAUSTED, 4) == "OK"
    assert service.previous == [None, "1", "2"]
    assert service.pauses[0] >= 0.39 and service.pauses[1] >= 0.19


@pytest.mark.parametrize("value", ["-1", "soon"])
def test_a_pushback_that_is_negative_or_no_number_forbids(call, value):
    service = Scripted([(UNAVAILABLE, pushback(value))])
    with serving(service) as target:
        assert call(target, UNAVAILABLE, 4) == "UNAVAILABLE"
    assert service.previous == [None]


def test_a_retry_info_invites_to_try_again():
    retry = error_details_pb2.RetryInfo()
    retry.retry_delay.FromMilliseconds(300)
    status = status_pb2.Status(code=UNAVAILABLE.value[0], message="later")
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="BUSY"))
    status.details.add().Pack(retry)
    details = status.SerializeToString()
    service = Scripted([(UNAVAILABLE, (("grpc-status-details-bin", details),))])
    with serving(service) as target:
        assert ours([target])[0] == "OK"
    assert service.previous == [None, "1"]
    assert service.pauses[0] >= 0.29


def test_nothing_is_tried_again_unasked():
    service = Scripted([(UNAVAILABLE, pushback(1))])
    with serving(service) as target:
        assert ours([target], "--attempts", 0)[0].startswith("UNAVAILABLE")
    assert service.previous == [None]


def test_calls_are_spread_over_stock_servers():
    services = [Scripted(), Scripted(), Scripted()]
    hosts = ["127.0.0.1:0", "127.0.0.2:0", "[::1]:0"]
    with contextlib.ExitStack() as stack:
        targets = [stack.enter_context(serving(s, address=a)) for s, a in zip(services, hosts)]
        assert set(ours(targets, "--round-robin", "--count", 60, "--pause", 5)) == {"OK"}
    assert all(len(service.attempts) >= 10 for service in services), [len(s.attempts) for s in services]


def test_a_stock_server_that_says_goodbye_every_second_loses_no_call():
    service = Scripted()
    # (A connection that lives for less than a second counts as a failed one.)
    with serving(service, ("grpc.max_connection_age_ms", 1_200), ("grpc.max_connection_age_grace_ms", 5_000)) as target:
        assert set(ours([target], "--count", 900, "--pause", 3, "--wait-for-ready")) == {"OK"}
    assert len(service.attempts) == 900


def test_stock_servers_that_are_killed_cost_attempts_and_no_calls():
    services = [Scripted(), Scripted()]
    with serving(services[1], address="127.0.0.2:0") as second:
        with serving(services[0]) as first:
            arguments = caller_arguments([first, second], "--count", 200, "--pause", 5, "--safe", UNAVAILABLE.value[0])
            process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
            # The first ones are answered by the first server.
            lines = [process.stdout.readline() for _ in range(20)]
            assert len(services[0].attempts) >= 20 and not services[1].attempts
        lines += process.stdout.readlines()
        assert process.wait(timeout=60) == 0
    assert {line.strip() for line in lines} == {"OK"} and len(lines) == 200
    assert services[1].attempts
