"""Sentences for values of a wrong type: text, numbers, truth, lists and mappings."""

from __future__ import annotations

from wargame.scenario.laws.shape.case import Case, say_value
from wargame.scenario.parameters import Parameter, number_hint
from wargame.scenario.schema.shape import model_at
from wargame.scenario.text.scalars import shorten


def text_wanted(case: Case) -> str:
    """Say how a number is written as text."""
    if isinstance(case.value, (int, float)):
        said = say_value(case.value)
        return f"{said} is not text. Put it in quotes: '{said}'."
    return f"{say_value(case.value)} stands where text is wanted. Write the text."


def whole_wanted(case: Case) -> str:
    """Say that a whole number is wanted."""
    hint = number_hint(case.value, whole=True)
    if isinstance(case.value, float) and case.value.is_integer() and abs(case.value) < 1e15:
        hint = f" Did you mean {int(case.value)}?"
    return f"{say_value(case.value)} is not a whole number.{hint} Write a number such as 3."


def number_wanted(case: Case) -> str:
    """Say that a number is wanted."""
    return (
        f"{say_value(case.value)} is not a number.{number_hint(case.value)} Write one such as 0.3."
    )


def truth_wanted(case: Case) -> str:
    """Say that true or false is wanted."""
    word = str(case.value).lower()
    hint = ""
    if word in {"yes", "y", "on", "1", "true"}:
        hint = " Did you mean true?"
    elif word in {"no", "n", "off", "0", "false"}:
        hint = " Did you mean false?"
    return (
        f"{say_value(case.value)} is neither true nor false.{hint} Write true or false, unquoted."
    )


def mapping_wanted(case: Case) -> str:
    """Say that keys and values are wanted."""
    if case.value is None:
        wanted = "a number" if model_at(case.annotation, None) is Parameter else "a mapping"
        return f"nothing is written here; {wanted} is wanted. Write it, or delete the key."
    return f"{say_value(case.value)} stands where a mapping is wanted. Write lines of key: value."


def list_wanted(case: Case) -> str:
    """Say that a list is wanted."""
    if isinstance(case.value, (str, int, float)):
        said = shorten(str(case.value))
        return f"{say_value(case.value)} is not a list. Write [{said}]."
    return f"{say_value(case.value)} stands where a list is wanted. Write entries as - lines."
