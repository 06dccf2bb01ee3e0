"""Sessions end when their clients die, not before their time, and no others do, in the short form of `sessions.py`."""
import sessions


def test_sessions_of_dead_clients_end_and_those_of_the_living_do_not():
    sessions.run(sessions=200, clients=6, timeout_ms=1_500, hold=4)
