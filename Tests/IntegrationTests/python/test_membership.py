"""Members come, get a vote, hand over and go, and clients notice none of it."""
import contextlib
import shutil
import signal
import subprocess
import threading
import time

import grpc
import pytest

from ensemble import (Client, Ensemble, binary, cluster_pb2, code_and_reason, free_ports, reason, roost)


class Growing(Ensemble):
    """An ensemble that members may join."""

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        self.joiners = {}
        # Of members whose data directory is not where it was at first.
        self.folders = {}

    def data(self, member):
        return self.folders.get(member) or super().data(member)

    def join(self, member, *extra, via=1):
        """Starts a member that asks the one that serves at `via`'s address to be let in."""
        if member not in self.client_ports:
            self.client_ports[member], self.peer_ports[member] = free_ports(2)
            self.count = max(self.count, member)
        self.joiners[member] = ["--join", self.address(via), *extra]
        self.start(member)

    def arguments(self, member):
        if member not in self.joiners:
            return super().arguments(member)
        return [
            binary(), "serve", "--id", str(member), "--data", str(self.data(member)),
            "--client-address", self.address(member), "--peer-address", self.peer_address(member),
            *self.joiners[member], *self.extra,
        ]

    def member_list(self):
        return [a for m in (1, 2, 3) for a in ("--member", f"{m}={self.peer_address(m)}")]

    def roles(self):
        """As the leader's configuration has them: id -> whether it is a learner."""
        status = self.status(self.leader(among=self.running()))
        return {m.member_id: m.role == cluster_pb2.ROLE_LEARNER for m in status.members}

    def running(self):
        return [m for m, p in self.processes.items() if p.poll() is None]

    def await_roles(self, expected, wait=20.0):
        end = time.monotonic() + wait
        while True:
            with contextlib.suppress(grpc.RpcError):
                roles = self.roles()
                if roles == expected:
                    return
                assert time.monotonic() < end, f"{roles} instead of {expected}"
            time.sleep(0.05)

    def await_vote(self, member, wait=20.0):
        """Until a member that joined says that it votes."""
        end = time.monotonic() + wait
        while "this member votes now" not in self.log_text(member):
            assert time.monotonic() < end, self.log_text(member)
            time.sleep(0.05)

    def leave(self, member):
        """The member's process ends for good."""
        self.processes.pop(member).kill()


@pytest.fixture
def ensemble():
    with Growing(3) as ensemble:
        ensemble.wait_ready()
        yield ensemble


def at_leader(ensemble, call, *arguments):
    """Calls a method of Cluster at the leader, whoever that is."""
    end = time.monotonic() + 20
    while True:
        client = Client(ensemble, ensemble.leader(among=ensemble.running()), timeout=5)
        try:
            return getattr(client.cluster, call)(*arguments, timeout=5)
        except grpc.RpcError as error:
            if reason(error) not in ("NOT_LEADER", "CHANGE_UNDER_WAY") or time.monotonic() > end:
                raise
            time.sleep(0.05)
        finally:
            client.close()


def test_a_member_joins_catches_up_gets_a_vote_and_the_quorum_counts_it(ensemble):
    client = Client(ensemble, 1, timeout=5)
    client.put("/grown", b"")
    for i in range(500):
        client.create(f"/grown/{i}", b"x" * 100)
    ensemble.join(4)
    ensemble.await_roles({1: False, 2: False, 3: False, 4: False})
    client.set("/grown", b"with four")
    ensemble.agreement()
    # Three of four are a quorum, and two are not.
    ensemble.kill(2)
    client.set("/grown", b"three of four")
    assert Client(ensemble, 4, timeout=5).get("/grown").data == b"three of four"
    ensemble.kill(3)
    time.sleep(1.5)
    code, _ = code_and_reason(client.set, "/grown", b"two of four")
    assert code in ("UNAVAILABLE", "DEADLINE_EXCEEDED", "UNKNOWN")
    ensemble.start(2)
    ensemble.start(3)
    ensemble.wait_ready()
    ensemble.agreement()
    client.close()


def test_a_learner_gets_everything_and_has_no_vote_until_it_is_promoted(ensemble):
    client = Client(ensemble, 1, timeout=5)
    ensemble.join(4, "--learner")
    ensemble.await_roles({1: False, 2: False, 3: False, 4: True})
    client.put("/learnt", b"1")
    ensemble.agreement()
    assert Client(ensemble, 4, timeout=5).get("/learnt").data == b"1"
    # It may be away for as long as it likes.
    ensemble.kill(4)
    ensemble.kill(ensemble.leader(among=[1, 2, 3]))
    survivor = ensemble.running()[0]
    survivors = Client(ensemble, survivor, timeout=5)
    survivors.put("/learnt", b"2")
    survivors.close()
    code, why = code_and_reason(
        at_leader, ensemble, "PromoteMember", cluster_pb2.PromoteMemberRequest(member_id=4))
    assert (code, why) in (("FAILED_PRECONDITION", "MEMBER_SILENT"), ("FAILED_PRECONDITION", "LEARNER_BEHIND"))
    ensemble.start(4)
    done = None
    for _ in range(100):
        done = roost("cluster", "promote", "4", "--members", ensemble.address(survivor))
        if done.returncode == 0:
            break
        time.sleep(0.1)
    assert done.returncode == 0, done.stderr
    assert "4  voter" in done.stdout
    ensemble.await_roles({1: False, 2: False, 3: False, 4: False})
    client.close()


def test_a_member_is_removed_and_the_others_go_on_without_it(ensemble):
    leader = ensemble.leader()
    victim = next(m for m in (1, 2, 3) if m != leader)
    response = at_leader(ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=victim))
    assert victim not in [m.member_id for m in response.members]
    # Whom nobody sends the log any more is told why, and its process ends, as often as it is started.
    assert ensemble.processes[victim].wait(timeout=20) == 3
    ensemble.start(victim)
    assert ensemble.processes.pop(victim).wait(timeout=20) == 3
    assert f"the ensemble goes on without member {victim}" in ensemble.log_text(victim)
    client = Client(ensemble, leader, timeout=5)
    client.put("/two", b"of two")
    # What is so already is answered as done, and what cannot be is refused with its reason.
    code, why = code_and_reason(
        at_leader, ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=victim))
    assert (code, why) == ("NOT_FOUND", "UNKNOWN_MEMBER")
    other = next(m for m in (1, 2, 3) if m not in (leader, victim))
    ensemble.kill(other)
    time.sleep(0.5)
    ensemble.start(other)
    client.put("/two", b"again")
    ensemble.agreement()
    client.close()


def test_an_old_process_whose_id_was_taken_over_ends_and_disturbs_nobody(ensemble):
    leader = ensemble.leader()
    victim = next(m for m in (1, 2, 3) if m != leader)
    ensemble.signal(victim, signal.SIGSTOP)
    time.sleep(1)
    at_leader(ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=victim))
    old = ensemble.processes.pop(victim)
    ensemble.client_ports[victim], ensemble.peer_ports[victim] = free_ports(2)
    ensemble.folders[victim] = ensemble.folder / "another disk"
    ensemble.join(victim, via=leader)
    ensemble.await_roles({1: False, 2: False, 3: False})
    before = ensemble.status(leader)
    old.send_signal(signal.SIGCONT)
    assert old.wait(timeout=20) == 3
    client = Client(ensemble, victim, timeout=5)
    client.put("/still", b"the same leader")
    after = ensemble.status(leader)
    assert (after.leader_id, after.term) == (before.leader_id, before.term)
    ensemble.agreement()
    client.close()


def test_a_leader_can_be_removed_and_another_one_leads(ensemble):
    leader = ensemble.leader()
    at_leader(ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=leader))
    assert ensemble.processes.pop(leader).wait(timeout=20) == 3
    successor = ensemble.leader()
    assert successor != leader
    client = Client(ensemble, successor, timeout=5)
    client.put("/without", b"the old leader")
    # With its old data it may come again, if it asks.
    ensemble.join(leader, via=successor)
    ensemble.await_roles({1: False, 2: False, 3: False})
    ensemble.agreement()
    client.close()


def test_too_few_living_voters_are_not_made_fewer(ensemble):
    leader = ensemble.leader()
    dead, alive = [m for m in (1, 2, 3) if m != leader]
    ensemble.kill(dead)
    time.sleep(1)
    code, why = code_and_reason(at_leader, ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=alive))
    assert (code, why) == ("FAILED_PRECONDITION", "QUORUM_AT_RISK")
    # The dead one may go, and a new one may come in its place.
    at_leader(ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=dead))
    ensemble.leave(dead)
    ensemble.join(4, via=alive)
    ensemble.await_roles({leader: False, alive: False, 4: False})
    ensemble.agreement()


def test_a_wiped_disk_does_not_help_to_elect_a_leader_who_lacks_what_it_had_acknowledged(ensemble):
    leader = ensemble.leader()
    behind, wiped = [m for m in (1, 2, 3) if m != leader]
    ensemble.kill(behind)
    client = Client(ensemble, leader, timeout=5)
    client.put("/acknowledged", b"by two, of whom one will forget it")
    client.close()
    ensemble.kill_all()
    shutil.rmtree(ensemble.data(wiped))
    ensemble.start(behind)
    ensemble.join(wiped, via=behind)
    # With its old data directory it would have a vote, and know that this one must not have it.
    end = time.monotonic() + 4
    while time.monotonic() < end:
        with contextlib.suppress(grpc.RpcError):
            assert ensemble.status(behind).leader_id == 0
        time.sleep(0.1)
    ensemble.start(leader)
    ensemble.await_roles({1: False, 2: False, 3: False})
    for member in (1, 2, 3):
        client = Client(ensemble, member, timeout=5)
        assert client.get("/acknowledged").data == b"by two, of whom one will forget it"
        client.close()
    ensemble.agreement()


def test_a_member_whose_disk_was_wiped_comes_back_as_a_learner_first(ensemble):
    client = Client(ensemble, 1, timeout=5)
    client.put("/kept", b"by the others")
    client.close()
    victim = next(m for m in (1, 2, 3) if m != ensemble.leader())
    via = next(m for m in (1, 2, 3) if m != victim)
    storage = {m.member_id: m.storage_id for m in at_leader(
        ensemble, "RemoveMember", cluster_pb2.RemoveMemberRequest(member_id=victim)).members}
    assert victim not in storage
    ensemble.leave(victim)
    shutil.rmtree(ensemble.data(victim))
    ensemble.join(victim, via=via)
    ensemble.await_roles({1: False, 2: False, 3: False})
    ensemble.agreement()
    back = Client(ensemble, victim, timeout=5)
    assert back.get("/kept").data == b"by the others"
    back.close()


def test_a_dead_members_id_is_given_to_a_new_disk_and_a_living_ones_is_not(ensemble):
    leader = ensemble.leader()
    victim, other = [m for m in (1, 2, 3) if m != leader]
    ensemble.kill(victim)
    time.sleep(1)
    shutil.rmtree(ensemble.data(victim))
    ensemble.join(victim, via=other)
    ensemble.await_vote(victim)
    ensemble.agreement()
    impostor = free_ports(2)
    done = subprocess.run(
        [binary(), "serve", "--id", str(victim), "--data", str(ensemble.folder / "impostor"), "--client-address",
         f"127.0.0.1:{impostor[0]}", "--peer-address", f"127.0.0.1:{impostor[1]}", "--join", ensemble.address(leader)],
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=20)
    assert done.returncode == 1
    assert "alive with another data directory" in done.stderr


def test_a_follower_says_where_the_leader_is_and_impossible_members_are_refused(ensemble):
    leader = ensemble.leader()
    follower = next(m for m in (1, 2, 3) if m != leader)
    client = Client(ensemble, follower, timeout=5)
    with pytest.raises(grpc.RpcError) as failure:
        client.cluster.RemoveMember(cluster_pb2.RemoveMemberRequest(member_id=1), timeout=5)
    assert failure.value.code() == grpc.StatusCode.UNAVAILABLE
    assert reason(failure.value) == "NOT_LEADER"
    client.close()
    client = Client(ensemble, leader, timeout=5)
    level = ensemble.status(leader).format_level

    def add(**fields):
        return cluster_pb2.AddMemberRequest(supported_format_level=level, **fields)

    for request, expected in [
        (add(storage_id=1, peer_address="h:1", client_address="h:2"), "INVALID_FIELD"),
        (add(member_id=9, peer_address="h:1", client_address="h:2"), "INVALID_FIELD"),
        (add(member_id=9, storage_id=1, peer_address="nonsense", client_address="h:2"), "INVALID_FIELD"),
        (add(member_id=9, storage_id=1, peer_address="h:1", client_address=""), "INVALID_FIELD"),
    ]:
        assert code_and_reason(client.cluster.AddMember, request, timeout=5) == ("INVALID_ARGUMENT", expected)
    taken = add(member_id=9, storage_id=1, peer_address=ensemble.peer_address(1), client_address="h:2")
    assert code_and_reason(client.cluster.AddMember, taken, timeout=5) == ("ALREADY_EXISTS", "ADDRESS_IN_USE")
    unknown = cluster_pb2.TransferLeadershipRequest(to_member_id=77)
    assert code_and_reason(client.cluster.TransferLeadership, unknown, timeout=5) == ("NOT_FOUND", "UNKNOWN_MEMBER")
    client.close()


class Writers:
    """One writer for each member, which counts what failed. Nothing is sent twice."""

    def __init__(self, ensemble, members):
        self.failures = []
        self.acknowledged = 0
        self.isStopping = False
        self.threads = [threading.Thread(target=self.write, args=(ensemble, m)) for m in members]

    def write(self, ensemble, member):
        client = Client(ensemble, member, timeout=5)
        client.put(f"/writer-{member}", b"")
        while not self.isStopping:
            try:
                client.set(f"/writer-{member}", b"x")
                self.acknowledged += 1
            except grpc.RpcError as error:
                self.failures.append(f"member {member}: {error.code()} {reason(error)} {error.details()}")
        client.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.isStopping = True
        for thread in self.threads:
            thread.join()


def test_leadership_is_handed_over_again_and_again_without_one_failed_request(ensemble):
    with Writers(ensemble, (1, 2, 3)) as writers:
        time.sleep(0.3)
        for _ in range(10):
            before = ensemble.leader()
            target = next(m for m in (1, 2, 3) if m != before)
            done = at_leader(
                ensemble, "TransferLeadership", cluster_pb2.TransferLeadershipRequest(to_member_id=target))
            assert done.leader_id == target
            time.sleep(0.1)
    assert writers.failures == []
    assert writers.acknowledged > 100
    ensemble.agreement()


def test_a_leader_that_is_asked_to_end_hands_over_first(ensemble):
    leader = ensemble.leader()
    others = [m for m in (1, 2, 3) if m != leader]
    term = ensemble.status(leader).term
    with Writers(ensemble, others) as writers:
        time.sleep(0.3)
        ensemble.stop(leader)
        time.sleep(0.5)
    assert writers.failures == []
    assert ensemble.status(ensemble.leader(among=others)).term == term + 1
    ensemble.start(leader)
    ensemble.wait_ready()


def test_the_members_explain_why_the_last_election_happened(ensemble):
    leader = ensemble.leader()
    others = [m for m in (1, 2, 3) if m != leader]
    ensemble.kill(leader)
    successor = ensemble.leader(among=others)
    done = roost("cluster", "explain", "--members", ",".join(ensemble.address(m) for m in others))
    assert done.returncode == 0, done.stderr
    text = done.stdout
    assert f"suspects member {leader}: its connection was lost and a new one refused" in text, text
    assert f"member {successor} LEADS in term" in text, text
    assert "receives the vote of member" in text, text
    told = [line.split()[0] for line in text.splitlines()]
    assert told == sorted(told)


def test_the_ensemble_can_be_watched(ensemble):
    leader = ensemble.leader()
    follower = next(m for m in (1, 2, 3) if m != leader)
    client = Client(ensemble, follower, timeout=20)
    stream = client.cluster.Watch(cluster_pb2.WatchClusterRequest(), timeout=20)
    first = next(stream)
    assert first.status.leader_id == leader and not first.events
    ensemble.kill(leader)
    kinds = []
    for response in stream:
        kinds += [(event.kind, event.about_member_id) for event in response.events]
        if response.status.leader_id not in (0, leader):
            break
    assert (cluster_pb2.CLUSTER_EVENT_KIND_SUSPECTED, leader) in kinds
    stream.cancel()
    client.close()
