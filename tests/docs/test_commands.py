"""Every command and option has help and stands in the reference page."""

from __future__ import annotations

import pytest

from docs.generated import generate
from docs.pages import ROOT

COMMANDS = dict(generate.commands())
PAGE = generate.commands_page()


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help_and_a_section(name):
    command = COMMANDS[name]
    assert len(command.help or "") > 15
    assert f"## wargame {name}".rstrip() + "\n" in PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help_and_a_row(name):
    section = PAGE.partition(f"## wargame {name}".rstrip() + "\n")[2].partition("\n## ")[0]
    for option in COMMANDS[name].params:
        if option.name == "help":
            continue
        assert option.help, f"wargame {name}: {option.name} has no help"
        row = next(row for row in section.splitlines() if option.help.partition(" |")[0] in row)
        if option.param_type_name == "option":
            for spelled in (*option.opts, *option.secondary_opts):
                assert f"`{spelled}`" in row


def test_readme_names_every_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert not name or f"`wargame {name}" in text, name
