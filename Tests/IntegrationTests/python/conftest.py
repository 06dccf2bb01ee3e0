"""What tests of a healthy ensemble share."""
import os
import zlib

import pytest

from conformance import Service, caller, home, service  # fixtures
from ensemble import Client, Ensemble


@pytest.fixture(scope="module")
def ensemble():
    with Ensemble(3) as running:
        running.wait_ready(whole=True)
        yield running


@pytest.fixture(params=[1, 2, 3])
def client(ensemble, request):
    """Of each member in turn."""
    client = Client(ensemble, request.param, timeout=5)
    yield client
    client.close()


@pytest.fixture
def root(client):
    """The path of an empty znode of the test's own."""
    path = f"/t-{client.client_id}"
    client.create(path)
    return path


def pytest_collection_modifyitems(config, items):
    """While leaders die a third of the conformance tests is run, the same one each time; all of them by
    `make soak-conformance`."""
    if os.environ.get("ROOST_CONFORMANCE") == "whole":
        return
    left = [item for item in items if "[leaders_die]" in item.name and zlib.crc32(item.name.encode()) % 3]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    """The ensembles of the conformance tests are there for as long as such tests follow each other, and no longer."""
    service = getattr(item, "funcargs", {}).get("service")
    if isinstance(service, Service) and not (nextitem and nextitem.module.__name__.startswith("test_conformance")):
        service.end()
