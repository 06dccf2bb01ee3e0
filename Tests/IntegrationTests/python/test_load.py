"""The short form of load.py; `make soak-load` runs the long one."""
import load


def test_under_load_nobody_is_taken_for_dead_and_all_states_are_equal():
    result = load.run(seconds=5, part_seconds=1.0, keys=100)
    assert all(result["operations"][workload] > 0 for workload in load.WORKLOADS)
