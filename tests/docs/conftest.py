"""What several tests of the pages look at, made once."""

from __future__ import annotations

import pytest

from docs.generated import validation


@pytest.fixture(scope="session")
def validated(tmp_path_factory):
    """The validation page's tables and figures from a few histories, and its numbers."""
    folder = tmp_path_factory.mktemp("docs") / "reference" / "generated"
    return folder, validation.write(folder, histories=20, games=60, rare=200)
