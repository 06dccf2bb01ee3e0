"""Messages of schemas that were drawn by chance are the same to Python's protobuf and to Roost.

The schemas are checked in, drawn once: test/drawn*.proto. `make soak-schemas` draws new ones, and exchanges more
messages of them.
"""

import collections
import pathlib

import pytest

import schemas
from exchange import Exchange
from messages import TEST_PROTO, load_messages
from test_wire import testee  # noqa: F401  testee is a fixture

SEED = 65


@pytest.fixture(scope="module")
def exchange(testee):  # noqa: F811
    classes = load_messages([TEST_PROTO])
    drawn = {name: cls for name, cls in classes.items() if name.startswith("test.drawn")}
    return Exchange(drawn, testee, SEED)


def test_the_files_are_what_their_seed_gives(tmp_path):
    """To draw them anew: schemas.py --seed 65 --out Tests/TestMessages/Protos, then make generate."""
    paths = schemas.write(tmp_path, SEED)
    assert paths == [f"test/drawn{number}.proto" for number in (1, 2, 3)]
    for path in paths:
        assert (tmp_path / path).read_text() == (pathlib.Path(TEST_PROTO) / path).read_text(), path


def test_they_have_every_type_label_and_syntax(exchange):
    fields = [field for cls in exchange.classes.values() for field in cls.DESCRIPTOR.fields]
    assert {field.type for field in fields} == set(range(1, 19))
    inner = [field.message_type for field in fields if field.message_type]
    entries = [message for message in inner if message.GetOptions().map_entry]
    assert len({entry.fields_by_name["key"].type for entry in entries}) > 5
    for label in (
        [field for field in fields if field.is_packed],
        [field for field in fields if field.is_repeated and not field.is_packed],
        [field for field in fields if field.is_required],
        [field for field in fields if field.has_presence and not field.is_required],
        [field for field in fields if not field.has_presence and not field.is_repeated],
        [field for field in fields if field.containing_oneof],
        [field for field in fields if field.has_default_value],
        [field for field in fields if field.enum_type and field.enum_type.is_closed],
        [field for field in fields if field.enum_type and not field.enum_type.is_closed],
    ):
        assert len(label) > 1


def test_a_thousand_messages_are_the_same_on_both_sides(exchange):
    exchange.counts = collections.Counter()
    exchange.run(0, 1000)
    assert exchange.counts["binary"] == exchange.counts["messages"] == 1000
    # Python does not read the largest float.
    assert min(exchange.counts["JSON of Python"], exchange.counts["JSON of Roost"]) > 990
