"""Addresses from which broken connections come, and those who share them."""
import socket

import pytest

from ensemble import Client, Ensemble

# A client's preface, and a DATA frame on a stream that is not open, before any SETTINGS.
BROKEN = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 1, 0, 0, 0, 0, 0, 1, 0])


def offend(ensemble, times):
    port = ensemble.client_ports[1]
    for _ in range(times):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(BROKEN)
            while True:
                try:
                    if not connection.recv(4096):
                        break
                except ConnectionResetError:
                    break


@pytest.mark.parametrize("is_kept_out", [True, False])
def test_who_breaks_the_rules_again_and_again_is_kept_out_unless_the_operator_says_no(is_kept_out):
    with Ensemble(1, extra=[] if is_kept_out else ["--no-quarantine"]) as ensemble:
        ensemble.wait_ready()
        offend(ensemble, 25)
        is_out = "an address is kept out" in ensemble.log_text(1)
        assert is_out == is_kept_out
        if not is_kept_out:
            client = Client(ensemble, 1)
            client.create("/a")
            client.close()
