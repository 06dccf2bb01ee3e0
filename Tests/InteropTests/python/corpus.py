#!/usr/bin/env python3
"""Compares the compiler with protoc on other people's .proto files, and compiles the Swift that it makes of them.

    corpus.py [--codegen PATH] [--build FOLDER] [--short] [--corpus WORD ...] [-v]

For each file of a corpus both are asked for its descriptor, with source info. They must agree: either both give the
same descriptor, compared as a parsed message, or both reject the file, ours with a position. protoc is that of the
grpcio-tools wheel. Then Swift is generated for what was accepted, and must compile without a warning against the
modules of a debug build. With --short only what is installed is compared, many files at once; else the archives of the
others are fetched first. With -v the differences and the Swift compiler's errors are printed. Exits with 1 where there
are any.
"""

import argparse
import contextlib
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import grpc_tools
from google.protobuf import descriptor_pb2, text_format
from grpc_tools import protoc

from typecheck import TypeCheck

ROOT = pathlib.Path(__file__).resolve().parents[3]
SITE = pathlib.Path(grpc_tools.__file__).resolve().parents[1]
BUNDLED = SITE / "grpc_tools" / "_proto"
CACHE = ROOT / ".build" / "corpus"
GRPCIO_TOOLS = "grpcio-tools==1.85.1"
ONNX = "onnx==1.23.2"
POSITION = re.compile(r"^\S+:\d+:\d+: error: .+\n.*\n *\t*\^", re.MULTILINE)


class Corpus:
    """Files, each with the name by which others import it, and where imports are looked for."""

    def __init__(self, name, roots, folders, skipped=()):
        self.name = name
        self.roots = [pathlib.Path(root) for root in roots]
        self.files = {}
        for folder in folders:
            for path in sorted(pathlib.Path(folder).rglob("*.proto")):
                owners = [root for root in self.roots if root in path.parents and not root.samefile(path)]
                root = max(owners, key=lambda root: len(root.parts))
                if not any(part in path.parents for part in map(pathlib.Path, skipped)):
                    self.files[path] = root

    def cases(self, at_once):
        """Lists of names, of one file or of all that share the places where imports are looked for first."""
        groups = {}
        for path, root in self.files.items():
            groups.setdefault(root, []).append(str(path.relative_to(root)))
        for root, names in groups.items():
            roots = [root] + [other for other in self.roots if other != root]
            for case in [names] if at_once else [[name] for name in names]:
                yield case, roots


def short_corpora():
    yield Corpus("libprotobuf-dev, libprotoc-dev", ["/usr/include"], ["/usr/include/google/protobuf"])
    yield Corpus("googleapis-common-protos", [SITE, BUNDLED], [SITE / "google"])
    yield Corpus("grpcio-tools (wheel)", [BUNDLED], [BUNDLED])


def long_corpora():
    tools = unpacked(GRPCIO_TOOLS, ["--no-binary", ":all:", "--no-build-isolation"])
    protobuf = tools / "third_party" / "protobuf"
    roots = [tools, tools / "grpc_tools" / "_proto", protobuf, protobuf / "src", protobuf / "go"]
    roots += [path for path in protobuf.glob("java/*/src/test/proto")]
    roots += [path for path in protobuf.glob("java/*/src/main/resources")]
    # Some name each other without a folder.
    roots += [tools / "grpc_tools" / "test", protobuf / "src" / "google" / "protobuf" / "compiler" / "ruby"]
    yield Corpus("grpcio-tools (source archive)", roots, [tools])
    onnx = unpacked(ONNX, [])
    yield Corpus("onnx", [onnx, BUNDLED], [onnx])


def unpacked(requirement, options):
    """The folder with the content of a package's archive, fetched once."""
    folder = CACHE / requirement
    if not (folder / "done").exists():
        (folder / "archive").mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
        subprocess.run([*command, *options, "--dest", folder / "archive", requirement], check=True)
        for archive in (folder / "archive").iterdir():
            if archive.suffix == ".whl":
                zipfile.ZipFile(archive).extractall(folder / "content")
            else:
                tarfile.open(archive).extractall(folder / "content", filter="data")
        (folder / "done").touch()
    inner = list((folder / "content").iterdir())
    return inner[0] if len(inner) == 1 else folder / "content"


@contextlib.contextmanager
def standard_error_in(path):
    """Everything that is written to standard error, by C++ as well, goes to a file."""
    saved = os.dup(2)
    with open(path, "wb") as out:
        os.dup2(out.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def run_protoc(names, roots, out):
    """The files' descriptors by name, or what protoc says against them."""
    errors = out.with_suffix(".errors")
    paths = [f"-I{root}" for root in roots]
    arguments = ["protoc", *paths, "--include_source_info", f"--descriptor_set_out={out}", *names]
    with standard_error_in(errors):
        status = protoc.main(arguments)
    return read(out) if status == 0 else errors.read_text(errors="replace")


def run_codegen(codegen, names, roots, out):
    paths = [argument for root in roots for argument in ("--proto-path", root)]
    command = [codegen, *paths, "--include-source-info", "--descriptor-set-out", out, *names]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode not in (0, 1):
        return f"ended with {result.returncode}:\n{result.stderr}"
    return read(out) if result.returncode == 0 else result.stderr


def read(path):
    return {file.name: file for file in descriptor_pb2.FileDescriptorSet.FromString(path.read_bytes()).file}


def disagreement(theirs, ours):
    """What the two differ in; empty if in nothing."""
    if isinstance(theirs, str) and isinstance(ours, str):
        return "" if POSITION.search(ours) else f"rejected without a position:\n{ours}"
    if isinstance(theirs, str):
        return f"only protoc rejects it:\n{theirs}"
    if isinstance(ours, str):
        return f"only codegen rejects it:\n{ours}"
    if theirs == ours:
        return ""
    texts = [text_format.MessageToString(file).splitlines() for file in (theirs, ours)]
    lines = list(difflib.unified_diff(*texts, "protoc", "codegen", lineterm="", n=4))
    return "\n".join(lines) or "the same but for the order or form of unknown fields"


def compare(corpus, codegen, at_once=False, verbose=False):
    """How many files are equal, rejected by both, and different. At once is faster, if both accept all."""
    counts = {"files": 0, "equal": 0, "rejected": 0, "different": 0}
    # Those that both take, by the places where imports are looked for.
    accepted = {}
    with tempfile.TemporaryDirectory() as directory:
        for names, roots in corpus.cases(at_once):
            theirs = run_protoc(names, roots, pathlib.Path(directory) / "theirs")
            ours = run_codegen(codegen, names, roots, pathlib.Path(directory) / "ours")
            for name in names:
                pair = [files if isinstance(files, str) else files[name] for files in (theirs, ours)]
                difference = disagreement(*pair)
                counts["files"] += 1
                counts["different" if difference else "rejected" if isinstance(theirs, str) else "equal"] += 1
                if difference:
                    print(f"{corpus.name}: {name}: differs", *([difference] if verbose else []), sep="\n")
                elif not isinstance(ours, str):
                    accepted.setdefault(tuple(roots), []).append(name)
    return counts, accepted


def count_compiled(accepted, codegen, build, verbose=False):
    """How many of the files become Swift that compiles."""
    with tempfile.TemporaryDirectory() as directory:
        check = TypeCheck(codegen, build, directory)
        count = sum(check.check(names, roots) for roots, names in accepted.items())
    for problem in check.problems:
        print(problem if verbose else "\n".join(problem.splitlines()[:3]), flush=True)
    return count


def print_table(rows):
    head = ("corpus", "files", "equal", "different", "rejected as protoc does", "compiled")
    lines = [head] + [(name, *(str(counts[key]) for key in ("files", "equal", "different", "rejected", "compiled")))
                      for name, counts in rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) if index == 0 else cell.rjust(width)
                        for index, (cell, width) in enumerate(zip(line, widths))))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codegen", default=ROOT / ".build" / "debug" / "codegen")
    parser.add_argument("--build", default=ROOT / ".build" / "debug", help="the modules of a debug build")
    parser.add_argument("--short", action="store_true", help="only what is installed")
    parser.add_argument("--corpus", action="append", help="only those whose name has this in it")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the differences")
    arguments = parser.parse_args()
    version = subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", "--version"], capture_output=True, text=True, check=True).stdout
    print(f"compared with {version.strip()}")
    corpora = list(short_corpora()) + ([] if arguments.short else list(long_corpora()))
    if arguments.corpus:
        corpora = [corpus for corpus in corpora if any(word in corpus.name for word in arguments.corpus)]
    rows = []
    for corpus in corpora:
        counts, accepted = compare(corpus, arguments.codegen, arguments.short, arguments.verbose)
        counts["compiled"] = count_compiled(accepted, arguments.codegen, arguments.build, arguments.verbose)
        rows.append((corpus.name, counts))
    print_table(rows)
    raise SystemExit(1 if any(counts["different"] or counts["compiled"] < counts["equal"] for _, counts in rows) else 0)


if __name__ == "__main__":
    main()
