"""The short form of histories.py, and whether its judge would see anything."""
import json
import random

import histories


def test_what_clients_are_told_under_faults_is_true(tmp_path):
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    histories.run(10, seed, folder=tmp_path)
    file = tmp_path / f"history-{seed}.json"
    true = json.loads(file.read_text())
    assert len(true["calls"]) > 500

    def contradicted(change):
        false = json.loads(file.read_text())
        change(false)
        altered = tmp_path / "altered.json"
        altered.write_text(json.dumps(false))
        return histories.judge(altered)

    reads = [n for n, call in enumerate(true["calls"]) if call["answer"] == "found"]
    writes = [n for n, call in enumerate(true["calls"]) if call["answer"] == "done" and call["kind"] == "set"]

    def read_something_else(history):
        history["calls"][reads[-1]]["value"] = writes[0] + 1

    def lose_an_acknowledged_write(history):
        history["changes"] = [c for c in history["changes"] if c["value"] != writes[-1] + 1]

    def see_less_than_was_acknowledged(history):
        call = history["calls"][reads[-1]]
        call.update(serializable=False, answer="missing")

    def take_one_branch_for_the_other(history):
        call = next(c for c in history["calls"] if c["answer"] == "settled" and c.get("failed") is not None)
        call["failed"] = None

    def make_half_of_a_transaction(history):
        settled = {n + 1 for n, call in enumerate(history["calls"]) if call["answer"] == "settled"}
        place = next(n for n, change in enumerate(history["changes"]) if change["value"] in settled)
        del history["changes"][place]

    for change in (read_something_else, lose_an_acknowledged_write, see_less_than_was_acknowledged,
                   take_one_branch_for_the_other, make_half_of_a_transaction):
        assert contradicted(change) is not None, change.__name__
