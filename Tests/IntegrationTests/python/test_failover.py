"""Short forms of failover.py; `make soak-failover` runs the long ones."""
import failover


def test_killing_the_leader_loses_no_acknowledged_write_and_applies_none_twice():
    failover.run("kill", rounds=4)


def test_stopping_the_leader_loses_no_acknowledged_write_and_applies_none_twice():
    failover.run("stop", rounds=2)


def test_killing_every_member_in_full_flight_loses_no_acknowledged_write():
    failover.run("all", rounds=2)
