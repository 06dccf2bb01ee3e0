#!/usr/bin/env python3
"""Builds one copy of the sources with every mutant in it, and shows that the simulator catches each.

    run.py                      all of them, and the table in README.md
    run.py --only 5 --only 24   some of them, without the table
    run.py --check              only whether every edit still applies
"""

import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COPY = ROOT / ".build" / "mutants"
TABLE_BEGIN, TABLE_END = "<!-- table -->", "<!-- end of table -->"

# What `simulate` is built from.
PRODUCT = """// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "roost",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .target(name: "ByteString"),
        .target(name: "CProtobuf", linkerSettings: [.linkedLibrary("protobuf-c")]),
        .target(name: "Protobuf", dependencies: ["CProtobuf", "ByteString"]),
        .target(name: "Messages", dependencies: ["Protobuf"]),
        .target(
            name: "Consensus",
            dependencies: ["ByteString", .product(name: "DequeModule", package: "swift-collections")]),
        .target(
            name: "Coordination",
            dependencies: ["Messages", "ByteString", .product(name: "HeapModule", package: "swift-collections")]),
        .target(
            name: "Replica",
            dependencies: ["Consensus", "Coordination", .product(name: "DequeModule", package: "swift-collections")]),
        .target(name: "CChecksum"),
        .target(name: "Journal", dependencies: ["Consensus", "CChecksum", "ByteString"]),
        .target(
            name: "Driver",
            dependencies: ["Replica", "Journal", .product(name: "DequeModule", package: "swift-collections")]),
        .target(name: "Simulation", dependencies: ["Driver"], path: "Sources/simulate", exclude: ["Command"]),
        .executableTarget(
            name: "simulate",
            dependencies: ["Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Sources/simulate/Command"),
    ]
)
"""
FOLDERS = [
    "ByteString", "CProtobuf", "Protobuf", "Messages", "Consensus", "Coordination", "Replica", "CChecksum", "Journal",
    "Driver", "simulate",
]
SWITCH = """#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

private let activeMutant: Int = getenv("MUTANT").flatMap { Int(String(cString: $0)) } ?? 0

/// Whether this process is to show what happens with the mutant of this number.
public func mutant(_ number: Int) -> Bool { activeMutant == number }
"""


class DoesNotApply(Exception):
    pass


@dataclasses.dataclass
class Mutant:
    number: int
    name: str
    description: str
    edits: list  # of (file, old, new)


def read_mutants():
    """The sections of mutants.txt."""
    mutants = []
    text = (HERE / "mutants.txt").read_text()
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        head, rest = section.split("\n", 1)
        number, name = head.split(" ", 1)
        description = rest.split("\n", 1)[0].strip()
        edits = re.findall(r"^@@ (.+?)\n<<<<\n(.*?)\n====\n(.*?)\n>>>>$", rest, flags=re.M | re.S)
        if rest.count("\n@@ ") != len(edits):
            raise DoesNotApply(f"mutant {number}: an edit that cannot be read")
        mutants.append(Mutant(int(number), name.strip(), description, edits))
    numbers = [mutant.number for mutant in mutants]
    if numbers != list(range(1, len(mutants) + 1)):
        raise DoesNotApply(f"the numbers are not consecutive: {numbers}")
    return mutants


def edited_sources(mutants):
    """The text of every file that a mutant changes."""
    sources = {}
    for mutant in mutants:
        for file, old, new in mutant.edits:
            if file not in sources:
                sources[file] = (ROOT / file).read_text()
            count = sources[file].count(old)
            if count != 1:
                raise DoesNotApply(f"mutant {mutant.number} {mutant.name}: the text occurs {count} times in {file}")
            sources[file] = sources[file].replace(old, new)
    everything = "".join(sources.values())
    for mutant in mutants:
        if f"mutant({mutant.number})" not in everything:
            raise DoesNotApply(f"mutant {mutant.number} {mutant.name} is in no file")
    return {file: with_import(text) for file, text in sources.items()}


def with_import(text):
    if re.search(r"^(public |internal )?import ByteString$", text, flags=re.M):
        return text
    return "import ByteString\n" + text


def write(path, text):
    """Files that stay the same keep their dates, so that little is built anew."""
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def build(mutants, clean):
    if clean:
        shutil.rmtree(COPY, ignore_errors=True)
    edited = edited_sources(mutants)
    wanted = set()
    for folder in FOLDERS:
        for path in sorted((ROOT / "Sources" / folder).rglob("*")):
            if path.is_file():
                file = str(path.relative_to(ROOT))
                wanted.add(file)
                write(COPY / file, edited.get(file) or path.read_text())
    write(COPY / "Sources/ByteString/Mutant.swift", SWITCH)
    wanted.add("Sources/ByteString/Mutant.swift")
    for path in (COPY / "Sources").rglob("*"):
        if path.is_file() and str(path.relative_to(COPY)) not in wanted:
            path.unlink()
    write(COPY / "Package.swift", PRODUCT)
    flags = os.environ.get("SWIFT_FLAGS", "").split()
    subprocess.run(
        ["swift", "build", *flags, "--configuration", "release", "--product", "simulate", "--package-path", COPY],
        check=True)
    return COPY / ".build" / "release" / "simulate"


@dataclasses.dataclass
class Verdict:
    check: str  # empty if nothing was found
    seeds: int


def run(simulate, number, seeds):
    """The first seed that fails, and the claim that it breaks."""
    environment = dict(os.environ, MUTANT=str(number))
    process = subprocess.run(
        [simulate, "--seeds", str(seeds), "--no-shrink"], env=environment, capture_output=True, text=True)
    failed = re.search(r"^seed (\d+) failed: ([^:\n]*)", process.stdout, flags=re.M)
    if failed:
        return Verdict(failed.group(2).strip(), int(failed.group(1)))
    if process.returncode != 0:
        raise RuntimeError(f"mutant {number}: status {process.returncode}\n{process.stdout}\n{process.stderr}")
    return Verdict("", seeds)


def table(rows):
    lines = ["| mutant | what is wrong | caught by | seeds |", "|---|---|---|---|"]
    for mutant, verdict in rows:
        lines.append(
            f"| {mutant.number:02} {mutant.name} | {mutant.description} | {verdict.check or '**not caught**'} | "
            f"{verdict.seeds} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", type=int, action="append", help="this mutant (may be given several times)")
    parser.add_argument("--seeds", type=int, default=2000, help="give a mutant up after so many seeds")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--check", action="store_true", help="only look whether every edit applies")
    parser.add_argument("--clean", action="store_true", help="build from nothing")
    parser.add_argument("--sound-seeds", type=int, default=100, help="seeds that must pass without a mutant")
    arguments = parser.parse_args()
    try:
        mutants = read_mutants()
        if arguments.check:
            edited_sources(mutants)
            return print(f"{len(mutants)} mutants, every edit applies")
        simulate = build(mutants, arguments.clean)
    except DoesNotApply as error:
        sys.exit(f"error: {error}")
    sound = run(simulate, 0, arguments.sound_seeds)
    if sound.check:
        sys.exit(f"error: without a mutant, seed {sound.seeds} fails: {sound.check}")
    chosen = [mutant for mutant in mutants if not arguments.only or mutant.number in arguments.only]
    rows = []
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        verdicts = pool.map(lambda mutant: run(simulate, mutant.number, arguments.seeds), chosen)
        for mutant, verdict in zip(chosen, verdicts):
            rows.append((mutant, verdict))
            outcome = f"seed {verdict.seeds}: {verdict.check}" if verdict.check else "NOT CAUGHT"
            print(f"{mutant.number:02} {mutant.name}: {outcome}", flush=True)
    caught = sum(1 for _, verdict in rows if verdict.check)
    print(f"{caught} of {len(rows)} mutants caught")
    if not arguments.only:
        readme = HERE / "README.md"
        before, rest = readme.read_text().split(TABLE_BEGIN)
        after = rest.split(TABLE_END)[1]
        readme.write_text(f"{before}{TABLE_BEGIN}\n{table(rows)}\n{TABLE_END}{after}")
    sys.exit(0 if caught == len(rows) else 1)


if __name__ == "__main__":
    main()
