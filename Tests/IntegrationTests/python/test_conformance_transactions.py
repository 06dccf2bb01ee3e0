"""ZooKeeper's multi and etcd's txn, as Roost promises them."""
import grpc
import pytest

from conformance import begin, together
from ensemble import code_and_reason, error_info, store_pb2, types_pb2
from test_transactions import Comparison, Operation, create, delete, put

EPHEMERAL = types_pb2.ZNODE_KIND_EPHEMERAL


def get(path):
    return Operation(get=path)


# MARK: All or nothing


def test_all_operations_of_a_transaction_take_effect_at_one_revision(caller, home):
    caller.create(f"{home}/old")
    done = caller.transact(then=[create(f"{home}/a"), put(home, b"x"), create(f"{home}/a/b"), delete(f"{home}/old")])
    assert done.succeeded
    assert {getattr(r, r.WhichOneof("what")).revision for r in done.results} == {done.revision}
    assert caller.get(home).stat.modified_revision == caller.get(home).stat.children_revision == done.revision
    assert caller.get(f"{home}/a/b").stat.created_revision == done.revision


def test_if_one_operation_of_a_transaction_fails_none_takes_effect_and_the_error_names_it(caller, home):
    before = caller.get(home).stat
    with pytest.raises(grpc.RpcError) as failed:
        caller.transact(then=[create(f"{home}/a"), put(home, b"x"), delete(f"{home}/none"), create(f"{home}/b")])
    info = error_info(failed.value)
    assert (info.reason, info.metadata["operation"], info.metadata["branch"]) == ("ZNODE_NOT_FOUND", "2", "then")
    assert caller.get(home).stat == before and caller.names(home) == []


def test_each_operation_sees_what_those_before_it_have_done(caller, home):
    done = caller.transact(then=[
        get(f"{home}/a"), create(f"{home}/a", b"0"), get(f"{home}/a"), put(f"{home}/a", b"1"), get(f"{home}/a"),
        delete(f"{home}/a"), get(f"{home}/a")])
    seen = [result.get.data if result.HasField("get") else None for result in done.results[::2]]
    assert seen == [None, b"0", b"1", None] and not caller.exists(f"{home}/a")


def test_a_znode_may_be_changed_many_times_in_a_transaction_and_each_time_counts(caller, home):
    """etcd allows one change of a key."""
    done = caller.transact(then=[put(home, str(number).encode()) for number in range(5)])
    read = caller.get(home)
    assert (read.data, read.stat.version, read.stat.modified_revision) == (b"4", 5, done.revision)


def test_a_znode_may_be_replaced_by_a_new_one_in_a_transaction(caller, home):
    old = caller.create(f"{home}/a", b"old").stat
    caller.set(f"{home}/a", b"older")
    done = caller.transact(then=[delete(f"{home}/a"), create(f"{home}/a", b"new")])
    read = caller.get(f"{home}/a")
    assert (read.data, read.stat.version, read.stat.created_revision) == (b"new", 0, done.revision)
    assert done.revision > old.created_revision


def test_sequential_and_ephemeral_znodes_are_created_in_transactions_as_outside_of_them(caller, home):
    session = caller.open_session()
    first = caller.create(f"{home}/n-", sequential=True).path
    done = caller.transact(then=[
        create(f"{home}/n-", sequential=True),
        create(f"{home}/n-", sequential=True, kind=EPHEMERAL, session_id=session.session_id)])
    paths = [first, *[result.create.path for result in done.results]]
    assert paths == sorted(set(paths))
    caller.close_session(session)
    assert [f"{home}/{name}" for name in caller.names(home)] == paths[:2]


def test_a_transaction_that_relies_on_a_session_that_has_ended_does_nothing(caller, home):
    session = caller.open_session()
    caller.close_session(session)
    refused = code_and_reason(caller.transact, then=[
        create(f"{home}/a"), create(f"{home}/e", kind=EPHEMERAL, session_id=session.session_id)])
    assert refused == ("NOT_FOUND", "SESSION_ENDED") and caller.names(home) == []


# MARK: Comparisons


def test_one_branch_is_carried_out_if_all_comparisons_hold_and_the_other_if_not(caller, home):
    branches = {"then": [create(f"{home}/then-", sequential=True)],
                "otherwise": [create(f"{home}/otherwise-", sequential=True)]}
    holds, fails = Comparison(path=home, exists=True), Comparison(path=home, version=7)
    assert caller.transact([holds, holds], **branches).succeeded
    done = caller.transact([holds, fails, fails], **branches)
    assert not done.succeeded and done.failed_comparison == 1
    assert sorted(name.split("-")[0] for name in caller.names(home)) == ["otherwise", "then"]


def test_a_comparison_that_does_not_hold_is_no_error_and_changes_nothing(caller, home):
    """ZooKeeper's check fails the whole call."""
    before = caller.get(home).stat
    done = caller.transact([Comparison(path=home, version=1)], then=[put(home, b"x"), create(f"{home}/a")])
    assert (done.succeeded, len(done.results)) == (False, 0) and caller.get(home).stat == before


def test_comparisons_are_about_the_state_before_the_transaction(caller, home):
    done = caller.transact(
        [Comparison(path=f"{home}/a", exists=False), Comparison(path=home, version=0)],
        then=[create(f"{home}/a"), put(home, b"x")])
    assert done.succeeded


def test_a_transaction_compares_whatever_a_stat_tells_and_the_data(caller, home):
    session = caller.open_session()
    path = caller.create(
        f"{home}/e", b"m", kind=EPHEMERAL, session_id=session.session_id).path
    stat = caller.set(path, b"m").stat
    numbers = {
        "version": stat.version, "created_revision": stat.created_revision,
        "modified_revision": stat.modified_revision, "session_id": stat.session_id}
    cases = [(field, value - 1, value, value + 1) for field, value in numbers.items()]
    cases.append(("data", b"l", b"m", b"m\x00"))
    for field, less, same, greater in cases:
        for value, holding in ((same, ["EQUAL"]), (less, ["GREATER", "NOT_EQUAL"]), (greater, ["LESS", "NOT_EQUAL"])):
            for relation in ("EQUAL", "NOT_EQUAL", "LESS", "GREATER"):
                comparison = Comparison(
                    path=path, relation=store_pb2.Relation.Value(f"RELATION_{relation}"), **{field: value})
                assert caller.transact([comparison]).succeeded == (relation in holding), comparison
    assert caller.transact([Comparison(path=home, child_count=1)]).succeeded
    caller.close_session(session)


def test_a_znode_that_is_not_there_equals_nothing_but_its_absence(caller, home):
    missing = f"{home}/none"
    assert caller.transact([Comparison(path=missing, exists=False)]).succeeded
    for fields in ({"exists": True}, {"version": 0}, {"data": b""},
                   {"version": 7, "relation": store_pb2.RELATION_NOT_EQUAL}):
        assert not caller.transact([Comparison(path=missing, **fields)]).succeeded


def test_of_all_that_compare_the_same_and_change_it_one_succeeds(caller, home):
    def take(other, number):
        return other.transact(
            [Comparison(path=f"{home}/a", exists=False)], then=[create(f"{home}/a", str(number).encode())],
            otherwise=[get(f"{home}/a")])

    came = together(*[lambda other=caller.another(), n=n: take(other, n) for n in range(6)])
    [winner] = [number for number, done in enumerate(came) if done.succeeded]
    assert all(done.succeeded or done.results[0].get.data == str(winner).encode() for done in came)


# MARK: etcd, "Strict serializability"


def test_a_transaction_of_reads_is_the_state_at_one_revision(service, caller, home):
    """Who moves something from one znode to another is never seen half-way."""
    for name, data in (("a", b"100"), ("b", b"0")):
        caller.create(f"{home}/{name}", data)
    mover = caller.another()

    def move():
        for number in range(1, 41):
            mover.transact(then=[put(f"{home}/a", str(100 - number).encode()),
                                 put(f"{home}/b", str(number).encode())])
            if number == 20:
                service.upset()

    moving = begin(move)
    while not moving.done():
        done = caller.transact(then=[get(f"{home}/a"), get(f"{home}/b")])
        assert sum(int(result.get.data) for result in done.results) == 100
    moving.result()


def test_a_transaction_that_is_sent_again_is_answered_with_what_it_came_to(service, caller, home):
    """Also when it would go another way by now."""
    request_id = caller.request_id()
    request = dict(
        comparisons=[Comparison(path=f"{home}/once", exists=False)],
        then=[create(f"{home}/once"), create(f"{home}/n-", sequential=True), get(home)],
        otherwise=[delete(f"{home}/once")], request_id=request_id)
    first = caller.transact(**request)
    assert first.succeeded
    caller.set(home, b"changed")
    service.upset()
    for member in (1, 2, 3):
        assert caller.transact(at=member, **request) == first
    assert len(caller.names(home)) == 2


def test_a_transaction_that_failed_fails_again_when_it_is_sent_again(caller, home):
    request_id = caller.request_id()
    failing = dict(then=[create(f"{home}/a"), put(f"{home}/b", b"x")], request_id=request_id)
    assert code_and_reason(caller.transact, **failing) == ("NOT_FOUND", "ZNODE_NOT_FOUND")
    caller.create(f"{home}/b")
    for member in (1, 2, 3):
        assert code_and_reason(caller.transact, at=member, **failing) == ("NOT_FOUND", "ZNODE_NOT_FOUND")
    assert caller.names(home) == ["b"] and caller.get(f"{home}/b").data == b""
