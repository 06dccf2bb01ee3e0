"""What ZooKeeper's Programmer's Guide and etcd's guarantees say of watches, as Roost promises it.

ZooKeeper's watches tell once that something has changed, and are lost or set anew with a connection. Roost's go on
until the client ends them, tell each change, and are taken up again at any member by a revision.
"""
import grpc

from conformance import CHANGED, CHILDREN, CREATED, DELETED, PATIENCE, RECURSIVE, begin, together, told
from ensemble import code_and_reason, error_info, types_pb2
from test_transactions import create, delete, put

EPHEMERAL = types_pb2.ZNODE_KIND_EPHEMERAL


# MARK: ZooKeeper, "Semantics of Watches": what is told


def test_a_watch_of_a_znode_tells_its_creation_its_changes_and_its_deletion(caller, home):
    watch = caller.follow(f"{home}/a")
    caller.create(f"{home}/a", b"0")
    caller.set(f"{home}/a", b"1")
    caller.create(f"{home}/a/below")
    caller.delete(f"{home}/a/below")
    last = caller.delete(f"{home}/a")
    assert told(watch.up_to(last.revision), home) == [
        (CREATED, "/a", b"0"), (CHANGED, "/a", b"1"), (DELETED, "/a", b"")]
    watch.end()


def test_a_watch_of_children_tells_which_came_changed_and_went_and_nothing_else(caller, home):
    """ZooKeeper's tells only that some came or went."""
    watch = caller.follow(home, CHILDREN)
    caller.create(f"{home}/a", b"0")
    caller.set(home, b"of the parent")
    caller.create(f"{home}/a/below")
    caller.set(f"{home}/a", b"1")
    caller.delete(f"{home}/a/below")
    last = caller.delete(f"{home}/a")
    assert told(watch.up_to(last.revision), home) == [
        (CREATED, "/a", b"0"), (CHANGED, "/a", b"1"), (DELETED, "/a", b"")]
    watch.end()


def test_a_recursive_watch_tells_everything_from_its_znode_down_and_nothing_beside_it(caller, home):
    caller.create(f"{home}/a")
    watch = caller.follow(f"{home}/a", RECURSIVE)
    caller.create(f"{home}/a/b", b"0")
    caller.create(f"{home}/ab", b"a neighbour")
    caller.create(f"{home}/a/b/c", b"1")
    caller.set(f"{home}/a", b"2")
    caller.set(home, b"above")
    last = caller.delete(f"{home}/a/b/c")
    assert told(watch.up_to(last.revision), home) == [
        (CREATED, "/a/b", b"0"), (CREATED, "/a/b/c", b"1"), (CHANGED, "/a", b"2"), (DELETED, "/a/b/c", b"")]
    watch.end()


def test_a_deletion_is_told_to_who_watches_the_znode_and_to_who_watches_its_parent(caller, home):
    caller.create(f"{home}/a")
    watches = [caller.follow(f"{home}/a"), caller.follow(home, CHILDREN), caller.follow(home, RECURSIVE)]
    last = caller.delete(f"{home}/a")
    for watch in watches:
        assert told(watch.up_to(last.revision), home) == [(DELETED, "/a", b"")]
        watch.end()


def test_a_watch_goes_on_after_it_has_told_something(caller, home):
    """It is no one-time trigger."""
    watch = caller.follow(home)
    for number in range(4):
        caller.set(home, str(number).encode())
        assert [event.version for event in watch.until(lambda events: len(events) > number)][number:] == [number + 1]
    watch.end()


def test_a_watch_tells_each_of_many_changes_however_fast_they_come(caller, home):
    """A one-time trigger may miss those between two readings."""
    watch = caller.follow(home)
    for number in range(100):
        last = caller.set(home, str(number).encode())
    events = watch.up_to(last.revision)
    assert [event.data for event in events] == [str(number).encode() for number in range(100)]
    assert [event.version for event in events] == list(range(1, 101))
    watch.end()


def test_a_write_that_is_refused_is_told_to_nobody(caller, home):
    watch = caller.follow(home, RECURSIVE)
    caller.create(f"{home}/a")
    code_and_reason(caller.create, f"{home}/a")
    code_and_reason(caller.set, f"{home}/a", b"x", expected_version=7)
    code_and_reason(caller.delete, home)
    code_and_reason(caller.transact, then=[put(f"{home}/a", b"x"), delete(f"{home}/none")])
    last = caller.set(f"{home}/a", b"y")
    assert told(watch.up_to(last.revision), home) == [(CREATED, "/a", b""), (CHANGED, "/a", b"y")]
    watch.end()


def test_an_event_tells_the_version_and_the_data_only_who_asks_for_them(caller, home):
    with_data = caller.follow(f"{home}/a")
    without = caller.follow(f"{home}/a", include_data=False)
    caller.create(f"{home}/a", b"0")
    caller.set(f"{home}/a", b"1")
    last = caller.delete(f"{home}/a")
    for watch, data in ((with_data, [b"0", b"1", b""]), (without, [b"", b"", b""])):
        events = watch.up_to(last.revision)
        assert [event.version for event in events] == [0, 1, 1]
        assert [event.data for event in events] == data
        watch.end()


def test_who_watches_an_ephemeral_znode_is_told_when_its_session_has_expired(caller, home):
    session = caller.open_session(timeout_ms=300)
    watch = caller.follow(home, CHILDREN)
    caller.create(f"{home}/e", kind=EPHEMERAL, session_id=session.session_id)
    events = watch.until(lambda events: len(events) == 2)
    assert [event.kind for event in events] == [CREATED, DELETED]
    watch.end()


# MARK: ZooKeeper, "What ZooKeeper Guarantees about Watches"


def test_a_watch_tells_what_happens_after_the_revision_that_its_first_response_names(caller, home):
    """That one comes at once, so nothing that is written afterwards is missed. The member may be behind: who wants to
    go on from what it has read watches from that revision on."""
    revisions = [caller.get(home).stat.created_revision]
    for member in (1, 2, 3):
        caller.member = member
        watch = caller.follow(home, start_revision=0)
        named = watch.revision
        revisions.append(caller.another().set(home, b"x").revision)
        assert named < revisions[-1]
        events = watch.up_to(revisions[-1])
        assert [event.revision for event in events] == [revision for revision in revisions if revision > named]
        watch.end()


def test_what_a_watch_has_told_up_to_a_revision_is_what_a_read_at_that_revision_shows(service, caller, home):
    """ZooKeeper shows new data only after the event, on one connection. Here a read and a watch are calls of their own,
    and the revisions that both tell put them in order."""
    created = caller.create(f"{home}/a", b"0")
    reader, writer = caller.another(), caller.another()
    watch = caller.follow(f"{home}/a", start_revision=created.revision)

    def write():
        for number in range(1, 50):
            writer.set(f"{home}/a", str(number).encode())
            if number == 25:
                service.upset()

    writing = begin(write)
    while not writing.done():
        read = reader.get(f"{home}/a")
        before = [event for event in watch.up_to(read.revision) if event.revision <= read.revision]
        assert (before[-1].data, before[-1].version) == (read.data, read.stat.version)
    writing.result()
    watch.end()


def test_a_watch_tells_changes_of_several_znodes_in_the_order_in_which_they_were_made(caller, home):
    watch = caller.follow(home, RECURSIVE)
    made = []
    for number in range(30):
        name = "abc"[number % 3]
        call = caller.create if number < 3 else caller.set
        made.append((call(f"{home}/{name}", str(number).encode()).revision, f"/{name}", str(number).encode()))
    events = watch.up_to(made[-1][0])
    assert [(event.revision, event.path[len(home):], event.data) for event in events] == made
    watch.end()


def test_all_who_watch_are_told_the_same_in_the_same_order(caller, home):
    watches = [caller.another().follow(home, RECURSIVE) for _ in range(3)]

    def write(writer, name):
        writer.create(f"{home}/{name}")
        return [writer.set(f"{home}/{name}", str(number).encode()).revision for number in range(10)][-1]

    last = max(together(*[lambda writer=caller.another(), name=name: write(writer, name) for name in "abc"]))
    first, *others = [[event.SerializeToString() for event in watch.up_to(last)] for watch in watches]
    assert len(first) == 33 and all(other == first for other in others)
    for watch in watches:
        watch.end()


# MARK: etcd, "Watch APIs"


def test_events_are_ordered_by_revision_and_none_comes_twice(caller, home):
    watch = caller.follow(home, RECURSIVE)
    writers = [caller.another() for _ in range(3)]

    def write(writer):
        last = 0
        for _ in range(10):
            last = writer.create(f"{home}/n-", sequential=True).revision
        return last

    last = max(together(*[lambda writer=writer: write(writer) for writer in writers]))
    events = watch.up_to(last)
    revisions = [event.revision for event in events]
    assert revisions == sorted(set(revisions)) and len(events) == 30
    assert sorted(event.path for event in events) == [f"{home}/{name}" for name in caller.names(home)]
    watch.end()


def test_the_events_of_a_transaction_come_together_and_in_the_order_of_its_operations(caller, home):
    watch = caller.follow(home, RECURSIVE)
    done = caller.transact(then=[
        create(f"{home}/z"), create(f"{home}/a", b"0"), put(f"{home}/z", b"1"), create(f"{home}/z/y"),
        delete(f"{home}/a")])
    watch.up_to(done.revision)
    [batch] = watch.batches
    assert {event.revision for event in batch} == {done.revision}
    assert [(event.kind, event.path[len(home):]) for event in batch] == [
        (CREATED, "/z"), (CREATED, "/a"), (CHANGED, "/z"), (CREATED, "/z/y"), (DELETED, "/a")]
    watch.end()


def test_no_response_tells_a_part_of_a_revision(service, caller, home):
    watch = caller.follow(home, CHILDREN)
    for number in range(12):
        last = caller.transact(then=[create(f"{home}/{number}-{part}") for part in range(10)]).revision
        if number == 6:
            service.upset()
    events = watch.up_to(last)
    assert len(events) == 120
    for batch in watch.batches:
        revisions = [event.revision for event in batch]
        assert all(revisions.count(revision) == 10 for revision in revisions)
    watch.end()


def test_a_watch_that_is_resumed_after_each_response_misses_nothing_and_tells_nothing_twice(service, caller, home):
    writer = caller.another()

    def write():
        for number in range(40):
            writer.set(home, str(number).encode())
            if number == 20:
                service.upset()

    watch = caller.follow(home)
    writing = begin(write)
    for count in range(1, 41):
        if len(watch.until(lambda events: len(events) >= count)) == count:
            # At the next member each time.
            watch.resume()
    writing.result(PATIENCE)
    assert [event.data for event in watch.events] == [str(number).encode() for number in range(40)]
    watch.end()


def test_what_came_and_went_while_nobody_watched_is_told_afterwards(caller, home):
    """A ZooKeeper watch for a znode that is created and deleted during a break is not triggered."""
    watch = caller.follow(f"{home}/a")
    watch.resume()
    caller.create(f"{home}/a", b"short-lived")
    last = caller.delete(f"{home}/a")
    assert told(watch.up_to(last.revision), home) == [(CREATED, "/a", b"short-lived"), (DELETED, "/a", b"")]
    watch.end()


def test_history_is_told_from_any_revision_that_is_retained_by_every_member(caller, home):
    revisions = [caller.set(home, str(number).encode()).revision for number in range(10)]
    for member in (1, 2, 3):
        caller.member = member
        watch = caller.follow(home, start_revision=revisions[4])
        events = watch.up_to(revisions[-1])
        assert [event.revision for event in events] == revisions[4:]
        watch.end()


def test_a_watch_from_a_revision_that_is_not_retained_any_more_is_refused_with_the_oldest_that_is(caller, home):
    """64 MiB of changes are retained, and at most a million of them. Nothing is left out silently."""
    old = caller.get(home).stat.created_revision
    data = b"x" * (1 << 20)
    made = [caller.transact(then=[put(home, data)] * 3).revision for _ in range(22)]
    last = made[-1]
    refusals = []
    for member in (1, 2, 3):
        caller.get(home, at=member, min_revision=last)
        caller.member = member
        try:
            # A member that has been started since may be so far behind that it still has everything. It tells that.
            assert len(caller.follow(home, start_revision=old, include_data=False).up_to(last)) == 67
            continue
        except grpc.RpcError as error:
            refusals.append(error)
        assert refusals[-1].code() == grpc.StatusCode.OUT_OF_RANGE
        oldest = int(error_info(refusals[-1]).metadata["oldest_revision"])
        assert old < oldest <= last
        watch = caller.follow(home, start_revision=oldest, include_data=False)
        revisions = [event.revision for event in watch.up_to(last)]
        assert revisions == [revision for revision in made for _ in range(3) if revision >= oldest]
        watch.end()
    assert refusals


def test_a_watch_from_a_revision_to_come_waits_for_it(caller, home):
    now = caller.get(home).revision
    # Keep-alives and elections take revisions too, so the one to wait for is far ahead.
    start = now + 60
    watch = caller.follow(home, start_revision=start)
    revisions = []
    while not revisions or revisions[-1] < start + 3:
        revisions.append(caller.set(home, b"x").revision)
    events = watch.up_to(revisions[-1])
    assert [event.revision for event in events] == [revision for revision in revisions if revision >= start]
    watch.end()


def test_a_progress_mark_says_that_everything_before_it_has_been_told(caller, home):
    caller.create(f"{home}/a")
    caller.create(f"{home}/b")
    watch = caller.follow(f"{home}/a", progress_interval_ms=100)
    inside = caller.set(f"{home}/a", b"x").revision
    outside = [caller.set(f"{home}/b", b"y").revision for _ in range(5)]
    # Nothing that it watches happens any more, and yet it gets there.
    watch.up_to(outside[-1])
    assert [event.revision for event in watch.events] == [inside]
    # After a break it goes on from the mark, and has missed nothing.
    watch.resume()
    last = caller.set(f"{home}/a", b"z").revision
    assert [event.revision for event in watch.up_to(last)] == [inside, last]
    watch.end()
