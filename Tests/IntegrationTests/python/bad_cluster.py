"""What Cluster refuses, as far as one call, or a member that does not answer, makes it do so."""
import signal
import time

import grpc

from bad_inputs import TIMEOUT, Cases, invoke
from ensemble import cluster_pb2

CLUSTER = Cases("Cluster")

Promote, Remove, Transfer = (
    cluster_pb2.PromoteMemberRequest, cluster_pb2.RemoveMemberRequest, cluster_pb2.TransferLeadershipRequest)
# Nobody listens there.
NOWHERE = "127.0.0.1:1"


def add_member(**fields):
    whole = dict(member_id=9, storage_id=9, peer_address=NOWHERE, client_address=NOWHERE, supported_format_level=99)
    return cluster_pb2.AddMemberRequest(**dict(whole, **fields))


CLUSTER.add("AddMember", "no member_id", add_member(member_id=0))
CLUSTER.add("AddMember", "no storage_id", add_member(storage_id=0))
CLUSTER.add("AddMember", "no peer_address", add_member(peer_address=""))
CLUSTER.add("AddMember", "peer_address without a port", add_member(peer_address="host"))
CLUSTER.add("AddMember", "peer_address with a port above 65,535", add_member(peer_address="host:65536"))
CLUSTER.add("AddMember", "peer_address of more than 1,024 bytes", add_member(peer_address="x" * 1023 + ":1"))
CLUSTER.add("AddMember", "no client_address", add_member(client_address=""))
CLUSTER.add("AddMember", "an IPv6 address without brackets", add_member(client_address="::1:80"))
CLUSTER.add("AddMember", "a release that does not support the format level", add_member(supported_format_level=1))
CLUSTER.add("AddMember", "the id of a member that is alive", add_member(member_id=1))
CLUSTER.add("AddMember", "another member's peer_address",
            lambda w: add_member(peer_address=w.one.peer_address(1)))


def learner(world):
    """A member 9 that will never be heard."""
    world.client.cluster.AddMember(add_member(), timeout=TIMEOUT)


def remove_learner(world):
    try:
        world.client.cluster.RemoveMember(Remove(member_id=9), timeout=TIMEOUT)
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.NOT_FOUND, error


def new_learner(world):
    remove_learner(world)
    learner(world)
    return Promote(member_id=9)


def during_a_change(world):
    """Sends the call behind others of its kind, of which the first is under way."""
    before = [world.client.cluster.AddMember.future(add_member(client_address=f"127.0.0.1:{n + 2}"), timeout=TIMEOUT)
              for n in range(20)]
    outcome = invoke(world.client.channel, "Cluster.AddMember", add_member(client_address="127.0.0.1:100"))
    for call in before:
        call.exception()
    return outcome


CLUSTER.add("AddMember", "another change is not finished", during_a_change, until="CHANGE_UNDER_WAY")
CLUSTER.add("PromoteMember", "no member_id", Promote())
CLUSTER.add("PromoteMember", "a member that does not exist", Promote(member_id=77))
CLUSTER.add("PromoteMember", "a learner that lacks much of the log", new_learner, until="LEARNER_BEHIND")
CLUSTER.add("PromoteMember", "a learner that the leader does not hear", Promote(member_id=9), until="MEMBER_SILENT")
CLUSTER.add("RemoveMember", "no member_id", Remove())
CLUSTER.add("RemoveMember", "a member that does not exist", Remove(member_id=77))
CLUSTER.add("RemoveMember", "the last voter", Remove(member_id=1))
CLUSTER.add("TransferLeadership", "a member that does not exist", Transfer(to_member_id=77))
CLUSTER.add("TransferLeadership", "a learner", Transfer(to_member_id=9), until="NO_SUCCESSOR")
CLUSTER.add("TransferLeadership", "to whom there is no other voter", Transfer())

for method, request in [("AddMember", add_member()), ("PromoteMember", Promote(member_id=1)),
                        ("RemoveMember", Remove(member_id=1)), ("TransferLeadership", Transfer())]:
    CLUSTER.add(method, "to a member that does not lead", request, to=lambda w: w.follower)


def stop_follower(world):
    """The leader, a follower that is stopped now, and the other one."""
    leader = world.leader
    stopped, other = (m for m in world.three.processes if m != leader.member)
    world.three.signal(stopped, signal.SIGSTOP)
    return leader, stopped, other


def to_stopped(world):
    """To a voter that has stopped just now, so that the leader does not know yet."""
    leader, stopped, _ = stop_follower(world)
    return invoke(leader.channel, "Cluster.TransferLeadership", Transfer(to_member_id=stopped))


def without_quorum(world):
    """Of three voters one is held to be dead, and another one is to go."""
    leader, dead, other = stop_follower(world)
    end = time.monotonic() + 10
    while not any(m.member_id == dead and m.suspected for m in world.three.status(leader.member).members):
        assert time.monotonic() < end, "nobody suspects the stopped member"
        time.sleep(0.02)
    return invoke(leader.channel, "Cluster.RemoveMember", Remove(member_id=other))


CLUSTER.add("TransferLeadership", "a voter that does not take over in time", to_stopped, until="NOT_TAKEN_OVER")
CLUSTER.add("RemoveMember", "a voter without which too few of the others are alive", without_quorum,
            until="QUORUM_AT_RISK")
