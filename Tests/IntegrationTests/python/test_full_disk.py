"""Full disks: writes are refused with a reason before they are proposed, nothing that was acknowledged is lost, deletes
and elections go on, a leader hands over to a member with space, and all of it heals by itself."""
import contextlib
import subprocess
import time

import grpc
import pytest

from ensemble import Client, Ensemble, code_and_reason
from test_data_directory import SMALL, Kept

MEBIBYTE = 1 << 20


@contextlib.contextmanager
def small_disks(folder, members, mebibytes=8):
    """A file system of its own for each member's data directory."""
    mounted = []
    try:
        for member in members:
            place = folder / f"member-{member}"
            place.mkdir(parents=True)
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0700", "tmpfs", str(place)],
                capture_output=True, encoding="utf-8")
            if done.returncode != 0:
                pytest.skip(f"cannot mount a tmpfs here: {done.stderr.strip()}")
            mounted.append(place)
        yield
    finally:
        for place in mounted:
            subprocess.run(["umount", "-l", str(place)], check=False)


def fill(ensemble, member):
    """Takes all the space that is left."""
    (ensemble.data(member) / "ballast").mkdir(exist_ok=True)
    with open(ensemble.data(member) / "ballast" / "bytes", "ab", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))


def relieve(ensemble, member):
    (ensemble.data(member) / "ballast" / "bytes").unlink(missing_ok=True)
    (ensemble.data(member) / "ballast").rmdir()


def settled(ensemble):
    """Each member has its reserve and its next segment."""
    end = time.monotonic() + 20
    while not all((ensemble.data(m) / "reserve").exists() for m in ensemble.processes):
        assert time.monotonic() < end, "a member has no reserve"
        time.sleep(0.05)


def until_full(client, kept, limit=6000):
    """Writes until a write is refused for lack of space; remembers what was acknowledged."""
    for n in range(limit):
        name = f"f{len(kept.values)}"
        value = name.encode() * 60
        try:
            client.create(f"/kept/{name}", value)
            kept.values[name] = value
        except grpc.RpcError as error:
            return error
    raise AssertionError("the disk does not get full")


def test_full_disks_refuse_writes_and_heal(tmp_path):
    with small_disks(tmp_path, (1, 2, 3)), Ensemble(3, folder=tmp_path, extra=SMALL) as ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(20)
        settled(ensemble)
        for member in ensemble.processes:
            fill(ensemble, member)
        client = Client(ensemble, ensemble.leader(), timeout=10)
        error = until_full(client, kept)
        assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error
        assert "full" in error.details()
        assert code_and_reason(client.create, "/other", b"x") == ("RESOURCE_EXHAUSTED", "DISK_FULL")
        for member in ensemble.processes:
            through = Client(ensemble, member, timeout=10)
            assert code_and_reason(through.create, f"/other-{member}") == ("RESOURCE_EXHAUSTED", "DISK_FULL")
            through.close()
        # Deletes go on, and so do elections.
        for n in range(20):
            client.delete(f"/kept/v{n}")
            del kept.values[f"v{n}"]
        leader = ensemble.leader()
        ensemble.kill(leader)
        ensemble.start(leader)
        time.sleep(1)
        kept.check(timeout=30)
        # A member that is started anew on a full disk has everything, too.
        ensemble.kill_all()
        ensemble.start_all()
        kept.check(timeout=30)
        for member in ensemble.processes:
            assert ensemble.processes[member].poll() is None
            relieve(ensemble, member)
        end = time.monotonic() + 20
        while code_and_reason(client.create, "/kept/healed", b"x")[0] not in ("OK", "ALREADY_EXISTS"):
            assert time.monotonic() < end, "it does not heal"
            time.sleep(0.1)
        client.close()
        kept.values["healed"] = b"x"
        kept.write(20)
        kept.check(timeout=30)


def test_a_leader_with_a_full_disk_hands_over_to_a_member_with_space(tmp_path):
    with small_disks(tmp_path, (1, 2, 3)), Ensemble(3, folder=tmp_path, extra=SMALL) as ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(20)
        settled(ensemble)
        leader = ensemble.leader()
        fill(ensemble, leader)
        through = next(m for m in ensemble.processes if m != leader)
        client = Client(ensemble, through, timeout=10)
        end = time.monotonic() + 30
        while ensemble.leader() == leader:
            assert time.monotonic() < end, "it does not hand over"
            name = f"f{len(kept.values)}"
            client.create(f"/kept/{name}", name.encode() * 60)
            kept.values[name] = name.encode() * 60
        # Nobody is refused anything: a quorum has space.
        for _ in range(200):
            name = f"f{len(kept.values)}"
            client.create(f"/kept/{name}", name.encode() * 60)
            kept.values[name] = name.encode() * 60
        assert ensemble.leader() != leader
        relieve(ensemble, leader)
        client.close()
        kept.check(timeout=30)
