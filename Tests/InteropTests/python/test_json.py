"""JSON that Roost makes of messages is what Python's protobuf reads, and the reverse.

HYPOTHESIS_PROFILE=soak runs a hundred times as long.
"""

import json
import re

from google.protobuf import json_format, message_factory
from hypothesis import given, settings, strategies as st

from test_wire import CLASSES, MESSAGES, TEXT, canonical, message, records, testee  # noqa: F401  testee is a fixture

POOL = CLASSES["test.Everything"].DESCRIPTOR.file.pool
THOUSAND = 50 * settings.default.max_examples

# Those with a form of their own, and extensions, come more often than by chance.
NAMES = st.sampled_from(sorted(CLASSES)) | st.sampled_from(
    ["test.known.Known", "test.Everything", "test.extended.Extendable", "test.extended.MessageSet", "test.old.Grouped"]
    + ["test.edition.Featured", "test.old.Closed"]
)
NANOS = st.just(0) | st.integers(0, 999).flatmap(lambda n: st.sampled_from([n, n * 1000, n * 1000000])) | st.integers(
    0, 999999999
)
PATHS = st.lists(st.from_regex(re.compile(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*(\.[a-z]+)?", re.ASCII), fullmatch=True))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def settle(draw, value, depth=2):
    """Gives the well-known types values that JSON has a form for, and sets extensions."""
    name = value.DESCRIPTOR.full_name
    if name == "google.protobuf.Timestamp":
        value.seconds, value.nanos = draw(st.integers(-62135596800, 253402300799)), draw(NANOS)
    elif name == "google.protobuf.Duration":
        sign = draw(st.sampled_from([-1, 1]))
        value.seconds, value.nanos = sign * draw(st.integers(0, 315576000000)), sign * draw(NANOS)
    elif name == "google.protobuf.FieldMask":
        value.paths[:] = draw(PATHS)
    elif name == "google.protobuf.Any":
        value.Clear()
        if depth > 0:
            inner = CLASSES[draw(NAMES)]
            value.Pack(settle(draw, draw(message(inner, 1)), depth - 1), deterministic=True)
    else:
        if name == "google.protobuf.Value":
            if value.WhichOneof("kind") is None:
                value.null_value = 0
            elif value.WhichOneof("kind") == "number_value":
                value.number_value = draw(NUMBERS)
        if value.DESCRIPTOR.is_extendable:
            extend(draw, value)
        for field, content in value.ListFields():
            if field.enum_type and field.enum_type.full_name == "google.protobuf.NullValue":
                if field.is_repeated:
                    value.ClearField(field.name)  # Python writes a null there and refuses to read it.
                else:
                    setattr(value, field.name, 0)
        for one in parts(value):
            settle(draw, one, depth)
    value.DiscardUnknownFields()
    return value


def parts(value):
    """The messages that are set in a message."""
    for field, content in value.ListFields():
        if field.type not in MESSAGES:
            continue
        if field.message_type.GetOptions().map_entry:
            yield from content.values() if field.message_type.fields_by_name["value"].message_type else []
        else:
            yield from content if field.is_repeated else [content]


def settled(value):
    """The bytes of a message; maps in an Any are in order, too."""

    def settle_maps(value):
        if value.DESCRIPTOR.full_name == "google.protobuf.Any" and value.type_url:
            value.value = settled(CLASSES[value.type_url.rpartition("/")[2]].FromString(value.value))
        for part in parts(value):
            settle_maps(part)

    settle_maps(value)
    return canonical(value)


def extend(draw, value):
    for extension in POOL.FindAllExtensions(value.DESCRIPTOR):
        if not draw(st.booleans()):
            continue
        if extension.type in MESSAGES:
            inner = draw(message(message_factory.GetMessageClass(extension.message_type), 1))
            if extension.is_repeated:
                value.Extensions[extension].add().CopyFrom(inner)
            else:
                value.Extensions[extension].CopyFrom(inner)
        elif extension.is_repeated:
            value.Extensions[extension].append(extension.enum_type.values[0].number)
        elif extension.type == extension.TYPE_STRING:
            value.Extensions[extension] = draw(TEXT)
        else:
            value.Extensions[extension] = draw(st.integers(-(2**63), 2**63 - 1))


def of_python(text, name):
    """What Python reads, or None where it refuses the largest float, also as it has written it itself."""
    try:
        return settled(json_format.Parse(text, CLASSES[name](), descriptor_pool=POOL))
    except json_format.ParseError as refusal:
        if "Float value too" in str(refusal):
            return None
        raise


@settings(max_examples=THOUSAND)
@given(st.data())
def test_json_of_roost_is_read_by_python_and_the_reverse(testee, data):  # noqa: F811
    name = data.draw(NAMES)
    value = settle(data.draw, data.draw(message(CLASSES[name])))
    text = json_format.MessageToJson(
        value,
        preserving_proto_field_name=data.draw(st.booleans()),
        use_integers_for_enums=data.draw(st.booleans()),
        always_print_fields_with_no_presence=data.draw(st.booleans()),
        indent=data.draw(st.sampled_from([None, 2])),
        descriptor_pool=POOL,
    )
    # All sorts of NaN become one.
    expected = of_python(text, name)
    encoded, error = testee.message(name, text.encode())
    assert error is None, text
    told, error = testee.json(name, canonical(value))
    assert error is None, text
    assert testee.json(name, testee.message(name, told)[0])[0] == told
    if expected is not None:
        assert settled(CLASSES[name].FromString(encoded)) == expected, text
        assert of_python(told, name) == expected, (text, told)


# What is put in the place of a name, value or sign.
SPLICES = [b"null", b"true", b"1", b"1e3", b"1.0", b"-0", b'"1"', b'"NaN"', b'""', b'"', b"[]", b"{}", b",", b":"]


def mutate(source, text):
    text = bytearray(text)
    for _ in range(source.randint(1, 2)):
        tokens = list(re.finditer(rb'"(?:[^"\\]|\\.)*"|[-+.\w]+|[\[\]{},:]', text))
        if not tokens:
            break
        begin, end = source.choice(tokens).span()
        kind = source.randint(0, 2)
        if kind == 0:
            text[begin:end] = source.choice(SPLICES)
        elif kind == 1:
            del text[begin:end]
        else:
            other = source.choice(tokens).span()
            text[begin:end] = text[other[0] : other[1]]
    return bytes(text)


@settings(max_examples=THOUSAND // 5)
@given(st.data(), st.randoms(use_true_random=False))
def test_what_roost_accepts_is_what_python_accepts(testee, data, source):  # noqa: F811
    """The reverse does not hold: Python takes a number for the name of an enum's value, and more that is no mapping."""
    name = data.draw(NAMES)
    value = settle(data.draw, data.draw(message(CLASSES[name])))
    seed = json_format.MessageToJson(value, indent=None, descriptor_pool=POOL).encode()
    for _ in range(5):
        text = mutate(source, seed)
        encoded, error = testee.message(name, text)
        if error is not None:
            continue
        expected = of_python(text, name)
        if expected is not None:
            assert settled(CLASSES[name].FromString(encoded)) == expected, text


@settings(max_examples=THOUSAND // 2)
@given(st.data())
def test_any_bytes_mean_the_same_with_and_without_a_type(testee, data):  # noqa: F811
    name = data.draw(NAMES)
    encoded = data.draw(records(CLASSES[name].DESCRIPTOR))
    typed, error = testee.json(name, encoded)
    if error is None:
        told, error = testee.json_by_name(name, encoded)
        assert error is None, encoded.hex()
        # A map's entries are in the order of the bytes.
        assert json.loads(told) == json.loads(typed), encoded.hex()
