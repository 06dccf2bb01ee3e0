"""What ZooKeeper's Programmer's Guide says of znodes, as Roost promises it."""
import time

import grpc

from conformance import CREATED, DELETED, begin, together
from ensemble import code_and_reason, reason, types_pb2
from test_locks import wait_for

CONTAINER = types_pb2.ZNODE_KIND_CONTAINER
EPHEMERAL = types_pb2.ZNODE_KIND_EPHEMERAL
TTL = types_pb2.ZNODE_KIND_TTL

VERSION_MISMATCH = ("ABORTED", "VERSION_MISMATCH")


# MARK: "The ZooKeeper Data Model": paths


def test_a_znode_has_data_and_children_at_the_same_time(caller, home):
    caller.create(f"{home}/a", b"data")
    caller.create(f"{home}/a/b", b"more data")
    assert caller.get(f"{home}/a").data == b"data" and caller.names(f"{home}/a") == ["b"]
    assert caller.get(f"{home}/a/b").data == b"more data"


def test_a_path_is_absolute_and_can_be_written_in_one_way_only(caller, home):
    for path in ["", "a", "a/b", f"{home}/", f"{home}//a", f"/{home}", f"{home}/./a", f"{home}/../a", f"{home}/a/.."]:
        assert code_and_reason(caller.create, path) == ("INVALID_ARGUMENT", "INVALID_PATH"), path
    assert caller.names(home) == []


def test_a_dot_may_be_a_part_of_a_name(caller, home):
    names = sorted([".a", "a.", "a.b", "...", "..a"])
    for name in names:
        caller.create(f"{home}/{name}")
    assert caller.names(home) == names


def test_no_name_has_a_control_character(caller, home):
    for code in [0x00, 0x01, 0x1F, 0x7F, 0x80, 0x9F]:
        assert code_and_reason(caller.create, f"{home}/a{chr(code)}b") == ("INVALID_ARGUMENT", "INVALID_PATH")
    assert caller.names(home) == []


def test_every_other_character_may_be_in_a_name_and_no_name_is_reserved(caller, home):
    """ZooKeeper keeps `zookeeper` for itself, and refuses the private use area and what is above U+FFEF."""
    names = ["zookeeper", "ü", "日本", "a b", "\u00a0", "\ue000", "\uffff", "🐦", "\\", "%2f"]
    for name in names:
        caller.create(f"{home}/{name}", name.encode())
    assert caller.names(home) == sorted(names, key=str.encode)
    assert caller.get(f"{home}/🐦").data == "🐦".encode()


# MARK: "Data Access"


def test_a_read_gets_all_data_and_a_write_replaces_all(caller, home):
    caller.create(f"{home}/a", b"something long")
    caller.set(f"{home}/a", b"short")
    assert caller.get(f"{home}/a").data == b"short"
    caller.set(f"{home}/a", b"")
    assert caller.get(f"{home}/a").data == b""


def test_data_of_a_mebibyte_are_kept_and_a_byte_more_is_refused(caller, home):
    data = bytes(range(256)) * 4096
    caller.create(f"{home}/a", data)
    assert caller.get(f"{home}/a").data == data
    too_large = ("RESOURCE_EXHAUSTED", "DATA_TOO_LARGE")
    assert code_and_reason(caller.set, f"{home}/a", data + b"x") == too_large
    assert code_and_reason(caller.create, f"{home}/b", data + b"x") == too_large
    assert caller.get(f"{home}/a").data == data and caller.names(home) == ["a"]


def test_of_all_that_create_a_path_at_the_same_time_one_does(caller, home):
    others = [caller.another() for _ in range(6)]
    came = together(*[
        lambda other=other, n=n: code_and_reason(other.create, f"{home}/a", str(n).encode())
        for n, other in enumerate(others)])
    assert sorted(came) == [("ALREADY_EXISTS", "ZNODE_EXISTS")] * 5 + [("OK", None)]
    assert caller.get(f"{home}/a").data == str(came.index(("OK", None))).encode()


def test_a_znode_is_created_below_one_that_exists_only(caller, home):
    assert code_and_reason(caller.create, f"{home}/a/b") == ("NOT_FOUND", "PARENT_NOT_FOUND")
    caller.create(f"{home}/a")
    caller.create(f"{home}/a/b")
    assert caller.names(f"{home}/a") == ["b"]


def test_a_znode_with_children_is_not_deleted(caller, home):
    caller.create(f"{home}/a")
    caller.create(f"{home}/a/b")
    assert code_and_reason(caller.delete, f"{home}/a") == ("FAILED_PRECONDITION", "ZNODE_HAS_CHILDREN")
    caller.delete(f"{home}/a/b")
    caller.delete(f"{home}/a")
    assert not caller.exists(f"{home}/a")


# MARK: "ZNodes" and "Time in ZooKeeper": versions


def test_each_set_counts_the_version_up_by_one_also_with_the_same_data(caller, home):
    assert caller.create(f"{home}/a", b"same").stat.version == 0
    assert [caller.set(f"{home}/a", b"same").stat.version for _ in range(5)] == [1, 2, 3, 4, 5]
    assert caller.get(f"{home}/a").stat.version == 5


def test_a_read_tells_the_version_that_goes_with_the_data(caller, home):
    caller.create(f"{home}/a", b"0")
    writer = caller.another()

    def write():
        for n in range(1, 60):
            writer.set(f"{home}/a", str(n).encode())

    writing = begin(write)
    while not writing.done():
        read = caller.get(f"{home}/a")
        assert int(read.data) == read.stat.version
    writing.result()


def test_a_change_of_another_version_than_the_one_there_is_refused(caller, home):
    caller.create(f"{home}/a", b"0")
    caller.set(f"{home}/a", b"1", expected_version=0)
    for version in (0, 2):
        assert code_and_reason(caller.set, f"{home}/a", b"x", expected_version=version) == VERSION_MISMATCH
        assert code_and_reason(caller.delete, f"{home}/a", expected_version=version) == VERSION_MISMATCH
    assert caller.get(f"{home}/a").data == b"1"
    caller.delete(f"{home}/a", expected_version=1)
    assert not caller.exists(f"{home}/a")


def test_a_change_that_names_no_version_changes_whatever_is_there(caller, home):
    """ZooKeeper's version -1; Roost's field is absent then."""
    caller.create(f"{home}/a")
    for _ in range(3):
        caller.set(f"{home}/a", b"x")
    caller.delete(f"{home}/a")
    assert not caller.exists(f"{home}/a")


def test_of_all_that_have_seen_the_same_version_one_changes_it(caller, home):
    caller.create(f"{home}/a")
    others = [caller.another() for _ in range(6)]
    for version in range(3):
        came = together(*[
            lambda other=other: code_and_reason(other.set, f"{home}/a", b"x", expected_version=version)
            for other in others])
        assert sorted(came) == [VERSION_MISMATCH] * 5 + [("OK", None)]
    assert caller.get(f"{home}/a").stat.version == 3


def test_a_znode_that_is_created_again_begins_anew_and_can_be_told_from_the_old_one(caller, home):
    old = caller.create(f"{home}/a", b"old").stat
    caller.set(f"{home}/a", b"old")
    caller.delete(f"{home}/a")
    new = caller.create(f"{home}/a", b"new").stat
    assert new.version == new.children_version == 0
    assert new.created_revision > old.created_revision


# MARK: "ZooKeeper Stat Structure"


def test_a_stat_names_the_revision_of_the_creation_for_ever(caller, home):
    created = caller.create(f"{home}/a")
    assert created.stat.created_revision == created.revision
    caller.set(f"{home}/a", b"x")
    caller.create(f"{home}/a/b")
    assert caller.get(f"{home}/a").stat.created_revision == created.revision


def test_a_stat_names_the_revision_of_the_last_change_of_the_data(caller, home):
    created = caller.create(f"{home}/a")
    assert created.stat.modified_revision == created.revision
    for _ in range(2):
        changed = caller.set(f"{home}/a", b"x")
        assert changed.stat.modified_revision == changed.revision
    caller.create(f"{home}/a/b")
    assert caller.get(f"{home}/a").stat.modified_revision == changed.revision


def test_a_stat_names_the_revision_of_the_last_child_that_came_or_went_and_counts_them(caller, home):
    first = caller.create(f"{home}/a").stat
    assert (first.children_revision, first.children_version) == (first.created_revision, 0)
    came = caller.create(f"{home}/a/b").revision
    assert caller.get(f"{home}/a").stat.children_revision == came
    # What happens to a child, or below it, is no change of its parent's children.
    caller.set(f"{home}/a/b", b"x")
    caller.create(f"{home}/a/b/c")
    caller.set(f"{home}/a", b"x")
    stat = caller.get(f"{home}/a").stat
    assert (stat.children_revision, stat.children_version) == (came, 1)
    caller.delete(f"{home}/a/b/c")
    went = caller.delete(f"{home}/a/b").revision
    stat = caller.get(f"{home}/a").stat
    assert (stat.children_revision, stat.children_version) == (went, 2)


def test_a_stat_counts_bytes_and_children(caller, home):
    caller.create(f"{home}/a", b"12345")
    for name in "xyz":
        caller.create(f"{home}/a/{name}")
    caller.create(f"{home}/a/x/below")
    caller.delete(f"{home}/a/z")
    stat = caller.get(f"{home}/a").stat
    assert (stat.data_length, stat.child_count) == (5, 2)


def test_a_stat_names_the_session_of_an_ephemeral_znode_and_of_no_other(caller, home):
    session = caller.open_session()
    owned = caller.create(f"{home}/e", kind=EPHEMERAL, session_id=session.session_id)
    assert owned.stat.session_id == session.session_id
    # Whoever sets its data does not become its owner.
    assert caller.another().set(f"{home}/e", b"x").stat.session_id == session.session_id
    assert caller.create(f"{home}/p").stat.session_id == 0
    caller.close_session(session)


def test_a_stat_tells_for_people_when_a_znode_was_created_and_changed(caller, home):
    """No other promise depends on wall clocks, so this is all that is said of them."""
    created = caller.create(f"{home}/a").stat
    assert created.created_unix_ms == created.modified_unix_ms
    assert abs(created.created_unix_ms - time.time() * 1000) < 60_000
    changed = caller.set(f"{home}/a", b"x").stat
    assert changed.created_unix_ms == created.created_unix_ms
    assert abs(changed.modified_unix_ms - time.time() * 1000) < 60_000


def test_every_member_tells_the_same_stat(caller, home):
    caller.create(f"{home}/a", b"x")
    caller.set(f"{home}/a", b"y")
    caller.create(f"{home}/a/b")
    stats = [caller.get(f"{home}/a", at=member).stat for member in (1, 2, 3)]
    assert stats[0] == stats[1] == stats[2]


# MARK: "Sequence Nodes -- Unique Naming"


def test_the_name_of_a_sequential_znode_ends_with_a_number_that_sorts(caller, home):
    """Twenty digits, where ZooKeeper's ten are those of 32 bits, and go on below zero."""
    paths = [caller.create(f"{home}/n-", sequential=True).path for _ in range(12)]
    assert all(path.startswith(f"{home}/n-") for path in paths)
    numbers = [path.removeprefix(f"{home}/n-") for path in paths]
    assert all(len(number) == 20 and number.isdecimal() for number in numbers)
    assert numbers == sorted(set(numbers)) and caller.names(home) == [f"n-{number}" for number in numbers]


def test_the_numbers_of_a_parent_grow_whatever_stands_before_them(caller, home):
    paths = [caller.create(f"{home}/{stem}", sequential=True).path for stem in ("b", "a", "", "b", "c-d-")]
    numbers = [path[-20:] for path in paths]
    assert numbers == sorted(set(numbers))


def test_a_number_is_not_given_again_when_its_znode_is_gone(service, caller, home):
    given = []
    for _ in range(3):
        path = caller.create(f"{home}/n-", sequential=True).path
        given.append(path[-20:])
        caller.delete(path)
    service.upset()
    given.append(caller.create(f"{home}/n-", sequential=True).path[-20:])
    assert given == sorted(set(given))


def test_no_two_sequential_znodes_have_a_number_and_who_comes_later_has_a_greater_one(caller, home):
    def create_some(other):
        spans = []
        for _ in range(8):
            began = time.monotonic()
            path = other.create(f"{home}/n-", sequential=True).path
            spans.append((began, time.monotonic(), path))
        return spans

    spans = sum(together(*[lambda other=caller.another(): create_some(other) for _ in range(4)]), [])
    assert sorted(caller.names(home)) == sorted(path.rsplit("/")[-1] for _, _, path in spans)
    assert len({path for _, _, path in spans}) == 32
    for _, ended, earlier in spans:
        assert all(earlier < later for began, _, later in spans if began > ended)


# MARK: "Container Nodes"


def test_a_container_goes_with_its_last_child(caller, home):
    """At that moment, where ZooKeeper may let it be for a while."""
    caller.create(f"{home}/c", kind=CONTAINER)
    for name in "ab":
        caller.create(f"{home}/c/{name}")
    caller.delete(f"{home}/c/a")
    assert caller.names(f"{home}/c") == ["b"]
    caller.delete(f"{home}/c/b")
    assert not caller.exists(f"{home}/c")


def test_a_container_waits_for_its_first_child(caller, home):
    caller.create(f"{home}/c", kind=CONTAINER)
    caller.set(f"{home}/c", b"still there")
    assert caller.get(f"{home}/c").data == b"still there"


def test_who_creates_in_a_container_that_has_gone_is_told_that_there_is_none(caller, home):
    caller.create(f"{home}/c", kind=CONTAINER)
    caller.create(f"{home}/c/a")
    caller.delete(f"{home}/c/a")
    assert code_and_reason(caller.create, f"{home}/c/b") == ("NOT_FOUND", "PARENT_NOT_FOUND")


# MARK: "TTL Nodes"


def test_a_znode_with_a_ttl_goes_after_it_and_not_before(caller, home):
    """The time is the ensemble's, which stands still while there is no leader: later is right, earlier never is."""
    began = time.monotonic()
    watch = caller.follow(f"{home}/t")
    caller.create(f"{home}/t", kind=TTL, ttl_ms=300)
    events = watch.until(lambda events: len(events) == 2)
    assert time.monotonic() - began >= 0.3
    assert [event.kind for event in events] == [CREATED, DELETED]
    watch.end()


def test_a_set_gives_a_znode_with_a_ttl_its_whole_time_again(caller, home):
    sent = [time.monotonic()]
    caller.create(f"{home}/t", kind=TTL, ttl_ms=400)
    # As fast as it goes, for longer than it would have lived.
    while time.monotonic() - sent[0] < 0.6:
        sent.append(time.monotonic())
        try:
            caller.set(f"{home}/t", b"x")
        except grpc.RpcError as error:
            # A call that waited for an election may come too late.
            assert reason(error) == "ZNODE_NOT_FOUND" and time.monotonic() - sent[-2] >= 0.4
            return
    wait_for(lambda: not caller.exists(f"{home}/t"))
    assert time.monotonic() - sent[-1] >= 0.4


def test_a_znode_with_a_ttl_stays_while_it_has_children(caller, home):
    """ZooKeeper says the same: only one without children is deleted."""
    caller.create(f"{home}/t", kind=TTL, ttl_ms=200)
    caller.create(f"{home}/t/child")
    caller.create(f"{home}/later", kind=TTL, ttl_ms=400)
    wait_for(lambda: not caller.exists(f"{home}/later"))
    assert caller.names(f"{home}/t") == ["child"]
    caller.delete(f"{home}/t/child")
    wait_for(lambda: not caller.exists(f"{home}/t"))
