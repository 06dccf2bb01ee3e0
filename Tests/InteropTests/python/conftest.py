"""Builds the stubs from proto/ and runs the echo server for the tests of stock gRPC clients."""

import importlib
import os
import pathlib
import shutil
import subprocess
import sys

import grpc
import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROTO = HERE.parent / "proto"
ROOT = HERE.parents[2]


def compile_proto(out, path, package=None):
    """The modules of messages and of stubs that grpcio-tools generates from a file of ours.

    `package` renames the file's folder: a module called `grpc` would hide the library.
    """
    source = PROTO / path
    if package:
        source = out / package / source.name
        source.parent.mkdir()
        shutil.copyfile(PROTO / path, source)
    root = out if package else PROTO
    subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", f"-I{root}", f"--python_out={out}", f"--grpc_python_out={out}",
         str(source)],
        check=True,
    )
    sys.path.insert(0, str(out))
    name = f"{package}." * bool(package) + source.stem
    return importlib.import_module(name + "_pb2"), importlib.import_module(name + "_pb2_grpc")


def pytest_terminal_summary(terminalreporter):
    """The table of the interoperability cases, if they were run."""
    interop = sys.modules.get("test_interop")
    if interop and interop.RESULTS:
        terminalreporter.write_line("")
        for line in interop.table():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def stubs(tmp_path_factory):
    """The module that grpcio-tools generates from echo.proto."""
    echo_pb2, echo_pb2_grpc = compile_proto(tmp_path_factory.mktemp("stubs"), "echo.proto")

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
