#!/usr/bin/env python3
"""Compares what `codegen` resolves with what protoc makes of the same files, comments included.

    compare_schema.py path/to/codegen ROOT[:ROOT...] [file.proto ...]

Without files: all below the first ROOT. Needs grpcio-tools. Prints a diff and exits with 1 where they differ.
"""

import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2
from grpc_tools import protoc

FIELD = descriptor_pb2.FieldDescriptorProto
TYPES = {number: name[len("TYPE_"):].lower() for name, number in FIELD.Type.items()}


def compile_with_protoc(roots, files):
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory) / "set"
        paths = [f"-I{root}" for root in roots]
        arguments = ["protoc", *paths, "--include_source_info", f"--descriptor_set_out={out}", *files]
        if protoc.main(arguments) != 0:
            raise SystemExit("protoc rejects the files")
        return descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes())


def comment_lines(text):
    """protoc's leading comment, in the form in which codegen keeps it."""
    lines = [re.sub(r"^ ", "", line).rstrip(" \t\r\v\f") for line in text.split("\n")]
    while lines and lines[0] == "":
        lines.pop(0)
    while lines and lines[-1] == "":
        lines.pop()
    return lines


class Printer:
    def __init__(self, file):
        self.file = file
        self.proto3 = file.syntax == "proto3"
        self.lines = []
        self.comments = {
            tuple(location.path): comment_lines(location.leading_comments)
            for location in file.source_code_info.location
            if location.leading_comments
        }

    def comment(self, path):
        lines = self.comments.get(tuple(path), [])
        return " // " + " | ".join(lines) if lines else ""

    def tail(self, element, path):
        return (" deprecated" if element.options.deprecated else "") + self.comment(path)

    def run(self):
        file = self.file
        self.lines.append(f"file {file.name} package={file.package} syntax={file.syntax or 'proto2'}")
        self.lines += [f"  import {path}" for path in file.dependency]
        scope = file.package + "." if file.package else ""
        for index, message in enumerate(file.message_type):
            self.message(message, scope, [4, index])
        for index, enum in enumerate(file.enum_type):
            self.enum(enum, scope, [5, index])
        for index, service in enumerate(file.service):
            self.service(service, scope, [6, index])
        return self.lines

    def message(self, message, scope, path):
        entry = " entry" if message.options.map_entry else ""
        self.lines.append(f"message {scope}{message.name}{entry}{self.tail(message, path)}")
        for index, field in enumerate(message.field):
            self.lines.append(self.field(field) + self.tail(field, path + [2, index]))
        for index, oneof in enumerate(message.oneof_decl):
            # A proto3 `optional` field is in a oneof of its own, which nobody declared.
            members = [field for field in message.field if field.HasField("oneof_index") and field.oneof_index == index]
            if not any(field.proto3_optional for field in members):
                self.lines.append(f"  oneof {oneof.name}{self.comment(path + [8, index])}")
        for index, inner in enumerate(message.nested_type):
            self.message(inner, f"{scope}{message.name}.", path + [3, index])
        for index, inner in enumerate(message.enum_type):
            self.enum(inner, f"{scope}{message.name}.", path + [4, index])

    def field(self, field):
        repeated = field.label == FIELD.LABEL_REPEATED
        label = {1: "singular", 2: "required", 3: "repeated"}[field.label]
        kind = TYPES[field.type]
        if field.type_name:
            kind += ":" + field.type_name.lstrip(".")
        in_oneof = field.HasField("oneof_index") and not field.proto3_optional
        presence = not repeated and (
            not self.proto3 or in_oneof or field.proto3_optional or kind.startswith("message:"))
        line = f"  field {field.name}={field.number} json={field.json_name} {label} {kind}"
        if presence:
            line += " presence"
        if in_oneof:
            line += f" oneof={field.oneof_index}"
        packable = repeated and kind not in ("string", "bytes") and not kind.startswith(("message:", "group:"))
        if packable and (field.options.packed if field.options.HasField("packed") else self.proto3):
            line += " packed"
        if field.HasField("default_value"):
            line += " default=" + self.default(field, kind)
        return line

    def default(self, field, kind):
        value = field.default_value
        if kind == "string":
            return value.encode().hex()
        if kind == "bytes":
            return unescape(value).hex()
        return value

    def enum(self, enum, scope, path):
        closed = "" if self.proto3 else " closed"
        self.lines.append(f"enum {scope}{enum.name}{closed}{self.tail(enum, path)}")
        for index, value in enumerate(enum.value):
            self.lines.append(f"  value {value.name}={value.number}{self.tail(value, path + [2, index])}")

    def service(self, service, scope, path):
        self.lines.append(f"service {scope}{service.name}{self.tail(service, path)}")
        for index, method in enumerate(service.method):
            sides = [
                ("stream " if streaming else "") + name.lstrip(".")
                for streaming, name in (
                    (method.client_streaming, method.input_type), (method.server_streaming, method.output_type))
            ]
            line = f"  rpc {method.name}({sides[0]}) returns ({sides[1]})"
            self.lines.append(line + self.tail(method, path + [2, index]))


def unescape(text):
    """C escapes, as protoc writes a bytes default."""
    simple = {"n": 10, "r": 13, "t": 9, '"': 34, "'": 39, "\\": 92}
    result = bytearray()
    index = 0
    while index < len(text):
        if text[index] != "\\":
            result += text[index].encode()
            index += 1
        elif text[index + 1] in simple:
            result.append(simple[text[index + 1]])
            index += 2
        else:
            result.append(int(text[index + 1:index + 4], 8))
            index += 4
    return bytes(result)


def canonical(line):
    """Two spellings of one float are the same."""
    match = re.match(r"(.* (?:double|float) .*default=)(\S+)(.*)", line)
    return f"{match[1]}{float(match[2])!r}{match[3]}" if match else line


def main():
    codegen, roots, *files = sys.argv[1:]
    roots = roots.split(":")
    if not files:
        files = sorted(str(path.relative_to(roots[0])) for path in pathlib.Path(roots[0]).rglob("*.proto"))
    paths = [argument for root in roots for argument in ("--proto-path", root)]
    ours = subprocess.run(
        [codegen, *paths, "--print-schema", *files], stdout=subprocess.PIPE, text=True, check=True).stdout
    blocks = {}
    for line in ours.splitlines():
        if line.startswith("file "):
            block = blocks.setdefault(line.split()[1], [])
        block.append(canonical(line))
    described = compile_with_protoc(roots, files).file
    theirs = {file.name: [canonical(line) for line in Printer(file).run()] for file in described}
    differs = False
    for name in files:
        names = f"protoc {name}", f"codegen {name}"
        for line in difflib.unified_diff(theirs[name], blocks.get(name, []), *names, lineterm=""):
            differs = True
            print(line)
    if differs:
        raise SystemExit(1)
    print(f"{len(files)} files: as protoc, {sum(map(len, theirs.values()))} lines")


if __name__ == "__main__":
    main()
