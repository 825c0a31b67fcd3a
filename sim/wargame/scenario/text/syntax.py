"""What a YAML syntax error means, in words a person can act on.

The two parsers (in C and in Python) word their errors differently and for
parser writers; here each known kind becomes one sentence with a remedy.
"""

from __future__ import annotations

import re

import yaml

DEEPEST = 32
"""Levels of lists and mappings that a file may have."""
TOO_DEEP = f"lists and mappings are nested more than {DEEPEST} deep. Flatten them."
"""One sentence, whether our guard or the parser's own speaks first."""

_FALLBACK = (
    "the text cannot be read from here on. Check the indentation, colons and quotes of this "
    "line and of the one above."
)

# (what the parser says, what we say, whether the place is where the construct began)
_MEANINGS: tuple[tuple[str, str, bool], ...] = (
    (
        r"quoted scalar.*(unexpected end|document)",
        "the quote that opens here is never closed. Close it with the same quote.",
        True,
    ),
    (
        r"Unicode character escape",
        "this escape makes no character. Write the character itself.",
        False,
    ),
    (
        r"unknown escape|hexdecimal|hexadecimal",
        "this backslash is not an escape. Use single quotes, or write \\\\ for a backslash.",
        False,
    ),
    (
        r"mapping values are not allowed",
        "a colon stands where none can be. Put text that contains ': ' in quotes, or mend the "
        "indentation.",
        False,
    ),
    (
        r"could not find expected ':'",
        "this line is no 'key: value' and no list entry. Add the colon and a blank after the "
        "key, or indent the line if it belongs to the text above.",
        True,
    ),
    (
        r"node content",
        "a value is missing here, or a bracket that was opened before is not closed. Write the "
        "value, or close the bracket.",
        False,
    ),
    (
        r"flow sequence",
        "the list that opens here with [ is not closed, or a comma is missing in it. Write [a, b].",
        True,
    ),
    (
        r"flow mapping",
        "the mapping that opens here with { is not closed, or a comma is missing in it. Write "
        "{a: 1, b: 2}.",
        True,
    ),
    (
        r"sequence entries are not allowed",
        "a list entry (-) cannot start here. Put it on a line of its own, indented under its key.",
        False,
    ),
    (
        r"alphabetic or numeric|scanning an? (alias|anchor)",
        "a value cannot begin with * or &. Put it in quotes.",
        False,
    ),
    (r"block scalar", "after | or > only a line break may follow. Start the text below.", False),
    (r"tag", "tags (!name) are not read. Write the plain value, or put it in quotes.", False),
    (
        r"directive|incompatible YAML",
        "lines that start with % are not read. Delete the line.",
        False,
    ),
    (
        r"document start",
        "this cannot follow the text above. Check the indentation and the quotes of this line.",
        False,
    ),
    (r"nesting|depth", TOO_DEEP, False),
    (
        r"block mapping|block collection|block sequence|block end",
        "this line does not fit the ones above: its indentation differs, or something follows a "
        "closed quote or bracket. Line it up with its neighbours.",
        False,
    ),
)


def explain_syntax(error: yaml.YAMLError, text: str) -> tuple[int, int, str]:
    """Return the place of a syntax error and a sentence with its remedy.

    Parameters
    ----------
    error : yaml.YAMLError
        As the parser raised it.
    text : str
        What was parsed.

    Returns
    -------
    line, column : int
        One-based.
    message : str
        What is wrong and what to do.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return 1, 1, _FALLBACK
    line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
    content = _line(text, line)
    tab = re.match(r" *\t", content)
    if tab:
        message = "a tab is used to indent this line. Use blanks (two a level)."
        return line, tab.end(), message
    said = f"{error.context or ''} {error.problem or ''}"
    if "cannot start any token" in said:
        character = content[column - 1 : column] or "this"
        return line, column, f"a value cannot begin with {character} here. Put it in quotes."
    for pattern, message, at_start in _MEANINGS:
        if re.search(pattern, said):
            if at_start and error.context_mark is not None:
                line, column = error.context_mark.line + 1, error.context_mark.column + 1
            return line, column, message
    return line, column, _FALLBACK


def _line(text: str, number: int) -> str:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[number - 1] if number <= len(lines) else ""
