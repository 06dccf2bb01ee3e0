"""A disk that hangs: its member's syncs do not return for seconds, while the process runs on."""
import contextlib
import os
import shutil
import subprocess
import time

import pytest

from ensemble import Client, Ensemble
from test_data_directory import SMALL, Kept

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

int fdatasync(int descriptor) {
    int (*next)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    const char *file = getenv("STALL_WHILE");
    while (file && access(file, F_OK) == 0) usleep(5000);
    return next(descriptor);
}
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler")
    folder = tmp_path_factory.mktemp("shim")
    (folder / "shim.c").write_text(SHIM)
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", folder / "shim.so", folder / "shim.c", "-ldl"], check=True)
    return folder / "shim.so"


@contextlib.contextmanager
def environment(**values):
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_a_leader_whose_disk_hangs_hands_over(shim, tmp_path):
    switch = {m: tmp_path / f"stall-{m}" for m in (1, 2, 3)}
    ensemble = Ensemble(3, extra=SMALL)
    for member in (1, 2, 3):
        with environment(LD_PRELOAD=str(shim), STALL_WHILE=str(switch[member])):
            ensemble.start(member)
    with contextlib.ExitStack() as stack:
        stack.push(ensemble.__exit__)
        ensemble.wait_ready()
        kept = Kept(ensemble)
        kept.write(10)
        leader = ensemble.leader()
        through = next(m for m in ensemble.processes if m != leader)
        client = Client(ensemble, through, timeout=10)
        switch[leader].touch()
        start = time.monotonic()
        worst = 0.0
        handed_over = None
        while time.monotonic() - start < 10:
            name = f"f{len(kept.values)}"
            sent = time.monotonic()
            client.create(f"/kept/{name}", name.encode())
            kept.values[name] = name.encode()
            worst = max(worst, time.monotonic() - sent)
            if handed_over is None and len(kept.values) % 10 == 0 and ensemble.leader() != leader:
                handed_over = time.monotonic() - start
        print(f"handed over after {handed_over} s, longest write {worst * 1000:.0f} ms")
        assert handed_over is not None and handed_over < 5
        assert worst < 5
        client.close()
        switch[leader].unlink()
        kept.check(timeout=30)
