#!/usr/bin/env python3
"""Runs the compiler's test cases through protoc: both must accept or reject the same ones.

    compare_verdicts.py path/to/codegen Tests/CodegenTests/Corpus/*.txt

Needs grpcio-tools. A case whose title ends in `(differs from protoc)` must differ. With -v also names the cases in
which the first errors are on different lines.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import grpc_tools

INCLUDE = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
DIFFERS = "(differs from protoc)"


def cases(path):
    """(title, {file name: text}) of each case."""
    title, files, name = None, {}, None
    for line in pathlib.Path(path).read_text().splitlines(keepends=True):
        if line.startswith("=== "):
            if title:
                yield title, files
            title, files, name = line[4:].strip(), {"main.proto": ""}, "main.proto"
        elif line.startswith("--- "):
            name = line[4:].strip()
            files[name] = ""
        else:
            files[name] += line
    if title:
        yield title, files


def verdict(command, directory):
    result = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    lines = re.findall(r"^(\S+?):(\d+):\d+: (?!warning)", result.stderr, re.MULTILINE)
    errors = [line for line in result.stderr.splitlines() if " warning: " not in line]
    return result.returncode, lines, "\n".join(errors)


def main():
    arguments = sys.argv[1:]
    verbose = "-v" in arguments
    codegen, *paths = [argument for argument in arguments if argument != "-v"]
    codegen = os.path.abspath(codegen)
    count = failures = 0
    for path in paths:
        for title, files in cases(path):
            count += 1
            with tempfile.TemporaryDirectory() as directory:
                for name, text in files.items():
                    if name != "expect":
                        (pathlib.Path(directory) / name).write_text(text)
                protoc = [sys.executable, "-m", "grpc_tools.protoc", "-I.", f"-I{INCLUDE}"]
                theirs, their_lines, their_text = verdict(
                    protoc + ["--descriptor_set_out=/dev/null", "main.proto"], directory)
                ours, our_lines, our_text = verdict(
                    [codegen, "--proto-path", ".", "--print-schema", "main.proto"], directory)
            if ours not in (0, 1) or (bool(theirs) != bool(ours)) != title.endswith(DIFFERS):
                failures += 1
                print(f"{path}: {title}: protoc {theirs}, codegen {ours}\n  {their_text}\n  {our_text}\n")
            elif verbose and theirs and their_lines[:1] != our_lines[:1]:
                print(f"{path}: {title}:\n{their_text}\n--\n{our_text}\n")
    print(f"{count} cases, {failures} with another verdict than expected")
    raise SystemExit(1 if failures else 0)


if __name__ == "__main__":
    main()
