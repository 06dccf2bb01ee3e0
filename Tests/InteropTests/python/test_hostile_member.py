"""The short form of wire.py; `make soak-wire` runs the long one."""
import random

import pytest

import wire
from ensemble import Ensemble


@pytest.fixture(scope="module")
def ensemble():
    with Ensemble(3) as running:
        running.wait_ready()
        yield running


@pytest.mark.parametrize("attack", wire.ATTACKS, ids=lambda attack: attack.__name__)
def test_stock_clients_are_served_while_a_stranger_sends(ensemble, attack):
    chance = random.Random(attack.__name__)
    with wire.served(ensemble):
        for port in (ensemble.client_ports[1], ensemble.peer_ports[1]):
            for _ in range(2):
                attack(port, chance)


def test_stock_clients_are_served_while_half_open_connections_stand(ensemble):
    half_open = wire.HalfOpen(wire.ports_of(ensemble), 240)
    try:
        with wire.served(ensemble):
            wire.plain_http(ensemble.client_ports[1], random.Random(1))
    finally:
        half_open.close()


@pytest.mark.parametrize("which", ["client_ports", "peer_ports"])
def test_a_stranger_is_hung_up_on(ensemble, which):
    for sent in (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\x00" * 100,
                 wire.START + wire.frame(wire.DATA, 0, 0, length=0xffffff)):
        with wire.Connection(getattr(ensemble, which)[1]) as connection:
            connection.send(sent)
            assert connection.drain(5), f"still open after {sent[:20]!r}"


def test_the_states_are_identical_afterwards(ensemble):
    ensemble.agreement()
