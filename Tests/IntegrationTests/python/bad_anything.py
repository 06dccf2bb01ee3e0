"""What any call refuses, whatever else it does: tried with each call that it can be tried with."""
import concurrent.futures
import copy
import re
from collections import Counter
from dataclasses import replace

import grpc
from google.protobuf.descriptor import FieldDescriptor

from bad_inputs import MIB, NOBODY, invoke, methods, raw
from ensemble import (
    cluster_pb2, config_pb2, election_pb2, lock_pb2, naming_pb2, sessions_pb2, store_pb2, types_pb2)

STRING, MESSAGE = FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_MESSAGE

# The fields that are tried with every call that has them.
FIELDS = ["path", "request_id", "fence", "level", "min_revision"]

# A request of each call that has one of them, to which nothing is wrong. Written beside the fields
# that are tried, so that what is refused is what has been made wrong.
VALID = {
    "Store.Create": lambda w: store_pb2.CreateRequest(path="/valid"),
    "Store.Get": lambda w: store_pb2.GetRequest(path="/there"),
    "Store.Set": lambda w: store_pb2.SetRequest(path="/there", data=b"x"),
    "Store.Delete": lambda w: store_pb2.DeleteRequest(path="/there"),
    "Store.Transact": lambda w: store_pb2.TransactRequest(then=[store_pb2.Operation(get="/there")]),
    "Store.List": lambda w: store_pb2.ListRequest(path="/there"),
    "Store.Watch": lambda w: store_pb2.WatchRequest(path="/there"),
    "Sessions.Open": lambda w: sessions_pb2.OpenSessionRequest(),
    "Sessions.Close": lambda w: sessions_pb2.CloseSessionRequest(
        session_id=w.ended.session_id, secret=w.ended.secret),
    "Sessions.Describe": lambda w: sessions_pb2.DescribeSessionRequest(session_id=w.session.session_id),
    "Sessions.List": lambda w: sessions_pb2.ListSessionsRequest(),
    "Lock.Acquire": lambda w: lock_pb2.AcquireRequest(
        path="/locks/valid", session_id=w.session.session_id, wait_ms=0),
    "Lock.Release": lambda w: lock_pb2.ReleaseRequest(path="/held", token=w.holder.token),
    "Lock.Describe": lambda w: lock_pb2.DescribeLockRequest(path="/held"),
    "Election.Campaign": lambda w: election_pb2.CampaignRequest(
        path="/locks/valid", session_id=w.session.session_id, wait_ms=0),
    "Election.Proclaim": lambda w: election_pb2.ProclaimRequest(path="/held", token=w.holder.token),
    "Election.Resign": lambda w: election_pb2.ResignRequest(path="/held", token=w.holder.token),
    "Election.Leader": lambda w: election_pb2.LeaderRequest(path="/held"),
    "Election.Observe": lambda w: election_pb2.ObserveRequest(path="/held"),
    "Naming.Register": lambda w: naming_pb2.RegisterRequest(
        path="/services/valid", instance=naming_pb2.Instance(name="a"), session_id=w.session.session_id),
    "Naming.Deregister": lambda w: naming_pb2.DeregisterRequest(
        path="/services/valid", name="a", session_id=w.session.session_id),
    "Naming.Resolve": lambda w: naming_pb2.ResolveRequest(path="/services/valid"),
    "Naming.Watch": lambda w: naming_pb2.WatchServiceRequest(path="/services/valid"),
    "Config.Put": lambda w: config_pb2.PutConfigRequest(path="/config/key"),
    "Config.Get": lambda w: config_pb2.GetConfigRequest(path="/config/key"),
    "Config.Delete": lambda w: config_pb2.DeleteConfigRequest(path="/config/key"),
    "Config.History": lambda w: config_pb2.ConfigHistoryRequest(path="/config/key"),
    "Config.Rollback": lambda w: config_pb2.RollbackConfigRequest(path="/config/key", version_revision=w.key.revision),
    "Config.Watch": lambda w: config_pb2.WatchConfigRequest(path="/config/key"),
    "Cluster.Status": lambda w: cluster_pb2.StatusRequest(),
    "Cluster.Backup": lambda w: cluster_pb2.BackupRequest(),
    "Cluster.Explain": lambda w: cluster_pb2.ExplainRequest(),
}


def varint(number):
    out = b""
    while number > 0x7f:
        out += bytes([number & 0x7f | 0x80])
        number >>= 7
    return out + bytes([number])


def field(number, payload):
    """A field of a length and as many bytes."""
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def groups(depth):
    """Groups of an unknown field, one in the other."""
    return varint(1000 << 3 | 3) * depth + varint(1000 << 3 | 4) * depth


def strings(descriptor, above=()):
    """The places of all strings of a message: numbers of fields from the outermost one on."""
    for one in descriptor.fields:
        if one.type == STRING:
            yield above + (one.number,)
        elif one.type == MESSAGE and one.message_type.full_name not in {"google.protobuf.Any"}:
            yield from strings(one.message_type, above + (one.number,))


def bad_string(place):
    """A message that is empty but for a string at that place, which is no UTF-8."""
    payload = b"a\xff"
    for number in reversed(place):
        payload = field(number, payload)
    return payload


def changed(**fields):
    """A valid request with other values of these fields; functions of the world give them."""
    def request(world, method):
        message = copy.deepcopy(VALID[method](world))
        for name, value in fields.items():
            value = value(world) if callable(value) else value
            message.ClearField(name)
            if isinstance(value, (str, int)):
                setattr(message, name, value)
            else:
                getattr(message, name).CopyFrom(value)
        return message
    return request


def having(name):
    """The calls whose requests have that field."""
    return [n for n, m in methods().items() if name in m.input_type.fields_by_name and not m.client_streaming]


def request_id(client_id, sequence=1):
    return types_pb2.RequestId(client_id=client_id, sequence=sequence)


def holders_fence(token):
    return lambda w: types_pb2.Fence(path="/held", token=token)


EVERY = "every call"
# Words for the calls, which ones, words for the input, and the request, given the world and the call's name.
ANY = [
    (EVERY, methods, "bytes that are no message: field number 0", lambda w, m: b"\x00"),
    (EVERY, methods, "bytes that are no message: a wire type that does not exist", lambda w, m: b"\xf7\x3e"),
    (EVERY, methods, "bytes that are no message: cut short", lambda w, m: b"\xf2\x3e\x7fa"),
    (EVERY, methods, "groups of unknown fields, nested 102 deep", lambda w, m: groups(102)),
    ("every call with `path`", lambda: having("path"), "no path", changed(path="")),
    ("every call with `path`", lambda: having("path"), "a path with a trailing `/`", changed(path="/a/")),
    ("every call with `request_id`", lambda: having("request_id"), "request_id without client_id",
     changed(request_id=request_id(""))),
    ("every call with `request_id`", lambda: having("request_id"), "client_id of 65 bytes",
     changed(request_id=request_id("x" * 65))),
    ("every call with `request_id`", lambda: having("request_id"), "request_id without sequence",
     changed(request_id=request_id("c", 0))),
    ("every call with `request_id`", lambda: having("request_id"), "a request_id that another request had",
     changed(request_id=lambda w: w.used_request_id())),
    ("every call with `request_id`", lambda: having("request_id"), "a request_id whose outcome is no longer kept",
     changed(request_id=lambda w: w.expired_request_id())),
    ("every call with `fence`", lambda: having("fence"), "fence without a path",
     changed(fence=types_pb2.Fence(token=1))),
    ("every call with `fence`", lambda: having("fence"), "fence without a token", changed(fence=holders_fence(0))),
    ("every call with `fence`", lambda: having("fence"), "a token that does not hold the lock",
     changed(fence=holders_fence(NOBODY))),
    ("every call with `fence`", lambda: having("fence"), "a token of a lock that nobody holds",
     changed(fence=types_pb2.Fence(path="/free", token=NOBODY))),
]


def begin(world):
    """Begins what takes ten seconds: reads of a revision that does not come. They wait while all else is tried."""
    pool = concurrent.futures.ThreadPoolExecutor(32)
    request = changed(min_revision=NOBODY)
    return {name: pool.submit(invoke, world.client.channel, name, request(world, name), timeout=None)
            for name in having("min_revision")}


def rows(world, begun):
    """The rows of the section on any call, with their outcomes. `begun`: by `begin`."""
    result = []
    for words, which, text, request in ANY:
        outcomes = {name: invoke(world.client.channel, name, request(world, name)) for name in which()}
        result += merged(words, text, outcomes)
    result += merged(EVERY, "a string that is no UTF-8, wherever there is one", bad_strings(world))
    late = {name: call.result(60) for name, call in begun.items()}
    result += merged("every call with `min_revision`", "min_revision that is not reached within 10 s", late)
    return result + transport(world)


def merged(words, text, outcomes):
    """One row for the calls that answer alike; those that do not have their own."""
    common = Counter(outcomes.values()).most_common()
    result = []
    for place, (outcome, _) in enumerate(common):
        names = sorted(n for n, o in outcomes.items() if o == outcome)
        but = " but for those below" if len(common) > 1 else ""
        result.append((words + but if place == 0 else ", ".join(names), text, outcome))
    return result


def bad_strings(world):
    """How each call takes each of its strings."""
    outcomes = {}
    for name, method in methods().items():
        for place in strings(method.input_type):
            got = invoke(world.client.channel, name, bad_string(place))
            # The field and its place are told too: they are other ones for each string.
            message = re.sub(r"\{request\}(\.\w+)+ \(byte \d+\)", "{request}.{field} (byte {count})", got.message)
            outcomes[f"{name} {place}"] = replace(got, message=message)
    return outcomes


def transport(world):
    """What the RPC layer refuses before a service sees it: without a reason, for it knows nothing of Roost."""
    channel = world.client.channel
    get = "/roost.v1.Store/Get"
    valid = store_pb2.GetRequest(path="/there").SerializeToString()
    padding = 4 * MIB - len(valid) + 1
    long = valid + field(1000, bytes(padding - 6))
    assert len(long) == 4 * MIB + 1
    return [
        ("a method that does not exist", "anything", raw(channel, "/roost.v1.Store/Nonsense", [valid])),
        ("a service that does not exist", "anything", raw(channel, "/roost.v1.Nonsense/Get", [valid])),
        ("Peer, at an address for clients", "anything", raw(channel, "/roost.v1.Peer/Introduce", [b""])),
        (EVERY, "a message of 4 MiB and a byte", raw(channel, get, [long])),
        (EVERY, "a message that takes more than 64 MiB to decode", raw(
            channel, "/roost.v1.Store/Transact", [b"\x12\x00" * (MIB + MIB // 2)])),
        (EVERY, "a message compressed with anything but gzip", raw(
            channel, get, [valid * 100], compression=grpc.Compression.Deflate)),
        ("every call that takes one message", "none", raw(channel, get, [])),
        ("every call that takes one message", "two", raw(channel, get, [valid, valid])),
    ]
