"""Each limit, shown from both sides: what is as large as it may be, and what is larger by one.

A limit's two sides are requests of one call, or functions of the `World` that give them or the outcome, as in
`bad_inputs.py`; lists of them where there are several.
"""
from dataclasses import dataclass

import bad_anything
from bad_cluster import add_member, remove_learner
from bad_inputs import MIB, OK, TIMEOUT, Outcome, code, invoke, table
from bad_locks import in_a_row
from bad_streams import many_operations
from ensemble import config_pb2, election_pb2, lock_pb2, naming_pb2, sessions_pb2, store_pb2, types_pb2

OPTION = "yes"
LIMITS = []


@dataclass
class Limit:
    name: str
    value: str
    call: str
    within: object
    beyond: object
    configurable: str = "no"

    def show(self, world):
        """The outcomes beyond it. Fails if what is within is refused."""
        for request in self.sides(self.within):
            outcome = self.try_out(world, request)
            assert outcome == OK, f"{self.name} {self.value}: what is within is refused: {outcome}"
        outcomes = [self.try_out(world, request) for request in self.sides(self.beyond)]
        assert OK not in outcomes, f"{self.name} {self.value}: what is beyond it is not refused"
        return outcomes

    @staticmethod
    def sides(requests):
        return requests if isinstance(requests, list) else [requests]

    def try_out(self, world, request):
        made = request(world) if callable(request) else request
        return made if isinstance(made, Outcome) else invoke(
            world.client.channel, self.call, made, timeout=TIMEOUT, first_only=True)


def limit(name, value, call, within, beyond, configurable="no"):
    LIMITS.append(Limit(name, value, call, within, beyond, configurable))


def of_length(length):
    """A path of that many bytes."""
    path = ""
    while length - len(path) > 512:
        path += "/" + "x" * 255
    rest = length - len(path)
    path += "/" + "x" * (rest // 2 - 1) + "/" + "x" * (rest - rest // 2 - 1)
    assert len(path) == length
    return path


def parent_first(path):
    def request(world):
        world.create_down(path.rsplit("/", 1)[0])
        return Create(path=path)
    return request


Create, Set, Operation, Comparison = (
    store_pb2.CreateRequest, store_pb2.SetRequest, store_pb2.Operation, store_pb2.Comparison)
Transact, Open, Acquire = store_pb2.TransactRequest, sessions_pb2.OpenSessionRequest, lock_pb2.AcquireRequest

limit("path_bytes_max", "4,096 bytes", "Store.Create", parent_first(of_length(4096)), Create(path=of_length(4097)),
      OPTION)
limit("path_components_max", "64", "Store.Create", parent_first("/d" * 64), Create(path="/d" * 65), OPTION)
limit("component_bytes_max: a component of a path", "255 bytes", "Store.Create", Create(path="/" + "z" * 255),
      Create(path="/" + "z" * 256))
limit("data_bytes_max: data and values", "1 MiB", "Store.Set", Set(path="/there", data=bytes(MIB)),
      Set(path="/there", data=bytes(MIB + 1)), OPTION)
limit("ttl_ms", "1 to 31,536,000,000 (365 days)", "Store.Create",
      [Create(path=f"/ttl-{n}", kind=types_pb2.ZNODE_KIND_TTL, ttl_ms=n) for n in (1, 31_536_000_000)],
      [Create(path="/ttl", kind=types_pb2.ZNODE_KIND_TTL, ttl_ms=n) for n in (0, 31_536_000_001)])
limit("client_id of a request id", "1 to 64 bytes", "Store.Set",
      [Set(path="/there", request_id=types_pb2.RequestId(client_id="i" * n, sequence=1)) for n in (1, 64)],
      [Set(path="/there", request_id=types_pb2.RequestId(client_id="i" * n, sequence=1)) for n in (0, 65)])
limit("sequence of a request id", "1 to 2^64 - 1", "Store.Set",
      [Set(path="/there", request_id=types_pb2.RequestId(client_id="seq", sequence=n)) for n in (1, 2**64 - 1)],
      Set(path="/there", request_id=types_pb2.RequestId(client_id="seq", sequence=0)))


def within_window(world):
    """The first of 1,024 request ids of a client, again."""
    calls = [world.client.store.Set.future(Set(path="/there", request_id=types_pb2.RequestId(
        client_id="window", sequence=n)), timeout=TIMEOUT) for n in range(1, 1025)]
    for call in calls:
        call.result()
    return Set(path="/there", request_id=types_pb2.RequestId(client_id="window", sequence=1))


limit("request ids of a client whose outcomes are kept", "the last 1,024 (and up to 16 more)", "Store.Set",
      within_window, lambda w: Set(path="/there", data=b"x", request_id=w.expired_request_id()))

THERE = Operation(get="/there")
limit("transaction_operations_max: comparisons", "128", "Store.Transact",
      Transact(comparisons=[Comparison(path="/parent", exists=True)] * 128),
      Transact(comparisons=[Comparison(path="/parent", exists=True)] * 129))
limit("transaction_operations_max: operations in each list", "128", "Store.Transact",
      Transact(then=[Operation(get="/parent")] * 128, otherwise=[Operation(get="/parent")] * 128),
      [Transact(then=[Operation(get="/parent")] * 129), Transact(otherwise=[Operation(get="/parent")] * 129)])


def reads(*sizes, request_id=None):
    """A transaction that reads znodes of these sizes."""
    def request(world):
        for size in sizes:
            world.client.put(f"/bytes-{size}", bytes(size))
        return Transact(then=[Operation(get=f"/bytes-{s}") for s in sizes], request_id=request_id)
    return request


limit("transaction_result_bytes_max: data that is read, and paths of sequential znodes", "2 MiB", "Store.Transact",
      reads(MIB, MIB), reads(MIB, MIB, 1))
limit("transaction_result_bytes_max, with a request id", "4 KiB", "Store.Transact",
      reads(4096, request_id=types_pb2.RequestId(client_id="result", sequence=1)),
      reads(4096, 1, request_id=types_pb2.RequestId(client_id="result", sequence=2)))


def tree_of(count):
    """A recursive deletion of that many znodes."""
    def request(world):
        path = f"/tree-{count}"
        world.client.create(path)
        world.create_all(f"{path}/{n}" for n in range(count - 1))
        return store_pb2.DeleteRequest(path=path, recursive=True)
    return request


limit("recursive_deletes_max: znodes that recursive deletions of one request delete", "10,000", "Store.Delete",
      tree_of(10_000), tree_of(10_001))
limit("name_prefix of a watch", "255 bytes", "Store.Watch", store_pb2.WatchRequest(path="/", name_prefix="x" * 255),
      store_pb2.WatchRequest(path="/", name_prefix="x" * 256))
limit("operations in a message of a stream", "1,000", "Coordinator.Connect", many_operations(1000),
      many_operations(1001))
limit("progress_interval_ms of a watch", "at least 100; 0 means 10,000", "Store.Watch",
      [store_pb2.WatchRequest(path="/there", progress_interval_ms=n) for n in (0, 100)],
      [store_pb2.WatchRequest(path="/there", progress_interval_ms=n) for n in (1, 99)])
limit("timeout_ms of a session", "100 to 3,600,000; 0 means 10,000", "Sessions.Open",
      [Open(timeout_ms=n) for n in (0, 100, 3_600_000)], [Open(timeout_ms=n) for n in (99, 3_600_001)])
limit("name of a session", "256 bytes", "Sessions.Open", Open(name="x" * 256), Open(name="x" * 257))
limit("keep-alives of one stream that wait for their answers", "100", "Sessions.KeepAlive",
      lambda w: in_a_row(w, 100), lambda w: in_a_row(w, 101))


def many_ephemerals(world):
    """10,000 of one session: as many instances of a service."""
    session = world.once("owner of many", world.open)
    world.client.create("/many")
    world.create_all((f"/many/{n}" for n in range(9_999)), kind=types_pb2.ZNODE_KIND_EPHEMERAL,
                     session_id=session.session_id)
    return one_more(world)


def one_more(world):
    session = world.once("owner of many", world.open)
    return Create(path="/many/", sequential=True, kind=types_pb2.ZNODE_KIND_EPHEMERAL, session_id=session.session_id)


limit("ephemerals_per_session_max: claims and instances included", "10,000", "Store.Create", many_ephemerals,
      one_more)


def crowded_lock(world):
    world.client.create("/crowded")
    world.create_all(f"/crowded/{n}" for n in range(9_999))
    return claim(owner="last")(world)


def claim(path="/crowded", session=lambda w: w.session, **fields):
    return lambda w: Acquire(path=path, session_id=session(w).session_id, **fields)


limit("claims_per_lock_max: children of a lock's znode", "10,000", "Lock.Acquire", crowded_lock,
      claim(owner="one more"))
limit("owner of a claim", "64 bytes", "Lock.Acquire", claim("/locks/owner", owner="x" * 64),
      claim("/locks/owner", owner="x" * 65))
limit("candidate", "64 bytes", "Election.Campaign",
      lambda w: election_pb2.CampaignRequest(
          path="/locks/candidate", session_id=w.session.session_id, candidate="x" * 64),
      lambda w: election_pb2.CampaignRequest(
          path="/locks/candidate", session_id=w.session.session_id, candidate="x" * 65))
PERMITS = lock_pb2.LOCK_MODE_PERMITS
limit("capacity of a semaphore", "1 to 1,000,000", "Lock.Acquire",
      [claim("/locks/one", mode=PERMITS, capacity=1), claim("/locks/million", mode=PERMITS, capacity=1_000_000)],
      [claim("/locks/none", mode=PERMITS, capacity=0), claim("/locks/more", mode=PERMITS, capacity=1_000_001)])
limit("permits of a claim", "1 to capacity; 0 means 1", "Lock.Acquire",
      [claim("/locks/zero", mode=PERMITS, capacity=3), claim("/locks/all", mode=PERMITS, permits=3, capacity=3)],
      claim("/locks/all", owner="a", mode=PERMITS, permits=4, capacity=3))


def register(name="a", address_bytes=0):
    return lambda w: naming_pb2.RegisterRequest(
        path="/services/limits", session_id=w.session.session_id,
        instance=naming_pb2.Instance(name=name, address="x" * address_bytes))


limit("name of an instance", "1 to 128 bytes", "Naming.Register", [register("x"), register("x" * 128)],
      [register(""), register("x" * 129)])
# Before the address come four bytes: its number, and its length.
limit("data_bytes_max: an instance, without its name", "1 MiB", "Naming.Register", register("a", MIB - 4),
      register("a", MIB - 3), OPTION)

Put, Get = config_pb2.PutConfigRequest, config_pb2.GetConfigRequest
limit("author of a version", "256 bytes", "Config.Put", Put(path="/config/limits", author="x" * 256),
      Put(path="/config/limits", author="x" * 257))
limit("comment of a version", "4,096 bytes", "Config.Put", Put(path="/config/limits", comment="x" * 4096),
      Put(path="/config/limits", comment="x" * 4097))


def hundred_versions(world):
    revisions = [world.client.config.Put(Put(path="/config/versions"), timeout=TIMEOUT).revision for _ in range(100)]
    world.made["first version"] = revisions[0]
    return Get(path="/config/versions", version_revision=revisions[0])


def version_too_many(world):
    world.client.config.Put(Put(path="/config/versions"), timeout=TIMEOUT)
    return Get(path="/config/versions", version_revision=world.made["first version"])


limit("versions of a key that are kept", "the last 100", "Config.Get", hundred_versions, version_too_many)


def versions_of(world, path, byte_count):
    """A key whose versions before the newest one have so many bytes in all. Asks for the oldest."""
    def put(value, key=path):
        return world.client.config.Put(Put(path=key, value=value), timeout=TIMEOUT).revision

    def length(revision, key=path):
        return world.client.get(f"{key}/{revision:020}").stat.data_length

    # What a version has beside its value.
    around = length(put(bytes(MIB), path + "-probe"), path + "-probe") - MIB
    older = [put(bytes(MIB - around)) for _ in range(3)]
    older.append(put(bytes(byte_count - 3 * MIB - around)))
    assert sum(length(r) for r in older) == byte_count
    put(b"")
    return Get(path=path, version_revision=older[0])


limit("versions of a key that are kept, before the newest one", "4 MiB", "Config.Get",
      lambda w: versions_of(w, "/config/just", 4 * MIB), lambda w: versions_of(w, "/config/over", 4 * MIB + 1))


def long_address(length):
    return add_member(peer_address="x" * (length - 2) + ":1")


def add_and_remove(world):
    outcome = invoke(world.client.channel, "Cluster.AddMember", long_address(1024))
    remove_learner(world)
    return outcome


limit("peer_address and client_address of a member", "1,024 bytes", "Cluster.AddMember", add_and_remove,
      long_address(1025))


def padded(length):
    """A Get with a field that nobody knows."""
    valid = store_pb2.GetRequest(path="/parent").SerializeToString()
    bare = bad_anything.field(1000, bytes(length))
    return valid + bad_anything.field(1000, bytes(2 * length - len(valid) - len(bare)))


limit("messageBytesMax: a message, in either direction", "4 MiB", "Store.Get", padded(4 * MIB), padded(4 * MIB + 1))
limit("depthMax: messages and groups within each other", "100, below the outermost", "Store.Get",
      b"\x0a\x07/parent" + bad_anything.groups(100), b"\x0a\x07/parent" + bad_anything.groups(101))

# What takes more than a short test has time for.
OTHERS = [
    ("sessions_max: sessions that live", "100,000", "`LIMIT_REACHED`"),
    ("sessions whose end is remembered", "the last 10,000", "then `SESSION_NOT_FOUND`"),
    ("clients whose request ids are remembered", "100,000",
     "the one that has not written for longest is forgotten"),
    ("how long outcomes of request ids are kept", "10 minutes", "then `REQUEST_ID_EXPIRED`"),
    ("changes that are kept for watches", "64 MiB, 1,000,000 of them", "then `HISTORY_TRIMMED`"),
    ("the name of a caller", "1,024 bytes", "`INVALID_PRINCIPAL`; all clients are anonymous today"),
    ("memoryBytesMax: memory that decoding one message takes", "64 MiB", "`MALFORMED_REQUEST`"),
    ("at one member: writes that wait; their bytes; reads that wait", "100,000; 256 MiB; 100,000", "`OVERLOADED`"),
    ("on one event loop of a member: watches; calls that follow a lock, a service or a key; waiting claims; reads that "
     "wait for a revision", "100,000 each; 10,000", "`OVERLOADED`"),
    ("concurrentStreamsMax: calls at the same time on one connection", "1,000", "further ones wait in the client"),
    ("headerListBytesMax: headers of a call", "16 KiB", "RESOURCE_EXHAUSTED, without a reason"),
    ("connectionsMax: connections of a member", "10,000", "one more is closed at once"),
    ("streamSendBytesMax: bytes that a client does not read", "8 MiB a call, 64 MiB a connection",
     "RESOURCE_EXHAUSTED, without a reason"),
]


def rows(world):
    """The rows of the table, and the outcomes beyond the limits."""
    result, outcomes = [], []
    for one in LIMITS:
        beyond = one.show(world)
        outcomes += [(f"{one.name} {one.value}", o) for o in beyond]
        told = ", ".join(dict.fromkeys(f"{o.code}" + (f" {code(o.reason)}" if o.reason else "") for o in beyond))
        result.append([one.name, one.value, one.configurable, one.call, told])
    return result, outcomes


def section(world):
    shown, outcomes = rows(world)
    lines = table(["limit", "value", "configurable", "shown with", "beyond it"], shown)
    lines += ["", "Others, which the test does not reach:", ""]
    return lines + table(["limit", "value", "beyond it"], [list(o) for o in OTHERS]), outcomes
