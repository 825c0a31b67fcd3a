"""The tasks of a working day, as in `nox -s quick`; `nox -l` lists them."""

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "quick"]

ALL_CORES = ("-n", "auto", "--dist", "worksteal")


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, style, types and imports, as `.pre-commit-config.yaml` does before a commit."""
    session.install("-e", ".[test]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def quick(session: nox.Session) -> None:
    """Run the inner loop; anything after -- goes to pytest."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *ALL_CORES, "-m", "quick", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests but the slow ones."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *ALL_CORES, *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the slow tests."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *ALL_CORES, "-m", "slow", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the pages; a warning is an error."""
    session.install("-e", ".[docs]")
    session.run("sphinx-build", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html")
