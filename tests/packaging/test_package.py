"""What importing costs, what the wheel holds, and how modules may name one another."""

import ast
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, requires
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SIMULATES = ("mesa", "numba")
HEAVY = (*SIMULATES, "matplotlib", "pandas", "scipy", "networkx", "pydantic", "jinja2")
PACKAGE = Path(find_spec("wargame").origin).parent
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
FROM_CHECKOUT = not os.environ.get("WARGAME_WHEEL")


def loaded_after(statement):
    """Return the names of the modules loaded by a statement in a fresh interpreter."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_importing_the_package_is_light():
    assert not loaded_after("import wargame") & {*HEAVY, "numpy", "typer"}


def called(*words):
    """Return a statement that calls the command line."""
    code = f"import sys; sys.argv = {['wargame', *words]}\nfrom wargame.cli.app import main\n"
    return code + "try:\n    main()\nexcept SystemExit:\n    pass"


def test_help_loads_nothing_heavy():
    assert not loaded_after(called("--help")) & {*HEAVY, "numpy", "yaml"}


@pytest.mark.parametrize(
    "words", [("list",), ("validate", "western_sea"), ("run", "--help"), ("params", "first_steps")]
)
def test_what_does_not_simulate_does_not_load_what_simulates(words):
    assert not loaded_after(called(*words)) & {*SIMULATES}


def test_running_without_plots_does_not_load_matplotlib(tmp_path):
    code = f"import sys, os; os.chdir({str(tmp_path)!r})\n"
    code += called("run", "western_sea", "-n", "5", "--no-plots", "-q")
    assert "matplotlib" not in loaded_after(code)


def test_no_module_is_loaded_by_its_place_in_the_repository():
    names = loaded_after("import wargame.engine.ensemble, wargame.cli.app")
    assert not [name for name in names if name == "sim" or name.startswith("sim.")]


def test_nobody_imports_the_package_root_from_inside():
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert "wargame" not in [alias.name for alias in node.names], path
            if isinstance(node, ast.ImportFrom):
                assert node.module != "wargame", path
                assert node.level == 0, path


def test_only_the_command_line_prints():
    for path, tree in TREES.items():
        if path.relative_to(PACKAGE).parts[0] != "cli":
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in ("print", "input", "exit"), f"{path}:{node.lineno}"


def test_what_is_imported_is_declared():
    """Every package that the product imports stands in pyproject.toml, not only in another's."""
    declared = {name_of(line) for line in requires("wargame") or ()}
    imported = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    shared = packages_distributions()
    outside = imported - set(sys.stdlib_module_names) - {"wargame"}
    assert {"numpy", "PIL", "pandas"} <= outside
    for module in outside:
        assert {name_of(name) for name in shared[module]} & declared, module


def name_of(requirement):
    """Return the normalised name of a requirement such as "mesa[network]<4,>=3.3"."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def test_public_names_exist_and_are_listed():
    import wargame

    assert sorted(wargame.__all__) == wargame.__all__ or set(wargame.__all__) == set(dir(wargame))
    for name in wargame.__all__:
        assert getattr(wargame, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        wargame.nothing  # noqa: B018


def test_the_public_api_runs():
    import wargame

    results = wargame.run(wargame.load("western_sea"), replications=50, seed=1)
    shares = results.outcomes()
    assert sum(share.count for share in shares.values()) == 50
    assert all(share.low <= share.value <= share.high for share in shares.values())
    assert wargame.summarise(results, "digest")["replications"] == 50


@pytest.mark.skipif(FROM_CHECKOUT, reason="only meaningful against the installed wheel")
def test_the_wheel_is_what_is_tested():
    assert "site-packages" in str(PACKAGE)
    assert not (ROOT / "sim").exists()


@pytest.mark.slow
@pytest.mark.skipif(not FROM_CHECKOUT, reason="builds from the checkout")
def test_the_wheel_holds_the_package_the_scenarios_and_the_seeds(tmp_path):
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(tmp_path)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "sim").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT / "sim").as_posix() in names
    for folder in ("scenarios", "seeds"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"wargame/{path.relative_to(ROOT).as_posix()}" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"wargame"}
