"""The commands of `roost`, as a person uses them."""
import contextlib
import os
import re
import signal
import subprocess
import threading
import time

import pytest

from ensemble import binary, free_ports, roost


@pytest.fixture
def command(ensemble):
    """Runs a command against the ensemble; it must succeed unless `status` says otherwise."""
    def run(*arguments, status=0, stdin=None):
        done = subprocess.run(
            [binary(), *map(str, arguments)], input=stdin or b"", capture_output=True, timeout=60,
            env={**os.environ, "ROOST_MEMBERS": ensemble.addresses()})
        assert done.returncode == status, f"status {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout if status == 0 else done.stderr.decode()
    return run


def test_a_znode_from_its_creation_to_its_deletion(command):
    assert re.fullmatch(rb"created /cli at revision \d+\n", command("create", "/cli", "hello"))
    assert command("get", "/cli") == b"hello"
    assert b"version 1 " in command("set", "/cli", "world")
    shown = command("get", "/cli", "--stat").decode()
    assert shown.startswith("world") and re.search(r"^version: +1$", shown, re.M)
    assert re.search(r"^data length: +5$", shown, re.M)
    command("create", "/cli/b")
    command("create", "/cli/a", "x")
    assert command("ls", "/cli") == b"a\nb\n"
    assert [line.split(b"\t")[-1] for line in command("ls", "-l", "/cli").splitlines()] == [b"a", b"b"]
    assert b"cli" in command("ls").split()
    assert command("get", "/cli/a", "--serializable") == b"x"
    command("delete", "/cli/a")
    command("delete", "/cli/b", "--if-version", 0)
    assert command("ls", "/cli") == b""
    command("delete", "/cli")


@contextlib.contextmanager
def holding(ensemble, *arguments, subcommand="hold"):
    """`roost hold`, once it has created its znode (or another one); yields the process and what it printed."""
    process = subprocess.Popen(
        [binary(), subcommand, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "ROOST_MEMBERS": ensemble.addresses()})
    try:
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.wait()


def gone(command, path, seconds=20):
    end = time.monotonic() + seconds
    while path.strip("/").encode() in command("ls").split():
        assert time.monotonic() < end, f"{path} is still there"
        time.sleep(0.05)


def test_a_held_znode_lives_as_long_as_the_command(ensemble, command):
    with holding(ensemble, "/held", "mine", "--session-timeout", "30000") as (process, printed):
        assert re.fullmatch(r"created /held at revision \d+, session \d+\n", printed)
        assert command("get", "/held") == b"mine"
        session = printed.split()[-1]
        listed = [line.split(b"\t") for line in command("sessions").splitlines()]
        assert [b"1 ephemeral", b"roost hold /held"] in [
            [line[2], line[4]] for line in listed if line[0].decode() == session]
        assert f"ephemeral, of session {session}" in command("get", "/held", "--stat").decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        gone(command, "/held", seconds=5)
    with holding(ensemble, "/held", "--session-timeout", "500") as (process, _):
        time.sleep(1.2)
        assert command("get", "/held") == b""
        process.kill()
        gone(command, "/held")


def test_a_held_znode_outlives_the_death_of_members(ensemble, command):
    with holding(ensemble, "/survivor", "--session-timeout", "3000") as (process, _):
        for _ in range(2):
            leader = ensemble.leader()
            ensemble.kill(leader)
            time.sleep(2)
            ensemble.start(leader)
            ensemble.wait_ready()
        assert process.poll() is None, process.stderr.read()
        assert b"ephemeral, of session" in command("get", "/survivor", "--stat")


def test_znodes_of_every_kind_are_created(command):
    command("create", "/kinds")
    first = command("create", "/kinds/n-", "--sequential").decode().split()[1]
    second = command("create", "/kinds/n-", "--sequential").decode().split()[1]
    assert first < second and len(first) == len("/kinds/n-") + 20
    command("create", "/kinds/c", "--container")
    command("create", "/kinds/c/x")
    command("delete", "/kinds/c/x")
    assert b"c" not in command("ls", "/kinds").split()
    command("create", "/kinds/t", "--ttl", 200)
    end = time.monotonic() + 20
    while b"t" in command("ls", "/kinds").split():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_data_is_kept_byte_for_byte(command):
    data = bytes(range(256)) * 40
    command("create", "/bytes", "-", stdin=data)
    assert command("get", "/bytes") == data
    command("set", "/bytes", "-", stdin=data[::-1])
    assert command("get", "/bytes") == data[::-1]


def test_a_failed_command_says_why_and_ends_with_status_1(command):
    command("create", "/taken")
    assert "NOT_FOUND" in command("get", "/nowhere", status=1)
    assert "ZNODE_EXISTS" in command("create", "/taken", status=1)
    assert "VERSION_MISMATCH" in command("set", "/taken", "x", "--if-version", 7, status=1)
    assert "INVALID_PATH" in command("create", "/a//b", status=1)
    assert "PARENT_NOT_FOUND" in command("create", "/nowhere/x", status=1)
    command("create", "/taken/child")
    assert "ZNODE_HAS_CHILDREN" in command("delete", "/taken", status=1)
    assert "/a//b" in command("create", "/a//b", status=1)


def test_a_command_goes_to_another_member_when_one_does_not_answer(ensemble):
    nobody = free_ports(1)[0]
    members = f"127.0.0.1:{nobody},{ensemble.address(2)}"
    done = roost("create", "/elsewhere", "x", "--members", members)
    assert done.returncode == 0, done.stderr
    assert roost("get", "/elsewhere", "--members", members).stdout == "x"


def test_an_ensemble_that_does_not_answer_is_told(tmp_path):
    started = time.monotonic()
    done = roost("get", "/", "--members", f"127.0.0.1:{free_ports(1)[0]}", "--timeout", 1)
    assert done.returncode == 1 and "UNAVAILABLE" in done.stderr
    assert time.monotonic() - started < 10


def test_arguments_that_make_no_sense_are_told_with_status_64():
    for arguments in [["get"], ["nonsense"], ["get", "/", "--members", "no-address"], ["up", "--members", "0"],
                      ["serve", "--id", "0"], ["serve", "--client-address", "here"], ["bench", "--connections", "0"]]:
        done = roost(*arguments)
        assert done.returncode == 64 and done.stderr, (arguments, done)


class Output(threading.Thread):
    """A running command's output, line by line."""

    def __init__(self, *arguments, folder=None):
        super().__init__(daemon=True)
        # A shell's background job ignores Ctrl-C, and so would whatever it starts.
        self.process = subprocess.Popen(
            [binary(), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", cwd=folder,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.lines = []
        self.start()

    def run(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def find(self, pattern, wait=60.0):
        """The first line that matches."""
        end = time.monotonic() + wait
        while True:
            for line in list(self.lines):
                if match := re.search(pattern, line):
                    return match
            assert time.monotonic() < end, f"no line like {pattern!r} within {wait} s: {self.lines}"
            time.sleep(0.02)

    def end(self, number=signal.SIGINT, wait=10.0):
        """Ends it, as Ctrl-C would. Returns its status."""
        self.process.send_signal(number)
        try:
            return self.process.wait(wait)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


def test_a_watch_prints_each_change_until_it_is_interrupted(ensemble, command):
    command("create", "/watched")
    with Output("watch", "/watched", "--recursive", "--from", 1, "--members", ensemble.addresses()) as watch:
        watch.find(r"^\d+ created /watched\b")
        command("create", "/watched/a", "one")
        command("set", "/watched/a", "two")
        command("delete", "/watched/a")
        watch.find(r"^\d+ deleted /watched/a$")
        told = [line.split(" ", 1)[1].strip() for line in watch.lines]
        assert told == [
            'created /watched ""', 'created /watched/a "one"', 'changed /watched/a "two"', "deleted /watched/a"]
        watch.end()


def test_status_shows_every_member_and_that_the_states_are_identical(ensemble):
    for members in (ensemble.addresses(), ensemble.address(2)):
        done = roost("status", "--members", members)
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(re.findall(r"^[123] \(127\.0\.0\.1:\d+\)", done.stdout, re.M)) == 3, done.stdout
        assert len(re.findall(r"\bLEADER\b", done.stdout.split("\n", 1)[1])) == 1, done.stdout
        assert done.stdout.count("follower") == 2 and "the states are identical" in done.stdout


def test_status_tells_a_member_that_does_not_answer(ensemble):
    leader = ensemble.leader()
    victim = next(m for m in ensemble.processes if m != leader)
    ensemble.kill(victim)
    try:
        done = roost("status", "--members", ensemble.addresses())
        assert done.returncode == 1
        assert re.search(rf"{ensemble.address(victim)}\)? +no answer", done.stdout), done.stdout
        assert len(re.findall(r"^\d \(", done.stdout, re.M)) == 2, done.stdout
    finally:
        ensemble.start(victim)
        ensemble.wait_ready()


def children_of(process):
    pids = []
    for thread in os.listdir(f"/proc/{process.pid}/task"):
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{process.pid}/task/{thread}/children") as children:
            pids += [int(pid) for pid in children.read().split()]
    return pids


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class LocalEnsemble(Output):
    """A running `roost up`."""

    def __init__(self, folder, client_port, peer_port, members=3):
        super().__init__("up", "--members", members, "--client-port", client_port, "--peer-port", peer_port,
                         folder=folder)
        self.addresses = ",".join(f"127.0.0.1:{client_port + n}" for n in range(members))

    def members(self):
        """The members' processes."""
        found = []
        for pid in children_of(self.process):
            with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/cmdline", "rb") as line:
                if b"serve" in line.read().split(b"\0"):
                    found.append(pid)
        return found


@pytest.fixture
def local(tmp_path):
    """Starts `roost up` in a folder of its own, always with the same ports."""
    ports = free_ports(6)
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(LocalEnsemble(tmp_path, ports[0], ports[3]))


def test_up_runs_an_ensemble_that_ctrl_c_ends_and_a_second_run_finds_again(local, tmp_path):
    first = local()
    first.find(r"^member \d leads in term \d+")
    assert roost("create", "/kept", "by all", "--members", first.addresses).returncode == 0
    members = first.members()
    assert len(members) == 3
    assert first.end() == 0
    assert not any(is_alive(pid) for pid in members), "a member is left"
    assert sorted(p.name for p in (tmp_path / "roost-ensemble").iterdir()) == ["member-1", "member-2", "member-3"]

    second = local()
    second.find(r"^member \d leads in term \d+")
    for address in second.addresses.split(","):
        assert roost("get", "/kept", "--members", address).stdout == "by all"
    assert second.end(signal.SIGTERM) == 0


def test_up_starts_a_member_again_that_has_died(local):
    up = local()
    up.find(r"^member \d leads in term \d+")
    victim = up.members()[0]
    os.kill(victim, signal.SIGKILL)
    up.find(r"is started again")
    end = time.monotonic() + 15
    while (done := roost("status", "--members", up.addresses)).returncode != 0:
        assert time.monotonic() < end, done.stdout
        time.sleep(0.1)
    assert victim not in up.members() and len(up.members()) == 3
    assert up.end() == 0


def test_members_end_when_up_is_killed(local):
    up = local()
    up.find(r"^member \d leads in term \d+")
    members = up.members()
    up.process.kill()
    up.process.wait()
    end = time.monotonic() + 10
    while any(is_alive(pid) for pid in members):
        assert time.monotonic() < end, "a member outlives what started it"
        time.sleep(0.05)


@contextlib.contextmanager
def closed_pipe():
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def test_a_member_goes_on_when_nobody_reads_what_it_prints(tmp_path):
    client, peer = (f"127.0.0.1:{port}" for port in free_ports(2))
    with closed_pipe() as output:
        member = subprocess.Popen(
            [binary(), "serve", "--id", "1", "--bootstrap", "--data", tmp_path / "data", "--client-address", client,
             "--peer-address", peer, "--print-events", "--log-level", "debug"], stdout=output, stderr=output)
    try:
        assert roost("create", "/kept", "by one", "--members", client).returncode == 0
        member.terminate()
        assert member.wait(30) == 0
    finally:
        member.kill()
        member.wait()


def test_a_command_ends_quietly_when_nobody_reads_what_it_prints(ensemble):
    with closed_pipe() as output:
        done = subprocess.run(
            [binary(), "ls", "/", "-l", "--members", ensemble.addresses()], stdout=output, stderr=subprocess.PIPE,
            timeout=60)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


def test_up_refuses_an_ensemble_of_another_size(local, tmp_path):
    for member in range(1, 6):
        (tmp_path / "roost-ensemble" / f"member-{member}").mkdir(parents=True)
    up = local()
    assert up.process.wait(10) == 1
    up.find(r"ensemble of 5 members.*--members 5", wait=2)


@pytest.mark.skipif("ROOST_TEST_DEMO" not in os.environ, reason="takes a minute; set ROOST_TEST_DEMO=1")
def test_the_demonstration_ends_well():
    client, peer = free_ports(4)[0], free_ports(4)[0]
    done = roost("demo", "--client-port", client, "--peer-port", peer, timeout=240)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall(r"all \d+ acknowledged writes are there", done.stdout)) >= 3
    assert re.search(r"nothing heard for 3\d{3} ms", done.stdout), "no suspicion by three seconds of silence"
    assert re.search(r"elected by 3 of 4", done.stdout)
    by_silence = int(re.search(r"by silence alone: +(\d+) ms", done.stdout).group(1))
    by_evidence = int(re.search(r"as evidence: +(\d+) ms", done.stdout).group(1))
    assert by_evidence < by_silence


def test_a_lock_is_held_while_a_command_runs(ensemble, command):
    script = 'echo "$ROOST_LOCK $ROOST_TOKEN"; sleep 2; exit 7'
    with holding(ensemble, "/locks/a", "--", "sh", "-c", script, subcommand="lock") as (process, printed):
        path, token = printed.split()
        assert path == "/locks/a"
        with holding(ensemble, "/locks/a", subcommand="lock") as (waiting, later):
            # Only now, for the lock was held before.
            assert process.wait(10) == 7
            assert re.fullmatch(r"holds /locks/a with token \d+, session \d+\n", later)
            assert int(later.split()[4].rstrip(",")) > int(token)
            lines = command("claims", "/locks/a").splitlines()
            assert [line.split(b"\t")[1:3] for line in lines] == [[b"holds", b"exclusive"]]
            tried = subprocess.run(
                [binary(), "lock", "/locks/a", "--wait", "0", "--", "true"], capture_output=True, text=True,
                env={**os.environ, "ROOST_MEMBERS": ensemble.addresses()})
            assert tried.returncode == 1 and "LOCK_HELD" in tried.stderr
            waiting.send_signal(signal.SIGINT)
            assert waiting.wait(10) == 0
    assert command("claims", "/locks/a") == b""


def test_a_command_that_waits_for_a_lock_can_be_interrupted(ensemble, command):
    with holding(ensemble, "/locks/b", subcommand="lock"):
        waiting = subprocess.Popen(
            [binary(), "lock", "/locks/b"], env={**os.environ, "ROOST_MEMBERS": ensemble.addresses()})
        end = time.monotonic() + 20
        while len(command("claims", "/locks/b").splitlines()) < 2:
            assert time.monotonic() < end
            time.sleep(0.05)
        waiting.send_signal(signal.SIGINT)
        assert waiting.wait(10) == 0
        assert len(command("claims", "/locks/b").splitlines()) == 1


def test_a_lock_is_held_across_the_death_of_the_leader(ensemble, command):
    with holding(ensemble, "/locks/c", "--session-timeout", "3000", subcommand="lock") as (process, _):
        with holding(ensemble, "/locks/d", subcommand="lock") as (other, _):
            waiting = subprocess.Popen(
                [binary(), "lock", "/locks/c", "--", "true"],
                env={**os.environ, "ROOST_MEMBERS": ensemble.addresses()})
            leader = ensemble.leader()
            ensemble.kill(leader)
            time.sleep(1)
            assert process.poll() is None and other.poll() is None and waiting.poll() is None
            ensemble.start(leader)
            ensemble.wait_ready()
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0 and waiting.wait(10) == 0


def test_an_election_tells_who_leads(ensemble, command):
    with holding(ensemble, "/elections/a", "first", subcommand="elect") as (process, printed):
        assert re.fullmatch(r"leads /elections/a with token \d+, session \d+\n", printed)
        token = printed.split()[4].rstrip(",")
        assert command("leader", "/elections/a").decode() == f"{token}\tfirst\n"
        with holding(ensemble, "/elections/a", "--follow", subcommand="leader") as (follower, told):
            assert told == f"{token}\tfirst\n"
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
            assert follower.stdout.readline() == "nobody\n"


def test_a_service_is_found_while_its_instance_is_registered(ensemble, command):
    arguments = ("/services/a", "one", "10.0.0.1:80", "--locality", "eu/a", "--metadata", "v=7")
    with holding(ensemble, *arguments, subcommand="register") as (process, printed):
        assert re.fullmatch(r"registered at revision \d+, session \d+\n", printed)
        line = b"10.0.0.1:80\tone\tweight 1\teu/a\tserving\tv=7\n"
        assert command("resolve", "/services/a") == line
        assert command("resolve", "/services/a", "--locality", "us") == b""
        with holding(ensemble, "/services/a", "--follow", subcommand="resolve") as (follower, told):
            assert told.encode() == line
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
            assert follower.stdout.readline() == "gone\tone\n"


def test_configuration_is_written_listed_rolled_back_and_deleted(command):
    first = int(command("config", "put", "/config/a", "one", "--author", "ann", "-c", "begin").split()[1])
    second = int(command("config", "put", "/config/a", "two", "--if-revision", first).split()[1])
    assert "REVISION_MISMATCH" in command("config", "put", "/config/a", "x", "--if-revision", first, status=1)
    assert command("config", "get", "/config/a") == b"two"
    assert command("config", "get", "/config/a", "--revision", first) == b"one"
    lines = [line.split("\t") for line in command("config", "history", "/config/a").decode().splitlines()]
    assert [int(line[0]) for line in lines] == [second, first] and lines[1][2:] == ["ann", "begin"]
    command("config", "rollback", "/config/a", first)
    assert command("config", "get", "/config/a") == b"one"
    assert f"(the value of {first})" in command("config", "history", "/config/a", "--limit", 1).decode()
    command("config", "delete", "/config/a")
    assert "ZNODE_NOT_FOUND" in command("config", "get", "/config/a", status=1)
