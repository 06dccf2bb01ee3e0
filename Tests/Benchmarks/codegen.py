#!/usr/bin/env python3
"""Measures how long the generator takes to turn a .proto file of many messages into Swift, and prints it.

    codegen.py --codegen PROGRAM --out FOLDER [--messages 1000] [--runs 5]

The file has what such files have: messages with ten fields of all sorts and a comment each, nested messages and enums,
oneofs, maps, and messages that hold each other. One of half and one of double the size show whether time grows with the
size or faster.
"""

import argparse
import pathlib
import resource
import shutil
import subprocess
import time

FIELDS = [
    "string name", "int64 created_ms", "repeated string labels", "bool is_enabled", "double ratio", "bytes payload",
    "optional uint32 retry_count", "map<string, int64> counters", "State state", "Part part", "repeated Part parts",
    "fixed64 checksum", "sint32 offset", "google.protobuf.Timestamp updated", "repeated double samples",
]


def text(count):
    """A file of `count` messages, those that are nested among them: every fifth is."""
    lines = ['syntax = "proto3";', "", "package benchmark.v1;", "", 'import "google/protobuf/timestamp.proto";']
    left = count
    number = 0
    while left > 0:
        number += 1
        nested = number % 4 == 0 and left > 1
        lines += ["", f"// Message{number} says what one of many things is.", "//", "// It has two paragraphs."]
        lines += [f"message Message{number} {{", "  // How it is.", "  enum State {", "    STATE_UNSPECIFIED = 0;"]
        lines += ["    // It works.", "    STATE_RUNNING = 1;", "    STATE_STOPPED = 2;", "  }", ""]
        if nested:
            part = fields(number + 7, 10, "Part", "    ")
            lines += ["  // What it consists of.", "  message Part {", *part, "  }", ""]
        # Without parts of its own it has some of another message, which may hold it in turn.
        other = (number * 7919) % max(1, count * 4 // 5) + 1
        lines += [*fields(number, 8, "Part" if nested else f"Message{other}", "  ")]
        lines += ["  oneof choice {", "    // Either this,", "    string text = 101;", "    // or that.",
                  f"    Message{other} other = 102;", "  }", "}"]
        left -= 2 if nested else 1
    return "\n".join(lines) + "\n"


def fields(first, count, part, indent):
    for index in range(count):
        field = FIELDS[(first + index) % len(FIELDS)]
        kind, _, name = field.rpartition(" ")
        kind = kind.replace("Part", part)
        yield f"{indent}// The {name.replace('_', ' ')}, in the unit that one expects."
        yield f"{indent}{kind} {name} = {index + 1};"


def measure(codegen, folder, count, runs):
    """The least of the seconds that some runs took, the least of processor time, and what was read and written."""
    protos, out = folder / "protos", folder / "out"
    protos.mkdir(parents=True, exist_ok=True)
    source = protos / "benchmark.proto"
    source.write_text(text(count))
    command = [codegen, "--proto-path", protos, "--messages-out", out / "Messages",
               "--stubs-out", out / "Stubs", "benchmark.proto"]
    seconds, processor_seconds = [], []
    for _ in range(runs):
        shutil.rmtree(out, ignore_errors=True)
        begin, processor_begin = time.perf_counter(), processor_time()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - begin)
        processor_seconds.append(processor_time() - processor_begin)
    swift = b"".join(path.read_bytes() for path in sorted(out.glob("Messages/*.swift")))
    return min(seconds), min(processor_seconds), source.read_bytes(), swift


def processor_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codegen", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print("messages   .proto lines      KiB   Swift lines      KiB   seconds   of a processor")
    for count in (arguments.messages // 2, arguments.messages, arguments.messages * 2):
        seconds, processor_seconds, source, swift = measure(
            arguments.codegen, pathlib.Path(arguments.out).resolve(), count, arguments.runs)
        lines, swift_lines = (data.count(b"\n") for data in (source, swift))
        kib, swift_kib = (len(data) / 1024 for data in (source, swift))
        sizes = f"{lines:14,} {kib:8,.0f} {swift_lines:13,} {swift_kib:8,.0f}"
        print(f"{count:8,} {sizes} {seconds:9.3f} {processor_seconds:16.3f}", flush=True)


if __name__ == "__main__":
    main()
