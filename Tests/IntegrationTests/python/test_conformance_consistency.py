"""ZooKeeper's "Consistency Guarantees" and etcd's "KV APIs", as Roost promises them."""
import time

import grpc

from conformance import RECURSIVE, begin, together
from ensemble import code_and_reason, reason, store_pb2, types_pb2
from test_locks import wait_for
from test_transactions import create, put

SERIALIZABLE = types_pb2.READ_LEVEL_SERIALIZABLE


# MARK: ZooKeeper: sequential consistency; etcd: "Revision"


def test_the_writes_of_a_client_take_effect_in_the_order_in_which_it_made_them(caller, home):
    """Each after the answer to the one before: calls that are under way together have no order of their own."""
    watch = caller.follow(home)
    revisions = []
    for number in range(30):
        revisions.append(caller.set(home, str(number).encode()).revision)
    assert revisions == sorted(set(revisions))
    assert [event.data for event in watch.up_to(revisions[-1])] == [str(number).encode() for number in range(30)]
    watch.end()


def test_every_change_has_a_revision_of_its_own_greater_than_all_before(caller, home):
    session = caller.open_session()
    revisions = [
        session.revision,
        caller.create(f"{home}/a").revision,
        caller.set(f"{home}/a", b"x").revision,
        caller.transact(then=[create(f"{home}/b"), create(f"{home}/c")]).revision,
        caller.keep_alive(session)[1].revision,
        caller.delete(f"{home}/a").revision,
        caller.close_session(session).revision,
    ]
    assert revisions == sorted(set(revisions))


def test_the_revision_of_a_change_is_the_same_for_its_writer_its_znode_and_who_watches(caller, home):
    watch = caller.follow(home)
    changed = caller.set(home, b"x")
    [event] = watch.up_to(changed.revision)
    assert event.revision == changed.revision == caller.get(home).stat.modified_revision
    watch.end()


def test_all_members_tell_the_same_history(caller, home):
    def write(writer):
        for _ in range(5):
            path = writer.create(f"{home}/n-", sequential=True).path
            writer.set(path, b"x")
            last = writer.delete(path).revision
        return last

    last = max(together(*[lambda writer=caller.another(): write(writer) for _ in range(3)]))
    begun = caller.get(home).stat.created_revision
    histories = []
    for member in (1, 2, 3):
        caller.member = member
        watch = caller.follow(home, RECURSIVE, start_revision=begun)
        histories.append([event.SerializeToString() for event in watch.up_to(last)])
        watch.end()
    assert len(histories[0]) == 46 and histories[0] == histories[1] == histories[2]


# MARK: Both: atomicity


def test_a_write_is_seen_as_a_whole_or_not_at_all(caller, home):
    caller.create(f"{home}/a", b"a" * 50_000)
    writer = caller.another()

    def write():
        for letter in b"bcdefghijklmnop" * 2:
            writer.set(f"{home}/a", bytes([letter]) * 50_000)

    writing = begin(write)
    while not writing.done():
        read = caller.get(f"{home}/a")
        assert len(set(read.data)) == 1 and len(read.data) == read.stat.data_length == 50_000
    writing.result()


def test_a_write_that_is_refused_leaves_nothing_behind(caller, home):
    caller.create(f"{home}/a", b"x")
    before = caller.get(home), caller.get(f"{home}/a")
    refusals = [
        code_and_reason(caller.create, f"{home}/a", b"y"),
        code_and_reason(caller.create, f"{home}/none/b"),
        code_and_reason(caller.set, f"{home}/a", b"y", expected_version=9),
        code_and_reason(caller.delete, f"{home}/a", expected_version=9),
        code_and_reason(caller.delete, home),
        code_and_reason(caller.transact, then=[put(f"{home}/a", b"y"), create(f"{home}/b"), create(f"{home}/a")]),
    ]
    assert [because for _, because in refusals] == [
        "ZNODE_EXISTS", "PARENT_NOT_FOUND", "VERSION_MISMATCH", "VERSION_MISMATCH", "ZNODE_HAS_CHILDREN",
        "ZNODE_EXISTS"]
    after = caller.get(home), caller.get(f"{home}/a")
    assert [(read.data, read.stat) for read in after] == [(read.data, read.stat) for read in before]


def test_a_listing_is_the_state_at_one_revision(caller, home):
    writer = caller.another()

    def write():
        for number in range(40):
            writer.transact(then=[create(f"{home}/{number}-{side}") for side in ("left", "right")])

    def listing(client):
        return list(client.store.List(store_pb2.ListRequest(path=home), timeout=client.timeout))

    writing = begin(write)
    while not writing.done():
        pages = caller.insist(listing)
        names = {child.name for page in pages for child in page.children}
        assert len(names) == pages[0].stat.child_count and len({page.revision for page in pages}) == 1
        assert {name.split("-")[0] for name in names if name.endswith("left")} == {
            name.split("-")[0] for name in names if name.endswith("right")}
    writing.result()


# MARK: ZooKeeper: single system image


def test_a_client_that_goes_to_another_member_sees_nothing_older_there(service, caller, home):
    """Its reads are linearizable unless it asks for less."""
    writer = caller.another()

    def write():
        for number in range(1, 60):
            writer.set(home, str(number).encode())
            if number == 30:
                service.upset()

    writing = begin(write)
    seen, member = 0, 1
    while not writing.done():
        caller.member = member = member % 3 + 1
        version = caller.get(home).stat.version
        assert version >= seen
        seen = version
    writing.result()


def test_a_client_that_reads_any_member_s_own_state_sees_nothing_older_than_the_revision_that_it_names(caller, home):
    """ZooKeeper's client does so of itself. Here each read may name the last revision that was answered."""
    writer = caller.another()

    def write():
        for number in range(1, 60):
            writer.set(home, str(number).encode())

    revision, version, member = caller.set(home, b"0").revision, 1, 1
    writing = begin(write)
    while not writing.done():
        caller.member = member = member % 3 + 1
        read = caller.get(home, level=SERIALIZABLE, min_revision=revision)
        assert read.revision >= revision and read.stat.version >= version
        revision, version = read.revision, read.stat.version
    writing.result()


# MARK: ZooKeeper: reliability; etcd: durability


def test_what_was_acknowledged_is_there_after_the_death_of_the_leader(service, caller, home):
    for number in range(20):
        caller.create(f"{home}/{number:02}", str(number).encode())
    service.upset()
    for member in (1, 2, 3):
        children = caller.list(home, at=member, include_data=True)
        assert [(child.name, child.data) for child in children] == [
            (f"{number:02}", str(number).encode()) for number in range(20)]


def test_what_was_acknowledged_is_there_after_all_members_have_died_at_once(service, caller, home):
    session = caller.open_session()
    caller.create(f"{home}/e", kind=types_pb2.ZNODE_KIND_EPHEMERAL, session_id=session.session_id)
    for number in range(10):
        last = caller.set(home, str(number).encode())
    service.restart()
    read = caller.get(home)
    assert (read.data, read.stat.modified_revision) == (b"9", last.revision) and read.revision >= last.revision
    assert caller.exists(f"{home}/e")
    caller.close_session(session)


def test_what_somebody_has_read_is_not_taken_back(service, caller, home):
    writer, reader = caller.another(), caller.another()

    def write():
        for number in range(1, 40):
            writer.set(home, str(number).encode())
            if number == 20:
                service.upset()

    writing = begin(write)
    while not writing.done():
        read = caller.get(home)
        again = reader.get(home)
        assert again.revision >= read.revision and again.stat.version >= read.stat.version
        assert again.stat.version > read.stat.version or again.data == read.data
    writing.result()
    assert caller.get(home).data == b"39"


def test_a_write_whose_outcome_is_unknown_is_sent_again_and_takes_effect_once(caller, home):
    """ZooKeeper's clients have to find out for themselves whether it took effect."""
    unknown = 0
    for number in range(1, 21):
        request = store_pb2.SetRequest(path=home, data=str(number).encode(), request_id=caller.request_id())
        # Given up at once, before it has been sent or while it is under way, or after a moment.
        call = caller.clients[number % 3 + 1].store.Set.future(request, timeout=0.0002 * number)
        if number % 2:
            call.cancel()
        unknown += call.code() is not grpc.StatusCode.OK
        answer = caller.insist(lambda client: client.store.Set(request, timeout=client.timeout))
        assert answer.stat.version == number
    assert unknown > 0 and caller.get(home).stat.version == 20


def test_a_write_that_is_sent_again_is_answered_as_the_first_time_whatever_has_happened_since(service, caller, home):
    create_id, set_id = caller.request_id(), caller.request_id()
    created = caller.create(f"{home}/n-", sequential=True, request_id=create_id)
    changed = caller.set(created.path, b"x", request_id=set_id)
    caller.set(created.path, b"y")
    caller.delete(created.path)
    service.upset()
    for member in (1, 2, 3):
        assert caller.create(f"{home}/n-", sequential=True, request_id=create_id, at=member) == created
        assert caller.set(created.path, b"x", request_id=set_id, at=member) == changed
    assert caller.names(home) == []


def test_a_refusal_is_answered_again_too(caller, home):
    request_id = caller.request_id()
    missing = ("NOT_FOUND", "ZNODE_NOT_FOUND")
    assert code_and_reason(caller.set, f"{home}/a", b"x", request_id=request_id) == missing
    caller.create(f"{home}/a")
    for member in (1, 2, 3):
        assert code_and_reason(caller.set, f"{home}/a", b"x", request_id=request_id, at=member) == missing
    assert caller.get(f"{home}/a").data == b""


def test_a_write_that_is_sent_to_all_members_at_once_takes_effect_once(caller, home):
    request_id = caller.request_id()
    others = {member: caller.another() for member in (1, 2, 3)}
    answers = together(*[
        lambda other=other, at=at: other.set(home, b"x", request_id=request_id, at=at)
        for at, other in others.items()])
    assert answers[0] == answers[1] == answers[2] and caller.get(home).stat.version == 1


def test_a_request_id_stands_for_one_write_and_no_other(caller, home):
    request_id = caller.request_id()
    caller.set(home, b"x", request_id=request_id)
    reused = ("INVALID_ARGUMENT", "REQUEST_ID_REUSED")
    assert code_and_reason(caller.set, home, b"y", request_id=request_id) == reused
    assert code_and_reason(caller.delete, home, request_id=request_id) == reused
    assert caller.get(home).data == b"x"


# MARK: ZooKeeper: timeliness; etcd: linearizability


def test_what_one_client_has_written_every_other_reads_at_every_member(caller, home):
    """ZooKeeper promises no such thing, and has sync() for it."""
    other = caller.another()
    for number in range(12):
        caller.set(home, str(number).encode())
        assert other.get(home, at=number % 3 + 1).data == str(number).encode()


def test_a_member_s_own_state_is_what_it_was_at_the_revision_told_and_comes_up_to_date(caller, home):
    watch = caller.follow(home)
    for number in range(20):
        last = caller.set(home, str(number).encode())
        read = caller.get(home, at=number % 3 + 1, level=SERIALIZABLE)
        watch.up_to(max(read.revision, last.revision))
        told_then = [event.data for event in watch.events if event.revision <= read.revision]
        assert read.data == (told_then[-1] if told_then else b"")
    for member in (1, 2, 3):
        wait_for(lambda: caller.get(home, at=member, level=SERIALIZABLE).data == b"19", timeout=30)
    watch.end()


def test_a_read_that_names_a_revision_waits_for_it(caller, home):
    for number in range(12):
        changed = caller.set(home, str(number).encode())
        read = caller.get(home, at=number % 3 + 1, level=SERIALIZABLE, min_revision=changed.revision)
        assert read.revision >= changed.revision and read.data == str(number).encode()


def test_every_operation_takes_effect_at_one_moment_between_its_call_and_its_answer(service, caller, home):
    """The revisions tell in which order: it must be that of real time, and each read must show the last write."""
    history = []

    def write(writer, name):
        for number in range(15):
            value = f"{name} {number}".encode()
            began = time.monotonic()
            revision = writer.set(home, value).revision
            history.append((began, time.monotonic(), revision, value, True))
            if (name, number) == ("a", 7):
                service.upset()

    def read(reader):
        while not all(writing.done() for writing in writings):
            began = time.monotonic()
            answer = reader.get(home)
            history.append((began, time.monotonic(), answer.revision, answer.data, False))

    writings = [begin(write, caller.another(), name) for name in "abc"]
    together(*[lambda reader=caller.another(): read(reader) for _ in range(2)])
    for writing in writings:
        writing.result()
    writes = {revision: value for _, _, revision, value, is_write in history if is_write}
    assert len(writes) == 45
    for _, _, revision, value, is_write in history:
        before = [r for r in writes if r <= revision]
        assert value == (writes[max(before)] if before else b"")
    # What ended before something else began has no greater revision; and a lower one than a later write.
    greatest, endings = 0, sorted(history, key=lambda operation: operation[1])
    position = 0
    for began, _, revision, _, is_write in sorted(history):
        while endings[position][1] < began:
            greatest = max(greatest, endings[position][2])
            position += 1
        assert revision > greatest if is_write else revision >= greatest


def test_no_increment_is_lost_or_counted_twice(service, caller, home):
    caller.set(home, b"0")

    def count(other, number):
        for turn in range(8):
            while True:
                read = other.get(home)
                try:
                    other.set(home, str(int(read.data) + 1).encode(), expected_version=read.stat.version)
                    break
                except grpc.RpcError as error:
                    assert reason(error) == "VERSION_MISMATCH"
            if number == 0 and turn == 4:
                service.upset()

    together(*[lambda other=caller.another(), n=n: count(other, n) for n in range(4)])
    read = caller.get(home)
    assert (read.data, read.stat.version) == (b"32", 33)
