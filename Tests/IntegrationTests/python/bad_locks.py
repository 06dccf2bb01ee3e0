"""What Sessions, Lock and Election refuse."""
import threading
import time

from bad_inputs import MIB, NOBODY, TIMEOUT, Cases, ended, invoke
from ensemble import election_pb2, lock_pb2, sessions_pb2, types_pb2

SESSIONS, LOCK, ELECTION = Cases("Sessions"), Cases("Lock"), Cases("Election")

Open, KeepAlive, Close = (
    sessions_pb2.OpenSessionRequest, sessions_pb2.KeepAliveRequest, sessions_pb2.CloseSessionRequest)
Acquire, Release, Campaign = lock_pb2.AcquireRequest, lock_pb2.ReleaseRequest, election_pb2.CampaignRequest
SHARED, PERMITS = lock_pb2.LOCK_MODE_SHARED, lock_pb2.LOCK_MODE_PERMITS
SECRET = bytes(16)

SESSIONS.add("Open", "timeout_ms below 100", Open(timeout_ms=99))
SESSIONS.add("Open", "timeout_ms above an hour", Open(timeout_ms=3_600_001))
SESSIONS.add("Open", "name of 257 bytes", Open(name="x" * 257))
SESSIONS.add("Open", "name with a control character", Open(name="a\x1b[31m"))


def opened_and_closed(world):
    request = Open(request_id=types_pb2.RequestId(client_id="opener", sequence=1))
    world.close(world.client.sessions.Open(request, timeout=TIMEOUT))
    return request


SESSIONS.add("Open", "sent again, with its request id, when the session has ended", opened_and_closed)

SESSIONS.add("KeepAlive", "the first request without session_id", [KeepAlive(secret=SECRET)])
SESSIONS.add("KeepAlive", "the first request without a secret", [KeepAlive(session_id=NOBODY)])
SESSIONS.add("KeepAlive", "a secret of 15 bytes", [KeepAlive(session_id=NOBODY, secret=bytes(15))])
SESSIONS.add("KeepAlive", "a session that does not exist", [KeepAlive(session_id=NOBODY, secret=SECRET)])
SESSIONS.add("KeepAlive", "another session's secret",
             lambda w: [KeepAlive(session_id=w.session.session_id, secret=w.other.secret)])
SESSIONS.add("KeepAlive", "a session that has ended",
             lambda w: [KeepAlive(session_id=w.ended.session_id, secret=w.ended.secret)])
SESSIONS.add("KeepAlive", "a second request for another session", lambda w: [
    KeepAlive(session_id=w.session.session_id, secret=w.session.secret),
    KeepAlive(session_id=w.other.session_id, secret=w.other.secret)])


def closed_meanwhile(world):
    """A stream of keep-alives whose session is closed after the first one."""
    session = world.open()
    yield KeepAlive(session_id=session.session_id, secret=session.secret)
    world.close(session)
    time.sleep(0.5)


def in_a_row(world, count):
    """So many keep-alives before the member can answer the first. How the stream ends."""
    sent = threading.Event()

    def requests():
        for _ in range(count):
            yield KeepAlive(session_id=world.session.session_id, secret=world.session.secret)
        sent.set()

    def begin():
        call = world.client.sessions.KeepAlive(requests(), timeout=TIMEOUT)
        assert sent.wait(5)
        return call

    call = world.while_stopped(begin)
    return ended(lambda: call)


SESSIONS.add("KeepAlive", "the session is closed meanwhile", closed_meanwhile)
SESSIONS.add("KeepAlive", "the 101st request before the first one is answered", lambda w: in_a_row(w, 101))



def expired(world):
    session = world.client.sessions.Open(Open(timeout_ms=100), timeout=TIMEOUT)
    end = time.monotonic() + 5
    while not world.client.sessions.Describe(sessions_pb2.DescribeSessionRequest(
            session_id=session.session_id), timeout=TIMEOUT).session.end and time.monotonic() < end:
        time.sleep(0.02)
    return [KeepAlive(session_id=session.session_id, secret=session.secret)]


SESSIONS.add("KeepAlive", "a session that was not kept alive", expired)
SESSIONS.add("Close", "no session_id", Close(secret=SECRET))
SESSIONS.add("Close", "no secret", Close(session_id=NOBODY))
SESSIONS.add("Close", "a secret of 17 bytes", Close(session_id=NOBODY, secret=bytes(17)))
SESSIONS.add("Close", "a session that does not exist", Close(session_id=NOBODY, secret=SECRET))
SESSIONS.add("Close", "another session's secret",
             lambda w: Close(session_id=w.session.session_id, secret=w.other.secret))
SESSIONS.add("Close", "another session's secret, for one that has ended",
             lambda w: Close(session_id=w.ended.session_id, secret=w.other.secret))
SESSIONS.add("Describe", "no session_id", sessions_pb2.DescribeSessionRequest())
SESSIONS.add("Describe", "a session that does not exist", sessions_pb2.DescribeSessionRequest(session_id=NOBODY))


# Acquire and Campaign make the same claims: of a lock, and of an election, which is an exclusive one.

def claim(text, path="/locks/a", to_lock_only=False, **fields):
    """`session_id` is that of a living session unless it is given; a function of the world gives one."""
    session = fields.pop("session_id", lambda w: w.session.session_id)

    def fields_in(world):
        return dict(fields, path=path, session_id=session(world) if callable(session) else session)

    def candidacy(world):
        own = fields_in(world)
        own["candidate"] = own.pop("owner", "")
        return Campaign(**own)

    LOCK.add("Acquire", text, lambda w: Acquire(**fields_in(w)))
    if not to_lock_only:
        ELECTION.add("Campaign", text.replace("owner", "candidate"), candidacy)


claim("the root", path="/")
claim("no session_id", session_id=0)
claim("a session that does not exist", session_id=NOBODY)
claim("a session that has ended", session_id=lambda w: w.ended.session_id)
claim("owner of 65 bytes", owner="x" * 65)
claim("owner with a `/`", owner="a/b")
claim("owner with a control character", owner="a\tb")
claim("value of 1 MiB and a byte", value=bytes(MIB + 1))
claim("a path of 64 components: the claim has one more", path="/x" * 64)
claim("a path that leaves no room for the claim's name", path="/" + "/".join(["x" * 254] * 16))
claim("a path below an ephemeral znode", path="/ephemeral/lock")
claim("a path that is an ephemeral znode", path="/ephemeral")
claim("others hold it, and wait_ms is 0", path="/held", wait_ms=0)
claim("others hold it for the whole of wait_ms", path="/held", wait_ms=50)
claim("a mode that does not exist", to_lock_only=True, mode=9)
claim("permits, and not PERMITS", to_lock_only=True, permits=1)
claim("capacity, and not PERMITS", to_lock_only=True, mode=SHARED, capacity=1)
claim("PERMITS without capacity", to_lock_only=True, mode=PERMITS)
claim("more permits than there are", to_lock_only=True, mode=PERMITS, permits=3, capacity=2)
claim("capacity above a million", to_lock_only=True, mode=PERMITS, capacity=1_000_001)
claim("PERMITS of a lock that is none for permits", path="/held", to_lock_only=True, mode=PERMITS, capacity=2,
      owner="a")
claim("another mode than that of the owner's claim", path="/held", to_lock_only=True, mode=SHARED, owner="holder")


def other_capacity(world):
    session = world.session.session_id
    world.client.locks.Acquire(Acquire(path="/permits", session_id=session, mode=PERMITS, capacity=2), timeout=TIMEOUT)
    return Acquire(path="/permits", session_id=session, mode=PERMITS, capacity=3, owner="a")


LOCK.add("Acquire", "another capacity than that of the others' claims", other_capacity)


def waiting(world):
    """The claims that wait for the lock that somebody holds."""
    return world.client.locks.Describe(lock_pb2.DescribeLockRequest(path="/held"), timeout=TIMEOUT).claims[1:]


def wait_for_claims(world, count):
    end = time.monotonic() + 5
    while len(claims := waiting(world)) != count:
        assert time.monotonic() < end, f"{len(claims)} claims wait, not {count}"
    return claims


def meanwhile(act, make, **fields):
    """A claim that waits. `act`: what is done then with its session and the claim."""
    def request(world):
        session = world.open()
        wait_for_claims(world, 0)

        def then():
            act(world, session, wait_for_claims(world, 1)[0])

        threading.Thread(target=then, daemon=True).start()
        return make(path="/held", session_id=session.session_id, **fields)
    return request


def release(world, _, claim):
    world.client.locks.Release(Release(path="/held", token=claim.token), timeout=TIMEOUT)


def ask_again(world, session, _):
    """Another call of the same owner, for as long as the first one and longer."""
    invoke(world.client.channel, "Lock.Acquire", Acquire(
        path="/held", session_id=session.session_id, wait_ms=1500))


def waits_already(world):
    """A try of an owner whose claim waits."""
    session = world.open()
    wait_for_claims(world, 0)
    first = world.client.locks.Acquire.future(Acquire(path="/held", session_id=session.session_id), timeout=TIMEOUT)
    wait_for_claims(world, 1)
    outcome = invoke(world.client.channel, "Lock.Acquire", Acquire(
        path="/held", session_id=session.session_id, wait_ms=0))
    first.cancel()
    return outcome


def close_session(world, session, _):
    world.close(session)


LOCK.add("Acquire", "its claim is released by another call while it waits",
         meanwhile(release, Acquire))
LOCK.add("Acquire", "its session ends while it waits", meanwhile(close_session, Acquire))
LOCK.add("Acquire", "a later call of its owner waits when wait_ms is over", meanwhile(
    ask_again, Acquire, wait_ms=500))
LOCK.add("Acquire", "its owner's claim waits already, and wait_ms is 0", waits_already)
LOCK.add("Release", "no token", Release(path="/held"))
LOCK.add("Release", "a token that no claim has", Release(path="/held", token=NOBODY))
LOCK.add("Release", "a lock that does not exist", Release(path="/none", token=NOBODY))

Proclaim, Resign = election_pb2.ProclaimRequest, election_pb2.ResignRequest
ELECTION.add("Campaign", "its session ends while it waits", meanwhile(close_session, Campaign))
ELECTION.add("Proclaim", "no token", Proclaim(path="/held"))
ELECTION.add("Proclaim", "a token that is not the leader's", Proclaim(path="/held", token=NOBODY))
ELECTION.add("Proclaim", "an election without candidates", Proclaim(path="/none", token=NOBODY))
ELECTION.add("Proclaim", "value of 1 MiB and a byte", lambda w: Proclaim(
    path="/held", token=w.holder.token, value=bytes(MIB + 1)))
ELECTION.add("Resign", "no token", Resign(path="/held"))
ELECTION.add("Resign", "a token that no candidate has", Resign(path="/held", token=NOBODY))
ELECTION.add("Leader", "an election without candidates", election_pb2.LeaderRequest(path="/none"))
