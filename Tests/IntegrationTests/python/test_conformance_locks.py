"""Locks and elections: what ZooKeeper's recipes come to, and etcd's lock and election services, as Roost promises it.

ZooKeeper leaves them to its clients, and etcd's lock keeps nobody out whose lease has ended without its knowing. Here
the ensemble keeps the queue, and a write can say which token it relies on.
"""
import time

import grpc
import pytest

from conformance import DELETED, PATIENCE, begin, together
from ensemble import code_and_reason, election_pb2, lock_pb2, store_pb2, types_pb2
from test_locks import wait_for
from test_transactions import Comparison, put

SHARED, PERMITS = lock_pb2.LOCK_MODE_SHARED, lock_pb2.LOCK_MODE_PERMITS

FENCED = ("ABORTED", "FENCED")
HELD = ("FAILED_PRECONDITION", "LOCK_HELD")


class Program:
    """A client with a session."""

    def __init__(self, caller, timeout_ms=120_000):
        self.caller = caller
        self.session = caller.open_session(timeout_ms)

    def acquire(self, path, **fields):
        return self.caller.acquire(path, self.session, **fields)

    def release(self, path, token):
        return self.caller.release(path, token)

    def write(self, path, data, lock, token):
        """Only while the token is valid."""
        request = store_pb2.SetRequest(
            path=path, data=data, request_id=self.caller.request_id(), fence=types_pb2.Fence(path=lock, token=token))
        return self.caller.insist(lambda client: client.store.Set(request, timeout=client.timeout))

    def campaign(self, path, value):
        request = election_pb2.CampaignRequest(
            path=path, session_id=self.session.session_id, value=value, request_id=self.caller.request_id())
        return self.caller.insist(lambda client: client.elections.Campaign(request, timeout=PATIENCE))

    def proclaim(self, path, token, value):
        request = election_pb2.ProclaimRequest(
            path=path, token=token, value=value, request_id=self.caller.request_id())
        return self.caller.insist(lambda client: client.elections.Proclaim(request, timeout=client.timeout))

    def resign(self, path, token):
        request = election_pb2.ResignRequest(path=path, token=token, request_id=self.caller.request_id())
        return self.caller.insist(lambda client: client.elections.Resign(request, timeout=client.timeout))

    def leader(self, path, at=None):
        request = election_pb2.LeaderRequest(path=path)
        return self.caller.insist(lambda client: client.elections.Leader(request, timeout=client.timeout).leader, at)


@pytest.fixture
def programs(caller):
    made = [Program(caller.another()) for _ in range(4)]
    yield made
    for program in made:
        program.caller.close_session(program.session)


@pytest.fixture
def lock(home):
    return f"{home}/lock"


def queue_up(caller, path, *calls):
    """Begins each call when the claims of those before it are there."""
    begun = []
    for call in calls:
        count = len(caller.claims(path))
        begun.append(begin(call))
        wait_for(lambda: len(caller.claims(path)) > count, timeout=PATIENCE)
    return begun


# MARK: ZooKeeper, "Locks"; etcd, "Lock"


def test_no_two_hold_a_lock_at_the_same_time(service, caller, home, lock, programs):
    inside, most = [], []
    caller.set(home, b"0")

    def work(program):
        for turn in range(5):
            held = program.acquire(lock)
            inside.append(program)
            most.append(len(inside))
            if program is programs[0] and turn == 2:
                service.upset()
            # Without a comparison: that nobody else writes meanwhile is what the lock is for.
            count = int(program.caller.get(home).data) + 1
            program.write(home, str(count).encode(), lock, held.token)
            inside.remove(program)
            program.release(lock, held.token)

    together(*[lambda program=program: work(program) for program in programs])
    assert set(most) == {1} and caller.get(home).data == b"20"


def test_a_lock_passes_on_in_the_order_of_the_claims_and_its_tokens_grow(service, caller, lock, programs):
    first, *others = programs
    held = first.acquire(lock)
    waiting = queue_up(caller, lock, *[lambda other=other: other.acquire(lock) for other in others])
    service.upset()
    tokens = [held.token]
    for position, call in enumerate(waiting):
        assert not any(later.done() for later in waiting[position:])
        programs[position].release(lock, tokens[-1])
        tokens.append(call.result(PATIENCE).token)
    others[-1].release(lock, tokens[-1])
    assert tokens == sorted(set(tokens)) and len(caller.claims(lock)) == 0


def test_a_release_is_told_to_the_next_one_only(caller, lock, programs):
    """ZooKeeper's recipe watches the claim before, so that not all wake up at once."""
    first, second, third, _ = programs
    held = first.acquire(lock)
    waiting = queue_up(caller, lock, lambda: second.acquire(lock), lambda: third.acquire(lock))
    first.release(lock, held.token)
    token = waiting[0].result(PATIENCE).token
    assert [claim.held for claim in caller.claims(lock)] == [True, False] and not waiting[1].done()
    second.release(lock, token)
    third.release(lock, waiting[1].result(PATIENCE).token)


def test_a_lock_is_held_while_leaders_come_and_go(service, caller, lock, programs):
    first, second, *_ = programs
    held = first.acquire(lock)
    service.upset()
    for member in (1, 2, 3):
        [claim] = caller.claims(lock, at=member)
        assert claim.held and (claim.token, claim.session_id) == (held.token, first.session.session_id)
    assert code_and_reason(second.acquire, lock, wait_ms=0) == HELD
    first.release(lock, held.token)


def test_a_lock_passes_on_when_its_holder_s_session_ends_and_not_before(caller, lock, programs):
    began = time.monotonic()
    doomed = Program(caller, timeout_ms=500)
    old = doomed.acquire(lock)
    new = programs[0].acquire(lock)
    assert time.monotonic() - began >= 0.5 and new.token > old.token
    assert code_and_reason(doomed.acquire, lock) == ("NOT_FOUND", "SESSION_ENDED")
    programs[0].release(lock, new.token)


def test_a_claim_that_waits_goes_with_its_session_and_those_behind_it_move_up(caller, lock, programs):
    first, second, third, _ = programs
    held = first.acquire(lock)
    waiting = queue_up(caller, lock, lambda: second.acquire(lock), lambda: third.acquire(lock))
    caller.close_session(second.session)
    assert code_and_reason(waiting[0].result, PATIENCE)[0] == "NOT_FOUND"
    assert len(caller.claims(lock)) == 2
    first.release(lock, held.token)
    third.release(lock, waiting[1].result(PATIENCE).token)


def test_an_owner_that_asks_again_has_one_claim(lock, programs):
    first, second, *_ = programs
    held = first.acquire(lock)
    again = first.acquire(lock)
    assert again.token == held.token and (held.existed, again.existed) == (False, True)
    assert code_and_reason(first.acquire, lock, owner="another thread", wait_ms=0) == HELD
    first.release(lock, held.token)
    second.release(lock, second.acquire(lock, wait_ms=0).token)


def test_an_acquire_that_is_sent_again_has_the_claim_that_it_had(service, caller, lock, programs):
    first, second, *_ = programs
    request_id = first.caller.request_id()
    held = first.acquire(lock, request_id=request_id)
    [waiting] = queue_up(caller, lock, lambda: second.acquire(lock))
    service.upset()
    for member in (1, 2, 3):
        again = first.acquire(lock, request_id=request_id, at=member)
        assert (again.token, again.existed) == (held.token, False)
    assert len(caller.claims(lock)) == 2
    first.release(lock, held.token)
    second.release(lock, waiting.result(PATIENCE).token)


def test_who_does_not_want_to_wait_longer_is_refused_and_leaves_no_claim(caller, lock, programs):
    first, second, *_ = programs
    held = first.acquire(lock)
    assert code_and_reason(second.acquire, lock, wait_ms=0) == HELD
    began = time.monotonic()
    assert code_and_reason(second.acquire, lock, wait_ms=200) == ("DEADLINE_EXCEEDED", "LOCK_HELD")
    assert time.monotonic() - began >= 0.2
    assert [claim.token for claim in caller.claims(lock)] == [held.token]
    first.release(lock, held.token)


def claim_once(program, lock):
    """The call of a claim without a request id that waits behind another one, and the member that was asked."""
    request = lock_pb2.AcquireRequest(path=lock, session_id=program.session.session_id)
    while True:
        member = program.caller.member
        call = program.caller.clients[member].locks.Acquire.future(request, timeout=PATIENCE)
        wait_for(lambda: len(program.caller.claims(lock)) == 2 or call.done(), timeout=PATIENCE)
        if not call.done():
            return call, member


def test_a_call_that_is_cancelled_takes_its_claim_away(caller, lock, programs):
    """Unless it has a request id: nobody waits for the answer any more."""
    first, second, *_ = programs
    held = first.acquire(lock)
    call, _ = claim_once(second, lock)
    call.cancel()
    wait_for(lambda: len(caller.claims(lock)) == 1)
    first.release(lock, held.token)


def test_a_call_that_ends_with_the_member_that_was_asked_leaves_its_claim_to_its_owner(service, caller, lock, programs):
    """Who asks again finds it. (A client that has gone for good loses its session, and the claim with it.)"""
    first, second, *_ = programs
    held = first.acquire(lock)
    call, member = claim_once(second, lock)
    waiting = next(claim.token for claim in caller.claims(lock) if claim.token != held.token)
    service.restart([member])
    assert call.code() is not grpc.StatusCode.OK
    first.release(lock, held.token)
    again = second.acquire(lock)
    assert again.token == waiting and [claim.token for claim in caller.claims(lock)] == [waiting]
    second.release(lock, again.token)


# MARK: ZooKeeper, "Shared Locks", and semaphores


def test_readers_share_a_lock_and_a_writer_waits_for_all_of_them(caller, lock, programs):
    *readers, writer = programs
    shared = [reader.acquire(lock, mode=SHARED) for reader in readers]
    [writing] = queue_up(caller, lock, lambda: writer.acquire(lock))
    for reader, held in zip(readers, shared):
        assert not writing.done()
        reader.release(lock, held.token)
    writer.release(lock, writing.result(PATIENCE).token)


def test_a_reader_does_not_overtake_a_writer_that_waits(caller, lock, programs):
    first, writer, late, _ = programs
    reading = first.acquire(lock, mode=SHARED)
    waiting = queue_up(caller, lock, lambda: writer.acquire(lock), lambda: late.acquire(lock, mode=SHARED))
    assert [claim.held for claim in caller.claims(lock)] == [True, False, False]
    first.release(lock, reading.token)
    token = waiting[0].result(PATIENCE).token
    assert not waiting[1].done()
    writer.release(lock, token)
    late.release(lock, waiting[1].result(PATIENCE).token)


def test_a_semaphore_has_as_many_holders_as_permits(caller, lock, programs):
    def permit(program, **fields):
        return program.acquire(lock, mode=PERMITS, capacity=2, **fields)

    taken = [permit(program) for program in programs[:2]]
    assert code_and_reason(permit, programs[2], wait_ms=0) == HELD
    [waiting] = queue_up(caller, lock, lambda: permit(programs[2]))
    programs[1].release(lock, taken[1].token)
    taken[1] = waiting.result(PATIENCE)
    assert [claim.held for claim in caller.claims(lock)] == [True, True]
    programs[0].release(lock, taken[0].token)
    programs[2].release(lock, taken[1].token)


# MARK: etcd, "Notes on the usage of lock and lease": fencing


def test_who_has_lost_a_lock_without_knowing_it_cannot_write_under_it(caller, home, lock, programs):
    doomed = Program(caller, timeout_ms=300)
    old = doomed.acquire(lock)
    doomed.write(home, b"while it held the lock", lock, old.token)
    new = programs[0].acquire(lock)
    assert code_and_reason(doomed.write, home, b"late", lock, old.token) == FENCED
    programs[0].write(home, b"the new holder's", lock, new.token)
    assert caller.get(home).data == b"the new holder's"
    programs[0].release(lock, new.token)


def test_a_token_is_valid_while_its_claim_holds_the_lock_and_a_transaction_can_compare_it(caller, home, lock, programs):
    first, second, *_ = programs

    def guarded(token):
        return caller.transact([Comparison(path=lock, token=token)], then=[put(home, str(token).encode())]).succeeded

    held = first.acquire(lock)
    [waiting] = queue_up(caller, lock, lambda: second.acquire(lock))
    behind = caller.claims(lock)[1].token
    assert guarded(held.token) and not guarded(behind) and not guarded(behind + 1)
    first.release(lock, held.token)
    assert waiting.result(PATIENCE).token == behind
    assert guarded(behind) and not guarded(held.token)
    second.release(lock, behind)
    assert not guarded(behind)
    assert caller.get(home).data == str(behind).encode()


# MARK: ZooKeeper, "Leader Election"; etcd, "Election"


def test_one_candidate_leads_and_every_member_says_who(service, caller, lock, programs):
    first, second, *_ = programs
    elected = first.campaign(lock, b"first")
    [waiting] = queue_up(caller, lock, lambda: second.campaign(lock, b"second"))
    service.upset()
    for member in (1, 2, 3):
        leader = programs[2].leader(lock, at=member)
        assert (leader.token, leader.session_id, leader.value) == (elected.token, first.session.session_id, b"first")
    assert not waiting.done()
    first.resign(lock, elected.token)
    second.resign(lock, waiting.result(PATIENCE).token)
    assert code_and_reason(programs[2].leader, lock) == ("NOT_FOUND", "NO_LEADER")


def test_candidates_lead_in_the_order_in_which_they_came_and_their_tokens_grow(caller, lock, programs):
    first, *others = programs
    tokens = [first.campaign(lock, b"0").token]
    waiting = queue_up(
        caller, lock, *[lambda p=p, n=n: p.campaign(lock, str(n).encode()) for n, p in enumerate(others, 1)])
    for number, call in enumerate(waiting, 1):
        programs[number - 1].resign(lock, tokens[-1])
        tokens.append(call.result(PATIENCE).token)
        assert caller.claims(lock)[0].session_id == programs[number].session.session_id
    others[-1].resign(lock, tokens[-1])
    assert tokens == sorted(set(tokens))


def test_a_leader_whose_session_ends_leads_no_longer_and_may_say_nothing_more(caller, lock, programs):
    doomed = Program(caller, timeout_ms=300)
    old = doomed.campaign(lock, b"old")
    watch = programs[1].caller.follow(old.claim_path)
    new = programs[0].campaign(lock, b"new")
    assert new.token > old.token
    assert [event.kind for event in watch.until(lambda events: events)] == [DELETED]
    assert code_and_reason(doomed.proclaim, lock, old.token, b"still me") == FENCED
    assert programs[1].leader(lock).value == b"new"
    programs[0].resign(lock, new.token)
    watch.end()


def test_only_the_leader_changes_what_it_has_to_say(caller, lock, programs):
    first, second, *_ = programs
    elected = first.campaign(lock, b"at first")
    [waiting] = queue_up(caller, lock, lambda: second.campaign(lock, b"second"))
    behind = caller.claims(lock)[1].token
    first.proclaim(lock, elected.token, b"then")
    assert code_and_reason(second.proclaim, lock, behind, b"too early") == FENCED
    assert programs[2].leader(lock).value == b"then"
    first.resign(lock, elected.token)
    second.resign(lock, waiting.result(PATIENCE).token)


def test_who_observes_an_election_is_told_every_leader_and_all_that_it_says_in_order(lock, programs):
    """For as long as its stream does not break: whoever begins anew is told who leads then."""
    streams = []

    def observe(client):
        stream = client.elections.Observe(election_pb2.ObserveRequest(path=lock), timeout=PATIENCE)
        streams.append([])
        for told in stream:
            streams[-1].append(told.leader.value if told.HasField("leader") else None)
            if streams[-1][-1] == b"end":
                return

    observing = begin(programs[3].caller.insist, observe)
    wait_for(lambda: streams and streams[0][:1] == [None], timeout=PATIENCE)
    said = [None]
    for number, program in enumerate(programs[:3]):
        elected = program.campaign(lock, str(number).encode())
        program.proclaim(lock, elected.token, f"{number} again".encode())
        program.resign(lock, elected.token)
        said += [str(number).encode(), f"{number} again".encode(), None]
    elected = programs[0].campaign(lock, b"end")
    observing.result(PATIENCE)
    said.append(b"end")
    for stream in streams:
        # What a stream was told is a part of it all, without a gap.
        starts = [start for start in range(len(said)) if said[start:start + len(stream)] == stream]
        assert starts, stream
    assert len(streams) > 1 or streams == [said]
    programs[0].resign(lock, elected.token)
