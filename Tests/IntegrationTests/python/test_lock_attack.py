"""No write is accepted under a token that is not valid, in the short form of `locks.py`."""
import locks


def test_holders_that_were_stopped_or_silent_for_too_long_can_do_no_harm():
    result = locks.run(acquisitions=80, workers=5)
    assert result["fenced"] > 0 and result["deaths_of_leaders"] > 0
    assert result["jumps_of_clocks"] > 0
