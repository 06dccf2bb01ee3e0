"""gRPC's interoperability cases with grpclib, a gRPC in Python of its own: client and server.

grpclib knows no compression, so the cases of compression are not its.
"""

import asyncio

from grpclib.client import Channel, StreamStreamMethod, StreamUnaryMethod, UnaryStreamMethod, UnaryUnaryMethod
from grpclib.const import Cardinality, Handler, Status
from grpclib.exceptions import GRPCError
from grpclib.server import Server

from interop_cases import BYTES, BYTES_KEY, NAMES, SPECIAL, TEXT, TEXT_KEY, TIMEOUT

SERVICE = "/grpc.testing.TestService/"
SUPPORTED = [name for name in NAMES if "compressed" not in name]


class Cases:
    def __init__(self, messages, channel):
        m = self.m = messages
        self.empty = UnaryUnaryMethod(channel, SERVICE + "EmptyCall", m.Empty, m.Empty)
        self.unary = UnaryUnaryMethod(channel, SERVICE + "UnaryCall", m.SimpleRequest, m.SimpleResponse)
        self.input = StreamUnaryMethod(
            channel, SERVICE + "StreamingInputCall", m.StreamingInputCallRequest, m.StreamingInputCallResponse)
        self.outputs = UnaryStreamMethod(
            channel, SERVICE + "StreamingOutputCall", m.StreamingOutputCallRequest, m.StreamingOutputCallResponse)
        self.duplex = StreamStreamMethod(
            channel, SERVICE + "FullDuplexCall", m.StreamingOutputCallRequest, m.StreamingOutputCallResponse)
        self.no_method = UnaryUnaryMethod(channel, SERVICE + "UnimplementedCall", m.Empty, m.Empty)
        self.no_service = UnaryUnaryMethod(
            channel, "/grpc.testing.UnimplementedService/UnimplementedCall", m.Empty, m.Empty)

    def payload(self, count):
        return self.m.Payload(body=bytes(count))

    def large(self):
        return self.m.SimpleRequest(response_size=314_159, payload=self.payload(271_828))

    def request(self, sizes, count=None, **fields):
        parameters = [self.m.ResponseParameters(size=size) for size in sizes]
        request = self.m.StreamingOutputCallRequest(response_parameters=parameters, **fields)
        if count is not None:
            request.payload.CopyFrom(self.payload(count))
        return request

    async def fails(self, status, body):
        try:
            await body
        except GRPCError as error:
            assert error.status == status, f"{error.status} instead of {status}"
            return error
        raise AssertionError(f"OK instead of {status}")

    async def exchange(self, requests, **options):
        async with self.duplex.open(timeout=TIMEOUT, **options) as stream:
            for request in requests:
                await stream.send_message(request)
            await stream.end()
            responses = [response async for response in stream]
            await stream.recv_trailing_metadata()
        return responses, stream.initial_metadata, stream.trailing_metadata

    async def empty_unary(self):
        assert await self.empty(self.m.Empty(), timeout=TIMEOUT) == self.m.Empty()

    async def large_unary(self):
        assert (await self.unary(self.large(), timeout=TIMEOUT)).payload == self.payload(314_159)

    async def client_streaming(self):
        requests = [self.m.StreamingInputCallRequest(payload=self.payload(n)) for n in [27_182, 8, 1_828, 45_904]]
        assert (await self.input(requests, timeout=TIMEOUT)).aggregated_payload_size == 74_922

    async def server_streaming(self):
        sizes = [31_415, 9, 2_653, 58_979]
        responses = await self.outputs(self.request(sizes), timeout=TIMEOUT)
        assert [response.payload for response in responses] == [self.payload(size) for size in sizes]

    async def ping_pong(self):
        async with self.duplex.open(timeout=TIMEOUT) as stream:
            for size, count in [(31_415, 27_182), (9, 8), (2_653, 1_828), (58_979, 45_904)]:
                await stream.send_message(self.request([size], count))
                assert (await stream.recv_message()).payload == self.payload(size)
            await stream.end()
            assert await stream.recv_message() is None

    async def empty_stream(self):
        async with self.duplex.open(timeout=TIMEOUT) as stream:
            await stream.send_request()
            await stream.end()
            assert await stream.recv_message() is None

    async def cancel_after_begin(self):
        async with self.input.open(timeout=TIMEOUT) as stream:
            await stream.send_request()
            await stream.cancel()

    async def cancel_after_first_response(self):
        async with self.duplex.open(timeout=TIMEOUT) as stream:
            await stream.send_message(self.request([31_415], 27_182))
            assert (await stream.recv_message()).payload == self.payload(31_415)
            await stream.cancel()

    async def timeout_on_sleeping_server(self):
        try:
            async with self.duplex.open(timeout=0.001) as stream:
                await stream.send_message(self.request([], 27_182))
                await stream.recv_message()
        except asyncio.TimeoutError:
            return
        except GRPCError as error:
            assert error.status == Status.DEADLINE_EXCEEDED
            return
        raise AssertionError("OK instead of DEADLINE_EXCEEDED")

    async def custom_metadata(self):
        metadata = {TEXT_KEY: TEXT, BYTES_KEY: BYTES}
        async with self.unary.open(timeout=TIMEOUT, metadata=metadata) as stream:
            await stream.send_message(self.large(), end=True)
            await stream.recv_message()
            await stream.recv_trailing_metadata()
        _, initial, trailing = await self.exchange([self.request([314_159], 271_828)], metadata=metadata)
        for headers, trailers in [(stream.initial_metadata, stream.trailing_metadata), (initial, trailing)]:
            assert headers[TEXT_KEY] == TEXT and trailers[BYTES_KEY] == BYTES

    async def status_code_and_message(self):
        status = self.m.EchoStatus(code=2, message="test status message")
        unary = await self.fails(
            Status.UNKNOWN, self.unary(self.m.SimpleRequest(response_status=status), timeout=TIMEOUT))
        duplex = await self.fails(Status.UNKNOWN, self.exchange([self.request([], response_status=status)]))
        assert unary.message == duplex.message == status.message

    async def special_status_message(self):
        status = self.m.EchoStatus(code=2, message=SPECIAL)
        error = await self.fails(
            Status.UNKNOWN, self.unary(self.m.SimpleRequest(response_status=status), timeout=TIMEOUT))
        assert error.message == SPECIAL

    async def unimplemented_method(self):
        await self.fails(Status.UNIMPLEMENTED, self.no_method(self.m.Empty(), timeout=TIMEOUT))

    async def unimplemented_service(self):
        await self.fails(Status.UNIMPLEMENTED, self.no_service(self.m.Empty(), timeout=TIMEOUT))


async def run_cases(messages, port, names):
    results = {}
    channel = Channel("127.0.0.1", port)
    cases = Cases(messages, channel)
    for name in names:
        try:
            await getattr(cases, name)()
            results[name] = None
        except Exception as error:  # Whatever it is, it is this case's failure.
            results[name] = f"{type(error).__name__}: {error}"
    channel.close()
    return results


def run(messages, port, names):
    """What became of each case: None, or what went wrong."""
    return asyncio.run(run_cases(messages, port, names))


class Service:
    """`grpc.testing.TestService`."""

    def __init__(self, messages):
        self.m = messages

    def __mapping__(self):
        m = self.m
        kinds = {
            "EmptyCall": (self.empty_call, Cardinality.UNARY_UNARY, m.Empty, m.Empty),
            "UnaryCall": (self.unary_call, Cardinality.UNARY_UNARY, m.SimpleRequest, m.SimpleResponse),
            "StreamingInputCall": (self.input_call, Cardinality.STREAM_UNARY, m.StreamingInputCallRequest,
                                   m.StreamingInputCallResponse),
            "StreamingOutputCall": (self.output_call, Cardinality.UNARY_STREAM, m.StreamingOutputCallRequest,
                                    m.StreamingOutputCallResponse),
            "FullDuplexCall": (self.output_call, Cardinality.STREAM_STREAM, m.StreamingOutputCallRequest,
                               m.StreamingOutputCallResponse),
        }
        return {SERVICE + name: Handler(*kind) for name, kind in kinds.items()}

    async def echo_metadata(self, stream):
        if TEXT_KEY in stream.metadata:
            await stream.send_initial_metadata(metadata={TEXT_KEY: stream.metadata[TEXT_KEY]})
        return {BYTES_KEY: stream.metadata[BYTES_KEY]} if BYTES_KEY in stream.metadata else {}

    def end_as_asked(self, request):
        if request.HasField("response_status") and request.response_status.code:
            raise GRPCError(Status(request.response_status.code), request.response_status.message)

    async def empty_call(self, stream):
        await stream.recv_message()
        await stream.send_message(self.m.Empty())

    async def unary_call(self, stream):
        request = await stream.recv_message()
        trailers = await self.echo_metadata(stream)
        self.end_as_asked(request)
        payload = self.m.Payload(body=bytes(request.response_size))
        await stream.send_message(self.m.SimpleResponse(payload=payload))
        await stream.send_trailing_metadata(metadata=trailers)

    async def input_call(self, stream):
        total = 0
        async for request in stream:
            total += len(request.payload.body)
        await stream.send_message(self.m.StreamingInputCallResponse(aggregated_payload_size=total))

    async def output_call(self, stream):
        trailers = await self.echo_metadata(stream)
        async for request in stream:
            self.end_as_asked(request)
            for parameters in request.response_parameters:
                await asyncio.sleep(parameters.interval_us / 1e6)
                payload = self.m.Payload(body=bytes(parameters.size))
                await stream.send_message(self.m.StreamingOutputCallResponse(payload=payload))
        await stream.send_trailing_metadata(metadata=trailers)


class Running:
    """The server, on a thread and an event loop of its own."""

    def __init__(self, messages):
        import threading
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server, self.port = asyncio.run_coroutine_threadsafe(self.start(messages), self.loop).result(TIMEOUT)

    async def start(self, messages):
        server = Server([Service(messages)])
        await server.start("127.0.0.1", 0)
        return server, server._server.sockets[0].getsockname()[1]

    def stop(self):
        async def close():
            self.server.close()
            await self.server.wait_closed()
        asyncio.run_coroutine_threadsafe(close(), self.loop).result(TIMEOUT)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(TIMEOUT)
