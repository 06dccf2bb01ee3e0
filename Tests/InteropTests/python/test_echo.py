"""The stock Python gRPC client against RPC's server."""

import socket
import threading
import time

import grpc
import pytest
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

FOUR_MIB = 4 << 20


def payload(stubs, *parts):
    return stubs.Payload(part=parts)


def size_of(stubs, encoded):
    """A payload whose encoding has exactly that many bytes."""
    part = max(encoded - 6, 0)
    while stubs.Payload(part=[bytes(part)]).ByteSize() < encoded:
        part += 1
    message = stubs.Payload(part=[bytes(part)])
    assert message.ByteSize() == encoded
    return message


@pytest.mark.parametrize("size", [0, 1, 100, 16_384, 65_536, 1_000_000, 4_000_000])
def test_unary_returns_what_was_sent(stubs, echo, size):
    message = payload(stubs, bytes(i & 255 for i in range(size)))
    assert echo.Unary(message, timeout=30) == message


def test_empty_message(stubs, echo):
    assert echo.Unary(stubs.Payload(), timeout=10) == stubs.Payload()


def test_message_of_exactly_the_limit_and_one_more(stubs, echo):
    message = size_of(stubs, FOUR_MIB)
    assert echo.Unary(message, timeout=30) == message
    with pytest.raises(grpc.RpcError) as error:
        echo.Unary(size_of(stubs, FOUR_MIB + 1), timeout=30)
    assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "messageBytesMax" in error.value.details()
    assert echo.Unary(stubs.Payload(), timeout=10) == stubs.Payload()


def test_client_stream(stubs, echo):
    parts = [str(i).encode() * 10 for i in range(2_000)]
    answer = echo.Collect((payload(stubs, part) for part in parts), timeout=30)
    assert list(answer.part) == parts


def test_empty_client_stream(stubs, echo):
    assert echo.Collect(iter([]), timeout=10) == stubs.Payload()


def test_server_stream(stubs, echo):
    message = payload(stubs, b"x" * 1_000)
    answers = list(echo.Expand(message, timeout=30, metadata=[("x-echo-repeat", "5000")]))
    assert len(answers) == 5_000 and all(answer == message for answer in answers)


def test_empty_server_stream(stubs, echo):
    assert list(echo.Expand(stubs.Payload(), timeout=10, metadata=[("x-echo-repeat", "0")])) == []


def test_large_messages_on_a_server_stream(stubs, echo):
    message = payload(stubs, bytes(2_000_000))
    assert all(a == message for a in echo.Expand(message, timeout=60, metadata=[("x-echo-repeat", "20")]))


def test_bidirectional_stream(stubs, echo):
    messages = [payload(stubs, str(i).encode()) for i in range(3_000)]
    assert list(echo.Chat(iter(messages), timeout=30)) == messages


def test_bidirectional_in_turns(stubs, echo):
    lock = threading.Semaphore(1)

    def requests():
        for i in range(200):
            lock.acquire()
            yield payload(stubs, str(i).encode())

    seen = 0
    for answer in echo.Chat(requests(), timeout=30):
        assert answer.part[0] == str(seen).encode()
        seen += 1
        lock.release()
    assert seen == 200


def test_slow_reader_gets_everything(stubs, echo):
    message = payload(stubs, bytes(50_000))
    count = 0
    for answer in echo.Expand(message, timeout=60, metadata=[("x-echo-repeat", "400")]):
        assert answer == message
        count += 1
        if count % 100 == 0:
            time.sleep(0.2)
    assert count == 400


def test_metadata_both_ways(stubs, echo):
    sent = [
        ("x-echo-initial", "first"), ("x-echo-initial", "second, with a comma"),
        ("x-echo-initial-bin", bytes(range(256))), ("x-echo-trailing", "at the end"),
        ("x-echo-trailing-bin", b""), ("x-echo-trailing-bin", b"\x00"), ("x-echo-trailing-bin", b"\xff\xfe"),
    ]
    _, call = echo.Unary.with_call(payload(stubs, b"x"), timeout=10, metadata=sent)
    initial = [(m.key, m.value) for m in call.initial_metadata()]
    trailing = [(m.key, m.value) for m in call.trailing_metadata()]
    assert [m for m in sent if "initial" in m[0]] == initial
    assert [m for m in sent if "trailing" in m[0]] == trailing


@pytest.mark.parametrize("code", [code for code in grpc.StatusCode if code != grpc.StatusCode.OK])
@pytest.mark.parametrize("method", ["Unary", "Collect", "Expand", "Chat"])
def test_every_status_code_with_message_and_details(stubs, echo, code, method):
    text = f"{code.name}: 100 % of \u00e4\u00f6\u00fc \U0001f980\nand a new line\t"
    info = error_details_pb2.ErrorInfo(reason="FOR_A_TEST", domain="roost", metadata={"key": "value"})
    packed = any_pb2.Any()
    packed.Pack(info)
    status = status_pb2.Status(code=code.value[0], message=text, details=[packed])
    metadata = [
        ("x-echo-fail-code", str(code.value[0])), ("x-echo-fail-message-bin", text.encode()),
        ("x-echo-fail-details-bin", status.SerializeToString()), ("x-echo-trailing", "more"),
    ]
    message = payload(stubs, b"x")
    request = iter([message]) if method in ("Collect", "Chat") else message
    with pytest.raises(grpc.RpcError) as error:
        answer = getattr(echo, method)(request, timeout=10, metadata=metadata)
        list(answer)
    assert error.value.code() == code
    assert error.value.details() == text
    assert ("x-echo-trailing", "more") in [(m.key, m.value) for m in error.value.trailing_metadata()]
    seen = rpc_status.from_call(error.value)
    assert seen == status
    detail = error_details_pb2.ErrorInfo()
    assert seen.details[0].Unpack(detail) and detail == info


def test_deadline(stubs, echo):
    start = time.monotonic()
    with pytest.raises(grpc.RpcError) as error:
        echo.Unary(payload(stubs, b"x"), timeout=0.2, metadata=[("x-echo-delay-ms", "20000")])
    assert error.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - start < 10


def test_deadline_that_holds(stubs, echo):
    message = payload(stubs, b"x")
    assert echo.Unary(message, timeout=30, metadata=[("x-echo-delay-ms", "50")]) == message


def test_cancel_reaches_the_handler(stubs, echo):
    def cancelled():
        return len(echo.Hangs(stubs.Payload(), timeout=10).part)

    before = cancelled()
    calls = [echo.Hang.future(stubs.Payload()) for _ in range(20)]
    # A later call of the same connection returns after the earlier ones have begun.
    echo.Unary(stubs.Payload(), timeout=10)
    for call in calls:
        call.cancel()
    for _ in range(200):
        if cancelled() == before + 20:
            break
        time.sleep(0.05)
    assert cancelled() == before + 20


def test_deadline_of_a_hanging_call_reaches_the_handler(stubs, echo):
    before = len(echo.Hangs(stubs.Payload(), timeout=10).part)
    with pytest.raises(grpc.RpcError) as error:
        echo.Hang(stubs.Payload(), timeout=0.3)
    assert error.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    for _ in range(200):
        if len(echo.Hangs(stubs.Payload(), timeout=10).part) > before:
            return
        time.sleep(0.05)
    assert False, "the handler was not told"


def test_cancelled_stream(stubs, echo):
    answers = echo.Expand(payload(stubs, bytes(1_000)), timeout=30, metadata=[("x-echo-repeat", "1000000")])
    for _ in range(10):
        next(answers)
    answers.cancel()
    with pytest.raises(grpc.RpcError) as error:
        for _ in answers:
            pass
    assert error.value.code() == grpc.StatusCode.CANCELLED


@pytest.mark.parametrize("path", ["/roost.test.Echo/Nothing", "/roost.test.Nobody/Unary", "/nonsense", "/"])
def test_unknown_method(channel, path):
    with pytest.raises(grpc.RpcError) as error:
        channel.unary_unary(path)(b"", timeout=10)
    assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED
    assert path in error.value.details()


def test_requests_may_be_compressed_with_gzip(stubs, echo):
    message = payload(stubs, bytes(1_000_000))
    assert echo.Unary(message, timeout=10, compression=grpc.Compression.Gzip) == message
    assert list(echo.Chat(iter([message] * 3), timeout=10, compression=grpc.Compression.Gzip)) == [message] * 3


def test_deflate_is_refused(stubs, echo):
    with pytest.raises(grpc.RpcError) as error:
        echo.Unary(payload(stubs, bytes(10_000)), timeout=10, compression=grpc.Compression.Deflate)
    assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_a_bomb_is_refused(stubs, echo):
    with pytest.raises(grpc.RpcError) as error:
        echo.Unary(payload(stubs, bytes(8_000_000)), timeout=10, compression=grpc.Compression.Gzip)
    assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "messageBytesMax" in error.value.details()
    assert echo.Unary(stubs.Payload(), timeout=10) == stubs.Payload()


def test_too_much_metadata(stubs, echo):
    with pytest.raises(grpc.RpcError) as error:
        echo.Unary(stubs.Payload(), timeout=10, metadata=[("x-large", "x" * 20_000)])
    assert error.value.code() in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.INTERNAL)
    assert echo.Unary(stubs.Payload(), timeout=10) == stubs.Payload()


def test_many_threads(stubs, echo):
    failures = []

    def work(number):
        for i in range(100):
            message = payload(stubs, f"{number} {i}".encode())
            if echo.Unary(message, timeout=30) != message:
                failures.append((number, i))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_http_1_gets_a_short_answer(stubs, echo, server_port):
    with socket.create_connection(("127.0.0.1", server_port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while chunk := connection.recv(4_096):
            answer += chunk
    assert answer.startswith(b"HTTP/1.1 505 ")
    assert echo.Unary(stubs.Payload(), timeout=10) == stubs.Payload()


def test_a_client_that_pings_too_often_is_sent_away(stubs, server_port):
    options = [("grpc.keepalive_time_ms", 50), ("grpc.keepalive_timeout_ms", 10_000),
               ("grpc.http2.max_pings_without_data", 0), ("grpc.http2.min_time_between_pings_ms", 50)]
    with grpc.insecure_channel(f"127.0.0.1:{server_port}", options=options) as channel:
        with pytest.raises(grpc.RpcError) as error:
            stubs.EchoStub(channel).Hang(stubs.Payload(), timeout=60)
        assert error.value.code() == grpc.StatusCode.UNAVAILABLE
        assert "pings" in error.value.details()
