"""Messages that Python's protobuf encodes and messages that Roost encodes are the same.

Roost's side is the executable `wire-testee`; it decodes what it is sent and encodes it again. It lies beside the
`roost` that ROOST names, or where WIRE_TESTEE says. HYPOTHESIS_PROFILE=soak runs a hundred times as long.
"""

import os
import random
import unicodedata

import pytest
from google.protobuf import message_factory
from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet
from hypothesis import HealthCheck, given, settings, strategies as st

from messages import PROTO, TEST_PROTO, WELL_KNOWN, Testee, canonical, load_messages, unknown_record, varint

settings.register_profile(
    "default", max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("soak", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# Those that were drawn by chance have a test of their own.
CLASSES = load_messages([WELL_KNOWN, PROTO, TEST_PROTO], skipped="test/drawn*.proto")


@pytest.fixture(scope="session")
def testee():
    beside_roost = os.path.join(os.path.dirname(os.environ.get("ROOST", "")), "wire-testee")
    testee = Testee(os.environ.get("WIRE_TESTEE", beside_roost))
    yield testee
    testee.process.stdin.close()
    assert testee.process.wait(10) == 0


# Swift takes canonically equivalent strings for equal, as keys of a map too, so the keys are normalised.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEY = TEXT.map(lambda text: unicodedata.normalize("NFC", text))
SIGNED = {32: st.integers(-(2**31), 2**31 - 1), 64: st.integers(-(2**63), 2**63 - 1)}
UNSIGNED = {32: st.integers(0, 2**32 - 1), 64: st.integers(0, 2**64 - 1)}
SCALARS = {
    Field.TYPE_DOUBLE: st.floats(),
    Field.TYPE_FLOAT: st.floats(width=32),
    Field.TYPE_INT32: SIGNED[32],
    Field.TYPE_SINT32: SIGNED[32],
    Field.TYPE_SFIXED32: SIGNED[32],
    Field.TYPE_INT64: SIGNED[64],
    Field.TYPE_SINT64: SIGNED[64],
    Field.TYPE_SFIXED64: SIGNED[64],
    Field.TYPE_UINT32: UNSIGNED[32],
    Field.TYPE_FIXED32: UNSIGNED[32],
    Field.TYPE_UINT64: UNSIGNED[64],
    Field.TYPE_FIXED64: UNSIGNED[64],
    Field.TYPE_BOOL: st.booleans(),
    Field.TYPE_STRING: TEXT,
    Field.TYPE_BYTES: st.binary(max_size=30) | st.binary(min_size=250, max_size=600),
}


def scalar(field):
    if field.type != Field.TYPE_ENUM:
        return SCALARS[field.type]
    known = st.sampled_from([value.number for value in field.enum_type.values])
    return known if field.enum_type.is_closed else known | SIGNED[32]


# Numbers that no message of ours uses.
UNKNOWN = st.builds(unknown_record, st.integers(1000, 2**28), st.sampled_from([0, 1, 2, 3, 5]), UNSIGNED[64])


MESSAGES = (Field.TYPE_MESSAGE, Field.TYPE_GROUP)


@st.composite
def message(draw, cls, depth=3):
    out = cls()
    for field in cls.DESCRIPTOR.fields:
        required = getattr(field, "is_required", False)
        if not required and (field.type in MESSAGES and depth == 0 or not draw(st.booleans())):
            continue
        fill(draw, out, field, depth)
    if draw(st.integers(0, 3)) == 0:
        out.MergeFromString(draw(UNKNOWN))
    return out


def fill(draw, out, field, depth):
    repeated = field.is_repeated
    if repeated and field.message_type and field.message_type.GetOptions().map_entry:
        key, value = field.message_type.fields_by_name["key"], field.message_type.fields_by_name["value"]
        keys = KEY if key.type == Field.TYPE_STRING else scalar(key)
        for item in draw(st.lists(keys, max_size=3)):
            if value.type == Field.TYPE_MESSAGE:
                inner = message_factory.GetMessageClass(value.message_type)
                getattr(out, field.name)[item].CopyFrom(draw(message(inner, depth - 1)))
            else:
                getattr(out, field.name)[item] = draw(scalar(value))
    elif field.type in MESSAGES:
        inner = message_factory.GetMessageClass(field.message_type)
        if repeated:
            for _ in range(draw(st.integers(0, 2))):
                getattr(out, field.name).add().CopyFrom(draw(message(inner, depth - 1)))
        else:
            getattr(out, field.name).CopyFrom(draw(message(inner, depth - 1)))
    elif repeated:
        getattr(out, field.name).extend(draw(st.lists(scalar(field), max_size=5)))
    else:
        setattr(out, field.name, draw(scalar(field)))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_what_python_encodes_comes_back_the_same(name, testee):
    @given(st.data())
    def check(data):
        sent = data.draw(message(CLASSES[name]))
        payload, error = testee.transcode(name, canonical(sent))
        assert error is None
        assert len(payload) == len(canonical(sent))
        # Not byte by byte: the two sides order the keys of a map differently.
        assert canonical(CLASSES[name].FromString(payload)) == canonical(sent)

    check()


def compare(testee, name, data):
    """Both sides read any bytes alike: both refuse them, or both come to the same message."""
    payload, error = testee.transcode(name, data)
    try:
        expected = CLASSES[name].FromString(data)
        encoded = canonical(expected)
    except DecodeError as refusal:
        assert error is not None, f"Python refuses {data.hex()}: {refusal}"
        return
    except Exception as refusal:  # EncodeError: a required field is missing.
        assert error is not None, f"Python cannot encode {data.hex()}: {refusal}"
        return
    if error is not None and "a tag is not valid" in error:
        return  # Python takes unknown fields numbered 0, which the specification forbids.
    if error is not None and "UTF-8" in error and name.startswith(("test.old.", "test.extended.")):
        return  # Python takes any bytes in a proto2 string; a Swift string cannot hold them.
    if has_odd_entry(expected):
        return
    assert error is None, f"Roost refuses {data.hex()}: {error}"
    found = CLASSES[name].FromString(payload)
    assert known(found) == known(expected), data.hex()
    if name == "test.old.Closed" or name.startswith("test.old.Grouped"):
        return  # Python cuts an unknown number of a closed enum to 32 bits; Roost keeps it as it came.
    # Python keeps an overlong tag of an unknown field as it came; Roost writes it anew.
    assert testee.transcode(name, encoded)[0] == payload, data.hex()


def has_odd_entry(value):
    """Whether Python set a map's entry aside for its unknown fields; here, as in C++, only those are dropped."""
    maps = {
        field.number
        for field in value.DESCRIPTOR.fields
        if field.message_type and field.message_type.GetOptions().map_entry and field.is_repeated
    }
    if any(field.field_number in maps for field in UnknownFieldSet(value)):
        return True
    for field, content in value.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            entry = field.message_type.fields_by_name["value"]
            inner = list(content.values()) if entry.message_type else []
        else:
            inner = content if field.is_repeated else [content]
        if any(has_odd_entry(one) for one in inner):
            return True
    return False


def known(value):
    copy = type(value)()
    copy.CopyFrom(value)
    copy.DiscardUnknownFields()
    return canonical(copy)


def mutate(random_source, data):
    data = bytearray(data)
    for _ in range(random_source.randint(1, 4)):
        at = random_source.randint(0, len(data))
        kind = random_source.randint(0, 4)
        if kind == 0:
            data[at:at] = bytes([random_source.randint(0, 255)])
        elif kind == 1 and at < len(data):
            data[at] = random_source.randint(0, 255)
        elif kind == 2:
            del data[at : at + random_source.randint(1, 4)]
        elif kind == 3:
            begin = random_source.randint(0, len(data))
            data[at:at] = data[begin : begin + random_source.randint(1, 20)]
        elif at < len(data):
            data[at] ^= 1 << random_source.randint(0, 7)
    return bytes(data)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_mutated_bytes_are_read_alike(name, testee):
    @given(st.data(), st.randoms(use_true_random=False))
    def check(data, random_source):
        seed = canonical(data.draw(message(CLASSES[name])))
        for _ in range(10):
            compare(testee, name, mutate(random_source, seed))

    check()


@st.composite
def records(draw, descriptor, depth=3):
    """Records in any order, with any wire type, often of known fields: what no encoder writes, but anybody may send."""
    out = b""
    numbers = [field.number for field in descriptor.fields] + [1000]
    for _ in range(draw(st.integers(0, 6))):
        number = draw(st.sampled_from(numbers))
        field = descriptor.fields_by_number.get(number)
        if field is not None and field.message_type is not None and depth > 0 and draw(st.integers(0, 4)) > 0:
            payload = draw(records(field.message_type, depth - 1))
            if field.type == Field.TYPE_GROUP and draw(st.integers(0, 4)) > 0:
                out += varint(number << 3 | 3) + payload + varint(number << 3 | 4)
                continue
            out += varint(number << 3 | 2) + varint(len(payload)) + payload
        else:
            wire_type = draw(st.sampled_from([0, 0, 1, 2, 2, 3, 5]))
            if wire_type == 2 and draw(st.booleans()):
                payload = b"".join(varint(value) for value in draw(st.lists(UNSIGNED[32], max_size=4)))
                payload = payload if field is None or field.type != Field.TYPE_STRING else b"text"
                out += varint(number << 3 | 2) + varint(len(payload)) + payload
            else:
                out += unknown_record(number, wire_type, draw(st.integers(0, 8) | UNSIGNED[64]))
    return out


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_any_sequence_of_records_is_read_alike(name, testee):
    @given(st.data())
    def check(data):
        compare(testee, name, data.draw(records(CLASSES[name].DESCRIPTOR)))

    check()


def test_random_bytes_are_read_alike(testee):
    source = random.Random(1)
    for _ in range(3000):
        compare(testee, "test.Everything", source.randbytes(source.randint(0, 24)))


def test_the_registry_lacks_nothing(testee):
    for name in CLASSES:
        _, error = testee.transcode(name, b"")
        assert error is None or "required" in error
