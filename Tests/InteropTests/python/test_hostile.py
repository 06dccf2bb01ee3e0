"""What a client can do wrong on a raw connection, and what RPC's server answers."""

import socket
import struct

import grpc
import hpack
import pytest

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0, 1, 3, 4, 7
END_STREAM, END_HEADERS = 1, 4


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def message(payload, flag=0):
    return bytes([flag]) + struct.pack(">I", len(payload)) + payload


class Raw:
    """An HTTP/2 connection whose frames are written by hand."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.decoder = hpack.Decoder()
        self.buffer = b""
        self.socket.sendall(PREFACE + frame(SETTINGS, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def request(self, stream, path="/roost.test.Echo/Unary", end=False, **changes):
        fields = {
            ":method": "POST", ":scheme": "http", ":path": path, ":authority": "x",
            "content-type": "application/grpc", "te": "trailers",
        }
        fields.update({key.replace("_", "-"): value for key, value in changes.items() if value is not None})
        for key, value in changes.items():
            if value is None:
                del fields[key.replace("_", "-")]
        method = fields.pop("method", None)
        if method:
            fields[":method"] = method
        block = hpack.Encoder().encode(list(fields.items()))
        self.socket.sendall(frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream, block))

    def data(self, stream, payload, end=True):
        self.socket.sendall(frame(DATA, END_STREAM if end else 0, stream, payload))

    def next_frame(self):
        while len(self.buffer) < 9 or len(self.buffer) < 9 + int.from_bytes(self.buffer[:3], "big"):
            chunk = self.socket.recv(65_536)
            if not chunk:
                return None
            self.buffer += chunk
        length = int.from_bytes(self.buffer[:3], "big")
        kind, flags = self.buffer[3], self.buffer[4]
        stream = int.from_bytes(self.buffer[5:9], "big")
        payload, self.buffer = self.buffer[9:9 + length], self.buffer[9 + length:]
        return kind, flags, stream, payload

    def response(self, stream):
        """All header fields, and the data, until the stream ends."""
        fields, data = {}, b""
        while True:
            got = self.next_frame()
            assert got is not None, "the connection was closed"
            kind, flags, where, payload = got
            if kind == HEADERS:
                decoded = self.decoder.decode(payload)
                if where == stream:
                    fields.update(decoded)
            elif kind == DATA and where == stream:
                data += payload
            elif kind == RST_STREAM and where == stream:
                fields["reset"] = int.from_bytes(payload, "big")
                return fields, data
            if where == stream and flags & END_STREAM and kind in (HEADERS, DATA):
                return fields, data


@pytest.fixture()
def raw(server_port):
    with Raw(server_port) as connection:
        yield connection


def test_a_good_call_by_hand(raw):
    raw.request(1)
    raw.data(1, message(b"\x0a\x01x"))
    fields, data = raw.response(1)
    assert fields == {":status": "200", "content-type": "application/grpc", "grpc-status": "0"}
    assert data == message(b"\x0a\x01x")


@pytest.mark.parametrize("content_type", ["application/json", "application/grpcx", "application/grpc+json", "", None])
def test_another_content_type_is_415(raw, content_type):
    raw.request(1, content_type=content_type)
    assert raw.response(1)[0][":status"] == "415"


@pytest.mark.parametrize("content_type", ["application/grpc+proto", "application/grpc;charset=utf-8"])
def test_content_types_of_grpc(raw, content_type):
    raw.request(1, content_type=content_type)
    raw.data(1, message(b""))
    assert raw.response(1)[0]["grpc-status"] == "0"


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_another_http_method_is_405(raw, method):
    raw.request(1, method=method, end=True)
    assert raw.response(1)[0][":status"] == "405"


@pytest.mark.parametrize(
    "timeout", ["", "S", "5", "5s", "123456789S", "-5S", "5 S", "5SS", "1e3S", "\u0665S".encode().decode("latin1")])
def test_a_malformed_timeout_is_internal(raw, timeout):
    raw.request(1, grpc_timeout=timeout)
    assert raw.response(1)[0]["grpc-status"] == "13"


@pytest.mark.parametrize("timeout", ["99999999H", "1H", "00000001H", "99999999n"])
def test_good_timeouts(raw, timeout):
    raw.request(1, grpc_timeout=timeout)
    raw.data(1, message(b""))
    assert raw.response(1)[0]["grpc-status"] == "0"


def test_the_server_enforces_the_deadline(raw):
    raw.request(1, path="/roost.test.Echo/Hang", grpc_timeout="50m")
    raw.data(1, message(b""))
    assert raw.response(1)[0]["grpc-status"] == "4"


def test_an_unknown_encoding_names_what_is_accepted(raw):
    raw.request(1, grpc_encoding="snappy")
    fields, _ = raw.response(1)
    assert fields["grpc-status"] == "12" and fields["grpc-accept-encoding"] == "identity,gzip"


@pytest.mark.parametrize("path", ["Unary", "Expand"])
@pytest.mark.parametrize(
    "body, status",
    [
        (b"", "13"),
        (message(b"a") + message(b"b"), "13"),
        (message(b"abc")[:-1], "13"),
        (b"\x00\x00", "13"),
        (message(b"abc", flag=1), "13"),
        (message(b"abc", flag=2), "13"),
        (b"\x00\x00\x40\x00\x01", "8"),
        (b"\x00\xff\xff\xff\xff", "8"),
    ],
)
def test_bad_bodies_of_calls_with_one_request(raw, path, body, status):
    raw.request(1, path=f"/roost.test.Echo/{path}", end=not body)
    if body:
        raw.data(1, body)
    assert raw.response(1)[0]["grpc-status"] == status
    # The connection goes on.
    raw.request(3)
    raw.data(3, message(b""))
    assert raw.response(3)[0]["grpc-status"] == "0"


@pytest.mark.parametrize(
    "body, status",
    [(message(b"abc")[:-1], "13"), (message(b"abc", flag=1), "13"), (b"\x07", None), (b"\x00\x00\x40\x00\x01", "8")],
)
def test_bad_bodies_of_streams(raw, body, status):
    raw.request(1, path="/roost.test.Echo/Collect")
    raw.data(1, body)
    assert raw.response(1)[0]["grpc-status"] == (status or "13")


def test_headers_over_the_limit(raw):
    raw.request(1, x_large="x" * 16_384)
    assert raw.response(1)[0]["grpc-status"] == "8"


def test_a_path_of_garbage(raw):
    raw.request(1, path="/" + "%" * 300)
    fields, _ = raw.response(1)
    assert fields["grpc-status"] == "12" and len(fields["grpc-message"]) < 1_000


@pytest.mark.parametrize("violation", [
    frame(DATA, 0, 1, b"x"),  # of an idle stream
    frame(HEADERS, END_HEADERS, 2, b"\x82"),  # an even stream
    frame(SETTINGS, 0, 1),
    frame(SETTINGS, 0, 0, b"\x00\x04\x80\x00\x00\x00"),  # a window over 2^31 - 1
    frame(8, 0, 0, b"\x00\x00\x00\x00"),  # WINDOW_UPDATE by 0
    frame(DATA, 8, 0, b"\x05"),
    frame(9, 4, 1, b"\x82"),  # CONTINUATION of nothing
    frame(HEADERS, END_HEADERS, 1, b"\xff\xff\xff\xff\xff"),  # no HPACK
    frame(6, 0, 0, b"short"),
    frame(5, 4, 1, b"\x00\x00\x00\x02\x82"),  # PUSH_PROMISE by a client
    struct.pack(">I", 20_000)[1:] + bytes([0, 0]) + struct.pack(">I", 1),  # longer than SETTINGS_MAX_FRAME_SIZE
])
def test_violations_end_the_connection_and_nobody_else(stubs, echo, server_port, violation):
    with Raw(server_port) as connection:
        connection.socket.sendall(violation)
        try:
            while connection.next_frame() is not None:
                pass
        except ConnectionError:
            pass
    assert echo.Unary(stubs.Payload(), timeout=10) == stubs.Payload()


@pytest.mark.parametrize("field", [("Upper", "x"), ("x y", "x"), ("connection", "close"), ("x", "a\nb"), (":x", "y")])
def test_malformed_header_fields_reset_the_stream(raw, field):
    fields = [(":method", "POST"), (":scheme", "http"), (":path", "/roost.test.Echo/Unary"), (":authority", "x"),
              ("content-type", "application/grpc"), field]
    raw.socket.sendall(frame(HEADERS, END_HEADERS, 1, hpack.Encoder().encode(fields)))
    fields, _ = raw.response(1)
    assert "reset" in fields or fields.get("grpc-status") != "0"
