"""The sentence for each complaint of the validation library."""

from __future__ import annotations

from collections.abc import Callable

from wargame.scenario.laws.shape.case import Case, say_value
from wargame.scenario.laws.shape.constraints import (
    choice,
    kind_of_effect,
    long_text,
    out_of_bounds,
    pattern,
    too_few,
    too_many,
)
from wargame.scenario.laws.shape.value_types import (
    list_wanted,
    mapping_wanted,
    number_wanted,
    text_wanted,
    truth_wanted,
    whole_wanted,
)


def odd(case: Case) -> str:
    """Say that a value does not fit, when no better sentence is known."""
    return f"{say_value(case.value)} does not fit here. See the reference of the scenario format."


WORDINGS: dict[str, Callable[[Case], str]] = {
    "string_type": text_wanted,
    "string_too_short": lambda case: "this text is empty. Write something, or delete the key.",
    "string_too_long": long_text,
    "string_pattern_mismatch": pattern,
    "int_type": whole_wanted,
    "int_from_float": whole_wanted,
    "float_type": number_wanted,
    "finite_number": number_wanted,
    "bool_type": truth_wanted,
    "greater_than_equal": out_of_bounds,
    "less_than_equal": out_of_bounds,
    "literal_error": choice,
    "union_tag_invalid": kind_of_effect,
    "union_tag_not_found": lambda case: (
        "the key 'kind' is missing. Add it: tempo, excitation, tension, flag or stock."
    ),
    "model_type": mapping_wanted,
    "model_attributes_type": mapping_wanted,
    "dict_type": mapping_wanted,
    "tuple_type": list_wanted,
    "list_type": list_wanted,
    "too_short": too_few,
    "too_long": too_many,
}
