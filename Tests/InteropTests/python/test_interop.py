"""gRPC's interoperability cases: our server under the clients of others, our client at the servers of others.

The table at the end of the run shows each case with each pair. INTEROP_CPP names a directory with `interop-client` and
`interop-server` in C++ (`make interop-cpp` builds them); without it those columns are not there.
"""

import os
import pathlib
import subprocess

import pytest

import interop_cases
import interop_grpclib
import interop_service
from conftest import ROOT, compile_proto
from interop_cases import NAMES

BUILD = pathlib.Path(os.environ.get("ROOST", ROOT / ".build" / "debug" / "roost")).parent
CPP = os.environ.get("INTEROP_CPP")
SINCE = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    return compile_proto(tmp_path_factory.mktemp("interop"), "grpc/testing/test.proto", "grpc_testing")


class Process:
    """A server that is a program: it prints its port and runs until its standard input ends."""

    def __init__(self, program):
        self.process = subprocess.Popen([str(program)], **SINCE)
        self.port = int(self.process.stdout.readline().split()[-1])

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=20) == 0


class Stock:
    def __init__(self, messages, stubs):
        self.server, self.port = interop_service.serve(messages, stubs)

    def stop(self):
        self.server.stop(None).wait()


def run_program(program, port, *options):
    """The results of a client that is a program: a line for each case."""
    lines = subprocess.run([str(program), str(port), *options], capture_output=True, text=True, timeout=120).stdout
    results = {}
    for line in lines.splitlines():
        name, _, outcome = line.partition(" ")
        results[name] = None if outcome == "passed" else outcome
    return {name: results.get(name, "not carried out") for name in options if not name.startswith("--")}


def swift_client(port, names, *options):
    return run_program(BUILD / "interop-client", port, *options, *names)


def pairs(messages, stubs):
    """By name (client to server): a server, a client, and the cases that both can."""
    compressed = [name for name in NAMES if name not in interop_grpclib.SUPPORTED]
    plain = [name for name in NAMES if name not in compressed]

    def ours():
        return Process(BUILD / "interop-server")

    table = {
        "Roost to Roost": (ours, swift_client, NAMES),
        "grpcio to Roost": (ours, lambda port, names: interop_cases.run(messages, stubs, port, names), NAMES),
        "grpclib to Roost": (ours, lambda port, names: interop_grpclib.run(messages, port, names), plain),
        "Roost to grpcio": (lambda: Stock(messages, stubs),
                            lambda port, names: swift_client(port, names, "--no-probe"), NAMES),
        "Roost to grpclib": (lambda: interop_grpclib.Running(messages), swift_client, plain),
    }
    if CPP:
        table["C++ to Roost"] = (
            ours, lambda port, names: run_program(f"{CPP}/interop-client", port, *names), NAMES)
        table["Roost to C++"] = (lambda: Process(f"{CPP}/interop-server"), swift_client, NAMES)
    return table


PAIRS = list(pairs(None, None))
RESULTS = {}


@pytest.fixture(scope="module")
def results(generated):
    """Runs all cases of a pair when the first of them is asked for."""
    table = pairs(*generated)

    def results(pair):
        if pair not in RESULTS:
            start, client, names = table[pair]
            server = start()
            try:
                RESULTS[pair] = client(server.port, names)
            finally:
                server.stop()
        return RESULTS[pair]

    return results


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("case", NAMES)
def test_case(results, pair, case):
    outcome = results(pair).get(case, "unsupported")
    if outcome == "unsupported":
        pytest.skip("grpclib does not compress")
    assert outcome is None, outcome


def table():
    """The lines of case x pair."""
    def cell(pair, case):
        if case not in RESULTS[pair]:
            return "-"
        return "passed" if RESULTS[pair][case] is None else "FAILED"

    pairs = [pair for pair in PAIRS if pair in RESULTS]
    yield " " * 28 + "  ".join(pairs)
    for case in NAMES:
        yield f"{case:28}" + "  ".join(f"{cell(pair, case):{len(pair)}}" for pair in pairs).rstrip()
