"""An ensemble whose members each have a network of their own, which can be cut and made lossy.

Each member runs in a network namespace, joined to the others and to the clients by a bridge; nftables rules inside of
the namespaces drop what is to be lost. Needs root, iproute2 and nftables; `why_not()` says what is missing.
"""
import os
import pathlib
import shutil
import subprocess
import sys

from ensemble import Ensemble

_count = 0


def why_not():
    """Why there can be no such ensemble here; None if there can."""
    if os.geteuid() != 0:
        return "needs root"
    for tool in ("ip", "nft"):
        if shutil.which(tool) is None:
            return f"needs {tool}"
    name = f"roost-try-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True)
    if made.returncode != 0:
        return "network namespaces are not allowed here"
    ruled = subprocess.run(["ip", "netns", "exec", name, "nft", "add", "table", "ip", "t"], capture_output=True)
    subprocess.run(["ip", "netns", "del", name], capture_output=True)
    return None if ruled.returncode == 0 else "nftables does not work here"


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"


class NetworkedEnsemble(Ensemble):
    """Members at 10.x.y.1, .2, ...; the clients are at 10.x.y.254."""

    def __init__(self, count=3, **keywords):
        global _count
        _count += 1
        super().__init__(count, **keywords)
        self.extra.append("--insecure")
        self.name = f"r{os.getpid() % 100000}x{_count}"
        self.subnet = f"10.{100 + os.getpid() % 100}.{_count % 250}"

    # Where members are

    def ip(self, member):
        return f"{self.subnet}.{member}"

    def address(self, member):
        return f"{self.ip(member)}:{self.client_ports[member]}"

    def peer_address(self, member):
        return f"{self.ip(member)}:{self.peer_ports[member]}"

    def namespace(self, member):
        return f"{self.name}-{member}"

    # Beginning and end

    def __enter__(self):
        command("ip", "link", "add", self.name, "type", "bridge")
        command("ip", "addr", "add", f"{self.subnet}.254/24", "dev", self.name)
        command("ip", "link", "set", self.name, "up")
        for member in range(1, self.count + 1):
            space, outer, inner = self.namespace(member), f"{self.name}o{member}", f"{self.name}i{member}"
            command("ip", "netns", "add", space)
            command("ip", "link", "add", outer, "type", "veth", "peer", "name", inner)
            command("ip", "link", "set", outer, "master", self.name, "up")
            command("ip", "link", "set", inner, "netns", space)
            self.inside(member, "ip", "addr", "add", f"{self.ip(member)}/24", "dev", inner)
            self.inside(member, "ip", "link", "set", inner, "up")
            self.inside(member, "ip", "link", "set", "lo", "up")
            self.inside(member, "nft", "add", "table", "ip", "faults")
            self.inside(
                member, "nft", "add chain ip faults in { type filter hook input priority 0; }")
        return super().__enter__()

    def __exit__(self, *arguments):
        try:
            self.heal()
            super().__exit__(*arguments)
        finally:
            for member in range(1, self.count + 1):
                subprocess.run(["ip", "netns", "del", self.namespace(member)], capture_output=True)
            subprocess.run(["ip", "link", "del", self.name], capture_output=True)

    def inside(self, member, *words):
        command("ip", "netns", "exec", self.namespace(member), *words)

    def start(self, member):
        with open(self.log(member), "ab") as log:
            self.processes[member] = subprocess.Popen(
                ["ip", "netns", "exec", self.namespace(member), *self.arguments(member)], stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, env={**os.environ, **self.environment(member)})

    # Faults

    def drop(self, source, target):
        """`target` hears nothing of `source` any more; the other way round nothing changes."""
        self.inside(target, "nft", "add", "rule", "ip", "faults", "in", "ip", "saddr", self.ip(source), "drop")

    def cut(self, left, right):
        self.drop(left, right)
        self.drop(right, left)

    def isolate(self, member):
        """From all other members; clients still reach it."""
        for other in range(1, self.count + 1):
            if other != member:
                self.cut(member, other)

    def lose(self, per_cent):
        """So much of what members send each other is lost, at random."""
        for member in range(1, self.count + 1):
            self.inside(
                member, "nft", "add", "rule", "ip", "faults", "in", "ip", "saddr", "!=", f"{self.subnet}.254",
                "numgen", "random", "mod", "100", "<", str(per_cent), "drop")

    def heal(self):
        for member in range(1, self.count + 1):
            self.inside(member, "nft", "flush", "chain", "ip", "faults", "in")


def compiled(folder, name):
    """A library to be loaded before libc, from the source of that name."""
    library = folder / f"{name}.so"
    compiler = shutil.which("cc") or shutil.which("clang")
    assert compiler, "needs a C compiler"
    source = pathlib.Path(__file__).resolve().parent / f"{name}.c"
    command(compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl")
    return library


class JumpingClocks(Ensemble):
    """Members whose wall clocks go wrong when they are told to."""

    def start_all(self):
        self.library = compiled(self.folder, "clock_jumps")
        for member in range(1, self.count + 1):
            self.jump(member, 0)
        return super().start_all()

    def clock(self, member):
        return self.folder / f"clock-{member}"

    def environment(self, member):
        return {"LD_PRELOAD": str(self.library), "ROOST_CLOCK": str(self.clock(member))}

    def jump(self, member, seconds):
        """From now on the member's wall clock is off by so much."""
        with open(self.clock(member), "r+b" if self.clock(member).exists() else "wb") as file:
            file.write(seconds.to_bytes(8, sys.byteorder, signed=True))


class SlowDisk:
    """A library that makes a member's disk stall or fail, as a file says, and the environment that loads it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.library = compiled(self.folder, "disk_faults")

    def environment(self, member):
        return {"LD_PRELOAD": str(self.library), "ROOST_DISK_FAULT": str(self.order(member))}

    def order(self, member):
        return self.folder / f"disk-fault-{member}"

    def stall(self, member):
        """From now on no sync of the member ends, until `work`."""
        self.order(member).write_text("stall")

    def fail(self, member):
        """From now on every sync of the member fails with EIO."""
        self.order(member).write_text("fail")

    def delay(self, member, milliseconds):
        """From now on every sync of the member takes so much longer."""
        self.order(member).write_text(f"delay {milliseconds}")

    def work(self, member):
        self.order(member).unlink(missing_ok=True)
