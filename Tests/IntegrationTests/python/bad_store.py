"""What Store refuses."""
from bad_inputs import MIB, NOBODY, Cases
from ensemble import store_pb2, types_pb2

STORE = Cases("Store")

Create, Set, Delete, Get = (
    store_pb2.CreateRequest, store_pb2.SetRequest, store_pb2.DeleteRequest, store_pb2.GetRequest)
Comparison, Operation = store_pb2.Comparison, store_pb2.Operation
EPHEMERAL, CONTAINER, TTL = (
    types_pb2.ZNODE_KIND_EPHEMERAL, types_pb2.ZNODE_KIND_CONTAINER, types_pb2.ZNODE_KIND_TTL)


def raw_path(path):
    """A request whose field 1 has bytes that the generated class would not take."""
    return b"\x0a" + bytes([len(path)]) + path


# What is no path. Every call checks its path in the same way; here each rule is broken once.
PATHS = [
    ("path without a leading `/`", Create(path="a/b")),
    ("path with a trailing `/`", Create(path="/a/")),
    ("path with two `/` in a row", Create(path="/a//b")),
    ("path `//`", Create(path="//")),
    ("path with the component `.`", Create(path="/a/./b")),
    ("path with the component `..`", Create(path="/a/../b")),
    ("path with a NUL", Create(path="/a\0b")),
    ("path with a line feed", Create(path="/a\nb")),
    ("path with DEL", Create(path="/a\x7fb")),
    ("path with a control character of Latin-1 (U+0085)", Create(path="/a\u0085b")),
    ("path with a component of 256 bytes", Create(path="/" + "x" * 256)),
    ("path with a component of 128 characters of 2 bytes", Create(path="/" + "ä" * 128)),
    ("path of 65 components", Create(path="/x" * 65)),
    ("path of 4,097 bytes", Create(path="/" + "/".join(["x" * 255] * 16) + "/")),
    ("path that is no UTF-8: a stray byte", raw_path(b"/a\xff")),
    ("path that is no UTF-8: a surrogate", raw_path(b"/\xed\xa0\x80")),
    ("path that is no UTF-8: more bytes than it takes", raw_path(b"/\xc0\xaf")),
    ("path that is no UTF-8: beyond U+10FFFF", raw_path(b"/\xf4\x90\x80\x80")),
    ("path that is no UTF-8: cut short", raw_path(b"/\xe2\x82")),
    ("path that ends with `/`, for a sequential znode below a parent that is none",
     Create(path="/none/", sequential=True)),
    ("path of a sequential znode, whose digits make a component of 256 bytes",
     Create(path="/" + "x" * 236, sequential=True)),
]
for text, request in PATHS:
    STORE.add("Create", text, request)

STORE.add("Create", "the root", Create(path="/"))
STORE.add("Create", "a znode that exists", Create(path="/there"))
STORE.add("Create", "a znode whose parent does not exist", Create(path="/none/a"))
STORE.add("Create", "a znode whose parent is ephemeral", Create(path="/ephemeral/a"))
STORE.add("Create", "data of 1 MiB and a byte", Create(path="/large-data", data=bytes(MIB + 1)))
STORE.add("Create", "a kind that does not exist", Create(path="/a", kind=9))
STORE.add("Create", "EPHEMERAL without session_id", Create(path="/a", kind=EPHEMERAL))
STORE.add("Create", "session_id, and not EPHEMERAL", Create(path="/a", session_id=1))
STORE.add("Create", "EPHEMERAL, of a session that does not exist",
          Create(path="/a", kind=EPHEMERAL, session_id=NOBODY))
STORE.add("Create", "EPHEMERAL, of a session that has ended",
          lambda w: Create(path="/a", kind=EPHEMERAL, session_id=w.ended.session_id))
STORE.add("Create", "TTL without ttl_ms", Create(path="/a", kind=TTL))
STORE.add("Create", "ttl_ms, and not TTL", Create(path="/a", kind=CONTAINER, ttl_ms=1000))
STORE.add("Create", "ttl_ms of more than 365 days", Create(path="/a", kind=TTL, ttl_ms=31_536_000_001))

STORE.add("Get", "a znode that does not exist", Get(path="/none"))
STORE.add("Get", "a name with a letter that looks the same but has other bytes",
          lambda w: (w.client.put("/caf\u00e9", b""), Get(path="/cafe\u0301"))[1])
STORE.add("Get", "a path of more than 128 bytes that does not exist: it is told cut",
          Get(path="/none/" + "x" * 200))
STORE.add("Get", "the same where that cuts a character", Get(path="/none/x" + "ä" * 100))

STORE.add("Get", "at_revision at which it did not exist yet",
          lambda w: Get(path="/there", at_revision=w.session.revision))
STORE.add("Get", "at_revision since which not all changes are kept",
          lambda w: w.trim_history() and Get(path="/there", at_revision=1))

STORE.add("Set", "a znode that does not exist", Set(path="/none"))
STORE.add("Set", "expected_version that is not the znode's",
          lambda w: (w.client.put("/version", b""), Set(path="/version", expected_version=7))[1])
STORE.add("Set", "data of 1 MiB and a byte", Set(path="/there", data=bytes(MIB + 1)))

STORE.add("Delete", "the root", Delete(path="/"))
STORE.add("Delete", "a znode that does not exist", Delete(path="/none"))
STORE.add("Delete", "expected_version that is not the znode's", Delete(path="/parent/child", expected_version=7))
STORE.add("Delete", "a znode that has children", Delete(path="/parent"))
STORE.add("Delete", "recursive, and a znode that does not exist", Delete(path="/none", recursive=True))
STORE.add("Delete", "recursive, and expected_version that is not the znode's",
          Delete(path="/parent", recursive=True, expected_version=7))

STORE.add("List", "a znode that does not exist", store_pb2.ListRequest(path="/none"))
STORE.add("List", "at_revision at which it did not exist yet",
          lambda w: store_pb2.ListRequest(path="/parent", at_revision=w.session.revision))

STORE.add("Watch", "a scope that does not exist", store_pb2.WatchRequest(path="/there", scope=9))
STORE.add("Watch", "a kind of changes that does not exist", store_pb2.WatchRequest(path="/there", kinds=[9]))
STORE.add("Watch", "the kind of changes that is never sent", store_pb2.WatchRequest(path="/there", kinds=[0]))
STORE.add("Watch", "name_prefix of 256 bytes", store_pb2.WatchRequest(path="/there", name_prefix="x" * 256))
STORE.add("Watch", "progress_interval_ms below 100", store_pb2.WatchRequest(path="/there", progress_interval_ms=99))
STORE.add("Watch", "start_revision of changes that are no longer kept",
          lambda w: w.trim_history() and store_pb2.WatchRequest(path="/there", start_revision=1))


def transact(text, comparisons=(), then=(), otherwise=(), **fields):
    STORE.add("Transact", text, store_pb2.TransactRequest(
        comparisons=comparisons, then=then, otherwise=otherwise, **fields))


def get(path):
    return Operation(get=path)


transact("a comparison of nothing", [Comparison(path="/there")])
transact("a comparison without a path", [Comparison(exists=True)])
transact("a comparison with a bad path, after one with a good one",
         [Comparison(path="/there", exists=True), Comparison(path="/a/", exists=True)])
transact("a relation that does not exist", [Comparison(path="/there", exists=True, relation=9)])
transact("a negative relation", [Comparison(path="/there", exists=True, relation=-1)])
transact("`exists` compared with LESS",
         [Comparison(path="/there", exists=True, relation=store_pb2.RELATION_LESS)])
transact("a token compared with GREATER",
         [Comparison(path="/there", token=1, relation=store_pb2.RELATION_GREATER)])
transact("129 comparisons", [Comparison(path="/there", exists=True)] * 129)
transact("129 operations in `then`", then=[get("/there")] * 129)
transact("129 operations in `otherwise`", otherwise=[get("/there")] * 129)
transact("an operation of nothing", then=[get("/there"), Operation()])
transact("an operation with a request id", then=[Operation(set=Set(
    path="/there", request_id=types_pb2.RequestId(client_id="c", sequence=1)))])
transact("an operation with a bad path, after one with a good one", then=[get("/there"), get("/a/")])
transact("an operation without its path", otherwise=[Operation(delete=Delete())])
transact("an operation whose fields do not fit", then=[get("/there"), Operation(create=Create(
    path="/a", kind=EPHEMERAL))])
transact("an operation with data of 1 MiB and a byte",
         then=[get("/there"), Operation(set=Set(path="/there", data=bytes(MIB + 1)))])
transact("an operation that deletes the root", then=[get("/there"), Operation(delete=Delete(path="/"))])
transact("an operation that fails: the error is that of the call, and says which",
         then=[get("/there"), Operation(create=Create(path="/there"))])
transact("an operation that fails in the other branch", [Comparison(path="/there", exists=False)],
         otherwise=[Operation(set=Set(path="/none"))])
transact("an operation with a token that is not valid",
         then=[Operation(set=Set(path="/there", fence=types_pb2.Fence(path="/free", token=1)))])
STORE.add("Transact", "data that is read has more than 2 MiB", lambda w: (
    w.client.put("/mebibyte", bytes(MIB)), store_pb2.TransactRequest(then=[get("/mebibyte")] * 3))[1])
STORE.add("Transact", "with a request id, and data that is read has more than 4 KiB", lambda w: (
    w.client.put("/five-kib", bytes(5 << 10)), store_pb2.TransactRequest(
        then=[get("/five-kib")], request_id=types_pb2.RequestId(client_id="reader", sequence=1)))[1])
STORE.add("Transact", "with a request id, and paths of sequential znodes that have more than 4 KiB",
          store_pb2.TransactRequest(
              then=[Operation(create=Create(path="/parent/" + "s" * 20, sequential=True))] * 100,
              request_id=types_pb2.RequestId(client_id="reader", sequence=2)))
