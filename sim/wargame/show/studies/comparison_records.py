"""Which files the folder of a comparison has."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from wargame.analysis.studies.compare import Comparison
from wargame.scenario import canonical
from wargame.show.studies.comparison_document import document, write_rows
from wargame.store.files import Content, as_json
from wargame.store.folder import Claim
from wargame.store.manifest import provenance


def save_comparison(
    comparison: Comparison,
    place: Claim,
    *,
    command: Sequence[str] | str,
    started: datetime.datetime,
) -> None:
    """Write comparison.json, comparison.csv, and every variant's scenario.

    Parameters
    ----------
    place : Claim
        From ``wargame.store.folder.claim(folder, "comparison")``.
    command : sequence of str or str
        As it was given, for the manifest.
    started : datetime
        With a time zone.

    Raises
    ------
    RecordError
        When it cannot be written.
    """
    files: dict[str, Content] = {
        "comparison.json": as_json(document(comparison)),
        "comparison.csv": write_rows(comparison),
    }
    for number, (variant, _) in enumerate(comparison.members):
        name = "".join(sign if sign.isalnum() else "_" for sign in variant.label)[:48]
        files[f"scenarios/{number}_{name}.yaml"] = canonical.dump(variant.scenario)
    digests = {
        variant.label: canonical.digest(variant.scenario) for variant, _ in comparison.members
    }
    manifest = provenance(comparison.results, command=command, started=started)
    place.save(files, {**manifest, "variants": digests})
