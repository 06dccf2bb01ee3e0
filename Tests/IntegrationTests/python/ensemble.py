"""A local ensemble of real `roost serve` processes, and stock gRPC clients for it.

Everything binds to loopback. The stubs are generated from proto/ by grpcio-tools into a temporary folder, as any user
of another language would generate them.
"""
import contextlib
import importlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid

import grpc
from google.rpc import error_details_pb2, status_pb2

ROOT = pathlib.Path(__file__).resolve().parents[3]


def _generate_stubs():
    from grpc_tools import protoc

    out = tempfile.mkdtemp(prefix="roost-stubs-")
    files = sorted(str(p.relative_to(ROOT / "proto")) for p in (ROOT / "proto" / "roost").rglob("*.proto"))
    code = protoc.main(["protoc", f"-I{ROOT / 'proto'}", f"--python_out={out}", f"--grpc_python_out={out}", *files])
    assert code == 0, "grpcio-tools could not generate stubs from proto/"
    sys.path.insert(0, out)
    return out


_generate_stubs()
store_pb2 = importlib.import_module("roost.v1.store_pb2")
types_pb2 = importlib.import_module("roost.v1.types_pb2")
cluster_pb2 = importlib.import_module("roost.v1.cluster_pb2")
peer_pb2 = importlib.import_module("roost.v1.peer_pb2")
store_grpc = importlib.import_module("roost.v1.store_pb2_grpc")
cluster_grpc = importlib.import_module("roost.v1.cluster_pb2_grpc")
peer_grpc = importlib.import_module("roost.v1.peer_pb2_grpc")


def binary():
    """The roost executable: $ROOST, or the newest build of this checkout."""
    if "ROOST" in os.environ:
        return os.environ["ROOST"]
    builds = [ROOT / ".build" / kind / "roost" for kind in ("release", "debug")]
    builds = [b for b in builds if b.exists()]
    assert builds, "build first: swift build"
    return str(max(builds, key=lambda b: b.stat().st_mtime))


def free_ports(count):
    """Loopback ports that nobody listens on, below the ephemeral range so that no client socket takes one."""
    ports, sockets = [], []
    base = 20000 + (os.getpid() * 37) % 10000
    for port in range(base, 32000):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            s.close()
            continue
        ports.append(port)
        sockets.append(s)
        if len(ports) == count:
            break
    for s in sockets:
        s.close()
    return ports


class Ensemble:
    """`count` members, numbered from 1, each with its own data directory."""

    def __init__(self, count=3, folder=None, extra=()):
        self.count = count
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="roost-ensemble-"))
        self.owns_folder = folder is None
        self.extra = list(extra)
        ports = free_ports(2 * count)
        self.client_ports = {i + 1: ports[i] for i in range(count)}
        self.peer_ports = {i + 1: ports[count + i] for i in range(count)}
        self.processes = {}

    def arguments(self, member):
        arguments = [
            binary(), "serve", "--id", str(member), "--data", str(self.data(member)),
            "--client-address", self.address(member), "--peer-address", f"127.0.0.1:{self.peer_ports[member]}",
            "--bootstrap",
        ]
        for other in range(1, self.count + 1):
            arguments += ["--member", f"{other}=127.0.0.1:{self.peer_ports[other]}"]
        return arguments + self.extra

    def data(self, member):
        return self.folder / f"member-{member}"

    def log(self, member):
        return self.folder / f"member-{member}.log"

    def address(self, member):
        return f"127.0.0.1:{self.client_ports[member]}"

    def start(self, member):
        with open(self.log(member), "ab") as log:
            self.processes[member] = subprocess.Popen(
                self.arguments(member), stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def start_all(self):
        for member in range(1, self.count + 1):
            self.start(member)
        return self

    def signal(self, member, number):
        self.processes[member].send_signal(number)

    def kill(self, member):
        self.processes[member].send_signal(signal.SIGKILL)
        self.processes[member].wait()

    def kill_all(self):
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
        for process in self.processes.values():
            process.wait()

    def stop_all(self):
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __enter__(self):
        return self.start_all()

    def __exit__(self, kind, *_):
        self.stop_all()
        if kind is not None:
            for member in range(1, self.count + 1):
                if self.log(member).exists():
                    print(f"--- log of member {member}\n{self.log(member).read_text(errors='replace')[-4000:]}")
        if self.owns_folder and kind is None:
            shutil.rmtree(self.folder, ignore_errors=True)

    # What it is doing

    def status(self, member, timeout=1.0, min_revision=0):
        with grpc.insecure_channel(self.address(member)) as channel:
            stub = cluster_grpc.ClusterStub(channel)
            return stub.Status(cluster_pb2.StatusRequest(min_revision=min_revision), timeout=timeout)

    def leader(self, wait=10.0, among=None):
        """The member that leads and says so itself."""
        end = time.monotonic() + wait
        while time.monotonic() < end:
            best = None
            for member in among or self.processes:
                with contextlib.suppress(grpc.RpcError):
                    status = self.status(member, timeout=0.5)
                    if status.role == cluster_pb2.ROLE_LEADER and (best is None or status.term > best.term):
                        best = status
            if best is not None:
                return best.member_id
            time.sleep(0.02)
        raise AssertionError(f"no leader within {wait} s")

    def wait_ready(self, wait=20.0):
        """Until a write through each running member is acknowledged."""
        for member in self.processes:
            end = time.monotonic() + wait
            while True:
                client = Client(self, member)
                try:
                    client.put(f"/ready-{member}", b"")
                    break
                except grpc.RpcError as error:
                    assert time.monotonic() < end, f"member {member} not ready: {error}"
                    time.sleep(0.02)
                finally:
                    client.close()
        return self


OPTIONS = [
    ("grpc.initial_reconnect_backoff_ms", 20),
    ("grpc.min_reconnect_backoff_ms", 20),
    ("grpc.max_reconnect_backoff_ms", 100),
    ("grpc.enable_retries", 0),
    ("grpc.max_receive_message_length", 4 << 20),
]


class Client:
    """A stock grpcio client of one member."""

    def __init__(self, ensemble, member, timeout=2.0):
        # A channel of its own: grpcio would share the connection of an equal channel.
        self.channel = grpc.insecure_channel(
            ensemble.address(member), OPTIONS + [("grpc.use_local_subchannel_pool", 1)])
        self.store = store_grpc.StoreStub(self.channel)
        self.cluster = cluster_grpc.ClusterStub(self.channel)
        self.member = member
        self.timeout = timeout
        self.client_id = str(uuid.uuid4())
        self.sequence = 0

    def close(self):
        self.channel.close()

    def request_id(self):
        self.sequence += 1
        return types_pb2.RequestId(client_id=self.client_id, sequence=self.sequence)

    def create(self, path, data=b"", request_id=None):
        return self.store.Create(
            store_pb2.CreateRequest(path=path, data=data, request_id=request_id), timeout=self.timeout)

    def get(self, path, level=types_pb2.READ_LEVEL_LINEARIZABLE, min_revision=0):
        return self.store.Get(
            store_pb2.GetRequest(path=path, level=level, min_revision=min_revision), timeout=self.timeout)

    def set(self, path, data, expected_version=None, request_id=None):
        request = store_pb2.SetRequest(path=path, data=data, request_id=request_id)
        if expected_version is not None:
            request.expected_version = expected_version
        return self.store.Set(request, timeout=self.timeout)

    def delete(self, path, expected_version=None, request_id=None):
        request = store_pb2.DeleteRequest(path=path, request_id=request_id)
        if expected_version is not None:
            request.expected_version = expected_version
        return self.store.Delete(request, timeout=self.timeout)

    def list(self, path, **fields):
        children = []
        for response in self.store.List(store_pb2.ListRequest(path=path, **fields), timeout=self.timeout):
            children.extend(response.children)
        return children

    def put(self, path, data):
        """Sets, creating the znode if need be."""
        try:
            return self.set(path, data)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.NOT_FOUND:
                raise
        try:
            return self.create(path, data)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.ALREADY_EXISTS:
                raise


def reason(error):
    """The Roost reason of a failed call, or None if the status carries none."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            for detail in status.details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info) and info.domain == "roost":
                    return info.reason
    return None


def code_and_reason(call, *arguments, **keywords):
    """What a call failed with."""
    try:
        call(*arguments, **keywords)
    except grpc.RpcError as error:
        return error.code().name, reason(error)
    return "OK", None
