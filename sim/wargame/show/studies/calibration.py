"""How it is shown which parameters leave the record's patterns."""

from __future__ import annotations

from wargame.analysis.record.calibration import Posterior, posterior_parameters
from wargame.engine.results import NOTE
from wargame.findings import Table, columns
from wargame.scenario import canonical
from wargame.scenario.changes.parameter_file import write_parameters
from wargame.scenario.paths import uncertain_parameters_of
from wargame.scenario.schema import Scenario
from wargame.show.figure.studies.calibration import posterior_figures
from wargame.show.studies.finding import Finding


def present(posterior: Posterior, scenario: Scenario, seed: int) -> Finding:
    """Return a calibration for people and machines.

    Parameters
    ----------
    scenario : Scenario
        Whose ranges were drawn from.
    seed : int
        Of its draws.
    """
    ranked = sorted(posterior.marginals, key=lambda row: row.shrinkage)
    parameters = Table(
        "parameters",
        "Parameters",
        columns(
            *(("path", "parameter"), ("prior", "before: median (95%)")),
            *(("posterior", "after: median (95%)"), ("shrinkage", "width", ".2f"), "informed"),
        ),
        tuple(vars(row) for row in ranked),
    )
    fits = Table(
        "fits",
        "Patterns",
        columns(
            *("pattern", ("record", "record", ".3g")),
            *(("all_draws", "all draws", ".3g"), ("kept", "kept", ".3g")),
        ),
        tuple(
            {"pattern": key, "record": record, "all_draws": every, "kept": kept}
            for key, (record, every, kept) in posterior.fits.items()
        ),
    )
    named = ", ".join(posterior.patterns)
    remark = (
        f"Calibrated: {named}; {posterior.kept} of {posterior.draws} draws kept, seed {seed}.\n"
        "Each number has its own 95% range; how they depend on one another is lost.\n"
        "Parameters about which the patterns say little are left out."
    )
    return Finding(
        f"{posterior.kept:,} of {posterior.draws:,} draws kept for {named} ({NOTE})",
        (parameters, fits),
        (parameters, fits),
        {
            "patterns": list(posterior.patterns),
            "draws": posterior.draws,
            "usable": posterior.usable,
            "kept": posterior.kept,
            "distance": posterior.distance,
        },
        {"posterior.csv": parameters},
        {"parameters.yaml": write_parameters(posterior_parameters(posterior), remark)},
        {"digest": canonical.digest(scenario), "seed": seed},
        posterior_figures(posterior, uncertain_parameters_of(scenario)),
    )
