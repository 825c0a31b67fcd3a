"""Write the pages that follow from the program itself: format, commands, numbers, outputs.

``write(folder)`` is called by ``conf.py`` at the start of every build; whatever stands in these
pages is as the code says it, and every number in the other pages' prose comes from here.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wargame import errors
from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.estimates.intervals import zero_bound
from wargame.engine import ensemble
from wargame.engine.results import (
    ACT_COLUMNS,
    AGREEMENT_COLUMNS,
    CRISIS_COLUMNS,
    NOTE,
    REPLICATION_COLUMNS,
    Results,
)
from wargame.findings import Estimate, share_of
from wargame.scenario import library, loader
from wargame.scenario.conditions.functions import FUNCTIONS
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario
from wargame.scenario.summary import cites_of
from wargame.show import numbers as wording
from wargame.show import percentages
from wargame.show.run import tables

OUTPUTS: dict[str, str] = {
    "run": "wargame run western_sea --no-plots --out first",
    "set": "wargame run western_sea --no-plots --set actors.PRK.restraint=1 --out bolder",
    "list": "wargame list",
    "new": "wargame new harbour",
    "validate": "wargame validate harbour.yaml",
    "typo": "wargame run western_sea --set actors.PRK.restrain=1",
    "mistakes": "wargame validate mistakes.yaml",
    "own": "wargame run harbour.yaml -n 2000 --no-plots --out harbour_run",
    "sweep": "wargame sweep first_steps --over actors.PRK.tempo=0.02:0.1:5 --no-plots --out tempo",
    "sensitivity": "wargame sensitivity first_steps --measure incidents --trajectories 4 --keep 3 "
    "--base 64 -n 50 --no-plots --out which",
    "odds": "wargame odds first --run 901 --turn 25",
    "whatif": "wargame whatif first --run 901 --turn 25 --actor PRK --action hold -n 2000",
}
"""Name of an output -> the command that prints it; the pages show both."""

FLOORS = ("cli", "classroom", "show", "analysis", "store", "engine", "scenario")
"""Folders of the package, the highest first."""

WORDS = {
    r"^[A-Z][A-Z0-9]{1,7}$": "actor id (2 to 8 capital letters or digits)",
    r"^[a-z][a-z0-9_]{0,47}$": "id (small letters, digits and _, up to 48)",
}
"""Pattern of the schema -> the same in words."""


MEANINGS = {
    ("", "outcome"): "class of the worst that happened",
    ("", "rung"): "rung of the ladder",
    ("", "count"): "how many",
    ("", "share"): "share, 0 to 1",
    ("", "low"): "lower end of its 95% interval",
    ("", "high"): "upper end of its 95% interval",
    ("", "turn"): "1 is the first",
    ("", "turns"): "length in turns",
    ("", "date"): "first day of the turn",
    ("", "replication"): "number of the history, 0 is the first",
    ("", "reached"): "share of histories that have reached this rung by this turn",
    ("", "reached_low"): "lower end of its 95% interval",
    ("", "reached_high"): "upper end of its 95% interval",
    ("", "in_turn"): "share of histories with an act at this rung or above in this turn",
    ("", "in_turn_low"): "lower end of its 95% interval",
    ("", "in_turn_high"): "upper end of its 95% interval",
    ("", "trigger"): "rung of an act somebody met",
    ("", "answer"): "rung of the answer, or none",
    ("", "met"): "how many acts at the trigger's rung were met",
    ("", "target"): "whom the act was aimed at, several joined by +",
    ("outcomes.csv", "rung"): "highest peak rung that still belongs to the outcome",
    ("acts.csv", "actor"): "actor id",
    ("acts.csv", "action"): "action id",
    ("acts.csv", "provoker"): "actor id of whose act it answers, empty for an opening act",
    ("acts.csv", "perceived"): "that act's rung as this actor read it, empty for an opening act",
    ("acts.csv", "trigger"): "realised rung of that act, empty for an opening act",
    ("acts.csv", "behalf"): "ally it answers for, empty for none",
    ("replications.csv", "first_4"): "first turn at rung 4 or above, empty for never",
    ("replications.csv", "first_5"): "first turn at rung 5 or above, empty for never",
    ("replications.csv", "first_6"): "first turn at rung 6 or above, empty for never",
    ("replications.csv", "crosser_4"): "who first reached 4: actor id, several or nobody",
    ("crises.csv", "how"): "how it ended: open, agreement, faded or war",
    ("crises.csv", "date"): "first day of the turn it opened in",
    ("agreements.csv", "one"): "actor id",
    ("agreements.csv", "other"): "actor id, the later of the two by name",
    ("agreements.csv", "how"): "how it ended: in force, expired, broken or renewed",
    ("agreements.csv", "breaker"): "actor id of who broke it, empty for nobody",
    ("agreements.csv", "date"): "first day of the turn it was made in",
}
"""(table, column) -> what it says there; an empty table stands for all."""


def write(folder: Path) -> dict[str, str]:
    """Write all generated pages into a folder; return name -> text for the prose of the others."""
    results = ensemble.run(loader.load("western_sea"), 10_000, 1)
    parts = folder / "parts"
    pages = {
        folder / "scenario_format.md": format_page(),
        folder / "commands.md": commands_page(),
        folder / "parameters.md": parameters_page(results.scenario),
        folder / "scenarios.md": scenarios_page(folder.parents[1]),
        parts / "rungs.md": rungs_table(),
        parts / "outcomes.md": outcomes_table(),
        parts / "patterns.md": patterns_table(results),
        parts / "columns.md": columns_tables(results),
        parts / "modules.md": modules_tables(),
        parts / "exit_codes.md": exit_codes_table(),
        **{parts / f"{name}.txt": text for name, text in outputs().items()},
    }
    parts.mkdir(parents=True, exist_ok=True)
    for path, text in pages.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return numbers(results)


# --- Markdown ------------------------------------------------------------------------------------


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join("| " + " | ".join(map(escape, line)) + " |\n" for line in lines)


def escape(text: str) -> str:
    """Return a cell's text without what would end the cell."""
    return " ".join(str(text).split()).replace("|", "\\|")


# --- the scenario format -------------------------------------------------------------------------


def format_page() -> str:
    """Return the reference page of the scenario format, from the schema."""
    schema = Scenario.model_json_schema()
    parts = {"Scenario": schema, **schema["$defs"]}
    lines = [
        "# Scenario format",
        "A scenario is a YAML 1.2 file in UTF-8: `NO` is a word, `1e-3` a number, a key may stand "
        "only once, unknown keys are refused. This page is written from the schema of the program. "
        "`wargame schema` prints the same as JSON Schema for editors, `wargame validate FILE` "
        "names every problem of a file with its place.",
        "Where a *number* is asked for, it may be written plainly or with what is not known about "
        "it: see [Parameter](#parameter).",
        "The ladder of rungs and the outcomes are in the [glossary](../glossary.md); what the "
        "rules do with each value is on the page [of the rules](../../explanation/rules.md).",
    ]
    for name in reading_order(schema):
        part = parts[name]
        if name == "Parameter":
            part = next(item for item in part["anyOf"] if "properties" in item)
        lines += [f"## {name}", part.get("description", "")]
        if name == "Parameter":
            lines.append(
                "A plain number stands for its `value` alone. The range that is lawful for value, "
                "low and high depends on the field and stands in the tables above and below."
            )
        required = part.get("required", ())
        rows = [field_row(key, node, key in required) for key, node in part["properties"].items()]
        lines.append(
            table(("key", "what may stand there", "unit", "default", "what it says"), rows)
        )
    lines += [
        "## Conditions",
        "`if` takes a text: the name of a flag, a function, or a number held against another, "
        "joined by `not`, `and`, `or` and parentheses, such as `if: hotline_open and not "
        "agreed(PRK, ROK)`. What each function sees, and when, is on the page [of the rules]"
        "(../../explanation/rules.md#conditions).",
        table(
            ("as in", "what it says"),
            [(f"`{function.example}`", function.meaning) for function in FUNCTIONS.values()],
        ),
    ]
    return "\n\n".join(lines) + "\n"


def reading_order(schema: dict[str, Any]) -> list[str]:
    """Return the parts of a scenario, each after the first that uses it."""
    order, waiting = [], ["Scenario"]
    while waiting:
        name = waiting.pop(0)
        if name in order:
            continue
        order.append(name)
        node = schema["properties"] if name == "Scenario" else schema["$defs"][name]
        waiting += [used for used in references(node) if used not in order]
    return order


def references(node: Any) -> Iterator[str]:
    """Yield the parts a piece of the schema refers to."""
    if isinstance(node, dict):
        for key, item in node.items():
            if key == "$ref":
                yield item.rpartition("/")[2]
            elif key != "discriminator":
                yield from references(item)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def field_row(key: str, node: dict[str, Any], required: bool) -> tuple[str, ...]:
    """Return the row of one field."""
    what, unit = kind_of(node)
    fallback = "required" if required else default_of(node)
    return (f"`{key}`", what, unit or "-", fallback, node.get("description", ""))


def kind_of(node: dict[str, Any]) -> tuple[str, str]:
    """Return what may stand somewhere, and its unit or an empty string."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name == "Parameter" and "range" in node:
            low, high = node["range"]
            return f"number, {low:,g} to {high:,g}", node["unit"]
        return f"[{name}](#{name.lower()})", ""
    for key in ("anyOf", "oneOf"):
        if key in node:
            kinds = [kind_of(item) for item in node[key]]
            unit = next((unit for _, unit in kinds if unit), "")
            return " or ".join(kind for kind, _ in kinds), unit
    if "const" in node:
        return f"`{node['const']}`", ""
    if "enum" in node:
        return "one of " + ", ".join(f"`{word}`" for word in node["enum"]), ""
    return simple_kind_of(node)


def simple_kind_of(node: dict[str, Any]) -> tuple[str, str]:
    """Return what may stand where the schema names a plain type."""
    match node.get("type"):
        case "null":
            return "null", ""
        case "boolean":
            return "true or false", ""
        case "number":
            return "number", ""
        case "integer":
            if "minimum" in node:
                return f"whole number, {node['minimum']:,} to {node['maximum']:,}", ""
            return "whole number", ""
        case "array":
            if "prefixItems" in node:
                return " and ".join(kind_of(item)[0] for item in node["prefixItems"]), ""
            kind, unit = kind_of(node["items"])
            return f"list of: {kind}", unit
        case "object":
            return mapping_kind_of(node)
        case "string":
            return string_kind_of(node), ""
    raise ValueError(f"the schema says something new: {node}")


def mapping_kind_of(node: dict[str, Any]) -> tuple[str, str]:
    """Return what mapping may stand somewhere, and the unit of its values."""
    keyed = [(WORDS[pattern], item) for pattern, item in node.get("patternProperties", {}).items()]
    if isinstance(node.get("additionalProperties"), dict):
        keyed.append(("text", node["additionalProperties"]))
    if not keyed:
        return "mapping", ""
    kinds = [(key.partition(" (")[0], *kind_of(item)) for key, item in keyed]
    text = "mapping: " + " or ".join(f"{key} to {kind}" for key, kind, _ in kinds)
    if "minProperties" in node:
        text += f" ({node['minProperties']} to {node['maxProperties']} of them)"
    return text, kinds[0][2]


def string_kind_of(node: dict[str, Any]) -> str:
    """Return what text may stand somewhere."""
    if "pattern" in node:
        return WORDS[node["pattern"]]
    if node.get("format") == "date":
        return "date, year-month-day"
    if "maxLength" in node:
        return f"text, up to {node['maxLength']:,} characters"
    return "text"


def default_of(node: dict[str, Any]) -> str:
    """Return what holds where a field is left out."""
    value = node.get("default")
    if value is None:
        return "absent"
    if value in ([], {}):
        return "none"
    if isinstance(value, dict):
        return "as listed there"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


# --- the commands --------------------------------------------------------------------------------


def commands_page() -> str:
    """Return the reference page of the command line, from the application."""
    lines = [
        "# Commands",
        "This page is written from the application; `wargame COMMAND --help` says the same. The "
        "answer goes to stdout (with `--json`: one document), progress and notes go to stderr. "
        "[Exit codes](../exit_codes.md) tell scripts how it went.",
    ]
    for name, command in commands():
        parameters = [item for item in command.params if item.name != "help"]
        places = [placeholder(item) for item in parameters if item.param_type_name == "argument"]
        usage = " ".join(
            ["wargame", name, "[OPTIONS]", *places] if name else ["wargame", "COMMAND"]
        )
        lines += [
            f"## wargame {name}".rstrip(),
            (command.help or "").strip(),
            f"```text\n{usage}\n```",
        ]
        rows = [option_row(item) for item in parameters]
        if rows:
            lines.append(table(("option", "default", "what it does"), rows))
    return "\n\n".join(lines) + "\n"


def commands() -> Iterator[tuple[str, Any]]:
    """Yield (name, command) of the application, the group itself first with an empty name."""
    from typer.main import get_command

    from wargame.cli.app import app

    group: Any = get_command(app)
    yield "", group
    yield from group.commands.items()


def placeholder(item: Any) -> str:
    """Return what stands for a value on the command line."""
    return str(item.metavar or item.name.upper())


def option_row(item: Any) -> tuple[str, str, str]:
    """Return the row of one option or argument."""
    flag = getattr(item, "is_flag", False)
    if item.param_type_name == "argument":
        spelled = f"`{placeholder(item)}`"
    else:
        spelled = ", ".join(f"`{name}`" for name in [*item.opts, *item.secondary_opts])
        if not flag:
            value = item.metavar or (item.opts[0].lstrip("-").upper())
            spelled += f" `{value}`"
    if item.required:
        fallback = "required"
    elif item.default is True and flag:
        fallback = f"`{item.opts[0]}`"
    elif isinstance(item.default, int | float | str) and item.default is not False:
        fallback = f"`{item.default}`"
    else:
        fallback = "-"
    return spelled, fallback, item.help or ""


def outputs() -> dict[str, str]:
    """Return name -> what each command of `OUTPUTS` prints, in one new folder."""
    from typer.testing import CliRunner

    from wargame.cli.app import app

    shown = {}
    with new_folder():
        for name, line in OUTPUTS.items():
            if name == "mistakes":
                text = library.starting_text().replace("rung: 4", "rung: 40", 1)
                Path("mistakes.yaml").write_text(text.replace("cooldown:", "cooldwn:", 1))
            outcome = CliRunner().invoke(app, line.split()[1:])
            if outcome.exception is None or isinstance(outcome.exception, SystemExit):
                shown[name] = outcome.stdout
            elif isinstance(outcome.exception, errors.WargameError):
                shown[name] = f"wargame: {outcome.exception}\n"
            else:
                raise outcome.exception
    return shown


@contextmanager
def new_folder() -> Iterator[None]:
    """Work in an empty folder, without colours, at a fixed width."""
    before, settings = Path.cwd(), dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ.update(NO_COLOR="1", COLUMNS="120")
        try:
            yield
        finally:
            os.chdir(before)
            os.environ.clear()
            os.environ.update(settings)


# --- numbers -------------------------------------------------------------------------------------


def parameters_page(scenario: Scenario) -> str:
    """Return the page of every number of a scenario: value, range, source class, cite."""
    everything = parameters_of(scenario)
    groups: dict[str, list[tuple[str, Parameter]]] = {}
    for path, item in everything.items():
        groups.setdefault(group_of(path), []).append((path, item))
    rows = [(source, str(count)) for source, count in source_counts(everything).items()]
    lines = [
        "# Parameters",
        f"Every number of `western_sea`, “{scenario.title}”: {len(everything)} in all, "
        f"{sum(item.uncertain for item in everything.values())} of them with a range. With "
        "`--uncertainty` a run draws each of these afresh in every history (triangular on low, "
        "value, high). *Judgement* means that no table or work stands behind a value: change it "
        "and see what it does. Units are in the [scenario format](scenario_format.md).",
        table(("source", "numbers"), rows),
    ]
    for group, items in groups.items():
        start = prefix_of(items[0][0])
        rows = [number_row(path.removeprefix(start), item) for path, item in items]
        headers = ("path", "value", "range", "source", "cite")
        lines += [f"## {group}", f"Paths begin with `{start}`", table(headers, rows)]
    cites = [(f"`{cite}`", says) for cite, says in cites_of(scenario).items()]
    lines += ["## What the cites say", table(("cite", "says"), cites)]
    return "\n\n".join(lines) + "\n"


def group_of(path: str) -> str:
    """Return the heading a number stands under."""
    steps = path.split(".")
    if steps[0] != "actors":
        return {"world": "World", "calendar": "Calendar"}.get(steps[0], steps[0])
    return f"{steps[1]}: menu" if steps[2] == "actions" else steps[1]


def prefix_of(path: str) -> str:
    """Return what the paths of a group have in common."""
    steps = path.split(".")
    count = 1 if steps[0] != "actors" else 3 if steps[2] == "actions" else 2
    return ".".join(steps[:count]) + "."


def number_row(path: str, item: Parameter) -> tuple[str, ...]:
    """Return the row of one number."""
    span = f"{item.low:g} to {item.high:g}" if item.uncertain else "-"
    cite = f"`{item.cite}`" if item.cite else "-"
    return f"`{path}`", f"{item.value:g}", span, item.source, cite


def source_counts(numbers: dict[str, Parameter]) -> dict[str, int]:
    """Return source class -> how many numbers have it."""
    kinds = ("data", "literature", "judgement")
    return {kind: sum(item.source == kind for item in numbers.values()) for kind in kinds}


def scenarios_page(docs: Path) -> str:
    """Return the page of the shipped scenarios, with those that have a page of their own."""
    rows = []
    for name in library.scenario_names():
        scenario = loader.load(name)
        actors = ", ".join(actor.name for actor in scenario.actors.values())
        rows.append((f"`{name}`", scenario.title, scenario.summary, actors, str(scenario.turns)))
    pages = sorted(path.stem for path in (docs / "scenarios").glob("*.md"))
    lines = [
        "# Shipped scenarios",
        "`wargame list` names them; every command takes the name in place of a file.",
        table(("name", "title", "what it is about", "actors", "turns"), rows),
    ]
    if pages:
        tree = "\n".join(f"../../scenarios/{page}" for page in pages)
        lines.append(f"```{{toctree}}\n:maxdepth: 1\n\n{tree}\n```")
    return "\n\n".join(lines) + "\n"


def rungs_table() -> str:
    """Return the ladder."""
    return table(("rung", "what happens"), [(str(rung), text) for rung, text in RUNGS.items()])


def outcomes_table() -> str:
    """Return the outcomes of a history."""
    rows, below = [], None
    for outcome, highest in OUTCOMES.items():
        span = f"{highest} or less" if below is None else str(highest)
        rows.append((outcome, span, RUNGS[highest]))
        below = highest
    return table(("outcome", "peak rung", "worst that happened"), rows)


def exit_codes_table() -> str:
    """Return the exit codes, from the errors that carry them."""
    rows = [("0", "all went well", ""), ("1", "a fault of the program, please report it", "")]
    kinds: dict[int, list[type[errors.WargameError]]] = {}
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.WargameError):
            kinds.setdefault(kind.exit_code, []).append(kind)
    for code in sorted(set(kinds) - {1}):
        says = "; ".join((kind.__doc__ or "").splitlines()[0].rstrip(".") for kind in kinds[code])
        rows.append((str(code), says, ", ".join(f"`{kind.__name__}`" for kind in kinds[code])))
    rows.append(("130", "interrupted with Ctrl-C; finished chunks are kept for `--resume`", ""))
    return table(("code", "meaning", "error in Python"), rows)


def columns_tables(results: Results) -> str:
    """Return the columns of each table of a run folder."""
    logs = {
        "replications.csv": REPLICATION_COLUMNS,
        "acts.csv": ACT_COLUMNS,
        "crises.csv": CRISIS_COLUMNS,
        "agreements.csv": AGREEMENT_COLUMNS,
    }
    small = ensemble.run(results.scenario, 20, 1, uncertainty=True)
    lines = []
    for file, make in tables.tables_of(small).items():
        header = "".join(make(small)).splitlines()[0].split(",")
        lines.append(f"### {file}")
        if file == "parameters.csv":
            lines.append(
                "Only of runs with `--uncertainty`: a row a draw of the numbers: the first of the "
                "histories that share it, then a column for "
                f"each number with a range, named by its path ({len(header) - 1} in `western_sea`)."
            )
            continue
        log = {name: meaning for name, (_, meaning) in logs.get(file, {}).items()}
        rows = [(f"`{name}`", meaning_of(file, name, log)) for name in header]
        lines.append(table(("column", "meaning"), rows))
    return "\n\n".join(lines) + "\n"


def meaning_of(file: str, name: str, log: dict[str, str]) -> str:
    """Return what a column of a table says."""
    if name.startswith("acts_"):
        return f"acts of {name.removeprefix('acts_')} in this turn at this rung, per history"
    return MEANINGS.get((file, name)) or log.get(name) or MEANINGS["", name]


def modules_tables() -> str:
    """Return each floor's rooms and modules with the first sentence of their docstrings."""
    house = Path(errors.__file__).parent
    lines = []
    for floor in FLOORS:
        rows = []
        for room in sorted(path.parent for path in (house / floor).rglob("__init__.py")):
            place = room.relative_to(house).as_posix()
            rows.append((f"**`{place}/`**", f"**{sentence_of(room / '__init__.py')}**"))
            for path in sorted(room.glob("*.py")):
                if path.stem != "__init__":
                    rows.append((f"`{place}/{path.stem}`", sentence_of(path)))
        lines += [f"### {floor}", table(("room or module", "what it is"), rows)]
    rows = [(f"`{name}`", sentence_of(house / f"{name}.py")) for name in ("findings", "errors")]
    lines += ["### Below all floors", table(("module", "what it is"), rows)]
    return "\n\n".join(lines) + "\n"


def sentence_of(path: Path) -> str:
    """Return the first paragraph of a module's docstring."""
    says = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return says.partition("\n\n")[0].rstrip(".")


def patterns_table(results: Results) -> str:
    """Return what the record says beside what the scenario gives."""
    rates, match = annual_rates.rates(results), statistics.match(results)
    crises = annual_rates.crises(results)
    rows = [
        pattern_row(
            "incidents_1993_2010", "incidents at rungs 2 to 8 a year", rate_text(rates["incidents"])
        ),
        pattern_row("lethal_per_year", "lethal clashes a year", rate_text(rates["lethal_turns"])),
        pattern_row("war_per_year", "wars a year", rate_text(rates["wars"])),
        pattern_row(
            "answer_same_rung",
            "answers at the rung of what they answer (4 or above), share",
            share_text(match["same rung"]),
        ),
        pattern_row("answer_higher", "answers above it", share_text(match["higher"])),
        pattern_row("answer_lower", "answers below it", share_text(match["lower"])),
        pattern_row(
            "crises_per_year_since_1993",
            "crises a year (whose threshold differs, see below)",
            rate_text(crises.per_year),
        ),
    ]
    headers = ("pattern", "record, with 95% interval", "western_sea, with 95% interval")
    remark = (
        "A crisis opens in `western_sea` with any act at rung 4 or above; the record lists only "
        "episodes serious enough for its coders. The two counts are not of the same thing."
    )
    return table(headers, rows) + f"\n{remark} Simulated values: {NOTE}.\n"


def pattern_row(key: str, what: str, simulated: str) -> tuple[str, str, str]:
    """Return the row of one entry of the record."""
    entry = library.record(key)
    value, low, high = (plain(entry[name]) for name in ("value", "low", "high"))
    return f"{what} (`record.{key}`)", f"{value} ({low} to {high})", simulated


def plain(value: float) -> str:
    """Return a number without an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def rate_text(rate: Estimate) -> str:
    """Return a rate with its interval, without its unit."""
    return wording.per_year(rate).replace(" a year", "")


def share_text(share: Any) -> str:
    """Return a share between 0 and 1 with its interval."""
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})"


def numbers(results: Results) -> dict[str, str]:
    """Return name -> text of every number that stands in prose."""
    scenario = results.scenario
    everything = parameters_of(scenario)
    sources = source_counts(everything)
    rates = annual_rates.rates(results)
    shares = results.outcomes()
    found = {
        "note": NOTE,
        "runs": f"{results.replications:,}",
        "actors": str(len(scenario.actors)),
        "actions": str(sum(len(actor.actions) for actor in scenario.actors.values())),
        "turns": str(scenario.turns),
        "numbers": str(len(everything)),
        "uncertain": str(sum(item.uncertain for item in everything.values())),
        "judgements": str(sources["judgement"]),
        "from_data": str(sources["data"]),
        "from_literature": str(sources["literature"]),
        "facts": str(len(library.facts())),
        "contested": str(sum(fact.contested for fact in library.facts().values())),
        "incidents": wording.per_year(rates["incidents"]),
        "lethal": wording.per_year(rates["lethal_turns"]),
        "wars": wording.per_year(rates["wars"]),
        "zero_bound": percentages.percent(zero_bound(results.replications)),
        "half_width_100": f"{half_width(100):.1%}",
        "half_width_10000": f"{half_width(10_000):.1%}",
    }
    for name, share in shares.items():
        text = f"{percentages.percent(share.value)} ({percentages.span(share.low, share.high)})"
        found[f"share_{name.replace(' ', '_')}"] = text
    return found


def half_width(runs: int) -> float:
    """Return half the width of the interval of a share of one half."""
    share = share_of(runs // 2, runs)
    return (share.high - share.low) / 2
