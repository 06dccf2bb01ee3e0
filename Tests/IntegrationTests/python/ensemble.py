"""A local ensemble of real `roost serve` processes, and stock gRPC clients for it.

Everything binds to loopback. The stubs are generated from proto/ by grpcio-tools into a temporary folder, as any user
of another language would generate them.
"""
import atexit
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
    atexit.register(shutil.rmtree, out, ignore_errors=True)
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
sessions_pb2 = importlib.import_module("roost.v1.sessions_pb2")
lock_pb2 = importlib.import_module("roost.v1.lock_pb2")
election_pb2 = importlib.import_module("roost.v1.election_pb2")
naming_pb2 = importlib.import_module("roost.v1.naming_pb2")
config_pb2 = importlib.import_module("roost.v1.config_pb2")
coordinator_pb2 = importlib.import_module("roost.v1.coordinator_pb2")
store_grpc = importlib.import_module("roost.v1.store_pb2_grpc")
cluster_grpc = importlib.import_module("roost.v1.cluster_pb2_grpc")
peer_grpc = importlib.import_module("roost.v1.peer_pb2_grpc")
sessions_grpc = importlib.import_module("roost.v1.sessions_pb2_grpc")
lock_grpc = importlib.import_module("roost.v1.lock_pb2_grpc")
election_grpc = importlib.import_module("roost.v1.election_pb2_grpc")
naming_grpc = importlib.import_module("roost.v1.naming_pb2_grpc")
config_grpc = importlib.import_module("roost.v1.config_pb2_grpc")
coordinator_grpc = importlib.import_module("roost.v1.coordinator_pb2_grpc")


def binary():
    """The roost executable: $ROOST, or the newest build of this checkout."""
    if "ROOST" in os.environ:
        return os.environ["ROOST"]
    builds = [ROOT / ".build" / kind / "roost" for kind in ("release", "debug")]
    builds = [b for b in builds if b.exists()]
    assert builds, "build first: swift build"
    return str(max(builds, key=lambda b: b.stat().st_mtime))


def _own_ports():
    """The part of the ports from 20000 to 31999 that is this process' own beside others that run tests."""
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    size = 12000 // count
    return range(20000 + number * size, 20000 + (number + 1) * size)


_ports = _own_ports()
_next_port = _ports[os.getpid() * 37 % len(_ports)]


def free_ports(count):
    """Loopback ports in a row that nobody listens on, below the ephemeral range so that no client socket takes one.

    No port is given twice: the member that one was given for may be stopped just now.
    """
    global _next_port
    ports = []
    for _ in _ports:
        port = _next_port
        _next_port = port + 1 if port < _ports[-1] else _ports[0]
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                ports = []
                continue
        if ports and ports[-1] != port - 1:
            ports = []
        ports.append(port)
        if len(ports) == count:
            return ports
    raise AssertionError(f"no {count} free ports")


def roost(*arguments, timeout=20.0, environment=None, folder=None):
    """Runs the roost executable to its end. Returns a CompletedProcess whose output is text."""
    return subprocess.run(
        [binary(), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        errors="replace", timeout=timeout, cwd=folder, env={**os.environ, **(environment or {})})


class Ensemble:
    """`count` members, numbered from 1, each with its own data directory."""

    def __init__(self, count=3, folder=None, extra=()):
        """`extra`: further options of `roost serve` for every member."""
        self.count = count
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="roost-ensemble-"))
        self.owns_folder = folder is None
        self.extra = list(extra)
        ports = free_ports(2 * count)
        self.client_ports = {i + 1: ports[i] for i in range(count)}
        self.peer_ports = {i + 1: ports[count + i] for i in range(count)}
        self.processes = {}
        # What clients show, and whom they trust; None: plain text.
        self.credentials = None

    def arguments(self, member):
        arguments = [
            binary(), "serve", "--id", str(member), "--data", str(self.data(member)),
            "--client-address", self.address(member), "--peer-address", self.peer_address(member), "--bootstrap",
        ]
        return arguments + self.threads(member) + self.member_list() + self.extra

    def threads(self, member):
        """Both ways to share threads are run, whatever this machine's processors make of them."""
        return {2: ["--peer-loop"], 3: ["--no-peer-loop"]}.get(member, [])

    def member_list(self):
        return [a for m in range(1, self.count + 1) for a in ("--member", f"{m}={self.peer_address(m)}")]

    def environment(self, member):
        """Beside that of this process."""
        return {}

    def data(self, member):
        return self.folder / f"member-{member}"

    def log(self, member):
        return self.folder / f"member-{member}.log"

    def log_text(self, member):
        return self.log(member).read_text(errors="replace")

    def address(self, member):
        return f"127.0.0.1:{self.client_ports[member]}"

    def addresses(self, members=None):
        """All members', or some members', as the option --members of the commands takes them."""
        return ",".join(self.address(m) for m in members or range(1, self.count + 1))

    def peer_address(self, member):
        return f"127.0.0.1:{self.peer_ports[member]}"

    def pids(self):
        """As the option --pids of `roost bench` takes them."""
        return ",".join(str(p.pid) for p in self.processes.values() if p.poll() is None)

    def start(self, member):
        with open(self.log(member), "ab") as log:
            self.processes[member] = subprocess.Popen(
                self.arguments(member), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env={**os.environ, **self.environment(member)})

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

    def stop(self, member):
        """Ends a member as an operator would: it must obey."""
        process = self.processes[member]
        process.terminate()
        assert process.wait(10) == 0, f"member {member} ended with status {process.returncode}"

    def stop_all(self):
        """Returns what is wrong with how the members ended."""
        wrong = []
        for member, process in self.processes.items():
            if process.poll() not in (None, 0, -signal.SIGKILL):
                wrong.append(f"member {member} had ended with status {process.returncode}")
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for member, process in self.processes.items():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                wrong.append(f"member {member} did not end within 10 s of SIGTERM")
                process.kill()
                process.wait()
        return wrong

    def __enter__(self):
        return self.start_all()

    def __exit__(self, kind, *_):
        wrong = self.stop_all()
        if kind is not None or wrong:
            for member in range(1, self.count + 1):
                if self.log(member).exists():
                    print(f"--- log of member {member}\n{self.log_text(member)[-4000:]}")
        if kind is None:
            assert not wrong, wrong
            if self.owns_folder:
                shutil.rmtree(self.folder, ignore_errors=True)

    # What it is doing

    def status(self, member, timeout=1.0, min_revision=0):
        with open_channel(self.address(member), self.credentials) as channel:
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

    def agreement(self, timeout=20.0, among=None):
        """Waits until the members have applied the same; returns that revision. Their digests must be equal."""
        members = list(among or self.processes)
        revision = max(self.status(m, timeout=5).applied_revision for m in members)
        end = time.monotonic() + timeout
        while True:
            told = [self.status(m, timeout=timeout, min_revision=revision) for m in members]
            digests = {(s.applied_revision, s.state_digest) for s in told}
            if len({r for r, _ in digests}) == 1:
                assert len(digests) == 1, f"digests differ: {[(s.member_id, s.state_digest) for s in told]}"
                return told[0].applied_revision
            assert time.monotonic() < end, f"members do not come to rest: {digests}"
            revision = max(s.applied_revision for s in told)

    def wait_ready(self, wait=60.0, whole=False):
        """Until a write through each running member is acknowledged, and it serves all that its release has."""
        for member in self.processes:
            end = time.monotonic() + wait
            while True:
                client = Client(self, member)
                try:
                    client.put(f"/ready-{member}", b"")
                    status = client.cluster.Status(cluster_pb2.StatusRequest(), timeout=client.timeout)
                    if not whole or status.format_level == max(m.supported_format_level for m in status.members):
                        break
                    assert time.monotonic() < end, f"member {member} stays at format level {status.format_level}"
                except grpc.RpcError as error:
                    assert time.monotonic() < end, f"member {member} not ready: {error}"
                finally:
                    client.close()
                time.sleep(0.02)
        return self


OPTIONS = [
    ("grpc.initial_reconnect_backoff_ms", 20),
    ("grpc.min_reconnect_backoff_ms", 20),
    ("grpc.max_reconnect_backoff_ms", 100),
    ("grpc.enable_retries", 0),
    ("grpc.max_receive_message_length", 4 << 20),
]


def open_channel(address, credentials=None):
    """With a connection of its own: grpcio would share that of an equal channel, and its pause after a failure."""
    options = OPTIONS + [("grpc.use_local_subchannel_pool", 1)]
    if credentials is not None:
        return grpc.secure_channel(address, credentials, options)
    return grpc.insecure_channel(address, options)


class Cable:
    """Carries connections to an address, until it is cut: then both ends see them break, without a goodbye."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.target = (host, int(port))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.sockets = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(self.target)
                self.sockets += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self.carry, args=ends, daemon=True).start()

    @staticmethod
    def carry(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)

    def cut(self):
        self.listener.close()
        for end in self.sockets:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Client:
    """A stock grpcio client of one member."""

    def __init__(self, ensemble, member, timeout=2.0, address=None, credentials=None):
        credentials = credentials or getattr(ensemble, "credentials", None)
        self.channel = open_channel(address or ensemble.address(member), credentials)
        self.store = store_grpc.StoreStub(self.channel)
        self.cluster = cluster_grpc.ClusterStub(self.channel)
        self.sessions = sessions_grpc.SessionsStub(self.channel)
        self.locks = lock_grpc.LockStub(self.channel)
        self.config = config_grpc.ConfigStub(self.channel)
        self.naming = naming_grpc.NamingStub(self.channel)
        self.elections = election_grpc.ElectionStub(self.channel)
        self.member = member
        self.timeout = timeout
        self.client_id = str(uuid.uuid4())
        self.sequence = 0

    def close(self):
        self.channel.close()

    def request_id(self):
        self.sequence += 1
        return types_pb2.RequestId(client_id=self.client_id, sequence=self.sequence)

    def create(self, path, data=b"", request_id=None, **fields):
        return self.store.Create(
            store_pb2.CreateRequest(path=path, data=data, request_id=request_id, **fields), timeout=self.timeout)

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


def error_info(error):
    """What a failed call's status says for programs, or None if it says nothing."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            for detail in status.details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info) and info.domain == "roost":
                    return info
    return None


def reason(error):
    """The Roost reason of a failed call, or None if the status carries none."""
    info = error_info(error)
    return info.reason if info else None


def code_and_reason(call, *arguments, **keywords):
    """What a call failed with."""
    try:
        call(*arguments, **keywords)
    except grpc.RpcError as error:
        return error.code().name, reason(error)
    return "OK", None
