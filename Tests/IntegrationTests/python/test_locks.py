"""Locks and elections, through stubs that grpcio-tools generated from proto/, on a real ensemble."""
import threading
import time

import grpc
import pytest

from ensemble import Cable, Client, code_and_reason, election_pb2, lock_pb2, reason, sessions_pb2, store_pb2, types_pb2
from test_sessions import close_session, open_session


class Holder:
    """A client of one member with a session that outlives the test."""

    def __init__(self, ensemble, member, timeout_ms=60_000):
        self.client = Client(ensemble, member, timeout=10)
        self.session = open_session(self.client, timeout_ms)
        self.locks, self.elections = self.client.locks, self.client.elections

    def __enter__(self):
        return self

    def __exit__(self, *_):
        close_session(self.client, self.session)
        self.client.close()

    def request(self, path, **fields):
        return lock_pb2.AcquireRequest(path=path, session_id=self.session.session_id, **fields)

    def acquire(self, path, timeout=10, **fields):
        return self.locks.Acquire(self.request(path, **fields), timeout=timeout)

    def begin(self, path, **fields):
        return self.locks.Acquire.future(self.request(path, **fields), timeout=30)

    def release(self, path, token):
        return self.locks.Release(lock_pb2.ReleaseRequest(path=path, token=token), timeout=10)

    def claims(self, path):
        return self.locks.Describe(lock_pb2.DescribeLockRequest(path=path), timeout=10).claims


@pytest.fixture
def holders(ensemble):
    """One at each member."""
    made = [Holder(ensemble, member) for member in (1, 2, 3)]
    yield made
    for holder in made:
        holder.__exit__()


@pytest.fixture
def path(request):
    return f"/locks/{abs(hash(request.node.name))}"


def wait_for(condition, timeout=10):
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "it did not become so in time"
        time.sleep(0.005)


def test_a_lock_passes_from_member_to_member_in_the_order_of_the_claims(holders, path):
    first, second, third = holders
    held = first.acquire(path)
    assert not held.existed and held.claim_path.startswith(path + "/")
    waiting = []
    for holder in (second, third):
        count = len(first.claims(path))
        waiting.append(holder.begin(path))
        wait_for(lambda: len(first.claims(path)) > count)
    assert [claim.held for claim in first.claims(path)] == [True, False, False]
    time.sleep(0.2)
    assert not waiting[0].done()
    first.release(path, held.token)
    next_held = waiting[0].result()
    assert next_held.token > held.token and not waiting[1].done()
    second.release(path, next_held.token)
    last = waiting[1].result()
    assert last.token > next_held.token
    third.release(path, last.token)
    assert len(first.claims(path)) == 0


def test_a_lock_passes_on_when_its_holder_s_session_ends(ensemble, holders, path):
    with Holder(ensemble, 1, timeout_ms=400) as dying:
        dying.acquire(path)
        begun = time.monotonic()
        holders[1].acquire(path)
        assert 0.2 < time.monotonic() - begun < 5
        holders[1].release(path, holders[0].claims(path)[0].token)


def test_who_does_not_want_to_wait_is_told_who_holds_it(holders, path):
    first, second, _ = holders
    held = first.acquire(path, owner="me")
    assert code_and_reason(second.acquire, path, wait_ms=0) == ("FAILED_PRECONDITION", "LOCK_HELD")
    begun = time.monotonic()
    assert code_and_reason(second.acquire, path, wait_ms=200) == ("DEADLINE_EXCEEDED", "LOCK_HELD")
    assert time.monotonic() - begun >= 0.2
    assert [claim.owner for claim in second.claims(path)] == ["me"]
    first.release(path, held.token)


def test_a_call_that_is_cancelled_takes_its_claim_away_again(holders, path):
    first, second, third = holders
    held = first.acquire(path)
    call = second.begin(path)
    wait_for(lambda: len(first.claims(path)) == 2)
    call.cancel()
    wait_for(lambda: len(first.claims(path)) == 1)
    with pytest.raises(grpc.RpcError) as caught:
        third.acquire(path, timeout=0.2)
    assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    wait_for(lambda: len(first.claims(path)) == 1)
    first.release(path, held.token)


@pytest.mark.parametrize("has_request_id", [True, False])
def test_a_claim_outlives_a_broken_connection_if_its_call_can_be_sent_again(ensemble, holders, path, has_request_id):
    first, second, third = holders
    held = first.acquire(path)
    cable = Cable(ensemble.address(2))
    doomed = Client(ensemble, 2, address=cable.address)
    request = second.request(path, request_id=second.client.request_id() if has_request_id else None)
    call = doomed.locks.Acquire.future(request, timeout=30)
    wait_for(lambda: len(first.claims(path)) == 2)
    token = first.claims(path)[1].token
    cable.cut()
    assert call.code() == grpc.StatusCode.UNAVAILABLE
    doomed.close()
    if has_request_id:
        later = third.begin(path)
        wait_for(lambda: len(first.claims(path)) == 3)
    else:
        wait_for(lambda: len(first.claims(path)) == 1)
    again = third.locks.Acquire.future(request, timeout=30)
    wait_for(lambda: len(first.claims(path)) == (3 if has_request_id else 2))
    first.release(path, held.token)
    result = again.result()
    assert (result.token == token) == has_request_id and not result.existed
    second.release(path, result.token)
    if has_request_id:
        third.release(path, later.result().token)


def test_an_owner_that_asks_again_has_the_lock_at_once(holders, path):
    first = holders[0]
    held = first.acquire(path, owner="a")
    again = first.acquire(path, owner="a")
    assert again.token == held.token and again.existed
    assert code_and_reason(first.acquire, path, owner="b", wait_ms=0) == ("FAILED_PRECONDITION", "LOCK_HELD")
    first.release(path, held.token)
    assert code_and_reason(first.release, path, held.token) == ("NOT_FOUND", "CLAIM_NOT_FOUND")


def test_readers_share_and_a_semaphore_counts(holders, path):
    shared = [holder.acquire(path, mode=lock_pb2.LOCK_MODE_SHARED) for holder in holders]
    writer = holders[0].begin(path, owner="writer")
    for holder, held in zip(holders, shared):
        assert not writer.done()
        holder.release(path, held.token)
    holders[0].release(path, writer.result().token)

    def permits(holder, **fields):
        return holder.acquire(path, mode=lock_pb2.LOCK_MODE_PERMITS, capacity=2, **fields)

    taken = [permits(holders[0]), permits(holders[1])]
    assert code_and_reason(permits, holders[2], wait_ms=0) == ("FAILED_PRECONDITION", "LOCK_HELD")
    holders[0].release(path, taken[0].token)
    taken.append(permits(holders[2], wait_ms=0))
    for holder, held in zip(holders[1:], taken[1:]):
        holder.release(path, held.token)


def test_a_token_that_is_not_valid_any_more_fences_every_kind_of_write(holders, path):
    first, second, _ = holders
    store = second.client.store
    old = first.acquire(path)
    data = f"/data-{first.client.client_id}"
    fence = types_pb2.Fence(path=path, token=old.token)
    store.Create(store_pb2.CreateRequest(path=data, fence=fence), timeout=5)
    first.release(path, old.token)
    new = second.acquire(path)
    fenced = ("ABORTED", "FENCED")
    requests = [
        (store.Create, store_pb2.CreateRequest(path=data + "-2", fence=fence)),
        (store.Set, store_pb2.SetRequest(path=data, data=b"stale", fence=fence)),
        (store.Delete, store_pb2.DeleteRequest(path=data, fence=fence)),
        (store.Transact, store_pb2.TransactRequest(
            then=[store_pb2.Operation(set=store_pb2.SetRequest(path=data, data=b"stale", fence=fence))])),
    ]
    for call, request in requests:
        assert code_and_reason(call, request, timeout=5) == fenced
    comparison = store_pb2.Comparison(path=path, token=new.token)
    assert store.Transact(store_pb2.TransactRequest(comparisons=[comparison]), timeout=5).succeeded
    comparison.token = old.token
    assert not store.Transact(store_pb2.TransactRequest(comparisons=[comparison]), timeout=5).succeeded
    fence.token = new.token
    store.Set(store_pb2.SetRequest(path=data, data=b"fresh", fence=fence), timeout=5)
    assert store.Get(store_pb2.GetRequest(path=data), timeout=5).data == b"fresh"
    store.Delete(store_pb2.DeleteRequest(path=data, fence=fence), timeout=5)
    second.release(path, new.token)


@pytest.mark.parametrize("fields, refusal", [
    ({"path": "/"}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"path": "locks"}, ("INVALID_ARGUMENT", "INVALID_PATH")),
    ({"session_id": 0}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"session_id": 1 << 60}, ("NOT_FOUND", "SESSION_NOT_FOUND")),
    ({"owner": "a/b"}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"owner": "x" * 65}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"owner": "\n"}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"mode": 7}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"permits": 1}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"mode": 2}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"mode": 2, "permits": 3, "capacity": 2}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"mode": 2, "capacity": 1_000_001}, ("INVALID_ARGUMENT", "INVALID_FIELD")),
    ({"value": b"x" * ((1 << 20) + 1)}, ("RESOURCE_EXHAUSTED", "DATA_TOO_LARGE")),
])
def test_a_claim_that_cannot_be_is_refused(holders, fields, refusal):
    request = {"path": "/locks/none", "session_id": holders[0].session.session_id, **fields}
    assert code_and_reason(holders[0].locks.Acquire, lock_pb2.AcquireRequest(**request), timeout=5) == refusal


def test_an_election_passes_the_office_on_and_observers_see_every_leader_in_order(holders, path):
    first, second, third = holders
    observed = []
    stream = third.elections.Observe(election_pb2.ObserveRequest(path=path))

    def observe():
        try:
            for response in stream:
                observed.append(response.leader.value if response.HasField("leader") else None)
        except grpc.RpcError:
            pass

    threading.Thread(target=observe, daemon=True).start()
    wait_for(lambda: observed == [None])

    def campaign(holder, value):
        return holder.elections.Campaign.future(
            election_pb2.CampaignRequest(path=path, session_id=holder.session.session_id, value=value), timeout=30)

    def leader(holder):
        return holder.elections.Leader(election_pb2.LeaderRequest(path=path), timeout=5).leader

    assert code_and_reason(leader, first) == ("NOT_FOUND", "NO_LEADER")
    one = campaign(first, b"one").result()
    two = campaign(second, b"two")
    wait_for(lambda: len(first.claims(path)) == 2)
    for holder in holders:
        assert leader(holder).value == b"one" and leader(holder).session_id == first.session.session_id
    proclamation = election_pb2.ProclaimRequest(path=path, token=one.token, value=b"one more")
    second.elections.Proclaim(proclamation, timeout=5)
    first.elections.Resign(election_pb2.ResignRequest(path=path, token=one.token), timeout=5)
    assert two.result().token > one.token
    assert code_and_reason(first.elections.Proclaim, proclamation, timeout=5) == ("ABORTED", "FENCED")
    second.elections.Resign(election_pb2.ResignRequest(path=path, token=two.result().token), timeout=5)
    wait_for(lambda: observed == [None, b"one", b"one more", b"two", None])
    stream.cancel()


def test_a_hundred_who_wait_get_the_lock_one_after_the_other(holders, path):
    """Also by whichever member they asked; no two at once, and in the order of their claims."""
    order, inside = [], []

    def work(number):
        holder = holders[number % 3]
        held = holder.acquire(path, owner=str(number), timeout=60)
        inside.append(number)
        assert len(inside) == 1
        order.append(held.token)
        inside.clear()
        holder.release(path, held.token)

    failures = []

    def guarded(number):
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and order == sorted(order) and len(order) == 100
