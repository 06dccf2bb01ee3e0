"""Other people's .proto files have the descriptors that protoc gives them, and become Swift that compiles.

`make corpus` tries many more.
"""

import os
import pathlib

import pytest

import corpus

CODEGEN = pathlib.Path(os.environ.get("ROOST", corpus.ROOT / ".build" / "debug" / "roost")).with_name("codegen")


@pytest.mark.parametrize("files", list(corpus.short_corpora()), ids=lambda files: files.name)
def test_descriptors_are_those_of_protoc_and_the_swift_compiles(files):
    if not files.files:
        pytest.skip("the package is not installed")
    counts, accepted = corpus.compare(files, CODEGEN, at_once=True, verbose=True)
    assert counts["equal"] == counts["files"] > 0
    assert corpus.count_compiled(accepted, CODEGEN, CODEGEN.parent, verbose=True) == counts["files"]
