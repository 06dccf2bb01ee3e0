"""The server of gRPC's interoperability tests with the stock library (grpcio)."""

import time
from concurrent import futures

import grpc

from interop_cases import BYTES_KEY, TEXT_KEY


def serve(messages, stubs):
    """A started server and its port."""

    def payload(count):
        return messages.Payload(body=bytes(count))

    def echo_metadata(context):
        metadata = dict(context.invocation_metadata())
        if TEXT_KEY in metadata:
            context.send_initial_metadata(((TEXT_KEY, metadata[TEXT_KEY]),))
        if BYTES_KEY in metadata:
            context.set_trailing_metadata(((BYTES_KEY, metadata[BYTES_KEY]),))

    def end_as_asked(request, context):
        if request.HasField("response_status") and request.response_status.code:
            code = next(code for code in grpc.StatusCode if code.value[0] == request.response_status.code)
            context.abort(code, request.response_status.message)

    class Service(stubs.TestServiceServicer):
        # Whether a request came compressed is not told by the library, so `expect_compressed` is not looked at.

        def EmptyCall(self, request, context):
            return messages.Empty()

        def UnaryCall(self, request, context):
            if request.response_compressed.value:
                context.set_compression(grpc.Compression.Gzip)
            echo_metadata(context)
            end_as_asked(request, context)
            return messages.SimpleResponse(payload=payload(request.response_size))

        def StreamingInputCall(self, requests, context):
            total = sum(len(request.payload.body) for request in requests)
            return messages.StreamingInputCallResponse(aggregated_payload_size=total)

        def StreamingOutputCall(self, request, context):
            context.set_compression(grpc.Compression.Gzip)
            return self.outputs(request, context)

        def FullDuplexCall(self, requests, context):
            echo_metadata(context)
            for request in requests:
                end_as_asked(request, context)
                yield from self.outputs(request, context)

        def outputs(self, request, context):
            for parameters in request.response_parameters:
                time.sleep(parameters.interval_us / 1e6)
                if not parameters.compressed.value:
                    context.disable_next_message_compression()
                yield messages.StreamingOutputCallResponse(payload=payload(parameters.size))

    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    stubs.add_TestServiceServicer_to_server(Service(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port
