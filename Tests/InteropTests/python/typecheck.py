"""Whether the Swift that the compiler generates is Swift: asks swiftc, of which a warning counts as an error.

Nothing is built but what a debug build has left: the modules Protobuf, and RPC if there is one, without which stubs are
generated but not checked. SWIFT_FLAGS says where the C libraries are, if that has to be said.
"""

import os
import pathlib
import re
import shutil
import subprocess

from google.protobuf import descriptor_pb2

# The generated files that are not those of one .proto file.
SHARED = {"Descriptors.swift", "Registry.swift"}
PROBLEM = re.compile(r"^(/\S+?\.swift):\d+:\d+: (?:error|warning): .*", re.MULTILINE)


class TypeCheck:
    """Generates Swift for files into a folder and checks it."""

    def __init__(self, codegen, build, folder):
        self.codegen = codegen
        self.build = pathlib.Path(build)
        self.folder = pathlib.Path(folder)
        self.has_stubs = (self.build / "Modules" / "RPC.swiftmodule").exists()
        self.problems = []

    def check(self, names, roots):
        """How many of the files have become Swift that compiles. What they import is compiled, but not counted."""
        return sum(self.check_batch(batch, closure, roots) for batch, closure in self.batches(names, roots))

    def batches(self, names, roots):
        """The files in as large parts as can be one module, each with all that it imports.

        Not all of them can be together: some define the same, and the names of others are the same in Swift.
        """
        closure = self.closure(names, roots)
        error = self.generate(closure, roots) if closure else "its files define the same"
        if error is None:
            yield names, closure
        elif len(names) == 1:
            self.problems.append(f"{names[0]}: nothing is generated: {error}")
        else:
            middle = len(names) // 2
            yield from self.batches(names[:middle], roots)
            yield from self.batches(names[middle:], roots)

    def closure(self, names, roots):
        """The files and all that they import; nothing where they cannot be compiled together."""
        out = self.folder / "closure"
        result = self.run_codegen(["--include-imports", "--descriptor-set-out", out, *names], roots)
        if result.returncode != 0:
            return []
        return [file.name for file in descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes()).file]

    def generate(self, names, roots):
        """None, or why there is no Swift. The module is called as the folder is."""
        for folder in ("CorpusMessages", "CorpusStubs"):
            shutil.rmtree(self.folder / folder, ignore_errors=True)
        out = ["--messages-out", self.folder / "CorpusMessages", "--stubs-out", self.folder / "CorpusStubs"]
        result = self.run_codegen([*out, *names], roots)
        return None if result.returncode == 0 else result.stderr

    def run_codegen(self, arguments, roots):
        paths = [argument for root in roots for argument in ("--proto-path", root)]
        return subprocess.run([self.codegen, *paths, *arguments], capture_output=True, text=True)

    def check_batch(self, names, closure, roots):
        messages = sorted((self.folder / "CorpusMessages").glob("*.swift"))
        stubs = sorted((self.folder / "CorpusStubs").glob("*.swift")) if self.has_stubs else []
        name = ["-module-name", "CorpusMessages"]
        output = self.compile(["-typecheck", *name, *messages])
        if stubs and not output:
            module = ["-emit-module", "-o", self.folder / "CorpusMessages.swiftmodule", *name]
            output = self.compile([*module, "-Xfrontend", "-experimental-skip-all-function-bodies", *messages])
            output = output or self.compile(["-typecheck", "-module-name", "CorpusStubs", "-I", self.folder, *stubs])
        if not output:
            return len(names)
        self.problems.append(output)
        guilty = {pathlib.Path(path).name for path in PROBLEM.findall(output)}
        if not guilty or guilty & SHARED:
            return 0
        return sum(not guilty & {self.stem(name) + end for end in (".pb.swift", ".stubs.swift")} for name in names)

    @staticmethod
    def stem(name):
        return name.removesuffix(".proto").replace("/", "_")

    def compile(self, arguments):
        """What swiftc has against files; nothing if it takes them."""
        maps = [place for place in self.build.glob("C*.build/module.modulemap") if "-tool" not in str(place)]
        maps += (self.build / ".." / ".." / "checkouts").glob("*/Sources/*/include/module.modulemap")
        clang = [flag for place in maps for flag in ("-Xcc", f"-fmodule-map-file={place}")]
        command = ["swiftc", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-wmo"]
        command += ["-I", self.build / "Modules", *clang, *os.environ.get("SWIFT_FLAGS", "").split(), *arguments]
        result = subprocess.run(command, capture_output=True, text=True)
        return result.stderr if result.returncode != 0 or PROBLEM.search(result.stderr) else ""
