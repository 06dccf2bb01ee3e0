"""What Naming and Config refuse."""
from bad_inputs import MIB, NOBODY, TIMEOUT, Cases
from ensemble import config_pb2, naming_pb2

NAMING, CONFIG = Cases("Naming"), Cases("Config")

Instance, Deregister = naming_pb2.Instance, naming_pb2.DeregisterRequest
Put, Rollback, DeleteKey = (
    config_pb2.PutConfigRequest, config_pb2.RollbackConfigRequest, config_pb2.DeleteConfigRequest)


def register(text, path="/services/a", name="a", session_id=lambda w: w.session.session_id, **fields):
    """`session_id` is that of a living session unless it is given; a function of the world gives one."""
    NAMING.add("Register", text, lambda w: naming_pb2.RegisterRequest(
        path=path, instance=Instance(name=name, **fields),
        session_id=session_id(w) if callable(session_id) else session_id))


register("the root", path="/")
register("no session_id", session_id=0)
register("a session that does not exist", session_id=NOBODY)
register("a session that has ended", session_id=lambda w: w.ended.session_id)
NAMING.add("Register", "no instance", lambda w: naming_pb2.RegisterRequest(
    path="/services/a", session_id=w.session.session_id))
register("an instance without a name", name="")
register("name of 129 bytes", name="x" * 129)
register("name with a `/`", name="a/b")
register("name with a control character", name="a\tb")
register("port above 65,535", name="a", port=70_000)
register("name `..`", name="..")
register("an instance of more than 1 MiB", address="x" * MIB)
register("a path of 64 components: the instance has one more", path="/x" * 64)
register("a path that leaves no room for the name", path="/" + "/".join(["x" * 255] * 16))
register("a path below an ephemeral znode", path="/ephemeral/service")
register("a name that a znode has which is no instance", path="/parent", name="child")
NAMING.add("Deregister", "no session_id", Deregister(path="/services/a", name="a"))
NAMING.add("Deregister", "no name", Deregister(path="/services/a", session_id=1))
NAMING.add("Deregister", "an instance that does not exist",
           lambda w: Deregister(path="/services/a", name="a", session_id=w.session.session_id))
NAMING.add("Deregister", "an instance of another session", lambda w: (
    w.client.naming.Register(naming_pb2.RegisterRequest(
        path="/services/b", instance=Instance(name="b"), session_id=w.session.session_id), timeout=TIMEOUT),
    Deregister(path="/services/b", name="b", session_id=w.other.session_id))[1])
NAMING.add("Resolve", "the root", naming_pb2.ResolveRequest(path="/"))
NAMING.add("Watch", "the root", naming_pb2.WatchServiceRequest(path="/"))

CONFIG.add("Put", "the root", Put(path="/"))
CONFIG.add("Put", "a key whose name is 20 digits, as a version's is", Put(path="/config/" + "1" * 20))
CONFIG.add("Put", "value of 1 MiB and a byte", Put(path="/config/a", value=bytes(MIB + 1)))
CONFIG.add("Put", "author of 257 bytes", Put(path="/config/a", author="x" * 257))
CONFIG.add("Put", "comment of 4,097 bytes", Put(path="/config/a", comment="x" * 4097))
CONFIG.add("Put", "a key of 64 components: its versions have one more", Put(path="/x" * 64))
CONFIG.add("Put", "a key that leaves no room for its versions' names", Put(path="/" + "/".join(["x" * 255] * 16)))
CONFIG.add("Put", "a key that is an ephemeral znode", Put(path="/ephemeral"))
CONFIG.add("Put", "a key below an ephemeral znode", Put(path="/ephemeral/key"))


def version_taken(world):
    """The next revisions' names are taken by znodes that are no versions."""
    revision = world.client.create("/taken").revision
    world.create_all(f"/taken/{n:020}" for n in range(revision + 1, revision + 20))
    return Put(path="/taken")


CONFIG.add("Put", "expected_revision 0 for a key that exists", Put(
    path="/config/key", expected_revision=0))
CONFIG.add("Put", "expected_revision for a key that does not exist", Put(path="/config/none", expected_revision=NOBODY))
CONFIG.add("Put", "expected_revision of another version", Put(
    path="/config/key", expected_revision=NOBODY))
CONFIG.add("Put", "somebody has taken the name of the version with Store", version_taken)
CONFIG.add("Get", "a key that does not exist", config_pb2.GetConfigRequest(path="/config/none"))
CONFIG.add("Get", "what is only above keys", config_pb2.GetConfigRequest(path="/config"))
CONFIG.add("Get", "version_revision that is no version's", config_pb2.GetConfigRequest(
    path="/config/key", version_revision=NOBODY))
CONFIG.add("Delete", "the root", DeleteKey(path="/"))
CONFIG.add("Delete", "a key that does not exist", DeleteKey(path="/config/none"))
CONFIG.add("Delete", "what is only above keys", DeleteKey(path="/config"))
CONFIG.add("Delete", "expected_revision of another version", DeleteKey(
    path="/config/key", expected_revision=NOBODY))
CONFIG.add("Delete", "a key with keys below it", lambda w: (
    w.client.config.Put(Put(path="/config/key/below"), timeout=TIMEOUT), DeleteKey(path="/config/key"))[1])
CONFIG.add("History", "a key that does not exist", config_pb2.ConfigHistoryRequest(path="/config/none"))
CONFIG.add("Rollback", "no version_revision", Rollback(path="/config/key"))
CONFIG.add("Rollback", "version_revision that is no version's", Rollback(
    path="/config/key", version_revision=NOBODY))
CONFIG.add("Rollback", "a key that does not exist", Rollback(path="/config/none", version_revision=NOBODY))
CONFIG.add("Rollback", "expected_revision of another version", lambda w: Rollback(
    path="/config/key", version_revision=w.key.revision, expected_revision=NOBODY))
CONFIG.add("Rollback", "author of 257 bytes", Rollback(path="/config/key", version_revision=1, author="x" * 257))
CONFIG.add("Rollback", "comment of 4,097 bytes", Rollback(path="/config/key", version_revision=1, comment="x" * 4097))
CONFIG.add("Watch", "start_revision of changes that are no longer kept",
           lambda w: w.trim_history() and config_pb2.WatchConfigRequest(path="/config", start_revision=1))
