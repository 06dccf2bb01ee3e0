"""A backup is the whole state as of one revision, and becomes a new ensemble."""

import time

import pytest

from ensemble import Client, Ensemble, cluster_pb2, roost, store_pb2, types_pb2


@pytest.fixture
def ensemble():
    with Ensemble(3) as ensemble:
        ensemble.wait_ready()
        yield ensemble


def backup(ensemble, path):
    done = roost("cluster", "backup", path, "--members", ensemble.addresses())
    assert done.returncode == 0, done.stderr
    return done.stdout


def restored(path, folder, count=3):
    """A new ensemble whose members were all restored from a backup, not started yet."""
    successor = Ensemble(count, folder=folder)
    for member in range(1, count + 1):
        done = roost("restore", path, "--id", member, "--data", successor.data(member))
        assert done.returncode == 0, done.stderr
    return successor


def everything(ensemble, member=1):
    """Path -> (data, stat) of the whole tree, as one member has it."""
    client = Client(ensemble, member, timeout=5)
    found = {}

    def walk(path):
        answer = client.get(path)
        found[path] = (answer.data, answer.stat.SerializeToString(deterministic=True))
        for child in client.list(path):
            walk(path.rstrip("/") + "/" + child.name)

    walk("/")
    client.close()
    return found


def test_a_backup_taken_under_load_becomes_a_new_ensemble_with_every_acknowledged_write(ensemble, tmp_path):
    client = Client(ensemble, 1, timeout=5)
    client.create("/a", b"1")
    for i in range(300):
        client.create(f"/a/{i}", bytes([i % 256]) * i)
    client.set("/a/7", b"seven")
    client.delete("/a/8")
    named = types_pb2.RequestId(client_id="the same", sequence=1)
    first = client.set("/a", b"2", request_id=named)
    before = everything(ensemble)
    print(backup(ensemble, tmp_path / "all.backup"))
    # What comes after it is not in it.
    client.set("/a", b"3")
    client.close()
    folder = tmp_path / "successor"
    folder.mkdir()
    with restored(tmp_path / "all.backup", folder) as successor:
        successor.wait_ready()
        after = everything(successor, 2)
        for path, value in before.items():
            # (What waiting for readiness writes is written again.)
            if path != "/" and not path.startswith("/ready"):
                assert after[path] == value, path
        new = Client(successor, 3, timeout=5)
        again = new.set("/a", b"2", request_id=named)
        assert again.revision == first.revision, "the id was forgotten, and the write applied again"
        written = new.create("/after", b"")
        assert written.revision > first.revision
        # A watch may go on from before the backup.
        stream = new.store.Watch(
            store_pb2.WatchRequest(path="/a/7", start_revision=first.revision - 2), timeout=5)
        assert next(stream).revision >= first.revision - 3
        stream.cancel()
        new.close()
        successor.agreement()
        assert successor.status(1).ensemble_id != ensemble.status(1).ensemble_id
        # Restart: the directories are like any other ensemble's now.
        successor.kill_all()
        successor.start_all()
        successor.wait_ready()
        assert everything(successor, 1)["/a"] == after["/a"]
        successor.agreement()


def test_one_member_alone_is_an_ensemble_too(ensemble, tmp_path):
    client = Client(ensemble, 1, timeout=5)
    client.create("/kept", b"x")
    client.close()
    backup(ensemble, tmp_path / "b")
    folder = tmp_path / "one"
    folder.mkdir()
    with restored(tmp_path / "b", folder, count=1) as successor:
        successor.wait_ready()
        assert everything(successor)["/kept"][0] == b"x"


def test_members_restored_from_different_backups_do_not_found_anything(ensemble, tmp_path):
    backup(ensemble, tmp_path / "old")
    client = Client(ensemble, 1, timeout=5)
    client.create("/newer", b"")
    client.close()
    backup(ensemble, tmp_path / "new")
    folder = tmp_path / "mixed"
    folder.mkdir()
    mixed = Ensemble(3, folder=folder)
    for member, path in ((1, "old"), (2, "new"), (3, "new")):
        assert roost("restore", tmp_path / path, "--id", member, "--data", mixed.data(member)).returncode == 0
    mixed.start_all()
    try:
        # Whoever meets one that differs ends. The one that nobody is left to meet goes on waiting for the others.
        ended = set()
        end = time.monotonic() + 20
        while not ({1} & ended or {2, 3} <= ended):
            assert time.monotonic() < end, [mixed.log_text(m) for m in mixed.processes]
            ended = {m for m, process in mixed.processes.items() if process.poll() is not None}
            time.sleep(0.02)
        for member in ended:
            assert mixed.processes[member].returncode == 1
            assert "restore every member from the same backup" in mixed.log_text(member)
        assert not any("founded" in mixed.log_text(m) for m in mixed.processes)
    finally:
        for process in mixed.processes.values():
            process.kill()
            process.wait()


def test_what_is_no_whole_backup_or_no_empty_directory_is_refused(ensemble, tmp_path):
    backup(ensemble, tmp_path / "whole")
    content = (tmp_path / "whole").read_bytes()
    for name, wrong in [
        ("short", content[:-1]), ("empty", b""), ("noise", bytes(100)), ("longer", content + b"x"),
        ("flipped", content[:20] + bytes([content[20] ^ 1]) + content[21:]),
    ]:
        (tmp_path / name).write_bytes(wrong)
        done = roost("restore", tmp_path / name, "--data", tmp_path / f"data-{name}")
        assert done.returncode == 1 and "the backup cannot be used" in done.stderr, (name, done.stderr)
    assert roost("restore", tmp_path / "absent", "--data", tmp_path / "d").returncode == 1
    assert roost("restore", tmp_path / "whole", "--data", tmp_path / "d").returncode == 0
    done = roost("restore", tmp_path / "whole", "--data", tmp_path / "d")
    assert done.returncode == 1 and "already" in done.stderr
    # Nor may such a directory enter an ensemble that has a history of its own.
    done = roost(
        "serve", "--data", tmp_path / "d", "--join", ensemble.address(1), "--client-address", "127.0.0.1:0",
        "--peer-address", "127.0.0.1:0")
    assert done.returncode == 1 and "was restored from a backup" in done.stderr


def test_a_backup_streams_to_any_stub(ensemble):
    client = Client(ensemble, 2, timeout=5)
    client.create("/large", b"")
    for i in range(20):
        client.create(f"/large/{i}", b"y" * 100_000)
    parts = list(client.cluster.Backup(cluster_pb2.BackupRequest(), timeout=10))
    summary = parts[0].summary
    assert summary.revision and summary.znode_count >= 22
    assert sum(len(p.chunk) for p in parts) > 2_000_000
    assert max(len(p.chunk) for p in parts) <= 256 << 10
    client.close()
