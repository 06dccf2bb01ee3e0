"""Builds the stubs from proto/ and runs the echo server for the tests of stock gRPC clients."""

import os
import pathlib
import subprocess
import sys

import grpc
import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROTO = HERE.parent / "proto"
ROOT = HERE.parents[2]


@pytest.fixture(scope="session")
def stubs(tmp_path_factory):
    """The module that grpcio-tools generates from echo.proto."""
    out = tmp_path_factory.mktemp("stubs")
    subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", f"--python_out={out}", f"--grpc_python_out={out}",
         str(PROTO / "echo.proto")],
        check=True,
    )
    sys.path.insert(0, str(out))
    import echo_pb2
    import echo_pb2_grpc

    class Stubs:
        Payload = echo_pb2.Payload
        EchoStub = echo_pb2_grpc.EchoStub

    return Stubs


@pytest.fixture(scope="session")
def server_port():
    """The port of a running echo server. ECHO_SERVER names the program."""
    program = os.environ.get("ECHO_SERVER", str(ROOT / ".build" / "debug" / "echo-server"))
    process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline().split()[-1])
    yield port
    process.stdin.close()
    assert process.wait(timeout=20) == 0


@pytest.fixture()
def channel(server_port):
    options = [("grpc.max_receive_message_length", 16 << 20), ("grpc.max_send_message_length", 16 << 20)]
    with grpc.insecure_channel(f"127.0.0.1:{server_port}", options=options) as channel:
        yield channel


@pytest.fixture()
def echo(stubs, channel):
    return stubs.EchoStub(channel)
