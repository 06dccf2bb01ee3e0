"""Each limit and each bad input, as `proto/ERRORS.md` tells them, against a real ensemble.

The file is written by this test with `ROOST_GOLDEN=refresh`, and compared with what the members answer otherwise.
"""
import difflib
import os

import pytest

import bad_anything
import error_reasons
import limits
import no_errors
from bad_cluster import CLUSTER
from bad_inputs import World, carry_out, methods, row, services, table
from bad_locks import ELECTION, LOCK, SESSIONS
from bad_names import CONFIG, NAMING
from bad_store import STORE
from bad_streams import COORDINATOR
from ensemble import ROOT, Ensemble, code_and_reason

FILE = ROOT / "proto/ERRORS.md"
SECTIONS = [STORE, SESSIONS, COORDINATOR, LOCK, ELECTION, NAMING, CONFIG, CLUSTER]
HEADER = ["call", "input", "status code", "reason", "message"]

INTRODUCTION = """\
# Limits and bad inputs

What each call answers to an input that it does not take: for those who write clients. Written by a test, which makes
each of these calls; see `Tests/IntegrationTests/python/test_errors.py`.

The status' details are a `google.rpc.Status` with a `google.rpc.ErrorInfo` of domain `roost`, which has the *reason*
and metadata; some have a `google.rpc.RetryInfo` too. Programs switch on the reason, which is never renamed. Messages
are for people and may change. What a message has in braces, such as {revision}, varies. An answer without a reason is
not the service's but a proxy's or a library's; whether a write had an effect is to be taken for unknown then, as it is
when a deadline passes or a connection breaks.
"""

EXPLANATIONS = {
    "Any call": "What holds for every call, or for every call with a certain field, and is not repeated below.",
    "No errors": "What looks like a bad input and is taken.",
    "Limits": """\
Each is shown from both sides: what is as large as that is taken, and what is larger by one is not. Those that can be
configured are so for programs that embed a member (`MemberOptions.limits`); `roost serve` has no options for them.""",
    "Reasons": "Whether a write had an effect: with any of these reasons but `OUTCOME_UNKNOWN` it surely had none.",
}


@pytest.fixture(scope="module")
def world():
    # The second one is for what only a leader, or another member, refuses. A busy machine must not change its leader.
    with Ensemble(1) as one, Ensemble(3, extra=["--heartbeat-timeout", "1000"]) as three:
        one.wait_ready(whole=True)
        three.wait_ready(whole=True)
        world = World(one, three)
        yield world
        world.close_all()


def test_each_service_has_a_section_and_each_call_is_tried():
    assert [s.service for s in SECTIONS] == list(services()), "a service without cases; see bad_inputs.py"
    with_fields = {c for f in bad_anything.FIELDS for c in bad_anything.having(f)}
    assert with_fields <= set(bad_anything.VALID), "calls without a valid request; see bad_anything.py"
    assert {c.call for section in SECTIONS for c in section} <= set(methods())


def test_each_reason_is_explained():
    explained = [reason for reason, *_ in error_reasons.REASONS]
    assert explained == sorted(set(explained))
    assert set(explained) == error_reasons.in_sources(), "see error_reasons.py"


def test_every_limit_and_bad_input_is_answered_as_the_table_says(world):
    begun = bad_anything.begin(world)
    parts = {}
    for section in SECTIONS:
        parts[section.service] = [(case.call, case.input, carry_out(world, case)) for case in section]
    assert left_behind(world) == []
    shown, beyond = limits.section(world)
    taken = no_errors.section(world)
    parts = {"Any call": bad_anything.rows(world, begun), **parts}
    lines = INTRODUCTION.splitlines()
    for title, rows in parts.items():
        lines += heading(title) + table(HEADER, [row(*r) for r in rows])
    lines += heading("No errors") + taken + heading("Limits") + shown
    lines += heading("Reasons") + error_reasons.section()
    compare("\n".join(lines) + "\n")
    told = [(f"{call}: {text}", outcome) for rows in parts.values() for call, text, outcome in rows]
    assert [words for words, outcome in told if outcome.code in ("OK", "UNKNOWN")] == []
    assert error_reasons.contradictions(told + beyond) == []


def left_behind(world):
    """Znodes that refused calls were to create, themselves or with what they claim or register."""
    paths = ["/a", "/none", "/free", "/valid", "/large-data", "/locks", "/services/a", "/config/a", "/config/none"]
    return [path for path in paths if code_and_reason(world.client.get, path)[0] == "OK"]


def heading(title):
    explanation = EXPLANATIONS.get(title)
    return ["", f"## {title}", ""] + ([explanation, ""] if explanation else [])


def compare(text):
    if os.environ.get("ROOST_GOLDEN") == "refresh":
        FILE.write_text(text, encoding="utf-8")
    written = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    difference = "\n".join(difflib.unified_diff(
        written.splitlines(), text.splitlines(), "proto/ERRORS.md", "what the members answer", n=0, lineterm=""))
    assert not difference, f"{difference}\nIf that is as it should be: ROOST_GOLDEN=refresh pytest test_errors.py"
