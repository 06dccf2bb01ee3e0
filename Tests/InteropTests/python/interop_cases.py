"""gRPC's interoperability cases against a server: `interop_cases.py port`, with the stock client (grpcio)."""

import sys

import grpc

TEXT_KEY, TEXT = "x-grpc-test-echo-initial", "test_initial_metadata_value"
BYTES_KEY, BYTES = "x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
TIMEOUT = 20

# What gRPC calls them; a few Swift names are as long as these.
NAMES = [
    "empty_unary", "large_unary", "client_compressed_unary", "server_compressed_unary", "client_streaming",
    "client_compressed_streaming", "server_streaming", "server_compressed_streaming", "ping_pong", "empty_stream",
    "cancel_after_begin", "cancel_after_first_response", "timeout_on_sleeping_server", "custom_metadata",
    "status_code_and_message", "special_status_message", "unimplemented_method", "unimplemented_service",
]


class Cases:
    def __init__(self, messages, stubs, channel):
        self.m = messages
        self.service = stubs.TestServiceStub(channel)
        self.other = stubs.UnimplementedServiceStub(channel)

    def payload(self, count):
        return self.m.Payload(body=bytes(count))

    def large(self, **fields):
        return self.m.SimpleRequest(response_size=314_159, payload=self.payload(271_828), **fields)

    def output(self, sizes, count=None, **fields):
        parameters = [self.m.ResponseParameters(size=size) for size in sizes]
        request = self.m.StreamingOutputCallRequest(response_parameters=parameters, **fields)
        if count is not None:
            request.payload.CopyFrom(self.payload(count))
        return request

    def fails(self, code, body):
        try:
            body()
        except grpc.RpcError as error:
            assert error.code() == code, f"{error.code()} instead of {code}"
            return error
        raise AssertionError(f"OK instead of {code}")

    def empty_unary(self):
        assert self.service.EmptyCall(self.m.Empty(), timeout=TIMEOUT) == self.m.Empty()

    def large_unary(self):
        assert self.service.UnaryCall(self.large(), timeout=TIMEOUT).payload == self.payload(314_159)

    def client_compressed_unary(self):
        true, false = self.m.BoolValue(value=True), self.m.BoolValue(value=False)
        self.fails(grpc.StatusCode.INVALID_ARGUMENT,
                   lambda: self.service.UnaryCall(self.large(expect_compressed=true), timeout=TIMEOUT))
        for request, compression in [(self.large(expect_compressed=true), grpc.Compression.Gzip),
                                     (self.large(expect_compressed=false), grpc.Compression.NoCompression)]:
            response = self.service.UnaryCall(request, timeout=TIMEOUT, compression=compression)
            assert response.payload == self.payload(314_159)

    def server_compressed_unary(self):
        # grpcio does not tell whether a message came compressed; that it can be read is what is seen here.
        for value in [True, False]:
            request = self.large(response_compressed=self.m.BoolValue(value=value))
            assert self.service.UnaryCall(request, timeout=TIMEOUT).payload == self.payload(314_159)

    def client_streaming(self):
        requests = (self.m.StreamingInputCallRequest(payload=self.payload(n)) for n in [27_182, 8, 1_828, 45_904])
        assert self.service.StreamingInputCall(requests, timeout=TIMEOUT).aggregated_payload_size == 74_922

    def client_compressed_streaming(self):
        true, false = self.m.BoolValue(value=True), self.m.BoolValue(value=False)
        first = self.m.StreamingInputCallRequest(payload=self.payload(27_182), expect_compressed=true)
        self.fails(grpc.StatusCode.INVALID_ARGUMENT,
                   lambda: self.service.StreamingInputCall(iter([first]), timeout=TIMEOUT))
        # grpcio cannot choose for each message, but sends as it is what would not become smaller.
        state, noise = 1, bytearray()
        for _ in range(45_904):
            state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
            noise.append(state >> 16 & 255)
        second = self.m.StreamingInputCallRequest(
            payload=self.m.Payload(body=bytes(noise)), expect_compressed=false)
        response = self.service.StreamingInputCall(
            iter([first, second]), timeout=TIMEOUT, compression=grpc.Compression.Gzip)
        assert response.aggregated_payload_size == 73_086

    def server_streaming(self):
        sizes = [31_415, 9, 2_653, 58_979]
        responses = list(self.service.StreamingOutputCall(self.output(sizes), timeout=TIMEOUT))
        assert [response.payload for response in responses] == [self.payload(size) for size in sizes]

    def server_compressed_streaming(self):
        request = self.output([31_415, 92_653])
        request.response_parameters[0].compressed.value = True
        request.response_parameters[1].compressed.value = False
        responses = list(self.service.StreamingOutputCall(request, timeout=TIMEOUT))
        assert [response.payload for response in responses] == [self.payload(31_415), self.payload(92_653)]

    def ping_pong(self):
        turns = [(31_415, 27_182), (9, 8), (2_653, 1_828), (58_979, 45_904)]
        answered = []

        def requests():
            for number, (size, count) in enumerate(turns):
                assert len(answered) == number
                yield self.output([size], count)
                while len(answered) == number:
                    response = next(call)
                    assert response.payload == self.payload(size)
                    answered.append(response)

        # One thread asks and reads in turns: the requests are taken from a queue that it fills.
        import queue
        pending = queue.Queue()
        call = self.service.FullDuplexCall(iter(pending.get, None), timeout=TIMEOUT)
        for request in requests():
            pending.put(request)
        pending.put(None)
        assert list(call) == [] and len(answered) == 4

    def empty_stream(self):
        assert list(self.service.FullDuplexCall(iter([]), timeout=TIMEOUT)) == []

    def cancel_after_begin(self):
        import threading
        release = threading.Event()

        def requests():
            release.wait(TIMEOUT)
            return
            yield

        call = self.service.StreamingInputCall.future(requests(), timeout=TIMEOUT)
        call.cancel()
        release.set()
        assert call.cancelled() and call.code() == grpc.StatusCode.CANCELLED

    def cancel_after_first_response(self):
        import queue
        pending = queue.Queue()
        call = self.service.FullDuplexCall(iter(pending.get, None), timeout=TIMEOUT)
        pending.put(self.output([31_415], 27_182))
        assert next(call).payload == self.payload(31_415)
        call.cancel()
        pending.put(None)
        self.fails(grpc.StatusCode.CANCELLED, lambda: next(call))

    def timeout_on_sleeping_server(self):
        import threading
        release = threading.Event()

        def requests():
            yield self.output([], 27_182)
            release.wait(TIMEOUT)

        call = self.service.FullDuplexCall(requests(), timeout=0.001)
        self.fails(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: list(call))
        release.set()

    def custom_metadata(self):
        metadata = ((TEXT_KEY, TEXT), (BYTES_KEY, BYTES))
        _, unary = self.service.UnaryCall.with_call(self.large(), timeout=TIMEOUT, metadata=metadata)
        duplex = self.service.FullDuplexCall(
            iter([self.output([314_159], 271_828)]), timeout=TIMEOUT, metadata=metadata)
        assert len(list(duplex)) == 1
        for call in (unary, duplex):
            assert dict(call.initial_metadata())[TEXT_KEY] == TEXT
            assert dict(call.trailing_metadata())[BYTES_KEY] == BYTES

    def status_code_and_message(self):
        status = self.m.EchoStatus(code=2, message="test status message")
        unary = self.fails(grpc.StatusCode.UNKNOWN, lambda: self.service.UnaryCall(
            self.m.SimpleRequest(response_status=status), timeout=TIMEOUT))
        duplex = self.fails(grpc.StatusCode.UNKNOWN, lambda: list(self.service.FullDuplexCall(
            iter([self.output([], response_status=status)]), timeout=TIMEOUT)))
        assert unary.details() == duplex.details() == status.message

    def special_status_message(self):
        status = self.m.EchoStatus(code=2, message=SPECIAL)
        error = self.fails(grpc.StatusCode.UNKNOWN, lambda: self.service.UnaryCall(
            self.m.SimpleRequest(response_status=status), timeout=TIMEOUT))
        assert error.details() == SPECIAL

    def unimplemented_method(self):
        self.fails(grpc.StatusCode.UNIMPLEMENTED,
                   lambda: self.service.UnimplementedCall(self.m.Empty(), timeout=TIMEOUT))

    def unimplemented_service(self):
        self.fails(grpc.StatusCode.UNIMPLEMENTED,
                   lambda: self.other.UnimplementedCall(self.m.Empty(), timeout=TIMEOUT))


def run(messages, stubs, port, names):
    """What became of each case: None, or what went wrong."""
    results = {}
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        cases = Cases(messages, stubs, channel)
        for name in names:
            try:
                getattr(cases, name)()
                results[name] = None
            except Exception as error:  # Whatever it is, it is this case's failure.
                results[name] = f"{type(error).__name__}: {error}"
    return results
