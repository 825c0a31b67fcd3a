"""What several tests of the pages look at: from the build of the pages, or made once, smaller."""

from __future__ import annotations

import json

import pytest

from docs.generated import generate, validation
from docs.pages import BUILT, DOCS


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The folder of generated pages, and the texts for the prose of two scripts."""
    if BUILT:
        folder = DOCS / "reference" / "generated"
        return folder, json.loads((folder / "said.json").read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("docs") / "reference" / "generated"
    shown = validation.write(folder, histories=20, games=60, rare=200)
    return folder, [generate.write(folder), shown]


@pytest.fixture(scope="session")
def validated(generated):
    """The folder, and the numbers of the page on validation."""
    return generated[0], generated[1][1]


@pytest.fixture(scope="session")
def written(generated):
    """The folder, and all texts for the prose."""
    return generated[0], generated[1][0] | generated[1][1]
