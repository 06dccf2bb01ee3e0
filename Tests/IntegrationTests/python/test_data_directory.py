"""A data directory that is not what it should be: a member refuses to start, says why, and nothing is lost."""
import os
import re
import shutil
import signal
import socket
import subprocess
import time

import grpc
import pytest

from ensemble import Client, Ensemble, binary, free_ports, open_channel, roost, store_grpc, store_pb2

SMALL = ["--segment-bytes", str(1 << 20)]


def refusal(*arguments, timeout=10.0, folder=None):
    """What `roost serve` says when it refuses to start, which it must do soon."""
    done = roost("serve", *arguments, timeout=timeout, folder=folder)
    assert done.returncode == 1, f"status {done.returncode}: {done.stdout}{done.stderr}"
    lines = [line for line in done.stderr.splitlines() if line.startswith("roost serve: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def addresses():
    client, peer = free_ports(2)
    return ["--client-address", f"127.0.0.1:{client}", "--peer-address", f"127.0.0.1:{peer}"]


class Kept:
    """What was written to an ensemble, and whether it is there."""

    def __init__(self, ensemble):
        self.ensemble = ensemble
        self.values = {}

    def write(self, count, through=1):
        client = Client(self.ensemble, through, timeout=5)
        client.put("/kept", b"")
        for _ in range(count):
            name = f"v{len(self.values)}"
            client.create(f"/kept/{name}", f"value of {name}".encode())
            self.values[name] = f"value of {name}".encode()
        client.close()

    def check(self, timeout=10.0):
        """All of it, on every member, within `timeout`."""
        end = time.monotonic() + timeout
        for member in self.ensemble.processes:
            client = Client(self.ensemble, member, timeout=5)
            while True:
                try:
                    found = {c.name: c.data for c in client.list("/kept", include_data=True)}
                    break
                except grpc.RpcError as error:
                    assert time.monotonic() < end, f"member {member}: {error}"
                    time.sleep(0.05)
            client.close()
            assert found == self.values, f"member {member} has other data"
        self.ensemble.agreement()


@pytest.fixture(scope="module")
def kept():
    with Ensemble(3, extra=SMALL) as ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(20)
        yield kept


def test_the_directory_of_another_member_is_refused(kept):
    ensemble = kept.ensemble
    ensemble.stop(2)
    said = refusal("--id", 3, "--data", ensemble.data(2), *addresses(), *ensemble.member_list())
    assert str(ensemble.data(2)) in said and "member 2" in said and "member 3" in said
    ensemble.start(2)
    kept.write(5)
    kept.check()


def test_a_directory_that_a_running_member_uses_is_refused(kept):
    ensemble = kept.ensemble
    said = refusal("--id", 1, "--data", ensemble.data(1), *addresses(), *ensemble.member_list())
    assert str(ensemble.data(1)) in said and "in use" in said
    kept.write(5)
    kept.check()


def test_a_wiped_member_cannot_found_its_ensemble_anew(kept):
    ensemble = kept.ensemble
    ensemble.stop(3)
    aside = ensemble.folder / "aside"
    ensemble.data(3).rename(aside)
    said = refusal(*ensemble.arguments(3)[2:])
    assert "has data already" in said and "bootstrap is refused" in said
    kept.write(5)
    shutil.rmtree(ensemble.data(3), ignore_errors=True)
    aside.rename(ensemble.data(3))
    ensemble.start(3)
    kept.check()


def test_an_empty_directory_founds_nothing_unless_it_is_told_to(kept, tmp_path):
    ensemble = kept.ensemble
    said = refusal("--id", 2, "--data", tmp_path / "empty", *addresses(), *ensemble.member_list())
    assert str(tmp_path / "empty") in said and "--bootstrap" in said


def test_a_directory_of_another_ensemble_is_refused_by_the_members(kept):
    ensemble = kept.ensemble
    with Ensemble(3, extra=SMALL) as other:
        other.wait_ready()
        foreign = Kept(other)
        foreign.write(3)
        other.stop_all()
        ensemble.stop(2)
        aside = ensemble.folder / "aside"
        ensemble.data(2).rename(aside)
        shutil.copytree(other.data(2), ensemble.data(2))
        logged = ensemble.log(2).stat().st_size
        ensemble.start(2)
        process = ensemble.processes[2]
        kept.write(10)
        end = time.monotonic() + 10
        while "ensemble" not in ensemble.log_text(2)[logged:]:
            assert time.monotonic() < end, "the member does not say that it is refused"
            time.sleep(0.05)
        # It takes part in nothing: neither a write nor a read of the ensemble's state goes through it.
        with open_channel(ensemble.address(2)) as channel:
            store = store_grpc.StoreStub(channel)
            for call, request in [
                (store.Get, store_pb2.GetRequest(path="/kept")),
                (store.Set, store_pb2.SetRequest(path="/kept", data=b"from the wrong ensemble")),
            ]:
                with pytest.raises(grpc.RpcError) as error:
                    call(request, timeout=1)
                assert error.value.code() != grpc.StatusCode.NOT_FOUND
        # Where a member that is refused ends by itself, it says so by its status.
        if process.poll() is not None:
            assert process.returncode == 1
        else:
            ensemble.stop(2)
        shutil.rmtree(ensemble.data(2))
        aside.rename(ensemble.data(2))
        ensemble.start(2)
        kept.check()
        # The other ensemble's data has come to no harm either.
        other.start_all()
        foreign.check()


@pytest.mark.parametrize("option", ["--client-address", "--peer-address"])
def test_a_port_in_use_is_told(tmp_path, option):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        options = addresses()
        options[options.index(option) + 1] = address
        said = refusal("--data", tmp_path / "data", *options)
        assert address in said and "in use" in said


def test_clients_elsewhere_are_not_served_without_tls_unless_it_is_asked_for(tmp_path):
    client, peer = free_ports(2)
    options = ["--data", str(tmp_path / "data"), "--client-address", f"0.0.0.0:{client}",
               "--peer-address", f"127.0.0.1:{peer}"]
    said = refusal(*options)
    assert "TLS" in said and "--insecure" in said
    assert not (tmp_path / "data").exists()
    with Single(tmp_path, client, [*options, "--insecure"]) as member:
        member.create("/a", b"served")


class Single:
    """One member started with the given options in a folder."""

    def __init__(self, folder, client_port, options):
        self.folder, self.port, self.options = folder, client_port, options
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.channel.close()

    def start(self, timeout=10.0):
        self.process = subprocess.Popen(
            [binary(), "serve", *map(str, self.options)], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.channel = open_channel(f"127.0.0.1:{self.port}")
        self.store = store_grpc.StoreStub(self.channel)
        end = time.monotonic() + timeout
        while True:
            try:
                return self.get("/")
            except grpc.RpcError as error:
                assert self.process.poll() is None, f"ended with status {self.process.returncode}"
                assert time.monotonic() < end, error
                time.sleep(0.05)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.channel.close()

    def get(self, path):
        return self.store.Get(store_pb2.GetRequest(path=path), timeout=5)

    def create(self, path, data):
        return self.store.Create(store_pb2.CreateRequest(path=path, data=data), timeout=5)


def test_a_member_without_options_keeps_its_data_in_the_working_directory(tmp_path):
    client, peer = free_ports(2)
    options = ["--client-address", f"127.0.0.1:{client}", "--peer-address", f"127.0.0.1:{peer}"]
    with Single(tmp_path, client, options) as member:
        for n in range(20):
            member.create(f"/n{n}", str(n).encode())
        assert (tmp_path / "roost-data").is_dir()
        assert (tmp_path / "roost-data").stat().st_mode & 0o777 == 0o700
        member.kill()
        member.start()
        assert [member.get(f"/n{n}").data for n in range(20)] == [str(n).encode() for n in range(20)]


def test_a_flipped_byte_in_the_middle_of_the_journal_is_found_and_told(tmp_path):
    client, peer = free_ports(2)
    data = tmp_path / "data"
    options = ["--data", str(data), "--client-address", f"127.0.0.1:{client}", "--peer-address", f"127.0.0.1:{peer}",
               *SMALL]
    with Single(tmp_path, client, options) as member:
        # One after the other: each is a batch of its own, synced before the next one begins.
        for n in range(12):
            member.create(f"/n{n}", f"value number {n} of the journal".encode())
        member.kill()
        segment, offset = find(data, b"value number 3 of the journal")
        flip(segment, offset + 5)
        before = sorted((f.name, f.stat().st_size) for f in data.iterdir())
        said = refusal(*options)
        assert segment.name in said
        told = re.search(r"offset (\d+)", said)
        assert told and offset - 4096 <= int(told.group(1)) <= offset + 5, said
        assert sorted((f.name, f.stat().st_size) for f in data.iterdir()) == before
        flip(segment, offset + 5)
        member.start()
        for n in range(12):
            assert member.get(f"/n{n}").data == f"value number {n} of the journal".encode()


def find(data, needle):
    """The segment and the offset where `needle` is first in the log."""
    for segment in sorted(data.glob("log-*")):
        offset = segment.read_bytes().find(needle)
        if offset >= 0:
            return segment, offset
    raise AssertionError(f"{needle} is in no segment of {data}: {list(data.iterdir())}")


def end_of_log(data):
    """The last segment that anything is written in, and where that ends."""
    for segment in sorted(data.glob("log-*"), reverse=True):
        end = len(segment.read_bytes().rstrip(b"\0"))
        if end > 0:
            return segment, end
    raise AssertionError(f"nothing is written in {data}")


def flip(file, offset):
    with open(file, "r+b") as f:
        f.seek(offset)
        byte = f.read(1)[0]
        f.seek(offset)
        f.write(bytes([byte ^ 0x10]))


@pytest.mark.parametrize("how", ["zeroed", "cut off"])
def test_a_torn_tail_is_cut_and_made_up_for_by_the_others(how):
    with Ensemble(3, extra=SMALL) as ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(5)
        # The victim dies between two writes of others, so the last thing in its log is one of them.
        victim = next(m for m in ensemble.processes if m != ensemble.leader())
        through = next(m for m in ensemble.processes if m != victim)
        kept.write(20, through)
        ensemble.signal(victim, signal.SIGKILL)
        ensemble.processes[victim].wait()
        segment, end = end_of_log(ensemble.data(victim))
        with open(segment, "r+b") as file:
            if how == "zeroed":
                file.seek(end - 16)
                file.write(bytes(16))
            else:
                file.truncate(end - 16)
            os.fsync(file.fileno())
        logged = ensemble.log(victim).stat().st_size
        ensemble.start(victim)
        kept.write(5, through)
        kept.check()
        assert "unfinished" in ensemble.log_text(victim)[logged:], "nothing was cut: the test proves nothing"


def test_a_directory_with_other_files_is_left_alone(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "thesis.txt").write_text("the only copy")
    said = refusal("--data", data, *addresses())
    assert str(data) in said and "thesis.txt" in said
    assert [f.name for f in data.iterdir() if f.suffix] == ["thesis.txt"]
    assert (data / "thesis.txt").read_text() == "the only copy"


def test_the_first_member_alone_founds_nothing_until_all_have_met(tmp_path):
    """A member that waits for the others serves nobody, and can be ended."""
    with Ensemble(3, extra=SMALL) as ensemble:
        ensemble.kill_all()
        for member in ensemble.processes:
            shutil.rmtree(ensemble.data(member), ignore_errors=True)
            ensemble.log(member).write_text("")
        ensemble.start(1)
        end = time.monotonic() + 10
        while "waiting for all 3 members" not in ensemble.log_text(1):
            assert time.monotonic() < end, "it does not say what it is waiting for"
            time.sleep(0.05)
        with pytest.raises(grpc.RpcError) as error:
            Client(ensemble, 1).get("/")
        assert error.value.code() == grpc.StatusCode.UNAVAILABLE
        ensemble.stop(1)
        ensemble.start_all()
        ensemble.wait_ready()
