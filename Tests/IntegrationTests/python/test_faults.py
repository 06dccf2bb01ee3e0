"""Networks that are cut and disks that stall or fail. Short forms of failover.py, and what it has no mode for."""
import time

import grpc
import pytest

import failover
import laggard
from ensemble import Client, Ensemble
from network import NetworkedEnsemble, SlowDisk, why_not

needs_networks = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")


@needs_networks
def test_a_leader_that_is_cut_off_is_replaced_and_nothing_acknowledged_is_lost():
    failover.run("partition", rounds=2)


def test_handing_over_under_load_fails_no_request():
    failover.run("transfer", rounds=3)


def test_a_leaders_stalled_disk_stops_nobody(monkeypatch):
    monkeypatch.setattr(failover, "STALL_SECONDS", 3)
    failover.run("stall", rounds=1)


@pytest.fixture
def networked():
    with NetworkedEnsemble(3) as ensemble:
        ensemble.wait_ready()
        yield ensemble


def writes_go_on(ensemble, through, wait=5.0):
    """A write through the member is acknowledged, at the latest within `wait`."""
    end = time.monotonic() + wait
    while True:
        client = Client(ensemble, through, timeout=0.5)
        try:
            return client.put("/goes-on", b"x")
        except grpc.RpcError as error:
            assert time.monotonic() < end, error
            time.sleep(0.05)
        finally:
            client.close()


@needs_networks
def test_a_cut_between_two_followers_changes_nothing(networked):
    leader = networked.leader()
    term = networked.status(leader).term
    networked.cut(*[m for m in (1, 2, 3) if m != leader])
    time.sleep(2)
    for member in (1, 2, 3):
        writes_go_on(networked, member)
        assert networked.status(member).term == term


@needs_networks
def test_a_follower_cut_off_from_the_leader_only_deposes_nobody(networked):
    leader = networked.leader()
    term = networked.status(leader).term
    follower, other = [m for m in (1, 2, 3) if m != leader]
    networked.cut(leader, follower)
    time.sleep(3)
    writes_go_on(networked, leader)
    writes_go_on(networked, other)
    assert [networked.status(m).term for m in (leader, other)] == [term, term]
    networked.heal()
    writes_go_on(networked, follower, wait=10)
    networked.agreement()


@needs_networks
@pytest.mark.parametrize("what", ["is not heard by anybody", "hears nobody"])
def test_a_leader_with_a_connection_of_one_way_is_replaced(networked, what):
    leader = networked.leader()
    others = [m for m in (1, 2, 3) if m != leader]
    for other in others:
        networked.drop(*((leader, other) if what == "is not heard by anybody" else (other, leader)))
    assert networked.leader(among=others, wait=10) in others
    for other in others:
        writes_go_on(networked, other)
    networked.heal()
    writes_go_on(networked, leader, wait=10)
    networked.agreement()


def test_a_dead_a_stopped_or_a_slow_follower_does_not_stop_writers():
    laggard.beside(rounds=1, seconds=0.5)


def test_a_follower_that_was_away_comes_back_by_snapshot_beside_writers():
    laggard.come_back(mebibytes=40, seconds=0.5)


def test_a_member_whose_sync_fails_stops_says_why_and_comes_back_with_everything():
    ensemble = Ensemble(3)
    disk = SlowDisk(ensemble.folder)
    ensemble.environment = disk.environment
    with ensemble:
        ensemble.wait_ready()
        leader = ensemble.leader()
        disk.fail(leader)
        writes_go_on(ensemble, next(m for m in (1, 2, 3) if m != leader))
        assert ensemble.processes[leader].wait(10) == 1
        assert "Input/output error" in ensemble.log_text(leader)
        disk.work(leader)
        ensemble.start(leader)
        writes_go_on(ensemble, leader, wait=10)
        ensemble.agreement()
