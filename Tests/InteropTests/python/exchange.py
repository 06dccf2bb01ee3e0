#!/usr/bin/env python3
"""Exchanges messages of drawn values with Python's protobuf, binary and as JSON.

    exchange.py --protos FOLDER --testee PROGRAM --seed N [--messages 100000] [--first 0]

Each message goes both ways in both forms: what Python encodes is decoded and encoded by Roost and must be the same
message to Python; what Python says in JSON is read by Roost, and what Roost says is read by Python. A message follows
from the seed and its own number alone, so the first difference ends the run with what is needed to see it again.
"""

import argparse
import collections
import random
import time
import unicodedata

from google.protobuf import json_format, message_factory
from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.message import DecodeError

from messages import Testee, canonical, load_messages, unknown_record

DEPTH_MAX = 4
# Values of one message, those of its parts among them.
VALUES_MAX = 120
NUMBER_MAX = 2**29 - 1

SIGNED = {bits: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (32, 64)}
UNSIGNED = {bits: (0, 2**bits - 1) for bits in (32, 64)}
RANGES = {
    Field.TYPE_INT32: SIGNED[32], Field.TYPE_SINT32: SIGNED[32], Field.TYPE_SFIXED32: SIGNED[32],
    Field.TYPE_INT64: SIGNED[64], Field.TYPE_SINT64: SIGNED[64], Field.TYPE_SFIXED64: SIGNED[64],
    Field.TYPE_UINT32: UNSIGNED[32], Field.TYPE_FIXED32: UNSIGNED[32],
    Field.TYPE_UINT64: UNSIGNED[64], Field.TYPE_FIXED64: UNSIGNED[64],
}
MESSAGES = (Field.TYPE_MESSAGE, Field.TYPE_GROUP)
LARGEST_FLOAT = 3.4028234663852886e38
FLOATS = [0.0, -0.0, 1.0, -1.5, float("inf"), -float("inf"), float("nan"), 2.0**-149, 2.0**-126, 3.4028232635611926e38,
          16777217.0, 0.1]
DOUBLES = FLOATS + [5e-324, 1.7976931348623157e308, -2.2250738585072014e-308, 9007199254740993.0, 1e21, 1e-7]
TEXTS = ["", "a", "text", "\0", "a\0b", "é", "e\u0301", "日本語", "\U0001f600", "\u2028\u2029", "\ufeff", "\uffff", "\x7f",
         '"\\/\b\f\n\r\t', "\u202e", "K", "\u212a", "x" * 300, "ü" * 70]
DATA = [b"", b"\0", b"\xff\xfe", b"text", bytes(range(256)), bytes(400), b"\xfb\xff\xbf"]


class Values:
    """Messages of drawn values."""

    def __init__(self, source):
        self.source = source
        self.left = VALUES_MAX

    def message(self, cls):
        out = cls()
        self.fill(out, DEPTH_MAX)
        return out

    def fill(self, out, depth):
        source = self.source
        density = source.choice([0, 0.15, 0.5, 0.9])
        chosen = {oneof.name: source.choice([None, *oneof.fields]) for oneof in out.DESCRIPTOR.oneofs}
        for field in out.DESCRIPTOR.fields:
            if field.containing_oneof is not None:
                if chosen[field.containing_oneof.name] is field:
                    self.set(out, field, depth)
            elif field.is_required or source.random() < density:
                self.set(out, field, depth)
        if source.randrange(6) == 0:
            self.add_unknown(out)

    def set(self, out, field, depth):
        if self.left <= 0 and not field.is_required:
            return
        self.left -= 1
        is_message = field.type in MESSAGES
        if field.is_repeated and is_message and field.message_type.GetOptions().map_entry:
            self.set_map(getattr(out, field.name), field, depth)
        elif is_message and depth == 0:
            return
        elif field.is_repeated:
            values = getattr(out, field.name)
            for _ in range(self.count()):
                if is_message:
                    self.fill(values.add(), depth - 1)
                else:
                    values.append(self.scalar(field))
        elif is_message:
            inner = getattr(out, field.name)
            inner.SetInParent()
            self.fill(inner, depth - 1)
        else:
            setattr(out, field.name, self.scalar(field))

    def set_map(self, values, field, depth):
        key, value = (field.message_type.fields_by_name[name] for name in ("key", "value"))
        for _ in range(self.count()):
            drawn = self.scalar(key)
            if key.type == Field.TYPE_STRING:
                # Swift takes canonically equivalent strings for equal.
                drawn = unicodedata.normalize("NFC", drawn)
            if value.type not in MESSAGES:
                values[drawn] = self.scalar(value)
            elif depth > 0:
                self.fill(values[drawn], depth - 1)

    def count(self):
        count = self.source.choice([0, 1, 1, 2, 3, 20])
        self.left -= count
        return count

    def scalar(self, field):
        source = self.source
        # The default is a value like any other where there is presence.
        if source.randrange(8) == 0 and not field.is_repeated:
            return field.default_value
        if field.type in RANGES:
            low, high = RANGES[field.type]
            return source.choice([low, high, 0, 1, 127, 128, 2**31 - 1, source.randint(low, high)])
        if field.type == Field.TYPE_ENUM:
            known = source.choice(field.enum_type.values).number
            return known if field.enum_type.is_closed or source.randrange(3) else source.randint(*SIGNED[32])
        if field.type == Field.TYPE_BOOL:
            return source.random() < 0.5
        if field.type in (Field.TYPE_FLOAT, Field.TYPE_DOUBLE):
            pool = FLOATS if field.type == Field.TYPE_FLOAT else DOUBLES
            if source.randrange(500) == 0:
                return LARGEST_FLOAT
            if source.randrange(2):
                return source.choice(pool)
            return source.uniform(-1, 1) * 10.0 ** source.randint(-30, 30)
        if field.type == Field.TYPE_STRING:
            return source.choice(TEXTS) if source.randrange(4) else self.text()
        return source.choice(DATA) if source.randrange(4) else source.randbytes(source.randint(0, 40))

    def text(self):
        source = self.source
        ranges = [(0x20, 0x7E), (0, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
        return "".join(chr(source.randint(*source.choice(ranges))) for _ in range(source.randint(0, 12)))

    def add_unknown(self, out):
        source = self.source
        descriptor = out.DESCRIPTOR
        closed = [
            field for field in descriptor.fields
            if field.type == Field.TYPE_ENUM and field.enum_type.is_closed
        ]
        if closed and source.randrange(2):
            # A number that a closed enum lacks is an unknown field, too. Of more than 32 bits it is cut by Python.
            field = source.choice(closed)
            number = source.randint(*SIGNED[32])
            if number not in field.enum_type.values_by_number:
                out.MergeFromString(unknown_record(field.number, 0, number % 2**64))
            return
        for _ in range(source.randint(1, 3)):
            number = source.choice([source.randint(1, 60), source.randint(1, NUMBER_MAX)])
            if number not in descriptor.fields_by_number:
                out.MergeFromString(unknown_record(number, source.choice([0, 1, 2, 3, 5]), source.randrange(2**64)))


def is_ambiguous(descriptor):
    names = {field.json_name: field for field in descriptor.fields}
    return any(names.get(field.name, field) is not field for field in descriptor.fields)


class Difference(Exception):
    pass


class Exchange:
    """Messages of some classes on their way to a testee and back."""

    def __init__(self, classes, testee, seed):
        self.classes = classes
        self.names = sorted(classes)
        self.testee = testee
        self.seed = seed
        self.pool = next(iter(classes.values())).DESCRIPTOR.file.pool
        self.counts = collections.Counter()
        # By a type's name: whether names of its fields, or of its parts', are ambiguous.
        self.ambiguous = {}

    def run(self, first, count):
        for number in range(first, first + count):
            self.exchange(number)

    def drawn(self, number):
        """The type and the message with this number."""
        source = random.Random(f"{self.seed} {number}")
        name = source.choice(self.names)
        return name, Values(source).message(self.classes[name]), source

    def exchange(self, number):
        name, sent, source = self.drawn(number)
        data = canonical(sent)
        try:
            self.exchange_binary(name, data)
            self.exchange_json(name, sent, data, source)
        except (Difference, DecodeError, AssertionError) as difference:
            # Python refuses what Roost has encoded; or the testee has died.
            place = f"seed {self.seed}, message {number}, {name}"
            raise Difference(f"{place}\n{difference}\nencoded: {data.hex()}") from None
        self.counts["messages"] += 1
        self.counts["bytes"] += len(data)

    def ask(self, task, name, data):
        answer, error = task(name, data)
        if error is not None:
            raise Difference(f"refused: {error}")
        return answer

    def exchange_binary(self, name, data):
        answer = self.ask(self.testee.transcode, name, data)
        # Not byte by byte: the two sides order the keys of a map differently.
        if len(answer) != len(data) or canonical(self.classes[name].FromString(answer)) != data:
            raise Difference(f"encoded by Roost: {answer.hex()}")
        self.counts["binary"] += 1

    def exchange_json(self, name, sent, data, source):
        forms = {
            "use_integers_for_enums": source.random() < 0.3,
            "always_print_fields_with_no_presence": source.random() < 0.3,
            "indent": source.choice([None, 2]),
        }
        text = self.write(sent, **forms)
        expected = self.read(name, text)
        if source.random() < 0.3 and not self.has_ambiguous_names(sent.DESCRIPTOR):
            text = self.write(sent, preserving_proto_field_name=True, **forms)
            self.counts["JSON of Python with the names of the file"] += 1
        ours = self.ask(self.testee.message, name, text.encode())
        self.compare("JSON of Python", name, text, ours, expected)
        told = self.ask(self.testee.json, name, data).decode()
        theirs = self.read(name, told)
        if expected is not None and theirs is not None and theirs != expected:
            raise Difference(f"JSON of Roost: {told}\nJSON of Python: {text}")
        ours = self.ask(self.testee.message, name, told.encode())
        self.compare("JSON of Roost", name, told, ours, theirs)

    def compare(self, what, name, text, ours, expected):
        if expected is None:
            self.counts["JSON with the largest float, which Python does not read"] += 1
            return
        if canonical(self.classes[name].FromString(ours)) != expected:
            raise Difference(f"{what}: {text}\nas Roost reads it: {ours.hex()}\nas Python: {expected.hex()}")
        self.counts[what] += 1

    def write(self, value, **forms):
        return json_format.MessageToJson(value, descriptor_pool=self.pool, **forms)

    def has_ambiguous_names(self, descriptor):
        """Whether in it or a part of it a field is called what another is called in JSON.

        Either name of a field may stand in JSON. If Python is asked for the names of the file it writes them all the
        same, and then takes one field for another, or refuses the text.
        """
        name = descriptor.full_name
        if name not in self.ambiguous:
            reached, left = {}, [descriptor]
            while left:
                one = left.pop()
                if one.full_name not in reached:
                    reached[one.full_name] = one
                    left += [field.message_type for field in one.fields if field.message_type]
            self.ambiguous[name] = any(map(is_ambiguous, reached.values()))
        return self.ambiguous[name]

    def parse(self, name, text):
        return canonical(json_format.Parse(text, self.classes[name](), descriptor_pool=self.pool))

    def read(self, name, text):
        """What Python reads; None where it does not read what it writes itself.

        It writes the largest float as 3.4028235e+38, the shortest text that no other float is closer to. It compares
        what it reads with the largest float before it rounds it to one, and so refuses that text as too large.
        """
        try:
            return self.parse(name, text)
        except json_format.ParseError as refusal:
            if "Float value too" in str(refusal) and "3.4028235e+38" in text:
                return None
            raise Difference(f"Python refuses {text}: {refusal}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--protos", required=True, help="the folder with the .proto files")
    parser.add_argument("--testee", required=True)
    parser.add_argument("--seed", required=True)
    parser.add_argument("--messages", type=int, default=100000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first message")
    arguments = parser.parse_args()
    exchange = Exchange(load_messages([arguments.protos]), Testee(arguments.testee), arguments.seed)
    fields = sum(len(cls.DESCRIPTOR.fields) for cls in exchange.classes.values())
    print(f"{len(exchange.names)} message types with {fields} fields", flush=True)
    begin = time.monotonic()
    left = arguments.messages
    try:
        while left > 0:
            step = min(left, 10000)
            exchange.run(arguments.first + arguments.messages - left, step)
            left -= step
            print(f"{exchange.counts['messages']} messages, {time.monotonic() - begin:.0f} s", flush=True)
    except Difference as difference:
        print(difference)
        raise SystemExit(1)
    for what, count in exchange.counts.items():
        print(f"{count:12} {what}")


if __name__ == "__main__":
    main()
