"""What looks like a bad input and is none; and where an answer ends before all has been told."""
import copy

from bad_anything import VALID, having
from bad_cluster import Transfer, Promote
from bad_inputs import OK, TIMEOUT, invoke, table
from ensemble import config_pb2, election_pb2, lock_pb2, naming_pb2, sessions_pb2, store_pb2

ACCEPTED = []


def accepted(call, text, what, request):
    """`what` comes of it: checked only in so far as it is no error."""
    ACCEPTED.append((call, text, what, request))


def with_fields(message, fields):
    changed = copy.deepcopy(message)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def keep_alives(world):
    session = world.session
    return [
        sessions_pb2.KeepAliveRequest(session_id=session.session_id, secret=session.secret),
        sessions_pb2.KeepAliveRequest(), sessions_pb2.KeepAliveRequest(session_id=session.session_id, secret=b"other")]


for call in having("level"):
    if call in VALID:
        accepted(call, "level that does not exist", "as LINEARIZABLE", None)
LARGEST = 2**64 - 1
for call, fields in [
    ("Store.List", dict(limit=LARGEST)), ("Store.Watch", dict(start_revision=LARGEST)),
    ("Config.Watch", dict(start_revision=LARGEST)), ("Lock.Acquire", dict(wait_ms=LARGEST)),
    ("Lock.Describe", dict(limit=2**32 - 1)), ("Naming.Resolve", dict(limit=2**32 - 1)),
    ("Config.History", dict(limit=2**32 - 1)), ("Cluster.Explain", dict(events_max=2**32 - 1)),
]:
    accepted(call, f"{', '.join(fields)} as large as the type has it", "what there is; or it waits",
             lambda w, call=call, fields=fields: with_fields(VALID[call](w), fields))
accepted("Store.Get", "a field that the service does not know", "it is passed over",
         store_pb2.GetRequest(path="/there").SerializeToString() + b"\xc0\x3e\x01")
accepted("Store.Create", "a sequential znode below `/`, without a name of its own", "its digits are its name",
         store_pb2.CreateRequest(path="/", sequential=True))
accepted("Store.List", "start_after that is no child's name", "those after it",
         store_pb2.ListRequest(path="/parent", start_after="a/b"))
accepted("Store.Watch", "a path where nothing is", "it waits", store_pb2.WatchRequest(path="/none"))
accepted("Store.Transact", "nothing to compare and nothing to do", "it takes a revision", store_pb2.TransactRequest())
accepted("Store.Transact", "a comparison with a znode that does not exist", "it does not hold",
         store_pb2.TransactRequest(comparisons=[store_pb2.Comparison(path="/none", version=0)]))
accepted("Store.Transact", "`get` of a znode that does not exist", "`missing`", store_pb2.TransactRequest(
    then=[store_pb2.Operation(get="/none")]))
accepted("Sessions.KeepAlive", "no request at all", "the stream ends", [])
accepted("Sessions.KeepAlive", "further requests without session_id, or with another secret",
         "only the secret of the first one counts", keep_alives)
accepted("Sessions.Close", "a session that has ended", "the revision at which it ended", VALID["Sessions.Close"])
accepted("Sessions.Describe", "a session that has ended", "how it ended",
         lambda w: sessions_pb2.DescribeSessionRequest(session_id=w.ended.session_id))
accepted("Lock.Acquire", "a claim that its owner has already", "`existed`, and the same token", lambda w: (
    lock_pb2.AcquireRequest(path="/held", session_id=w.session.session_id, owner="holder")))
accepted("Lock.Describe", "a lock that does not exist", "no claims", lock_pb2.DescribeLockRequest(path="/none"))
accepted("Election.Observe", "an election without candidates", "nobody leads",
         election_pb2.ObserveRequest(path="/none"))
accepted("Naming.Register", "an unknown health, session_id and revision of the instance",
         "the first one is kept as it is, the others are set anew", lambda w: naming_pb2.RegisterRequest(
             path="/services/odd", session_id=w.session.session_id, instance=naming_pb2.Instance(
                 name="a", health=9, session_id=1, revision=1)))
accepted("Naming.Resolve", "a service that does not exist", "no instances", naming_pb2.ResolveRequest(path="/none"))
accepted("Naming.Watch", "a service that does not exist", "it waits", naming_pb2.WatchServiceRequest(path="/none"))
accepted("Config.History", "what is only above keys", "no versions", config_pb2.ConfigHistoryRequest(path="/config"))
accepted("Config.Watch", "a path where nothing is", "it waits", config_pb2.WatchConfigRequest(path="/none"))
accepted("Cluster.PromoteMember", "a member that votes already", "as if it had been promoted", Promote(member_id=1))
accepted("Cluster.TransferLeadership", "the member that leads", "as if it had taken over", Transfer(to_member_id=1))


def accepted_rows(world):
    result = {}
    for call, text, what, request in ACCEPTED:
        made = with_fields(VALID[call](world), {"level": 9}) if request is None else request
        made = made(world) if callable(made) else made
        outcome = invoke(world.client.channel, call, made, first_only=True)
        assert outcome == OK, f"{call}, {text}: {outcome}"
        result.setdefault((text, what), []).append(call)
    return [[", ".join(calls), text, what] for (text, what), calls in result.items()]


# Each tells how much an answer has, and checks that there is more.

def claims_described(world):
    session = world.open()
    calls = [world.client.locks.Acquire.future(lock_pb2.AcquireRequest(
        path="/shared", session_id=session.session_id, owner=str(n), mode=lock_pb2.LOCK_MODE_SHARED), timeout=TIMEOUT)
        for n in range(101)]
    for call in calls:
        call.result()
    return len(world.client.locks.Describe(lock_pb2.DescribeLockRequest(path="/shared"), timeout=TIMEOUT).claims)


def instances_resolved(limit):
    """Of the 10,000 that the limit of ephemeral znodes was shown with."""
    def count(world):
        answer = world.client.naming.Resolve(naming_pb2.ResolveRequest(path="/many", limit=limit), timeout=TIMEOUT)
        assert answer.more
        return len(answer.instances)
    return count


def versions_told(world):
    """Of those that the limit of their bytes was shown with."""
    answer = world.client.config.History(
        config_pb2.ConfigHistoryRequest(path="/config/just", include_values=True), timeout=TIMEOUT)
    assert answer.more
    return len([v for v in answer.versions if v.value])


CUT = [
    ("Lock.Describe", "no limit", "{} claims", "limit up to 10,000", claims_described),
    ("Naming.Resolve", "no limit", "{} instances, and `more`", "start_after", instances_resolved(0)),
    ("Naming.Resolve", "limit 10,000, of small instances", "{} instances, and `more`", "start_after",
     instances_resolved(10_000)),
    ("Config.History", "include_values, of versions of 1 MiB", "{} of them, and `more`", "Get", versions_told),
]


def cut_rows(world):
    """To be asked for after the limits have been shown."""
    return [[call, text, words.format(f"{show(world):,}"), rest] for call, text, words, rest, show in CUT]


def section(world):
    lines = table(["call", "input", "what comes of it"], accepted_rows(world))
    lines += ["", "Answers that end before all has been told:", ""]
    return lines + table(["call", "input", "has at most", "the rest"], cut_rows(world))
