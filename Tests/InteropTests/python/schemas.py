#!/usr/bin/env python3
"""Writes .proto files that nobody has thought of, from a seed.

    schemas.py --seed N --out FOLDER [--files 3] [--messages 2] [--clashes]

Every file has one of the syntaxes in turn (proto2, proto3, edition 2023), imports some of those before it, and has
types, labels, options, field numbers and names as far apart as protoc lets them be. The same seed gives the same bytes.

What protoc refuses is avoided here, each where the comment says so. Types, labels and names come from decks that are
dealt to their end before they are shuffled again, so that a few messages already have some of each.
"""

import argparse
import pathlib
import random

SYNTAXES = ("proto2", "proto3", "2023")
NUMBER_MAX = 2**29 - 1
INT32 = (-(2**31), 2**31 - 1)

INTEGERS = {
    "int32": INT32, "sint32": INT32, "sfixed32": INT32, "uint32": (0, 2**32 - 1), "fixed32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1), "sint64": (-(2**63), 2**63 - 1), "sfixed64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1), "fixed64": (0, 2**64 - 1),
}
NUMERIC = [*INTEGERS, "float", "double", "bool"]
KEYS = [*INTEGERS, "bool", "string"]
# A type as the decks have it: a scalar's name, or what kind of named type it is.
KINDS = [*NUMERIC, "string", "bytes", "enum", "message"]
LABELS = ["singular", "singular", "repeated", "expanded", "packed", "oneof", "map", "group", "optional", "required"]

# Swift's keywords, what Swift gives a meaning to, members of every message, and names that are hard to split in words.
FIELD_NAMES = """
    class default init self Self Type Protocol Any description hash hash_value debug_description unknown_fields encoded
    is_default layout full_name record reader writer store write prepare none some value raw_value where in inout repeat
    operator Swift Protobuf String Int32 Optional message enum package syntax oneof map extensions reserved group stream
    rpc returns to max true false inf nan await async actor any willSet get set left dynamic lazy weak override mutating
    indirect throws nonisolated consume copy borrowing each macro open isolated sending _FileLayout position decoding
    encode number text delimited _ __ _1 a1 x_ _x __x__ x__y ID_URL UTF8 utf8_bytes HTTPServer aBC ABc a_1_b A1B2
    static subscript is as try catch throw rethrows guard defer associatedtype import public private fileprivate
    internal extension protocol struct func let var typealias case break continue fallthrough return super nil switch do
    while for if else deinit count at has entry key file unsafe discard yield then using module _12_ 
""".split()
TYPE_NAMES = """
    Type Self Protocol String Int32 Bool Double Optional Array Dictionary Message Any Error Hashable Sendable Bytes
    Enumeration UnknownFields MessageRegistry FileDescriptors MessageWriter Indirect Swift Protobuf _FileLayout init
    self class lower_case UPPER_CASE _x description Element Never Result Wrapper MapEntry some any protocol
    init_ Type_ _ _1 fullName layout unknownFields write hash encoded rawValue debugDescription Int Void Codable await
    Equatable FieldValue MessageLayout Output Input Body unsafe
""".split()
VALUE_NAMES = """
    init self Self none some unrecognized raw_value allCases default case load storedSize stored_size UNKNOWN nil true
    description hash Type _ _2 X_1 class in func 
""".split()
JSON_NAMES = ["with space", "schöner Name", "日本", 'qu"ote', "a.b", "$x", "@type", "null", "", "-1", "tab\t",
              "\U0001f600"]
COMMENTS = ["", " Plain.", " Has */ and /* and `ticks` and \\(interpolation).", " - Parameter x: none", "!", "/ more"]
WORDS = "alpha beta gamma delta node leaf user id url count http2 x y z9 of the".split()
# Numbers at which the length of a tag, or how a decoder looks fields up, changes. 19000 to 19999 are not allowed.
NUMBERS = [1, 2, 3, 15, 16, 17, 127, 128, 255, 256, 257, 2047, 2048, 18999, 20000, 262143, 262144, 2**28,
           NUMBER_MAX - 1, NUMBER_MAX]
RESERVED = range(5000, 5011)


class Deck:
    """Cards that are all dealt before any comes again."""

    def __init__(self, source, cards):
        self.source = source
        self.cards = list(cards)
        self.left = []

    def deal(self):
        if not self.left:
            self.left = list(self.cards)
            self.source.shuffle(self.left)
        return self.left.pop()


class Enum:
    def __init__(self, full_name, is_closed):
        self.full_name = full_name
        self.is_closed = is_closed
        self.values = []


class Message:
    def __init__(self, name, full_name, syntax):
        self.name = name
        self.full_name = full_name
        self.syntax = syntax
        self.messages = []
        self.enums = []
        # Names of a message, a field, a oneof and an enum's value share one scope.
        self.taken = set()
        self.value_names = set()
        self.numbers = set()
        # Those that JSON uses, and those that it would use if none were given.
        self.json_names = set()
        self.camel_names = set()


class File:
    def __init__(self, path, package, syntax):
        self.path = path
        self.package = package
        self.syntax = syntax
        # Those that it may name types of, and the paths of those that it does.
        self.imports = []
        self.used = set()
        self.messages = []
        self.enums = []
        self.taken = set()
        self.features = {}


def upper_camel(words):
    return "".join(word.capitalize() for word in words)


def json_name(name):
    """As protoc makes it of a field's name."""
    out = ""
    capital = False
    for letter in name:
        if letter == "_":
            capital = True
            continue
        out += letter.upper() if capital else letter
        capital = False
    return out


def variants(name):
    """Names that become the same when they are put into camel case."""
    words = name.split("_")
    camel = words[0] + upper_camel(words[1:])
    return [name, camel, "__".join(words), name + "_", "_" + name, camel[:1].upper() + camel[1:]]


def quoted(data):
    """A literal of bytes."""
    plain = [byte for byte in range(32, 127) if byte not in b'"\\?']
    return '"' + "".join(chr(byte) if byte in plain else f"\\{byte:03o}" for byte in data) + '"'


class Writer:
    """Draws the types of all files, then writes each with its fields."""

    def __init__(self, seed, files, messages, clashes):
        self.source = random.Random(f"schemas {seed}")
        self.clashes = clashes
        self.labels = Deck(self.source, LABELS)
        self.kinds = Deck(self.source, KINDS)
        self.keys = Deck(self.source, KEYS)
        self.field_names = Deck(self.source, FIELD_NAMES)
        self.type_names = Deck(self.source, TYPE_NAMES)
        self.value_names = Deck(self.source, VALUE_NAMES)
        self.json_names = Deck(self.source, JSON_NAMES)
        self.numbers = Deck(self.source, NUMBERS)
        self.comments = Deck(self.source, COMMENTS + [""] * 6)
        self.message_count = messages
        self.files = []
        for index in range(files):
            syntax = SYNTAXES[index % len(SYNTAXES)]
            name = f"drawn{index + 1}"
            self.files.append(self.declare(File(f"test/{name}.proto", f"test.{name}", syntax)))

    def chance(self, one_in):
        return self.source.randrange(one_in) == 0

    # Types

    def declare(self, file):
        file.imports = [other for other in self.files if self.chance(2)] or self.files[-1:]
        if file.syntax == "2023":
            file.features = self.file_features()
        for _ in range(self.message_count):
            self.declare_message(file, file, depth=0)
        for _ in range(2):
            self.declare_enum(file, file)
        return file

    def file_features(self):
        choices = {
            "field_presence": ["EXPLICIT", "IMPLICIT"],
            "enum_type": ["OPEN", "CLOSED"],
            "repeated_field_encoding": ["PACKED", "EXPANDED"],
            "message_encoding": ["LENGTH_PREFIXED", "DELIMITED"],
            "utf8_validation": ["VERIFY", "NONE"],
        }
        defaults = {name: values[0] for name, values in choices.items()}
        drawn = {name: self.source.choice(values) for name, values in choices.items()}
        return {**defaults, **drawn}

    def type_name(self, scope, strange):
        while True:
            name = self.type_names.deal() if strange else upper_camel(self.source.sample(WORDS, 2))
            if name not in scope.taken:
                scope.taken.add(name)
                return name
            strange = strange and self.chance(2)

    def declare_message(self, file, scope, depth):
        name = self.type_name(scope, strange=depth > 0 and not self.chance(3) or self.chance(4))
        parent = file.package if scope is file else scope.full_name
        message = Message(name, f"{parent}.{name}", file.syntax)
        scope.messages.append(message)
        if depth < 2:
            for _ in range(self.source.randrange(3 - depth)):
                self.declare_message(file, message, depth + 1)
        if self.chance(2):
            self.declare_enum(file, message)

    def declare_enum(self, file, scope):
        name = self.type_name(scope, strange=self.chance(3))
        parent = file.package if scope is file else scope.full_name
        closed = {"proto2": True, "proto3": False, "2023": file.features.get("enum_type") == "CLOSED"}[file.syntax]
        enum = Enum(f"{parent}.{name}", closed)
        enum.name = name
        enum.feature = None
        if file.syntax == "2023" and self.chance(3):
            enum.is_closed = not closed
            enum.feature = "CLOSED" if enum.is_closed else "OPEN"
        numbers = [0] if not enum.is_closed or self.chance(2) else [self.source.choice([-1, 1, INT32[0], INT32[1]])]
        pool = [0, 1, 2, -1, -2, 127, 128, INT32[0], INT32[1], self.source.randint(*INT32)]
        numbers += self.source.sample([number for number in pool if number not in numbers], self.source.randint(1, 4))
        enum.aliases = self.chance(3)
        if enum.aliases:
            numbers.append(self.source.choice(numbers))
        prefix = self.source.choice(["", name.upper() + "_", name + "_"])
        normal = {}
        for number in numbers:
            value = self.value_name(enum, scope, prefix, number, normal)
            enum.values.append((value, number))
        scope.enums.append(enum)

    def value_name(self, enum, scope, prefix, number, normal):
        """Open enums want names that differ also without the enum's name and in another case."""
        while True:
            name = self.value_names.deal() if self.chance(2) else "_".join(self.source.sample(WORDS, 2)).upper()
            name = prefix + name
            bare = name.lower().replace("_", "")
            own = enum.name.lower().replace("_", "")
            bare = bare[len(own):] if bare.startswith(own) and bare != own else bare
            # No name is all underscores, or a number once the enum's name is gone, as protoc would complain.
            if name in scope.taken or not bare or bare in normal:
                continue
            normal[bare] = number
            scope.taken.add(name)
            if isinstance(scope, Message):
                scope.value_names.add(name)
            return name

    # Text

    def texts(self):
        """The files' texts by path."""
        return {file.path: self.text(file) for file in self.files}

    def text(self, file):
        head = f'edition = "{file.syntax}";' if file.syntax == "2023" else f'syntax = "{file.syntax}";'
        lines = []
        for enum in file.enums:
            lines += ["", *self.enum_lines(enum)]
        for message in file.messages:
            lines += ["", *self.message_lines(file, message)]
        imports = [f'import "{path}";' for path in sorted(file.used - {file.path})]
        options = [f"option features.{name} = {value};" for name, value in file.features.items()]
        head = ["// Drawn by schemas.py, not written.", head, "", f"package {file.package};"]
        for part in (imports, options):
            head += ["", *part] if part else []
        return "\n".join(head + lines) + "\n"

    def comment(self):
        comment = self.comments.deal()
        return [f"//{comment}"] if comment else []

    def enum_lines(self, enum):
        lines = []
        if enum.feature:
            lines.append(f"option features.enum_type = {enum.feature};")
        if enum.aliases:
            lines.append("option allow_alias = true;")
        for name, number in enum.values:
            text = f"-0x{-number:X}" if number < 0 and self.chance(2) else str(number)
            lines += self.comment()
            lines.append(f"{name} = {text}{' [deprecated = true]' if self.chance(8) else ''};")
        return [*self.comment(), f"enum {enum.name} {{", *indented(lines), "}"]

    def message_lines(self, file, message):
        # Those that are nested are written in between, so that what refers to them comes before and after.
        lines = []
        if self.chance(3):
            lines.append(f"reserved {RESERVED[0]} to {RESERVED[-1]};")
        for enum in message.enums:
            lines += self.enum_lines(enum)
        fields = self.source.choice([0, 4, 8, 12, 16])
        for _ in range(fields // 2):
            lines += self.field_lines(file, message)
        for inner in message.messages:
            lines += self.message_lines(file, inner)
        for _ in range(fields - fields // 2):
            lines += self.field_lines(file, message)
        return [*self.comment(), f"message {message.name} {{", *indented(lines), "}"]

    # Fields

    def field_lines(self, file, message):
        label = self.labels.deal()
        if label == "required" and self.chance(2):
            label = "optional"
        if label == "oneof":
            return self.oneof_lines(file, message)
        if label == "map":
            return self.map_lines(file, message)
        if label == "group" and file.syntax == "proto2":
            return self.group_lines(file, message, self.source.choice(["optional", "repeated"]))
        kind = self.kinds.deal()
        if label in ("expanded", "packed") and kind in ("string", "bytes", "message"):
            kind = self.source.choice(NUMERIC + ["enum"])
        # A message that must hold a message of its own type has no value; nor is a group of one.
        if label == "required" and kind == "message":
            kind = "int32"
        return self.plain_lines(file, message, label, kind)

    def plain_lines(self, file, message, label, kind):
        repeated = label in ("repeated", "expanded", "packed")
        options = {}
        if file.syntax == "2023":
            word = "repeated " if repeated else ""
            implicit = self.edition_features(file, label, kind, repeated, options)
        else:
            words = {"proto2": "optional ", "proto3": "optional " if label == "optional" else ""}
            word = "repeated " if repeated else words[file.syntax]
            if label == "required" and file.syntax == "proto2":
                word = "required "
            implicit = file.syntax == "proto3" and not word
            if label in ("expanded", "packed"):
                options["packed"] = "true" if label == "packed" else "false"
        # Without presence an enum is open: zero has to mean something.
        open_only = file.syntax == "proto3" or implicit
        named, enum = self.named(file, kind, open_only=open_only)
        if not repeated and not implicit and file.syntax != "proto3" and kind != "message" and self.chance(2):
            options["default"] = self.default(kind, enum)
        return self.declared(message, word, named, options)

    def edition_features(self, file, label, kind, repeated, options):
        """Features of a field's own; whether it has no presence."""
        def choose(feature, values):
            if self.chance(3):
                options[f"features.{feature}"] = self.source.choice(values)

        if kind == "string":
            choose("utf8_validation", ["VERIFY", "NONE"])
        if kind == "message":
            choose("message_encoding", ["DELIMITED", "LENGTH_PREFIXED"])
        if repeated:
            if label in ("expanded", "packed"):
                options["features.repeated_field_encoding"] = label.upper()
            return False
        if label == "required":
            options["features.field_presence"] = "LEGACY_REQUIRED"
            return False
        if label == "optional":
            options["features.field_presence"] = "EXPLICIT"
            return False
        if kind == "message":
            return False
        choose("field_presence", ["EXPLICIT", "IMPLICIT"])
        return options.get("features.field_presence", file.features["field_presence"]) == "IMPLICIT"

    def oneof_lines(self, file, message):
        name = self.oneof_name(message)
        lines = []
        for _ in range(self.source.randint(1, 5)):
            if file.syntax == "proto2" and self.chance(5):
                lines += self.group_lines(file, message, "")
                continue
            kind = self.kinds.deal()
            named, enum = self.named(file, kind, open_only=file.syntax == "proto3")
            options = {}
            if file.syntax != "proto3" and kind != "message" and self.chance(4):
                options["default"] = self.default(kind, enum)
            if file.syntax == "2023" and kind == "message" and self.chance(2):
                options["features.message_encoding"] = self.source.choice(["DELIMITED", "LENGTH_PREFIXED"])
            lines += self.declared(message, "", named, options)
        return [*self.comment(), f"oneof {name} {{", *indented(lines), "}"]

    def map_lines(self, file, message):
        key, kind = self.keys.deal(), self.kinds.deal()
        # Its values have the presence that the file gives its fields, and without presence an enum is open.
        open_only = file.syntax == "proto3" or file.features.get("field_presence") == "IMPLICIT"
        named, _ = self.named(file, kind, open_only=open_only, zero_first=True)
        return self.declared(message, "", f"map<{key}, {named}>", {}, entry=True)

    def group_lines(self, file, message, label):
        while True:
            name = upper_camel(self.source.sample([word for word in WORDS if word != "the"], 2))
            # The field has the group's name in small letters, in JSON, too.
            small = name.lower()
            if not {name, small} & message.taken and small not in message.json_names | message.camel_names:
                break
        number = self.number(message)
        message.taken |= {name, small}
        message.json_names.add(small)
        message.camel_names.add(small)
        inner = Message(name, f"{message.full_name}.{name}", file.syntax)
        lines = []
        for _ in range(self.source.randrange(4)):
            kind = self.kinds.deal()
            named, _ = self.named(file, kind, open_only=False)
            lines += self.declared(inner, self.source.choice(["optional ", "repeated "]), named, {})
        return [*self.comment(), f"{label} group {name} = {number} {{".lstrip(), *indented(lines), "}"]

    def declared(self, message, word, named, options, entry=False):
        name = self.field_name(message, entry)
        number = self.number(message)
        camel = json_name(name)
        if camel in message.json_names or self.chance(12):
            camel = self.json_names.deal()
            while camel in message.json_names:
                camel += "'"
            options["json_name"] = quoted(camel.encode())
        message.json_names.add(camel)
        if self.chance(20):
            options["deprecated"] = "true"
        text = ", ".join(f"{key} = {value}" for key, value in options.items())
        number = f"0x{number:x}" if self.chance(16) else number
        return [*self.comment(), f"{word}{named} {name} = {number}{f' [{text}]' if text else ''};"]

    def field_name(self, message, entry=False):
        while True:
            kind = self.source.randrange(4)
            if kind == 0:
                name = self.field_names.deal()
            elif kind == 1 and message.numbers:
                taken = sorted(name for name in message.taken if "_" in name.strip("_"))
                base = self.source.choice(taken or ["two_words"])
                name = self.source.choice(variants(base.strip("_").lstrip("0123456789_")))
            else:
                name = "_".join(self.source.sample(WORDS, self.source.randint(1, 3)))
                # An underscore before a digit is lost in camel case.
                name += self.source.choice(["", "", "_1", "2"])
            # The type of a map's entry has the name of its field.
            added = {name, upper_camel_entry(name)} if entry else {name}
            # Python's protobuf does not take a type whose name begins with a digit; protoc does.
            if entry and upper_camel_entry(name)[0].isdigit():
                continue
            # An optional field of proto3 has a oneof of its own, and protoc names it without regard to enums' values.
            if message.syntax == "proto3" and f"_{name}" in message.value_names:
                continue
            # Only proto2 lets two names become one in JSON, if they are given others, and warns.
            is_strict = message.syntax != "proto2" or not self.clashes
            if added & message.taken or is_strict and json_name(name) in message.camel_names:
                continue
            message.taken |= added
            message.camel_names.add(json_name(name))
            return name

    def oneof_name(self, message):
        while True:
            name = self.field_names.deal() if self.chance(2) else "_".join(self.source.sample(WORDS, 2))
            if name not in message.taken:
                message.taken.add(name)
                return name

    def number(self, message):
        while True:
            number = self.numbers.deal() if self.chance(2) else self.source.choice([
                self.source.randint(1, 40), self.source.randint(1, NUMBER_MAX)])
            if number in message.numbers or number in RESERVED or 19000 <= number < 20000:
                continue
            message.numbers.add(number)
            return number

    def named(self, file, kind, open_only, zero_first=False):
        """The type as it is written, and the enum that it is."""
        if kind not in ("enum", "message"):
            return kind, None
        seen = [file, *file.imports]
        if kind == "enum":
            enums = [(enum, one) for one in seen for enum in every_enum(one)]
            enums = [pair for pair in enums if not (open_only and pair[0].is_closed)]
            # A map's entry without a value has the first.
            enums = [pair for pair in enums if not (zero_first and pair[0].values[0][1] != 0)]
            if not enums:
                return "int32", None
            enum, owner = self.source.choice(enums)
            file.used.add(owner.path)
            return f".{enum.full_name}", enum
        message, owner = self.source.choice([(message, one) for one in seen for message in every_message(one)])
        file.used.add(owner.path)
        return f".{message.full_name}", None

    def default(self, kind, enum):
        source = self.source
        if kind == "enum":
            # There was no enum to choose: the type is an integer.
            return source.choice(enum.values)[0] if enum else "7"
        if kind in INTEGERS:
            low, high = INTEGERS[kind]
            value = source.choice([low, high, 0, 1, 7, source.randint(low, high)])
            digits = source.choice([str(abs(value)), f"0x{abs(value):X}", f"0{abs(value):o}"])
            return ("-" if value < 0 else "") + digits
        if kind in ("float", "double"):
            numbers = ["inf", "-inf", "nan", "-nan", "0", "-0.0", "1.5", ".5", "2.", "1e10", "1.e-3", "-7",
                       "3.4028235e38"]
            # Nothing smaller: upb makes no descriptor of a default that underflows, 5e-324 say, as protoc does.
            return source.choice(numbers + (["1e308", "2.3e-308"] if kind == "double" else []))
        if kind == "bool":
            return source.choice(["true", "false"])
        if kind == "string":
            texts = ['""', '"plain"', '"two" \' parts\'', '"\\"\\\\\\n\\t\\303\\274"', '"\\000"', '"?\\?"']
            return source.choice(texts)
        return source.choice(['""', '"bytes"', '"\\000\\377\\x80"', "'\\\"'"])


def every_message(scope):
    return [message for outer in scope.messages for message in [outer, *every_message(outer)]]


def every_enum(scope):
    inner = [enum for message in scope.messages for enum in every_enum(message)]
    return scope.enums + inner


def upper_camel_entry(name):
    """The name of a map field's entry type."""
    camel = json_name("_" + name)
    return camel[:1].upper() + camel[1:] + "Entry"


def indented(lines):
    return [f"  {line}" for line in lines]


def write(out, seed, files=3, messages=2, clashes=False):
    """Writes the files below a folder and tells their paths."""
    texts = Writer(seed, files, messages, clashes).texts()
    for path, text in texts.items():
        place = pathlib.Path(out) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return list(texts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--files", type=int, default=3)
    parser.add_argument("--messages", type=int, default=2, help="of each file, without those that are nested")
    parser.add_argument("--clashes", action="store_true", help="also proto2 names that protoc only warns of")
    arguments = parser.parse_args()
    for path in write(arguments.out, arguments.seed, arguments.files, arguments.messages, arguments.clashes):
        print(path)


if __name__ == "__main__":
    main()
