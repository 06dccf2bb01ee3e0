"""Damage in members' logs and snapshots is repaired from the other members; where nobody has what is missing, every
member refuses to start and nothing is cut off."""
import os
import signal
import time

import pytest

from ensemble import Client, Ensemble
from test_data_directory import SMALL, Kept, find, flip


def kept_and_killed(ensemble, count=30):
    """Writes one after the other, each a batch of its own on every member, then kills all members at once."""
    ensemble.wait_ready()
    kept = Kept(ensemble)
    kept.write(count)
    # The last batch is proven durable by a marker soon after.
    kept.check()
    time.sleep(0.5)
    ensemble.kill_all()
    return kept


def damage(ensemble, member, value):
    segment, offset = find(ensemble.data(member), f"value of v{value}".encode())
    flip(segment, offset + 3)
    return segment, offset


def test_damage_in_the_middle_of_one_members_log_is_repaired():
    with Ensemble(3, extra=SMALL) as ensemble:
        kept = kept_and_killed(ensemble)
        segment, _ = damage(ensemble, 2, 11)
        damage(ensemble, 2, 12)
        damage(ensemble, 2, 25)
        logged = ensemble.log(2).stat().st_size
        ensemble.start_all()
        kept.check(timeout=30)
        said = ensemble.log_text(2)[logged:]
        assert segment.name in said and "has been repaired" in said, said
        kept.write(5, through=2)
        # What was repaired is a log like any other.
        ensemble.kill_all()
        ensemble.start_all()
        kept.check(timeout=30)


def test_a_member_is_repaired_while_the_others_go_on():
    with Ensemble(3, extra=SMALL) as ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(20)
        victim = next(m for m in ensemble.processes if m != ensemble.leader())
        time.sleep(0.3)
        ensemble.kill(victim)
        damage(ensemble, victim, 7)
        through = next(m for m in ensemble.processes if m != victim)
        kept.write(10, through)
        ensemble.start(victim)
        kept.write(10, through)
        kept.check(timeout=30)
        assert "has been repaired" in ensemble.log_text(victim)


def test_different_damage_on_every_member_is_repaired():
    with Ensemble(3, extra=SMALL) as ensemble:
        kept = kept_and_killed(ensemble)
        for member in (1, 2, 3):
            damage(ensemble, member, member * 7)
            damage(ensemble, member, member * 7 + 1)
        ensemble.start_all()
        kept.check(timeout=30)
        for member in (1, 2, 3):
            assert "has been repaired" in ensemble.log_text(member)
        kept.write(5)
        kept.check()


def test_damage_to_the_same_entry_on_every_member_is_refused_and_nothing_is_cut():
    with Ensemble(3, extra=SMALL) as ensemble:
        kept = kept_and_killed(ensemble)
        places = {member: damage(ensemble, member, 13) for member in (1, 2, 3)}
        before = {m: contents(ensemble.data(m)) for m in (1, 2, 3)}
        logged = {m: ensemble.log(m).stat().st_size for m in (1, 2, 3)}
        ensemble.start_all()
        for member, process in ensemble.processes.items():
            assert process.wait(30) == 1
            said = ensemble.log_text(member)[logged[member]:]
            refusals = [line for line in said.splitlines() if line.startswith("roost serve: ")]
            assert len(refusals) == 1, said
            assert places[member][0].name in refusals[0] and "offset" in refusals[0]
            assert "nothing was changed" in refusals[0]
            assert contents(ensemble.data(member)) == before[member]
        # One member's entry comes back, and with it everybody's.
        flip(places[2][0], places[2][1] + 3)
        ensemble.start_all()
        kept.check(timeout=30)


def contents(data):
    return {f.name: f.read_bytes() for f in data.iterdir() if f.name != "lock"}


def test_a_member_whose_snapshots_and_log_are_damaged_gets_anothers():
    extra = [*SMALL, "--snapshot-entries", "40", "--retained-log-bytes", "2000"]
    with Ensemble(3, extra=extra) as ensemble:
        kept = kept_and_killed(ensemble, 150)
        snapshots = sorted(ensemble.data(3).glob("snapshot-*"))
        assert snapshots, list(ensemble.data(3).iterdir())
        for snapshot in snapshots:
            flip(snapshot, snapshot.stat().st_size // 2)
        damage(ensemble, 3, 140)
        ensemble.start_all()
        kept.check(timeout=30)
        assert "has been repaired" in ensemble.log_text(3)


def flip_in_memory(process, text):
    """Changes a byte of every occurrence of `text` in the memory of a running process, as a failing module would."""
    count = 0
    with open(f"/proc/{process.pid}/maps") as maps, open(f"/proc/{process.pid}/mem", "r+b", 0) as memory:
        for line in maps:
            place, rights, *rest = line.split()
            if not rights.startswith("rw") or rest[3:] and rest[3].startswith(("/", "[v")):
                continue
            first, end = (int(number, 16) for number in place.split("-"))
            memory.seek(first)
            try:
                content = memory.read(end - first)
            except OSError:
                continue
            at = content.find(text)
            while at >= 0:
                memory.seek(first + at)
                memory.write(bytes([text[0] ^ 1]))
                count += 1
                at = content.find(text, at + 1)
    return count


@pytest.mark.skipif(not os.path.exists("/proc/self/mem") or os.geteuid() != 0, reason="needs root and /proc/*/mem")
def test_a_member_whose_memory_changes_notices_and_takes_its_state_from_the_others():
    with Ensemble(3, extra=[*SMALL, "--snapshot-entries", "100", "--retained-log-bytes", "2000"]) as ensemble:
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(100)
        # So much that the beginning of the log is gone, and the log alone does not give the state.
        leader = ensemble.leader()
        victim, other = [m for m in ensemble.processes if m != leader]
        filler = Client(ensemble, other, timeout=5)

        def fill(count):
            for number in range(count):
                filler.put("/filler", bytes([number]) * (64 << 10))

        fill(150)
        kept.write(150)
        end = time.monotonic() + 60
        while (ensemble.data(victim) / "log-00000000000000000001").exists():
            # A snapshot that is written in passing takes its time, and the one before it is kept as well.
            assert time.monotonic() < end, list(ensemble.data(victim).iterdir())
            fill(5)
        kept.check()
        assert flip_in_memory(ensemble.processes[victim], b"value of v77") > 0
        end = time.monotonic() + 30
        while "starting again" not in ensemble.log_text(victim):
            assert time.monotonic() < end, ensemble.log_text(victim)[-2000:]
            kept.write(20, through=other)
            fill(5)
        filler.close()
        kept.check(timeout=30)
        said = ensemble.log_text(victim)
        assert "does not have its digest" in said or "is not that of a majority" in said, said
        assert "has been repaired" in said, said
        assert ensemble.leader() == leader


def test_a_member_that_is_ended_while_it_waits_for_others_obeys():
    with Ensemble(3, extra=SMALL) as ensemble:
        kept = kept_and_killed(ensemble, 10)
        damage(ensemble, 1, 4)
        ensemble.start(1)
        end = time.monotonic() + 10
        while "asking the other members" not in ensemble.log_text(1):
            assert time.monotonic() < end, ensemble.log_text(1)
            time.sleep(0.05)
        ensemble.stop(1)
        # And it may be killed in the middle of it.
        for pause in (0.05, 0.1, 0.2, 0.3):
            ensemble.start(2)
            ensemble.start(1)
            time.sleep(pause)
            ensemble.processes[1].send_signal(signal.SIGKILL)
            ensemble.processes[1].wait()
            ensemble.kill(2)
        ensemble.start_all()
        kept.check(timeout=30)
